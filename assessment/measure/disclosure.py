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
from assessment.measure.hiding import Care, HeldBack, held_back, is_enough
from assessment.measure.organisation import Organisation
from assessment.measure.outline import OVERALL, Outline
from assessment.measure.rounding import printed
from assessment.measure.score import Score
from assessment.measure.scoring import NEWEST, Method, Scores, with_spread
from assessment.measure.told_bounds import told_bounds
from assessment.measure.told_ends import FULL_PRECISION_FROM, ToldEnd, as_end, near_end

SMALLEST_THRESHOLD = 3
USUAL_THRESHOLD = 5


def disclosed(
    outline: Outline,
    organisation: Organisation,
    scores: Mapping[str, Scores],
    threshold: int,
    method: Method = NEWEST,
) -> dict[str, Scores]:
    """Give all scores of a round as they may be shown, for the modes `codes` and `link`."""
    if not method.quarter:
        held = HeldBack(frozenset(hiding_before.hidden_cells(outline, organisation, scores, threshold)))
        return disclosed_but(outline, organisation, scores, held)
    return _audited(outline, organisation, scores, threshold)


def _audited(
    outline: Outline, organisation: Organisation, scores: Mapping[str, Scores], threshold: int
) -> dict[str, Scores]:
    """Give all scores as the rules let them be told, with more care where the audit finds that they say too much."""
    care = Care()
    while True:
        held = held_back(outline, organisation, scores, threshold, care)
        shown = disclosed_but(outline, organisation, scores, held)
        if not held.hidden:
            return shown
        from assessment.measure.proving import too_telling  # noqa: PLC0415 - SciPy is imported where it is used

        more = care.of_more(too_telling(outline, organisation, scores, shown))
        if more == care:
            return shown
        care = more


def disclosed_but(
    outline: Outline, organisation: Organisation, scores: Mapping[str, Scores], held: HeldBack
) -> dict[str, Scores]:
    """Give all scores as they are shown where just these are held back."""
    bounds = told_bounds(outline, organisation, scores, held)
    unseen = _unseen(outline, organisation, scores, held)

    def told(score: Score) -> Score:
        cell = (score.unit, score.dimension)
        if cell in held.hidden:
            return _concealed(score)
        if cell in held.as_ends and score.value is not None:
            return _told_as_end(score, as_end(score.value, outline, score.dimension, held.as_ends[cell]))
        return _told(score, outline, bounds.get(cell))

    return {
        unit: {
            name: told(score) for name, score in _with_told_spread(outline, scores[unit], unseen.get(unit, ())).items()
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
    outline: Outline, organisation: Organisation, scores: Mapping[str, Scores], held: HeldBack
) -> dict[str, set[str]]:
    """Give the questions whose distribution is held back, by unit."""
    found: dict[str, set[str]] = {}
    upwards = organisation.upwards()
    teams = [unit for unit in scores if unit not in organisation.below]
    for name in outline.levels:
        untold = {unit: _untold(scores[unit][name], (), held) for unit in teams}
        for unit in upwards:
            untold[unit] = _untold(scores[unit][name], [untold[code] for code in organisation.below[unit]], held)
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


def _untold(score: Score, below: Sequence[_Untold], held: HeldBack) -> _Untold:
    few, hides = _few_answers(score), (score.unit, score.dimension) in held
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
    end = None if score.value is None else near_end(score.value, outline, score.dimension)
    if end is not None:
        return _told_as_end(score, end)
    return _bare(score, None if score.value is None else float(printed(score.value)), "")


def _told_as_end(score: Score, end: ToldEnd) -> Score:
    return _bare(score, end.value, end.qualifier)


def _bare(score: Score, value: float | None, qualifier: str) -> Score:
    """Give a score with nothing but its value, its counts and whether there are two camps."""
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
