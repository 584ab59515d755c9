"""Which scores are hidden: those of few people, and those from which these could be worked out.

A score with fewer answers than the threshold is hidden. Since a score is a mean of the scores below it, over the
questionnaire and over the organisation, a hidden one could be worked out by subtraction; so more is hidden, until
nothing changes any more:

1. What is below a hidden score is hidden, and where one child is hidden, all its siblings are. A score with a single
   child that has one is the same figure, and hidden with it.
2. What is hidden together in one unit holds, besides any one team (whose own page its members have read), two other
   teams and as many answers as the threshold. Else further teams are hidden, those with the fewest answers first; where
   all of them would not do, the unit's own score is.
3. A unit tells the scores of a dimension's children only where its hidden teams have an even share in them. Say three
   teams are hidden and one of them left a question out: the unit's dimension, a mean over three teams, and the unit's
   two questions, of three teams and of two, no longer say the same thing twice, and their difference is that team's.

With 2. and 3. every hidden score can move, up in one team and down in another, without anything shown moving: so
nothing shown determines it (docs/scoring.md has the argument, tests/measure/test_disclosure.py looks for exceptions).
Only counts of people decide what is hidden, never what was answered; where more answers came over a shared link than
people were asked, those asked are counted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessment.measure.outline import Outline
from assessment.measure.score import Score
from assessment.measure.scoring import Scores

OTHER_TEAMS = 2

Cell = tuple[str, str]  # a unit's code and the name of a dimension or question


@dataclass(frozen=True, slots=True)
class Organisation:
    """Which units are below which: a unit's code to the codes of those whose scores its own is the mean of.

    They count once each or, with `by_respondents`, with their people.
    """

    below: Mapping[str, Sequence[str]]
    by_respondents: bool = False


def hidden_cells(
    outline: Outline, organisation: Organisation, scores: Mapping[str, Scores], threshold: int
) -> set[Cell]:
    """Give what is not shown: below the threshold, or needed to keep that from being worked out.

    Where nothing is scored there is nothing to hide: counts of people are no secret.
    """
    if not outline.levels:
        return set()
    hidden = {
        (unit, name)
        for unit, of_unit in scores.items()
        for name, score in of_unit.items()
        if 0 < score.people < threshold
    }
    before = 0
    while len(hidden) > before:
        before = len(hidden)
        for unit, of_unit in scores.items():
            _hide_over_questionnaire(outline, unit, of_unit, hidden)
        for unit, below in organisation.below.items():
            for name in outline.names():
                _hide_over_organisation(name, unit, [scores[code][name] for code in below], hidden, threshold)
        for unit in organisation.below:
            _hide_uneven(outline, organisation, unit, scores, hidden)
    return hidden


def _hide_over_questionnaire(outline: Outline, unit: str, scores: Scores, hidden: set[Cell]) -> None:
    for name, branches in outline.children.items():
        below = {(unit, branch.name) for branch in branches if scores[branch.name].n}
        if (unit, name) in hidden or below & hidden:
            hidden |= below
            if sum(scores[branch.name].value is not None for branch in branches) == 1:
                hidden.add((unit, name))


def _hide_over_organisation(name: str, unit: str, below: Sequence[Score], hidden: set[Cell], threshold: int) -> None:
    # A team without a value (too few of its questions were answered) is in no mean, and protects nobody there.
    scored = sorted((score for score in below if score.value is not None), key=lambda score: (score.n, score.unit))
    together = [score for score in scored if (score.unit, name) in hidden]
    if not together or (unit, name) in hidden:
        return
    if not is_enough(scored, threshold):
        hidden.add((unit, name))
        return
    shown = [score for score in scored if (score.unit, name) not in hidden]
    while not is_enough(together, threshold):
        together.append(shown.pop(0))
        hidden.add((together[-1].unit, name))


def _hide_uneven(
    outline: Outline, organisation: Organisation, unit: str, scores: Mapping[str, Scores], hidden: set[Cell]
) -> None:
    for name, branches in outline.children.items():
        children = [branch.name for branch in branches]
        shares = {
            _share(scores[code], name, children, by_respondents=organisation.by_respondents)
            for code in organisation.below[unit]
            if any((code, child) in hidden for child in children)
        }
        if len(shares) > 1 or None in shares:
            hidden |= {(unit, child) for child in children if scores[unit][child].n}


def _share(scores: Scores, name: str, children: Sequence[str], *, by_respondents: bool) -> frozenset[str] | None:
    """Give the children in which a team has a share; None where its shares differ from one to the next."""
    with_value = frozenset(child for child in children if scores[child].value is not None)
    if by_respondents and {scores[child].n for child in with_value} - {scores[name].n}:
        return None
    return with_value


def is_enough(together: Sequence[Score], answers_needed: int) -> bool:
    """Whether those held back together protect each other even from whoever knows one of them."""
    answers = [score.people for score in together]
    return len(answers) > OTHER_TEAMS and sum(answers) - max(answers) >= answers_needed
