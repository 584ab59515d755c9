"""A team's own results: its page after the round, by a link that is made then, and what the team takes up.

The link's code is derived from the installation's secret key and a stored nonce, as that of a shared link, and stored
as a hash only. Where a team agreed on one form, whoever has given it sees the results at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from assessment.errors import Conflict, Invalid, NotFound
from assessment.measure.conversation import Conversation, conversation
from assessment.measure.outline import Outline, outline
from assessment.measure.score import Score
from assessment.measure.scoring import Scores, TeamAnswers, team_scores
from assessment.measure.tally import tally
from assessment.questionnaire.model import Questionnaire
from assessment.services import codes, questionnaires
from assessment.services.rounds import AGREED, asked, entry_needed, needed
from assessment.store import queries, writes
from assessment.store.database import Database
from assessment.store.records import RosterEntry, RoundRecord, TeamTallies

UNKNOWN_LINK = "This link is not known. Check its code, or ask whoever sent it to you."
LONGEST_TITLE = 200
PLACES = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class TeamResults:
    """What a team sees of itself: `told` are the questions and dimensions of which enough people answered.

    Of others nobody is shown anything, not even the team: from two answers everybody knows the other one.
    """

    round: RoundRecord
    entry: RosterEntry
    questionnaire: Questionnaire
    outline: Outline
    forms: int
    people: int
    scores: Scores
    conversation: Conversation
    initiatives: Mapping[int, str]

    @property
    def agreed(self) -> bool:
        """Whether the team agreed on one form."""
        return self.round.mode == AGREED

    @property
    def told(self) -> bool:
        """Whether there is anything to see."""
        return any(score.value is not None for score in self.scores.values())


@dataclass(frozen=True, slots=True)
class ResultsAddress:
    """A team's link to its own results."""

    team: str
    url: str


def make_links(session: Session, round_: RoundRecord, entries: Sequence[RosterEntry], secret_key: str) -> None:
    """Make the results link of each team, when its round closes."""
    made = [(entry.id, *codes.new_derived(codes.results_code, secret_key)) for entry in entries]
    writes.put_result_links(session, round_.id, made)


def links_of(database: Database, code: str, base_url: str, secret_key: str) -> list[ResultsAddress]:
    """Give the results links of a closed round's teams; none where they were made with another secret key."""
    with database.reading() as session:
        stored = queries.result_links(session, needed(session, code).id)
    found = []
    for link in stored:
        made = codes.results_code(secret_key, link.nonce)
        if codes.hash_of(made) == link.code_hash:
            found.append(ResultsAddress(link.unit, f"{base_url}/results#{made}"))
    return found


def by_link(database: Database, code: str) -> TeamResults:
    """Give the results that a link leads to; raises `NotFound` for an unknown one."""
    with database.reading() as session:
        place = queries.results_place(session, codes.hash_of(code))
        if place is None:
            raise NotFound(UNKNOWN_LINK)
        return _results(session, *place)


def of_team(database: Database, code: str, team: str) -> TeamResults:
    """Give the results of a team in a closed round, for those whose team it is."""
    with database.reading() as session:
        round_ = needed(session, code)
        return _results(session, round_, entry_needed(session, round_, team))


def take_up(database: Database, code: str, titles: Mapping[int, str]) -> None:
    """Keep what a team takes up: at most three lines, empty ones left out. Raises `Invalid` for one too long."""
    kept = {}
    for place, title in titles.items():
        words = " ".join(title.split())
        if place not in PLACES:
            raise Invalid("There is room for three.")
        if len(words) > LONGEST_TITLE:
            raise Invalid(f"Say it in at most {LONGEST_TITLE} characters; number {place} has {len(words)}.")
        if words:
            kept[place] = words
    with database.writing() as session:
        found = queries.results_place(session, codes.hash_of(code))
        if found is None:
            raise NotFound(UNKNOWN_LINK)
        writes.put_initiatives(session, found[1], kept)


def _results(session: Session, round_: RoundRecord, entry: RosterEntry) -> TeamResults:
    questionnaire = questionnaires.asked_in(session, round_)
    counted = queries.tallies_of(session, entry) or _agreed(session, round_, entry, questionnaire)
    tree = outline(questionnaire)
    people = asked(entry, round_)
    answers = TeamAnswers(entry.unit, entry.kind, people, counted.tallies, counted.forms)
    scores = _enough(tree, team_scores(tree, questionnaire.scoring, answers), round_)
    return TeamResults(
        round_,
        entry,
        questionnaire,
        tree,
        counted.forms,
        people,
        scores,
        conversation(tree, scores),
        queries.initiatives(session, entry),
    )


def _agreed(session: Session, round_: RoundRecord, entry: RosterEntry, questionnaire: Questionnaire) -> TeamTallies:
    """Give an agreed form before its round closes, counted as closing will."""
    if round_.mode != AGREED:
        raise Conflict("This round is open still; nobody sees results before it closes.")
    forms = [form for form in queries.submissions(session, round_.id) if form.entry_id == entry.id]
    return TeamTallies(entry, len(forms), tally(questionnaire, [form.answers for form in forms]))


def _enough(tree: Outline, scores: Scores, round_: RoundRecord) -> Scores:
    """Leave out what too few people answered, and means it could be worked out from; of an agreed form nothing."""
    if round_.mode == AGREED:
        return scores
    few = {name for name, score in scores.items() if 0 < score.people < round_.threshold}
    for name in reversed(tree.children):
        if any(branch.name in few for branch in tree.children[name]):
            few.add(name)
    return {
        name: Score(score.unit, score.kind, name, hidden=True) if name in few else score
        for name, score in scores.items()
    }
