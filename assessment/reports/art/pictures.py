"""The drawings of page one: the trend, all competencies at a glance, and the evidence beside them."""

from collections.abc import Sequence

from assessment.measure.outline import OVERALL
from assessment.reports.art.changes import changes_title, is_tested, not_seen
from assessment.reports.art.document import Figure, Table
from assessment.reports.art.facts import Facts, figure_of, is_answered, plain, round_name, verdict_of
from assessment.reports.art.findings import picture_title, questions_title, scored
from assessment.reports.art.titles import axis_note, open_title, trend_title
from assessment.reports.charts import (
    ChangePlot,
    ChangeRow,
    IntervalPlot,
    IntervalRow,
    Radar,
    RadarAxis,
    Trend,
    TrendPoint,
    change_plot,
    interval_plot,
    is_drawable,
    radar_chart,
    trend_chart,
)
from assessment.reports.figures import DASH, one_decimal, signed
from assessment.reports.material import RoundPart
from assessment.reports.words import capitalised

WIDE = 687.0
_TREND = 380.0
_PICTURE = 286.0
HEIGHT = 228.0
STACKED_TREND = 180.0
_EVIDENCE = 332.0
_TOP, _ROW, _LINE = 20.0, 21.0, 13.0  # of rows on one scale: above them, each, and a second line of its name
_FEWEST_AXES, _MOST_AXES = 3, 8
_MOST_BESIDE = 11


def trend_figure(facts: Facts, *, wide: bool) -> Figure:
    """Draw the overall maturity over the rounds."""
    history = facts.material.history
    teams = _team_lines(history) if facts.names_teams else ()
    points = [_point(part) for part in history]
    shown = [figure for point in points for figure in (point.value, point.low, point.high)]
    shown += [value for team in teams for value in team]
    low, high = facts.span(shown)
    trend = Trend(
        title=trend_title(facts),
        points=points,
        low=low,
        high=high,
        teams=teams,
        breaks=facts.breaks,
        width=WIDE if wide else _TREND,
        height=STACKED_TREND if wide else HEIGHT,
    )
    parts = ["Band: had everyone answered"] if any(point.low is not None for point in points) else []
    parts += ["Thin lines: teams"] if teams else []
    parts.append(axis_note(shown, low, high))
    parts += [limit] if (limit := not_seen(facts.step(OVERALL))) else []
    return Figure(
        title=trend.title,
        subtitle=". ".join(parts),
        chart=trend_chart(trend),
        table=_trend_table(history),
        notes=_breaks(facts),
    )


def picture(facts: Facts) -> tuple[Figure | None, bool]:
    """Draw all competencies, and tell whether the drawing needs the whole width.

    As a radar from three to eight, as intervals otherwise, of a single one what it holds; nothing without a score.
    """
    if not scored(facts, facts.parts):
        return None, True
    if _FEWEST_AXES <= len(facts.parts) <= _MOST_AXES:
        return _radar(facts), False
    if len(facts.parts) > 1:
        stacked = len(facts.parts) > _MOST_BESIDE
        return intervals(facts, facts.parts, WIDE if stacked else _PICTURE, picture_title(facts, facts.parts)), stacked
    below = tuple(branch.name for branch in facts.tree.children[facts.parts[0]])
    questions = all(name in facts.tree.levels for name in below)
    title = picture_title(facts, below) if not questions else questions_title(facts, below)
    return intervals(facts, below, WIDE, title), True


def evidence(facts: Facts) -> tuple[Figure, ...]:
    """Draw the competencies with their bounds and, where there are any, their changes."""
    if not scored(facts, facts.parts):
        return ()
    changes = _changed(facts)
    if not _FEWEST_AXES <= len(facts.parts) <= _MOST_AXES:
        return () if changes is None else (changes,)  # page one has the intervals already
    title = open_title(facts, scored(facts, facts.parts))
    levels = intervals(facts, facts.parts, WIDE if changes is None else _EVIDENCE, title)
    return (levels,) if changes is None else (levels, changes)


def evidence_height(facts: Facts) -> float:
    """Give how high the evidence is drawn."""
    return _TOP + _ROW * len(facts.parts)


def picture_height(facts: Facts) -> float:
    """Give how high a picture over the whole width is drawn, most names taking two lines."""
    rows = facts.tree.children[facts.parts[0]] if len(facts.parts) == 1 else facts.parts
    return _TOP + (_ROW + _LINE) * len(rows)


def intervals(facts: Facts, names: Sequence[str], width: float, title: str) -> Figure:
    """Draw scores with the bounds that non-response leaves them."""
    labels, key = _labels(facts, names)
    rows = []
    for name, label in zip(names, labels, strict=True):
        score = facts.score(name)
        value = None if score is None else score.value
        bounds = (None, None) if score is None else (score.low, score.high)
        rows.append(IntervalRow(label, value, *bounds, figure_of(score)))
    low, high = facts.ends(*names)
    plot = IntervalPlot(title, rows, low, high, width=width)
    subtitle = f"{facts.now} on the full scale {plain(low)} to {plain(high)}. Line: had everyone answered"
    return Figure(title, subtitle, interval_plot(plot), _score_table(facts, names), key=key)


def _changed(facts: Facts) -> Figure | None:
    steps = {name: facts.step(name) for name in facts.parts}
    if not any(step is not None and step.change is not None for step in steps.values()):
        return None
    labels, key = _labels(facts, facts.parts)
    rows = [
        ChangeRow(label, step.change, step.low, step.high, verdict_of(step)) if step else ChangeRow(label, None)
        for label, step in zip(labels, steps.values(), strict=True)
    ]
    title = changes_title(facts)
    plot = ChangePlot(title, rows, ("lower", "no change", "higher"), width=_EVIDENCE)
    tested = any(step is not None and is_tested(step) for step in steps.values())
    how = "Hollow: no clear change" if tested else "Hollow: not told from chance"
    if any(step is not None and step.low is not None for step in steps.values()):
        how += ". Line: 95% interval"
    over = "" if facts.itself else ", teams present in both rounds"
    subtitle = f"Change since {facts.before}{over}. {how}"
    table = Table(
        (capitalised(facts.part), f"Change since {facts.before}"),
        tuple(
            (facts.titles[name], DASH if step is None or step.change is None else signed(step.change))
            for name, step in steps.items()
        ),
    )
    return Figure(title, subtitle, change_plot(plot), table, key=key)


def _radar(facts: Facts) -> Figure:
    labels, key = _labels(facts, facts.parts)
    before = facts.previous.scores if facts.previous and facts.is_compared() else {}
    low, high = facts.ends(*facts.parts)
    axes = []
    for name, label in zip(facts.parts, labels, strict=True):
        step, old = facts.step(name), before.get(name)
        axes.append(
            RadarAxis(
                label,
                facts.value(name),
                old.value if old and old.value is not None and low <= old.value <= high else None,
                verdict_of(step),
                step.change if step else None,
                figure_of(facts.score(name)),
            )
        )
    title = picture_title(facts, facts.parts)
    radar = Radar(title, axes, low, high, width=_PICTURE, height=HEIGHT)
    parts = [f"Blue: {facts.now}"]
    if any(axis.before is not None for axis in axes):
        teams = "" if facts.itself else f", {'same' if _same_teams(facts) else 'its own'} teams"
        parts.append(f"Dashed: {facts.before}{teams}")
    parts.append(f"Scale {plain(low)} to {plain(high)}")
    return Figure(title, ". ".join(parts), radar_chart(radar), _score_table(facts, facts.parts), key=key)


def _same_teams(facts: Facts) -> bool:
    """Whether the same teams answered in the round before as in this one."""
    before = facts.previous.teams if facts.previous else {}
    now = facts.material.history[-1].teams
    answered = [{code for code, score in teams.items() if is_answered(score)} for teams in (before, now)]
    return answered[0] == answered[1]


def _labels(facts: Facts, names: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    """Give the names as a drawing can write them; where it cannot, numbers with a key for beside it."""
    titles = [facts.titles[name] for name in names]
    if all(is_drawable(title) for title in titles):
        return titles, ()
    numbers = [str(place) for place in range(1, len(titles) + 1)]
    return numbers, tuple(f"{number} {title}" for number, title in zip(numbers, titles, strict=True))


def _point(part: RoundPart) -> TrendPoint:
    score = part.scores.get(OVERALL)
    name = round_name(part)
    if score is None or score.value is None:
        return TrendPoint(name, None)
    return TrendPoint(name, score.value, score.low, score.high, figure_of(score))


def _team_lines(history: Sequence[RoundPart]) -> tuple[tuple[float | None, ...], ...]:
    codes = sorted({code for part in history for code in part.teams})
    lines = (tuple(score.value if (score := part.teams.get(code)) else None for part in history) for code in codes)
    return tuple(line for line in lines if any(value is not None for value in line))


def _breaks(facts: Facts) -> tuple[str, ...]:
    """Tell of every step whose questions changed what that means for the line."""
    notes = []
    for part in facts.material.history[1:]:
        if part.step is not None and part.step.basis != "comparable":
            what = "The line is broken before" if part.step.basis == "broken" else "Before"
            notes.append(f"{what} {round_name(part)}: {part.step.reason}")
    return tuple(capitalised(note) for note in notes)


def _trend_table(history: Sequence[RoundPart]) -> Table:
    rows = []
    for part in history:
        score = part.scores.get(OVERALL)
        bounds = ("", "")
        if score is not None and score.low is not None and score.high is not None:
            bounds = (one_decimal(score.low), one_decimal(score.high))
        rows.append((round_name(part), figure_of(score), *bounds))
    return Table(("Round", "Overall", "Lowest", "Highest"), tuple(rows))


def _score_table(facts: Facts, names: Sequence[str]) -> Table:
    before = facts.previous.scores if facts.previous and facts.is_compared() else {}
    heads = ("", facts.now, facts.before) if before else ("", facts.now)
    rows = []
    for name in names:
        row = (facts.titles[name], figure_of(facts.score(name)))
        rows.append((*row, figure_of(before.get(name))) if before else row)
    return Table(heads, tuple(rows))
