"""The four figures under the headline."""

from collections.abc import Iterator

from assessment.measure.outline import OVERALL
from assessment.measure.trend import Step
from assessment.reports.art.changes import interval, same_teams, why_no_change
from assessment.reports.art.document import KeyFigure
from assessment.reports.art.facts import Facts, figure_of, is_answered, plain, tone_of, verdict_of
from assessment.reports.art.findings import hidden_reason
from assessment.reports.art.review import level_words
from assessment.reports.art.titles import bounds_note
from assessment.reports.charts import (
    ChangeBar,
    LevelBar,
    ShareBar,
    TeamBlocks,
    TeamState,
    change_bar,
    level_bar,
    share_bar,
    team_blocks,
)
from assessment.reports.figures import DASH, percent, signed
from assessment.reports.material import TeamPart
from assessment.reports.words import capitalised, counted, listed

_WIDTH = 150.0
_MOST_NAMES = 3


def key_figures(facts: Facts) -> tuple[KeyFigure, ...]:
    """Give the overall maturity, its change, the response rate, and the teams reporting or the questions answered."""
    return (_maturity(facts), _change(facts), _response(facts), _coverage(facts) if facts.itself else _teams(facts))


def state_of(team: TeamPart) -> TeamState:
    """Tell whether a team's scores are shown, hidden, or not there for want of answers."""
    overall = team.scores.get(OVERALL)
    if overall is not None and overall.hidden:
        return "hidden"
    return "shown" if team.forms and is_answered(overall) else "silent"


def _maturity(facts: Facts) -> KeyFigure:
    overall = facts.overall
    figure = figure_of(overall)
    if overall is None or overall.value is None:
        reason = "Too few answers" if any(part.forms for part in facts.material.asked) else "Nobody answered"
        if not facts.parts:
            reason = "Nothing is scored"
        if overall is not None and overall.hidden:
            reason = capitalised(hidden_reason(facts))
        return KeyFigure("Overall maturity", figure, "", None, "", "", (reason,))
    bounded = overall.low is not None and overall.high is not None
    before = facts.previous.scores.get(OVERALL) if facts.previous and facts.is_compared() else None
    scale_low, scale_high = facts.ends(OVERALL)
    bar = LevelBar(
        title=f"Overall maturity {figure} on the scale from {plain(scale_low)} to {plain(scale_high)}",
        value=overall.value,
        low=overall.low if bounded else None,
        high=overall.high if bounded else None,
        scale_low=scale_low,
        scale_high=scale_high,
        before=before.value
        if before and before.value is not None and scale_low <= before.value <= scale_high
        else None,
        width=_WIDTH,
    )
    notes = [bounds_note(facts, overall)]
    if before is not None and before.value is not None:
        notes.append(f"Line: {facts.before}, {figure_of(before)}")
    notes += _reviewed(facts)
    level = f"“{facts.called}”" if facts.called else ""
    return KeyFigure("Overall maturity", figure, f"of {facts.best}", level_bar(bar), level, "", tuple(notes))


def _reviewed(facts: Facts) -> Iterator[str]:
    reviewed = facts.material.reviews.get(OVERALL)
    if reviewed is None:
        return
    if reviewed.value is None:
        yield "Accepted by the LACE"
        return
    yield f"The LACE reads {level_words(facts, OVERALL, reviewed.value)}"


def _change(facts: Facts) -> KeyFigure:
    step = facts.step(OVERALL)
    if facts.previous is None or (step is not None and step.verdict == "first"):
        note = "Nothing to compare it with yet"
        return KeyFigure("Change", DASH, "", None, "First round", "", (note,))
    label = f"Change since {facts.before}"
    if step is None or step.change is None:
        reason = capitalised(why_no_change(facts, OVERALL))
        return KeyFigure(label, DASH, "", None, "Not comparable", "", (reason,))
    verdict = verdict_of(step)
    figure = signed(step.change)
    bar = ChangeBar(f"{label}: {figure}", step.change, step.low, step.high, verdict, width=_WIDTH)
    finding, notes = _said_of(step)
    if span := interval(step):
        notes += (f"{span}, 95% sure",)
    if step.teams is not None:
        notes += (f"Over the {same_teams(step.teams)} in both rounds",)
    return KeyFigure(label, figure, "", change_bar(bar), finding, tone_of(step), notes)


def _said_of(step: Step) -> tuple[str, tuple[str, ...]]:
    if tone_of(step):
        return f"{capitalised(tone_of(step))}: more than chance", ()
    if step.verdict == "no-detectable-change":
        return "No clear change", ()
    return "", (capitalised(step.reason),)


def _response(facts: Facts) -> KeyFigure:
    forms = sum(part.forms for part in facts.material.asked)
    asked = sum(part.headcount for part in facts.material.asked)
    label = "Response rate"
    if facts.agreed:
        label = "Form given" if facts.itself else "Teams’ forms given"
    if not asked:
        return KeyFigure(label, DASH, "", None, "", "", (f"{counted(forms, 'person', 'people')} answered",))
    share = forms / asked
    figure = percent(share)
    bar = ShareBar(f"{label}: {figure}", share, width=_WIDTH)
    if facts.agreed and facts.itself:
        notes = ["One form of the whole ART, agreed on together"]
    elif facts.agreed:
        notes = [f"{forms} of {counted(asked, 'team')} gave their form", "One form a team, agreed on together"]
    else:
        notes = [f"{forms:,} of {counted(asked, 'person', 'people')} answered"]
    if forms > asked and facts.material.mode == "link":
        notes.append("A link can be passed on, so more may answer than were asked")
    return KeyFigure(label, figure.removesuffix("%"), "%", share_bar(bar), "", "", tuple(notes))


def _coverage(facts: Facts) -> KeyFigure:
    """Tell how much of what applies was answered, where there are no teams to tell of."""
    label = "Questions answered"
    coverage = facts.overall.coverage if facts.overall else None
    if coverage is None:
        return KeyFigure(label, DASH, "", None, "", "", ("Of those that apply and count",))
    figure = percent(coverage)
    bar = share_bar(ShareBar(f"{label}: {figure}", coverage, width=_WIDTH))
    return KeyFigure(label, figure.removesuffix("%"), "%", bar, "", "", ("Of those that apply and count",))


def _teams(facts: Facts) -> KeyFigure:
    teams = facts.material.teams
    states = [state_of(team) for team in teams]
    if not facts.names_teams:
        states.sort(key=("shown", "hidden", "silent").index)
    answered = sum(state != "silent" for state in states)
    blocks = TeamBlocks(f"Teams with answers: {answered} of {len(teams)}", states, width=_WIDTH)
    return KeyFigure(
        "Teams reporting",
        str(answered),
        f"of {len(teams)}",
        team_blocks(blocks) if teams else None,
        "",
        "",
        tuple(_absences(facts)),
    )


def _absences(facts: Facts) -> Iterator[str]:
    """Tell which teams, or how many where none may be named, are hidden or without answers."""
    for state, words in (("hidden", "Scores hidden"), ("silent", "No answers")):
        names = [team.name for team in facts.material.teams if state_of(team) == state]
        if not names:
            continue
        if facts.names_teams and len(names) <= _MOST_NAMES:
            yield f"{words}: {listed(names)}"
        else:
            yield f"{words}: {counted(len(names), 'team')}"
    if all(state_of(team) == "shown" for team in facts.material.teams):
        yield "Every team answered, none is hidden"
