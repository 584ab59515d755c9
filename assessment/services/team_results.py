"""A team's own results: its page after the round, by a link that is made then, and what the team takes up.

The link's code is derived from the installation's secret key and a stored nonce, as that of a shared link, and stored
as a hash only. Where a team agreed on one form, its link is made with that: whoever has given it sees the results at
once, and until the round closes beside them how the room had voted.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from assessment.errors import Conflict, Invalid, NotFound
from assessment.measure.conversation import Conversation, conversation
from assessment.measure.outline import Outline, outline
from assessment.measure.score import Score
from assessment.measure.scoring import Scores, TeamAnswers, team_scores
from assessment.measure.tally import tally
from assessment.questionnaire.model import Questionnaire
from assessment.services import codes, questionnaires, votes
from assessment.services.rounds import AGREED, asked, entry_needed, needed
from assessment.services.votes import Distribution
from assessment.store import queries, writes
from assessment.store.database import Database
from assessment.store.records import RosterEntry, RoundRecord, TeamTallies
from assessment.wording import figure
from assessment.wording import gettext as _

LONGEST_TITLE = 200
PLACES = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class TeamResults:
    """What a team sees of itself: `told` are the questions and dimensions of which enough people answered.

    Of others nobody is shown anything, not even the team: from two answers everybody knows the other one. `votes` are
    the revealed ones, by question, while they are there: they go when the round closes.
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
    votes: Mapping[str, Distribution]

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
    """Make the results link of each team, when its round closes or it has sent the form it agreed on.

    One that a team has already stays: it stands on its receipt.
    """
    only = entries[0].unit if len(entries) == 1 else None
    there = dict(_codes_of(session, round_, secret_key, only))
    new = [entry for entry in entries if entry.unit not in there]
    made = [(entry.id, *codes.new_derived(codes.results_code, secret_key)) for entry in new]
    writes.put_result_links(session, round_.id, made)


def links_of(database: Database, code: str, base_url: str, secret_key: str) -> list[ResultsAddress]:
    """Give the results links that a round's teams have; none where they were made with another secret key."""
    with database.reading() as session:
        made = list(_codes_of(session, needed(session, code), secret_key))
    return [ResultsAddress(team, _address(base_url, link)) for team, link in made]


def link_of(database: Database, entry: RosterEntry, round_: RoundRecord, base_url: str, secret_key: str) -> str:
    """Give the address of one team's own results; `""` where it has no link yet."""
    with database.reading() as session:
        code = dict(_codes_of(session, round_, secret_key, entry.unit)).get(entry.unit)
    return _address(base_url, code) if code else ""


def by_link(database: Database, code: str) -> TeamResults:
    """Give the results that a link leads to; raises `NotFound` for an unknown one."""
    with database.reading() as session:
        place = queries.results_place(session, codes.hash_of(code))
        if place is None:
            raise _unknown_link()
        return _results(session, *place)


def of_team(database: Database, code: str, team: str) -> TeamResults:
    """Give the results of a team for its facilitator among the staff: without votes, which only a team's links show."""
    with database.reading() as session:
        round_ = needed(session, code)
        return replace(_results(session, round_, entry_needed(session, round_, team)), votes={})


def take_up(database: Database, code: str, titles: Mapping[int, str]) -> None:
    """Keep what a team takes up: at most three lines, empty ones left out. Raises `Invalid` for one too long."""
    kept = {}
    for place, title in titles.items():
        words = " ".join(title.split())
        if place not in PLACES:
            raise Invalid(_("There is room for three."))
        if len(words) > LONGEST_TITLE:
            raise Invalid(
                _(
                    "Say it in at most %(most)s characters; number %(place)s has %(length)s.",
                    most=figure(LONGEST_TITLE),
                    place=place,
                    length=figure(len(words)),
                )
            )
        if words:
            kept[place] = words
    with database.writing() as session:
        found = queries.results_place(session, codes.hash_of(code))
        if found is None:
            raise _unknown_link()
        writes.put_initiatives(session, found[1], kept)


def _address(base_url: str, code: str) -> str:
    return f"{base_url}/results#{code}"


def _unknown_link() -> NotFound:
    return NotFound(_("This link is not known. Check its code, or ask whoever sent it to you."))


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
        _votes(session, round_, entry, questionnaire),
    )


def _codes_of(
    session: Session, round_: RoundRecord, secret_key: str, only: str | None = None
) -> Iterator[tuple[str, str]]:
    """Give teams, or `only` one, with the codes of their links, as far as these were made with this secret key."""
    for link in queries.result_links(session, round_.id, only):
        code = codes.derived_again(codes.results_code, secret_key, link.nonce, link.code_hash)
        if code:
            yield link.unit, code


def _votes(
    session: Session, round_: RoundRecord, entry: RosterEntry, questionnaire: Questionnaire
) -> dict[str, Distribution]:
    """Give how the room had voted on what the team agreed on, from when the form is sent until the close."""
    if round_.mode != AGREED or round_.closed_at is not None:
        return {}
    room = queries.room_of_entry(session, entry)
    if room is None or not room.submitted:
        return {}
    return {one.question.id: one for one in votes.revealed(session, room, questionnaire.questions)}


def _agreed(session: Session, round_: RoundRecord, entry: RosterEntry, questionnaire: Questionnaire) -> TeamTallies:
    """Give an agreed form before its round closes, counted as closing will."""
    if round_.mode != AGREED:
        raise Conflict(_("This round is open still; nobody sees results before it closes."))
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
