"""The titles of figures: what each shows, found in its own figures."""

from collections.abc import Sequence
from decimal import Decimal

from assessment.measure.outline import OVERALL
from assessment.measure.score import Score
from assessment.measure.told_ends import FULL_PRECISION_FROM
from assessment.reports.art.changes import moved_by
from assessment.reports.art.facts import Facts, figure_of, plain, round_name, tone_of
from assessment.reports.charts import cut_axis
from assessment.reports.figures import one_decimal, printed
from assessment.reports.material import RoundPart
from assessment.reports.words import capitalised, listed, number_word

_MOST_NAMED = 2
_TWO = 2


def trend_title(facts: Facts) -> str:
    """Give the finding of the trend."""
    history = facts.material.history
    values = [(place, part) for place, part in enumerate(history) if _value(part) is not None]
    newest = len(history) - 1
    if not values:
        return "No round has a score that can be shown"
    if values[-1][0] != newest:
        last = values[-1][1]
        return f"No score in {facts.now}, {_figure(last)} in {round_name(last)}"
    if newest in facts.breaks:
        return f"A new line from {facts.now} on: the questions changed"
    if sure := _sure(facts):
        return sure
    start = max((place for place in facts.breaks if place <= newest), default=0)
    since = " since the questions changed" if start else ""
    return _course([part for place, part in values if place >= start], facts) + since


def _sure(facts: Facts) -> str | None:
    step = facts.step(OVERALL)
    if step is None or facts.previous is None:
        return None
    if step.verdict == "no-detectable-change":
        return f"No clear change since {facts.before}"
    if not tone_of(step):
        return None
    return f"{capitalised(moved_by(step))} since {facts.before}, more than chance"


def _course(parts: Sequence[RoundPart], facts: Facts) -> str:
    """Say how a score went over the rounds of one unbroken line."""
    now = _figure(parts[-1])
    if len(parts) == 1:
        alone = len(facts.material.history) == 1
        return f"{'First round: ' if alone else ''}{now} in {facts.now}"
    figures = [printed(_value(part) or 0.0) for part in parts]
    rounds = number_word(len(parts))
    if len(set(figures)) == 1:
        return f"{now} in {'both' if len(parts) == _TWO else f'each of {rounds}'} rounds"
    if len(parts) == _TWO:
        return f"From {_figure(parts[0])} in {round_name(parts[0])} to {now} in {facts.now}"
    low = _figure(parts[figures.index(min(figures))])
    high = _figure(parts[figures.index(max(figures))])
    return f"Between {low} and {high} over {rounds} rounds, now {now}"


def _value(part: RoundPart) -> float | None:
    score = part.scores.get(OVERALL)
    return None if score is None else score.value


def _figure(part: RoundPart) -> str:
    return figure_of(part.scores.get(OVERALL))


def teams_title(facts: Facts, scores: Sequence[tuple[str, Sequence[Score]]]) -> str:
    """Give the finding of the heatmap: on which competency the teams differ most; no team is named by it.

    `scores` has the teams' scores with a value, by competency.
    """
    shown = max((len(of_part) for _, of_part in scores), default=0)
    if not shown:
        return f"No team’s scores can be shown by {facts.part}"
    if shown == 1:
        return f"One team’s scores can be shown by {facts.part}"
    spreads = [(name, _spread(of_part), of_part) for name, of_part in scores if len(of_part) > 1]
    most, least = max(spread for _, spread, _ in spreads), min(spread for _, spread, _ in spreads)
    widest = [(name, of_part) for name, spread, of_part in spreads if spread == most]
    if not most:
        return "To one decimal, the teams do not differ"
    if len(spreads) == 1:
        return f"Teams lie between {_range(widest[0][1])}"
    return f"Teams differ {_where_most(facts, widest, alike=most == least)}"


def _where_most(facts: Facts, widest: Sequence[tuple[str, Sequence[Score]]], *, alike: bool) -> str:
    name, of_part = widest[0]
    by = _spread(of_part)
    if alike:
        return f"alike in every {facts.part}, by {by}"
    if len(widest) == 1:
        return f"most in {facts.titles[name]}: between {_range(of_part)}"
    names = listed([facts.titles[name] for name, _ in widest])
    many = f"{number_word(len(widest))} {facts.parts_called}"
    return f"most, by {by}, in {names if len(widest) <= _MOST_NAMED else many}"


def _spread(scores: Sequence[Score]) -> Decimal:
    figures = [printed(score.value or 0.0) for score in scores]
    return max(figures) - min(figures)


def _range(scores: Sequence[Score]) -> str:
    return " and ".join(figure_of(score) for score in ends(scores))


def ends(scores: Sequence[Score]) -> tuple[Score, Score]:
    """Give the lowest and the highest of some scores, going by the figures in print."""
    ordered = sorted(scores, key=lambda score: printed(score.value or 0.0))
    return ordered[0], ordered[-1]


def open_title(facts: Facts, scores: Sequence[Score]) -> str:
    """Say how far, at most, those who did not answer could move a competency."""
    reaches = [
        max(printed(score.high) - printed(score.value), printed(score.value) - printed(score.low))
        for score in scores
        if score.value is not None and score.low is not None and score.high is not None
    ]
    if not reaches:
        return f"How far silence could move a {facts.part} is not told"
    if not max(reaches):
        return f"Everyone answered: nothing could move a {facts.part}"
    return f"Those who did not answer could move a {facts.part} by no more than {max(reaches)}"


def axis_note(values: Sequence[float | None], low: float, high: float) -> str:
    """Say where an axis is cut, `""` where it is whole."""
    first, last = cut_axis(values, low, high)
    cuts = [plain(end) for end, whole in ((first, low), (last, high)) if end != whole]
    return f"Axis cut at {listed(cuts)}" if cuts else f"Full scale {plain(low)} to {plain(high)}"


def span_words(low: float, high: float) -> str:
    """Write a part of a scale so that no line breaks within it: `1.5 to 4`."""
    return f"{plain(low)}\N{NO-BREAK SPACE}to\N{NO-BREAK SPACE}{plain(high)}"


def bounds_note(facts: Facts, score: Score) -> str:
    """Say where a score would lie had everyone answered."""
    everyone = "every team" if facts.agreed and not facts.itself else "everyone"
    if score.low is not None and score.high is not None:
        if printed(score.low) == printed(score.high):
            return f"Still {one_decimal(score.low)} had {everyone} answered"
        return f"{one_decimal(score.low)} to {one_decimal(score.high)} had {everyone} answered"
    if (score.n or 0) > (score.N or 0):
        return "No bounds: more answers than people asked"
    few = (score.n or 0) < FULL_PRECISION_FROM
    return f"No bounds told: {f'fewer than {FULL_PRECISION_FROM} answers' if few else 'a small team would show'}"
