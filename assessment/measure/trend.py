"""The step from one round to the next: the change, what it rests on, and what may be said of it.

A change is worked out from what both rounds released, and from nothing else: so it gives nothing away that those did
not. It compares the teams present in both rounds. A team that is in one of them only is taken out of that round's
mean, which needs its score: where that is hidden, or told as an end of the scale only, there is no change to tell.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from assessment.measure.score import Score
from assessment.questionnaire.diff import Difference, StepBasis

Verdict = Literal["improved", "worsened", "no-detectable-change", "not-comparable", "first"]

TEAMS_DIFFER = "the teams differ, and a hidden one among them would show"
NO_COMMON_TEAM = "no team was in both rounds"
HIDDEN = "one of the two scores is hidden"
NO_SCORE = "one of the two rounds has no score"
END_ONLY = "of one of the two scores only an end of the scale is told"
FEW_SHOWN = "too few of its teams are shown to tell a change from chance"
FEW_PEOPLE = "too few people have a score of their own to tell a change from chance"
ONE_FORM = "one agreed form a round cannot tell a change from chance"
NO_ART_TESTED = "of none of its ARTs a change can be told from chance"
INTERVAL_ONLY = "told as an interval only"
OVERALL_ALONE = "not tested: only the overall change is"
NOT_REACHED = "not tested: overall there is no clear change"
WOULD_SHOW = "on the questions in common a hidden team would show"
NONE_IN_COMMON = "none of its questions is in common"
ON_COMMON = "compared on the questions in common"


@dataclass(frozen=True, slots=True)
class Step:
    """A change against the round before; `teams` counts those present in both, None for a team's own step.

    `low` and `high` are the change's 95 % interval, `smallest` is the change that would have been told from chance in
    four of five cases, all in points of the score; `effect` is Cliff's delta between the people of the two rounds.
    """

    change: float | None
    teams: int | None
    basis: StepBasis
    verdict: Verdict
    reason: str
    low: float | None = None
    high: float | None = None
    smallest: float | None = None
    effect: float | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """One unit's released scores of one round, and those of the teams below it that answered, by team and name.

    In the unit's mean a team counts once or, with `by_respondents`, with its people. `forms` counts those that came
    from each team, hidden or not.
    """

    scores: Mapping[str, Score]
    teams: Mapping[str, Mapping[str, Score]]
    by_respondents: bool = False
    forms: Mapping[str, int] = field(default_factory=dict)

    def scored(self, name: str) -> set[str]:
        """Give the teams whose score is one of those the mean is formed of; a hidden one is."""
        return {code for code, scores in self.teams.items() if _scored(scores, name)}

    def weight(self, team: str, name: str) -> int:
        """Give what a team that is shown weighs in the mean."""
        return (self.teams[team][name].n or 0) if self.by_respondents else 1


def first_step() -> Step:
    """Give the step of a unit's first round."""
    return Step(None, None, "comparable", "first", "")


def common_teams(name: str, before: Standing, now: Standing) -> list[str]:
    """Give the teams that are in the mean of both rounds, in order."""
    return sorted(before.scored(name) & now.scored(name))


def step(name: str, before: Standing, now: Standing, versions: Difference) -> Step:
    """Give the step of one dimension's score (`""`: overall) between two versions of the questionnaire, not yet tested.

    With a change it waits for its test and is called `no-detectable-change` until then; without one it is
    `not-comparable` for a reason. Scores of an anchored step are those on the questions in common.
    """
    if versions.step == "broken":
        teams = len(before.teams.keys() & now.teams.keys()) if now.teams or before.teams else None
        return Step(None, teams, "broken", "not-comparable", versions.reason)
    teams = len(common_teams(name, before, now)) if now.teams or before.teams else None
    change = _change(name, before, now)
    if change is None:
        return not_comparable(_why_none(name, before, now), versions, teams)
    return Step(change, teams, versions.step, "no-detectable-change", with_basis("", versions))


def not_comparable(reason: str, versions: Difference, teams: int | None = None) -> Step:
    """Give a step without a change, for a reason."""
    return Step(None, teams, versions.step, "not-comparable", with_basis(reason, versions))


def with_basis(reason: str, versions: Difference) -> str:
    """Put before a reason what a step rests on, where the questions changed."""
    if versions.step != "anchored":
        return reason
    basis = f"{versions.reason}; {ON_COMMON}"
    return f"{basis}; {reason}" if reason else basis


def would_show(versions: Difference) -> Step:
    """Give the step of a score that cannot be told on the questions in common."""
    return Step(None, None, "anchored", "not-comparable", f"{versions.reason}; {WOULD_SHOW}")


def none_in_common(versions: Difference) -> Step:
    """Give the step of a dimension that has no question in common."""
    return Step(None, None, "anchored", "not-comparable", f"{versions.reason}; {NONE_IN_COMMON}")


def _why_none(name: str, before: Standing, now: Standing) -> str:
    """Say why there is no change to tell."""
    scores = [standing.scores.get(name) for standing in (before, now)]
    if any(score is not None and score.hidden for score in scores):
        return HIDDEN
    if any(score is None or score.value is None for score in scores):
        return NO_SCORE
    if any(score is not None and score.qualifier for score in scores):
        return END_ONLY
    if now.teams and not common_teams(name, before, now):
        return NO_COMMON_TEAM
    return TEAMS_DIFFER


def _change(name: str, before: Standing, now: Standing) -> float | None:
    old, new = _value(before.scores, name), _value(now.scores, name)
    if old is None or new is None:
        return None
    common = set(common_teams(name, before, now))
    if not common and (before.teams or now.teams):
        return None
    old, new = _without(old, name, before, common), _without(new, name, now, common)
    return None if old is None or new is None else new - old


def _without(mean: float, name: str, standing: Standing, common: set[str]) -> float | None:
    """Give the mean over the common teams, from the mean over all and the scores of the others."""
    scored = standing.scored(name)
    others = {code: standing.teams[code][name] for code in sorted(scored - common)}
    if not others:
        return mean
    if any(score.hidden or score.qualifier or score.value is None for score in others.values()):
        return None
    if any(standing.teams[code][name].hidden for code in scored):
        return None  # a hidden team may have no score, and then the mean is not over as many teams as it seems
    weights = [standing.weight(code, name) for code in others]
    whole = _whole(name, standing, scored)
    left = whole - sum(weights)
    taken = (
        score.value * weight for score, weight in zip(others.values(), weights, strict=True) if score.value is not None
    )
    return (mean * whole - sum(taken)) / left if left > 0 else None


def _whole(name: str, standing: Standing, scored: set[str]) -> int:
    """Give the weight of all teams in the mean: their number, or all people but those of teams without a score."""
    if not standing.by_respondents:
        return len(scored)
    without = (scores[name] for code, scores in standing.teams.items() if code not in scored and name in scores)
    return (standing.scores[name].n or 0) - sum(score.n or 0 for score in without)


def _scored(scores: Mapping[str, Score], name: str) -> bool:
    """Whether a team's score is one of those the mean is formed of; a hidden one is."""
    score = scores.get(name)
    return score is not None and (score.hidden or score.value is not None)


def _value(scores: Mapping[str, Score], name: str) -> float | None:
    score = scores.get(name)
    return None if score is None or score.qualifier else score.value
