"""What may be shown of a round's scores: small groups stay unseen, and cannot be worked out from what is seen.

In the modes `codes` and `link`:

- `hiding` decides which scores are hidden, against someone who holds everything released and one team's own page;
- bounds beside hidden scores are told as `told_bounds` has them;
- of scores with fewer than 8 answers the mean is told to one decimal, near the ends of the scale as "at least" or "at
  most", with n, N and whether there are two camps, and nothing else;
- of a unit's question the distribution, and what is made of it, is told where no team in it is hidden and those of its
  teams are told, or where what is held back of them is many answers of several teams. Above questions, people's
  agreement is that on the questions of which it is told.

Mode `team` has one agreed form a team, openly: nothing is hidden there, and there is no spread to show.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from assessment.measure import hiding_before
from assessment.measure.bounds import Bounds
from assessment.measure.hiding import Cell, hidden_cells, is_enough
from assessment.measure.organisation import Organisation
from assessment.measure.outline import OVERALL, Outline
from assessment.measure.rounding import printed, rounded_down
from assessment.measure.score import Score
from assessment.measure.scoring import NEWEST, Method, Scores, with_spread
from assessment.measure.told_bounds import told_bounds

SMALLEST_THRESHOLD = 3
USUAL_THRESHOLD = 5
FULL_PRECISION_FROM = 8


def disclosed(
    outline: Outline,
    organisation: Organisation,
    scores: Mapping[str, Scores],
    threshold: int,
    method: Method = NEWEST,
) -> dict[str, Scores]:
    """Give all scores of a round as they may be shown, for the modes `codes` and `link`."""
    rules = hidden_cells if method.quarter else hiding_before.hidden_cells
    return disclosed_but(outline, organisation, scores, rules(outline, organisation, scores, threshold))


def disclosed_but(
    outline: Outline, organisation: Organisation, scores: Mapping[str, Scores], hidden: set[Cell]
) -> dict[str, Scores]:
    """Give all scores as they are shown where just these are hidden."""
    bounds = told_bounds(outline, organisation, scores, hidden)
    unseen = _unseen(outline, organisation, scores, hidden)
    return {
        unit: {
            name: _concealed(score) if (unit, name) in hidden else _told(score, outline, bounds.get((unit, name)))
            for name, score in _with_told_spread(outline, scores[unit], unseen.get(unit, ())).items()
        }
        for unit in scores
    }


def agreed_forms(scores: Mapping[str, Scores]) -> dict[str, Scores]:
    """Give all scores of a round in mode `team`: everything but the spread, of which one form has none."""
    return {unit: {name: without_spread(score) for name, score in of_unit.items()} for unit, of_unit in scores.items()}


def without_spread(score: Score) -> Score:
    """Give a score that is told openly without the spread."""
    return replace(score, agreement=None, ad=None, rwg=None, rwg_star=None, split=None)


def alone(score: Score, levels: tuple[float, ...], threshold: int) -> Score:
    """Give the score of a question that is in no other score, as it may be shown."""
    if 0 < score.people < threshold:
        return _concealed(score)
    return _told(score, Outline({}, {score.dimension: levels}, {}), None)


def _with_told_spread(outline: Outline, of_unit: Scores, unseen: Collection[str]) -> Scores:
    """Give a unit's scores with the distributions and the spread that may be told; two camps are, in any case."""
    if not unseen or _few_answers(of_unit[OVERALL]):
        return of_unit  # where the overall score has few answers, so has every other: of none is the spread told
    held_back = {name: replace(of_unit[name], distribution=None) for name in unseen}
    return {
        name: score if score.split is not None else replace(score, split=of_unit[name].split)
        for name, score in with_spread(outline, of_unit | held_back).items()
    }


def _unseen(
    outline: Outline, organisation: Organisation, scores: Mapping[str, Scores], hidden: set[Cell]
) -> dict[str, set[str]]:
    """Give the questions whose distribution is held back, by unit."""
    found: dict[str, set[str]] = {}
    upwards = organisation.upwards()
    teams = [unit for unit in scores if unit not in organisation.below]
    for name in outline.levels:
        untold = {unit: _untold(scores[unit][name], (), hidden) for unit in teams}
        for unit in upwards:
            untold[unit] = _untold(scores[unit][name], [untold[code] for code in organisation.below[unit]], hidden)
        for unit, of_unit in untold.items():
            if of_unit.unseen:
                found.setdefault(unit, set()).add(name)
    return found


@dataclass(frozen=True, slots=True)
class _Untold:
    """Whether a distribution is held back, which teams' are with it, and whether one of them is hidden."""

    unseen: bool
    teams: tuple[Score, ...]
    hidden: bool


def _untold(score: Score, below: Sequence[_Untold], hidden: set[Cell]) -> _Untold:
    few, hides = _few_answers(score), (score.unit, score.dimension) in hidden
    hides = hides or any(part.hidden for part in below)
    together = tuple(team for part in below for team in part.teams)
    unseen = hides or few or bool(together and not is_enough(together, FULL_PRECISION_FROM))
    if not unseen:
        return _Untold(unseen=False, teams=(), hidden=False)
    return _Untold(unseen=True, teams=together if below else (score,) if few else (), hidden=hides)


def _few_answers(score: Score) -> bool:
    return 0 < score.people < FULL_PRECISION_FROM


def _concealed(score: Score) -> Score:
    return Score(score.unit, score.kind, score.dimension, hidden=True)


def _told(score: Score, outline: Outline, bounds: Bounds | None) -> Score:
    """Give a score as far as its number of answers allows."""
    if not _few_answers(score):
        low, high = bounds or (None, None)
        return score if (low, high) == (score.low, score.high) else replace(score, low=low, high=high)
    value, qualifier = _coarse(score, outline)
    return Score(
        score.unit,
        score.kind,
        score.dimension,
        value=value,
        qualifier=qualifier,
        n=score.n,
        N=score.N,
        coverage=score.coverage,
        split=score.split,
    )


def _coarse(score: Score, outline: Outline) -> tuple[float | None, str]:
    if score.value is None:
        return None, ""
    low, high = outline.ends(score.dimension)
    half = outline.gap(score.dimension) / 2
    if score.value >= high - half:
        return float(rounded_down(high - half)), ">="
    if score.value <= low + half:
        return 0.0 - float(rounded_down(-low - half)), "<="
    return float(printed(score.value)), ""
