"""The band of the teams: a heatmap of teams by competencies, in the order of the teams' names."""

from collections.abc import Iterator, Sequence

from assessment.measure.outline import OVERALL, apart
from assessment.measure.score import Score
from assessment.reports.art.document import HeatCell, Heatmap, Key, TeamRow, Teams
from assessment.reports.art.facts import Facts, figure_of
from assessment.reports.art.findings import hidden_reason
from assessment.reports.art.keys import state_of
from assessment.reports.art.marks import key_swatch
from assessment.reports.art.titles import span_words, teams_title
from assessment.reports.charts import Sparkline, cut_axis, heat_class, heat_legend, sparkline
from assessment.reports.figures import DASH
from assessment.reports.material import TeamPart
from assessment.reports.words import capitalised, counted, listed

MOST_COLUMNS = 9
SPARK_WIDTH = 56.0
SPARK_HEIGHT = 15.0

_SILENT_AT_ONCE = 4
_LONG_NAME = 22
_FITTING = 15


def teams_band(facts: Facts) -> Teams:
    """Give the teams with their scores; only an edition that may name them has this band."""
    columns = facts.parts if len(facts.parts) > 1 else ()
    parts = [columns[start : start + MOST_COLUMNS] for start in range(0, len(columns), MOST_COLUMNS)] or [()]
    compared = columns or (OVERALL,)
    values = [(name, [score for team in facts.material.teams if (score := _valued(team, name))]) for name in compared]
    axis = _rounds_axis(facts)
    rows = [tuple(_rows(facts, names, None if place else axis)) for place, names in enumerate(parts)]
    with_rounds = any(row.rounds is not None for row in rows[0])
    heatmaps = tuple(
        Heatmap(
            heads=tuple(facts.titles[name] for name in names),
            rows=rows[place],
            whole=not place,
            span=len(names) + (0 if place else 1 + with_rounds),
        )
        for place, names in enumerate(parts)
    )
    cells = [cell for heatmap in heatmaps for row in heatmap.rows for cell in row.cells]
    return Teams(
        title=teams_title(facts, values),
        subtitle=f"Score by team and {facts.part}, teams by name" if columns else "Score by team, teams by name",
        legend=tuple(_legend(facts, cells)),
        heatmaps=heatmaps,
        rounds_head=f"Rounds, {span_words(*axis)}",
        with_rounds=with_rounds,
        long_names=any(len(team.name) > _LONG_NAME for team in facts.material.teams),
        whole=len(rows[0]) <= _FITTING,
    )


def _valued(team: TeamPart, name: str) -> Score | None:
    score = team.scores.get(name)
    return score if score is not None and score.value is not None else None


def _rounds_axis(facts: Facts) -> tuple[float, float]:
    """Give the one scale on which all teams' small lines are drawn, so that they can be compared."""
    values = [score.value for part in facts.material.history for score in part.teams.values()]
    return cut_axis(values, *facts.span(values))


def _rows(facts: Facts, names: Sequence[str], axis: tuple[float, float] | None) -> Iterator[TeamRow]:
    """Give the teams' rows; with the `axis` of the rounds they have the columns over all competencies too."""
    silent = []
    for team in facts.material.teams:
        state = state_of(team)
        if state == "silent":
            silent.append(team)
        elif state == "hidden":
            words = f"Hidden: {hidden_reason(facts)}"
            yield TeamRow(team.name, (), "", None, _answers(team), words, hidden=True)
        else:
            yield _row(facts, team, names, axis)
    if axis is not None:
        for start in range(0, len(silent), _SILENT_AT_ONCE):
            yield _silent_row(facts, silent[start : start + _SILENT_AT_ONCE])


def _row(facts: Facts, team: TeamPart, names: Sequence[str], axis: tuple[float, float] | None) -> TeamRow:
    history = facts.material.history
    over = [part.teams.get(team.code) for part in history]
    values = [score.value if score else None for score in over]
    rounds = None
    if axis is not None and any(value is not None for value in values[:-1]):
        title = f"{team.name} overall over {counted(len(history), 'round')}: {listed([figure_of(s) for s in over])}"
        spark = Sparkline(title, values, *axis, facts.breaks, SPARK_WIDTH, SPARK_HEIGHT)
        rounds = sparkline(spark)
    return TeamRow(
        name=team.name,
        cells=tuple(_cell(facts, team, name) for name in names),
        overall=figure_of(team.scores.get(OVERALL)),
        rounds=rounds,
        answers=_answers(team),
    )


def _silent_row(facts: Facts, teams: Sequence[TeamPart]) -> TeamRow:
    forms, asked = (sum(numbers) for numbers in ((t.forms for t in teams), (t.headcount for t in teams)))
    words = f"No answers in {facts.now}" if not forms else f"No scored answers in {facts.now}"
    return TeamRow(listed([team.name for team in teams]), (), "", None, f"{forms} of {asked}", words)


def _answers(team: TeamPart) -> str:
    return f"{team.forms} of {team.headcount}"


def _cell(facts: Facts, team: TeamPart, name: str) -> HeatCell:
    score = team.scores.get(name)
    if score is not None and score.hidden:
        return HeatCell("", hidden=True)
    if score is None or score.value is None:
        return HeatCell(DASH)
    low, high = apart(*facts.tree.ends(name))
    return HeatCell(figure_of(score), heat_class(score.value, low, high) + 1, _splits(facts, team, name))


def _splits(facts: Facts, team: TeamPart, name: str) -> bool:
    """Whether a team falls into two camps on a question of this competency."""
    below = facts.tree.questions.get(name, (name,))
    return any((score := team.scores.get(question)) is not None and bool(score.split) for question in below)


def _legend(facts: Facts, cells: Sequence[HeatCell]) -> Iterator[Key]:
    if not cells:
        return
    steps = heat_legend(*apart(*facts.tree.ends((facts.parts or (OVERALL,))[0])))
    if facts.have_one_scale(facts.parts):
        yield from (Key(step.label, key_swatch(step.fill, step.label)) for step in steps)
    else:
        for words, step in (("lowest fifth of what there is to reach", steps[0]), ("highest fifth", steps[-1])):
            yield Key(words, key_swatch(step.fill, words))
    if any(cell.split for cell in cells):
        yield Key("two camps on a question", mark="split")
    if any(cell.hidden for cell in cells):
        yield Key(capitalised(hidden_reason(facts)), mark="hidden")
