"""What the method `mean-1` hid: teams and ARTs alone, by counts alone. Releases made by it are recomputed with it.

Scores with fewer answers than the threshold are hidden, with siblings in the questionnaire's tree and with further
teams of the same ART; `hiding` has the rules that came after, and says why.
"""

from collections.abc import Mapping, Sequence

from assessment.measure.hiding import Cell, is_enough
from assessment.measure.organisation import Organisation
from assessment.measure.outline import Outline
from assessment.measure.score import Score
from assessment.measure.scoring import Scores


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
