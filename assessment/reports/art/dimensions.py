"""The table of page two: every dimension now, over the rounds, and how the answers spread behind its mean."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from assessment.measure.outline import OVERALL
from assessment.measure.score import Score
from assessment.reports.art.changes import change_in_cell, is_tested
from assessment.reports.art.document import DimensionGroup, DimensionRow, DimensionTable, Extreme, Extremes, Ranked
from assessment.reports.art.facts import HIDDEN, Facts, figure_of, tone_of
from assessment.reports.art.findings import hidden_reason, no_score, questions_title, scored, strongest_and_weakest
from assessment.reports.art.marks import bounds_axis, bounds_mark, scale_of
from assessment.reports.art.spread import level_legend, levels_apart, spread_of
from assessment.reports.art.titles import span_words
from assessment.reports.charts import Sparkline, cut_axis, sparkline
from assessment.reports.figures import DASH, one_decimal, printed
from assessment.reports.words import capitalised, counted, listed, number_word

_SPARK_WIDTH = 58.0
_SPARK_HEIGHT = 18.0
_EXTREMES = 3
_FEWEST_FOR_EXTREMES = 4
_UNTESTED = "Changes{over}, not told from chance"
_TESTED = "Changes{over}; coloured: more than chance, grey: no clear change or not tested"
_BY_ROLE = "(asked of {roles} alone, in no score)"


@dataclass(frozen=True, slots=True)
class _Frame:
    """What the rows share: the scale of their small lines, and how many columns a question's name goes over."""

    over: tuple[float, float]
    question: int


def dimension_table(facts: Facts) -> DimensionTable:
    """Give every dimension below its competency; of a competency without dimensions its questions."""
    several = len(facts.parts) > 1  # the rounds and the change of a single one are on page one
    with_rounds = several and any(value is not None for part in facts.parts for value in over_rounds(facts, part)[:-1])
    compared = several and any(
        (step := facts.step(name)) is not None and step.change is not None for name in facts.tree.children
    )
    frame = _Frame(_rounds_axis(facts), 1 + with_rounds + compared)
    groups = tuple(DimensionGroup(tuple(_rows(facts, part, 0, frame))) for part in facts.parts)
    if of_roles := tuple(_of_roles(facts, frame)):
        groups += (DimensionGroup(of_roles),)
    names = leaves(facts)
    rows = [row for group in groups for row in group.rows]
    told = any(row.now not in {HIDDEN, DASH} for row in rows)
    with_spread = any(row.spread is not None for row in rows)
    with_differ = any(row.differ not in {"", DASH} for row in rows)
    return DimensionTable(
        title=_title(facts, names),
        subtitle=_subtitle(facts, compared=compared, told=with_spread) if told else no_score(facts, facts.overall),
        first_head=_first_head(facts),
        change_head=f"Since {facts.before}" if facts.previous else "",
        rounds_head=f"Rounds, {span_words(*frame.over)}",
        spread_head="Forms by level" if facts.agreed else "Answers by level",
        answers_head="Forms" if facts.agreed else "People",
        axis=bounds_axis(*facts.ends(*facts.dimensions)),
        legend=level_legend(facts),
        groups=groups if told else (),
        with_change=compared,
        with_rounds=with_rounds,
        with_spread=with_spread,
        with_differ=with_differ,
        span=3 + compared + with_rounds + with_spread + with_differ,
        hidden_words=f"Hidden: {hidden_reason(facts)}",
    )


def leaves(facts: Facts) -> tuple[str, ...]:
    """Give the dimensions that hold questions themselves; of a single such dimension its questions."""
    lowest = [
        name
        for name, branches in facts.tree.children.items()
        if name != OVERALL and any(branch.name in facts.tree.levels for branch in branches)
    ]
    ordered = [node.id for node in facts.questionnaire.nodes if node.id in lowest]
    return tuple(ordered) if len(ordered) > 1 else facts.tree.questions[OVERALL]


def extremes(facts: Facts) -> Extremes | None:
    """Give the strongest and the weakest dimensions, those with equal figures in the questionnaire's order."""
    names = leaves(facts)
    scores = scored(facts, names)
    if (
        set(names) <= facts.tree.levels.keys()
        or not facts.have_one_scale(names)
        or len(scores) < _FEWEST_FOR_EXTREMES
        or len({figure_of(score) for score in scores}) == 1
    ):
        return None
    rising = sorted(scores, key=lambda score: printed(score.value or 0.0))
    falling = sorted(scores, key=lambda score: -printed(score.value or 0.0))
    return Extremes(_ranked(facts, falling), _ranked(facts, rising))


def _ranked(facts: Facts, scores: Sequence[Score]) -> Ranked:
    count = min(_EXTREMES, len(scores) // 2)
    last = figure_of(scores[count - 1])
    more = sum(figure_of(score) == last for score in scores[count:])
    rows = tuple(Extreme(facts.titles[score.dimension], figure_of(score)) for score in scores[:count])
    return Ranked(rows, f"and {number_word(more)} more at {last}" if more else "")


def _first_head(facts: Facts) -> str:
    """Name what stands in the rows: an uppermost dimension that holds questions is followed by these."""
    return "Dimension and question" if facts.is_flat else "Competency and dimension"


def _title(facts: Facts, names: Sequence[str]) -> str:
    if not names:
        return "No question is scored"
    if names[0] in facts.tree.levels:
        return questions_title(facts, names)
    return strongest_and_weakest(facts, names, "dimensions") or _without_two(facts, names)


def _without_two(facts: Facts, names: Sequence[str]) -> str:
    if len(scores := scored(facts, names)) > 1:
        return f"{capitalised(number_word(len(scores)))} dimensions, which add up to different sums"
    return "One dimension has a score" if scored(facts, names) else "No dimension has a score that can be shown"


def _subtitle(facts: Facts, *, compared: bool, told: bool) -> str:
    parts = ["Dot: score. Line: had everyone answered"]
    if compared:
        words = _TESTED if any(is_tested(step) for step in facts.material.steps.values()) else _UNTESTED
        parts.append(words.format(over="" if facts.itself else " over the teams in both rounds"))
    if not told:
        parts.append("How the answers spread is held back")
    return ". ".join(parts)


def _rounds_axis(facts: Facts) -> tuple[float, float]:
    """Give the one scale on which all small lines over the rounds are drawn, so that they can be compared."""
    names = [name for name in facts.tree.children if name != OVERALL]
    values = [value for name in names for value in over_rounds(facts, name)]
    return cut_axis(values, *facts.span(values, facts.dimensions))


def _rows(facts: Facts, name: str, depth: int, frame: _Frame) -> Iterator[DimensionRow]:
    yield _row(facts, name, depth, frame)
    for branch in facts.tree.children.get(name, ()):
        if branch.name in facts.tree.children or not depth:
            yield from _rows(facts, branch.name, depth + 1, frame)


def _of_roles(facts: Facts, frame: _Frame) -> Iterator[DimensionRow]:
    """Give the rows of what some roles alone are asked, where somebody answered; they are in no score."""
    questionnaire = facts.questionnaire
    labels = {role.id: questionnaire.says(role.label) if role.label else role.id for role in questionnaire.roles}
    for question in questionnaire.of_roles:
        score = facts.score(question.id)
        if score is not None and (score.hidden or score.n):
            row = _row(facts, question.id, 1, frame)
            roles = listed([labels.get(role, role) for role in question.roles])
            yield replace(row, name=f"{row.name} {_BY_ROLE.format(roles=roles)}")


def _row(facts: Facts, name: str, depth: int, frame: _Frame) -> DimensionRow:
    title, score, step = facts.titles[name], facts.score(name), facts.step(name)
    told = score is not None and score.value is not None
    spread = spread_of(facts, name) if told else None
    is_question = name in facts.questionnaire.by_id
    change = "" if is_question else DASH
    if step is not None and step.change is not None:
        change = change_in_cell(step)
    return DimensionRow(
        name=title,
        span=frame.question if is_question else 1,
        depth=depth,
        now=figure_of(score),
        hidden=score is not None and score.hidden,
        interval=_interval(facts, name, score, depth),
        change=change,
        tone=tone_of(step),
        rounds=_rounds(facts, name, frame.over),
        spread=spread.drawing if spread else None,
        spread_words=(spread.words if spread else "held back") if told else "",
        differ=_differ(facts, name, score),
        split=bool(score and score.split),
        answers=_answers(score),
    )


def _interval(facts: Facts, name: str, score: Score | None, depth: int) -> Markup | None:
    if score is None or score.value is None:
        return None
    bounds = None if score.low is None or score.high is None else (score.low, score.high)
    words = f"{facts.titles[name]}: {figure_of(score)}"
    if bounds:
        words += f", {one_decimal(bounds[0])} to {one_decimal(bounds[1])} had everyone answered"
    low, high = facts.ends(*facts.dimensions)
    if not low <= score.value <= high or (facts.tree.sums and name in facts.questionnaire.by_id):
        return None  # a question of a sum, or of a role, has a scale of its own
    return bounds_mark(words, score.value, bounds, scale_of(low, high), top=depth == 0)


def _rounds(facts: Facts, name: str, over: tuple[float, float]) -> Markup | None:
    values = over_rounds(facts, name)
    if not any(value is not None for value in values[:-1]):
        return None
    figures = listed([figure_of(part.scores.get(name)) for part in facts.material.history])
    title = f"{facts.titles[name]} over {counted(len(values), 'round')}: {figures}"
    return sparkline(Sparkline(title, values, *over, facts.breaks, _SPARK_WIDTH, _SPARK_HEIGHT))


def over_rounds(facts: Facts, name: str) -> list[float | None]:
    """Give a dimension's values over the rounds, oldest first."""
    scores = (part.scores.get(name) for part in facts.material.history)
    return [None if score is None else score.value for score in scores]


def _differ(facts: Facts, name: str, score: Score | None) -> str:
    if score is None or score.ad is None or score.hidden:
        return "" if score is not None and score.hidden else DASH
    return one_decimal(levels_apart(facts, name, score.ad))


def _answers(score: Score | None) -> str:
    if score is None or score.n is None or score.hidden:
        return DASH
    return f"{score.n} of {score.N}" if score.N is not None else str(score.n)
