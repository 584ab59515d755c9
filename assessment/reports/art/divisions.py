"""Where people disagree most: the questions behind whose mean there are two camps, or the widest spread."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessment.measure.score import Score
from assessment.reports.art.document import Division, Divisions
from assessment.reports.art.facts import Facts
from assessment.reports.art.spread import is_drawable_spread, levels_apart, spread_drawing
from assessment.reports.figures import differ_by
from assessment.reports.words import capitalised, listed, number_word

MOST = 4

_OF_THE_TRAIN = 2
_WIDTH = 156.0
_HEIGHT = 15.0


@dataclass(frozen=True, slots=True)
class _Found:
    """A question's score of the ART (`team` is `""`) or of a team."""

    team: str
    score: Score


def divisions(facts: Facts) -> Divisions:
    """Tell on which questions people differ most."""
    asked = _questions(facts)
    if facts.agreed or not asked:
        return _nothing(facts)
    train = [found for found in asked if found.score.split]
    teams = _split_teams(facts) if facts.names_teams else []
    if train or teams:
        return _camps(facts, train, teams, _widest(asked))
    widest = _widest(asked)
    if not widest:
        why = "How wide the answers spread is held back, so that nobody is recognised."
        return _none("No question parts the train into two camps", why)
    if not widest[0].score.ad:
        return _none("Everybody chose the same level on every question", "There is no spread behind the means.")
    return Divisions(
        title="No question parts the train into two camps",
        subtitle="The questions with the widest spread. Number of people by level, colours as in the table",
        rows=tuple(_division(facts, found) for found in widest[:MOST]),
    )


def _nothing(facts: Facts) -> Divisions:
    """Say why there is no spread to tell of."""
    if not facts.parts:
        return _none("No question is scored", "So there is nothing to agree on.")
    if facts.agreed:
        who = "The ART" if facts.itself else "Each team"
        return _none(f"{who} agreed on one form", "So there is no spread of people behind these scores.")
    return _none("How far people agree cannot be told", "The scores of all questions are hidden or missing.")


def _widest(asked: Sequence[_Found]) -> list[_Found]:
    """Give the train's questions that are told in full, those on which people are furthest apart first."""
    told = [found for found in asked if found.score.ad is not None and not found.score.split]
    return sorted(told, key=lambda found: -(found.score.ad or 0.0))


def _none(title: str, why: str) -> Divisions:
    return Divisions(title, why, ())


def _questions(facts: Facts) -> list[_Found]:
    found = (facts.score(name) for name in facts.tree.levels)
    return [_Found("", score) for score in found if score is not None and score.value is not None]


def _split_teams(facts: Facts) -> list[_Found]:
    return [
        _Found(team.name, score)
        for team in facts.material.teams
        for name in facts.tree.levels
        if (score := team.scores.get(name)) is not None and score.split and not score.hidden
    ]


def _camps(facts: Facts, train: Sequence[_Found], teams: Sequence[_Found], widest: Sequence[_Found]) -> Divisions:
    room = MOST - min(len(teams), MOST - _OF_THE_TRAIN)
    shown = [*_most_divided(train, room), *_most_divided(teams, MOST - min(len(train), room))]
    left = len(train) + len(teams) - len(shown)
    filling = widest[: MOST - len(shown)]
    how = "The most divided questions" + (", then those with the widest spread" if filling else "")
    return Divisions(
        title=_title(train, teams),
        subtitle=f"{how}. Number of people by level, colours as in the table",
        rows=tuple(_division(facts, found) for found in (*shown, *filling)),
        note=f"{capitalised(number_word(left))} more {'is' if left == 1 else 'are'} split in the same way."
        if left
        else "",
    )


def _title(train: Sequence[_Found], teams: Sequence[_Found]) -> str:
    told = []
    if train:
        told.append(f"{_questions_counted(len(train))} over the whole train")
    if teams:
        names = {found.team for found in teams}
        told.append(f"{_questions_counted(len(teams))} within {'a team' if len(names) == 1 else 'teams'}")
    return f"Two camps on {listed(told)}"


def _questions_counted(count: int) -> str:
    return f"{number_word(count)} {'question' if count == 1 else 'questions'}"


def _most_divided(found: Sequence[_Found], most: int) -> list[_Found]:
    """Take those with the lowest agreement, in the order they came in; where it is not told they come last."""
    order = sorted(range(len(found)), key=lambda place: (_agreement(found[place]), place))
    return [found[place] for place in sorted(order[: max(most, 0)])]


def _agreement(found: _Found) -> float:
    return 1.0 if found.score.agreement is None else found.score.agreement


def _division(facts: Facts, found: _Found) -> Division:
    score = found.score
    question = facts.titles[score.dimension]
    words = _words(facts, score)
    counts = score.distribution
    chart = None
    if counts is not None and any(counts) and is_drawable_spread(counts):
        where = f"{found.team}: " if found.team else ""
        title = f"{where}{question} {listed([str(count) for count in counts])} answers, lowest level first"
        chart = spread_drawing(title, counts, _WIDTH, _HEIGHT)
    return Division(found.team, question, chart, words, bool(score.split))


def _words(facts: Facts, score: Score) -> str:
    told = []
    if score.ad is not None:
        told.append(differ_by(levels_apart(facts, score.dimension, score.ad)))
    if score.split:
        told.append("two camps")
    if score.distribution is None:
        told.append("counts held back")
    return capitalised("; ".join(told))
