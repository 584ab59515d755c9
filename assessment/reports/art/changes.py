"""What is said of changes: only what the stored verdict allows, and why where there is nothing to say."""

from assessment.measure.trend import END_ONLY, HIDDEN, NO_SCORE, NOT_REACHED, Step
from assessment.reports.art.document import Run, Sentence
from assessment.reports.art.facts import Facts, tone_of
from assessment.reports.charts.verdict import MARKS
from assessment.reports.figures import one_decimal, printed, signed
from assessment.reports.words import capitalised, listed, number_word

_TESTED = frozenset({"improved", "worsened", "no-detectable-change"})
# Reasons that a report tells better, for it knows the rounds' names.
_TOLD_WITH_THE_ROUND = frozenset({"", HIDDEN, NO_SCORE, END_ONLY})
_UNTOLD = "no change is told"


def why_no_change(facts: Facts, name: str) -> str:
    """Say why there is no change to tell of a dimension."""
    step = facts.step(name)
    if step is not None and step.reason not in _TOLD_WITH_THE_ROUND:
        return step.reason
    old = facts.previous.scores.get(name) if facts.previous else None
    new = facts.score(name)
    for score, when in ((old, facts.before), (new, facts.now)):
        if score is not None and score.hidden:
            return f"the score in {when} is hidden"
        if score is None or score.value is None:
            return f"there is no score in {when}"
        if score.qualifier:
            return f"of the score in {when} only an end of the scale is told"
    return _UNTOLD


def interval(step: Step) -> str:
    """Write the interval of a change: `+0.1 to +0.5`; `""` where there is none."""
    return "" if step.low is None or step.high is None else f"{signed(step.low)} to {signed(step.high)}"


def not_seen(step: Step | None) -> str:
    """Say which changes could not have been told from chance, `""` where nothing was tested."""
    if step is None or step.smallest is None:
        return ""
    return f"An overall change of less than about {one_decimal(step.smallest)} could not have been seen"


def is_tested(step: Step) -> bool:
    """Whether it was tested if a change is more than chance."""
    return step.verdict in _TESTED


def mark_of(step: Step) -> str:
    """Give the mark of a change that the stored verdict is sure of."""
    return MARKS["improved" if tone_of(step) == "up" else "worsened"]


def moved_by(step: Step) -> str:
    """Write such a change in words: `up 0.3`."""
    if step.change is None:
        return tone_of(step)
    by = one_decimal(abs(step.change)) if printed(step.change) else "less than 0.1"
    return f"{tone_of(step)} {by}"


def change_in_cell(step: Step) -> str:
    """Write a change for a table's cell, with the mark of its verdict: `▲ +0.4`, `0.0`."""
    change = signed(step.change or 0.0)
    return f"{mark_of(step)} {change}" if tone_of(step) else change


def over_teams(step: Step) -> str:
    """Say which teams a change is formed of."""
    if step.teams is None:
        return ""
    return f" in the {same_teams(step.teams)} present in both rounds"


def same_teams(teams: int) -> str:
    """Count the teams that were in both rounds, as a sentence does."""
    return "one team" if teams == 1 else f"{number_word(teams)} teams"


def movements(facts: Facts) -> Sentence | None:
    """Tell which competencies have moved for sure; None where the verdicts of none say so."""
    moved = [(name, step) for name in facts.parts if (step := facts.step(name)) is not None and tone_of(step)]
    if not moved:
        return None
    runs: list[Run] = []
    for place, (name, step) in enumerate(moved):
        if place:
            runs.append(Run(" and " if place == len(moved) - 1 else ", "))
        words = f"{mark_of(step)} {facts.titles[name]} is {moved_by(step)}"
        runs.append(Run(words, strong=True, tone=tone_of(step)))
    return (*runs, Run("."))


def changes_title(facts: Facts) -> str:
    """Say how the competencies moved."""
    steps = [step for name in facts.parts if (step := facts.step(name)) is not None]
    up = [facts.titles[name] for name in facts.parts if tone_of(facts.step(name)) == "up"]
    down = [facts.titles[name] for name in facts.parts if tone_of(facts.step(name)) == "down"]
    if up or down:
        told = [f"{word}: {listed(names)}" for word, names in (("Up", up), ("Down", down)) if names]
        return ". ".join(told)
    changes = [printed(step.change) for step in steps if step.change is not None]
    if not changes:
        return f"No change can be told since {facts.before}"
    if any(NOT_REACHED in step.reason for step in steps):
        return f"No clear change overall, so none is looked for by {facts.part}"
    if any(is_tested(step) for step in steps):
        return f"No clear change in any {facts.part} since {facts.before}"
    if not any(changes):
        return f"No {facts.part} moved by a tenth"
    low, high = (signed(float(change)) for change in (min(changes), max(changes)))
    moved = f"by {low}" if low == high else f"by {low} to {high}"
    return f"{capitalised(facts.parts_called)} moved {moved}, not told from chance"
