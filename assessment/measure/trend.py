"""The step from one round to the next: the change, what it rests on, and what may be said of it.

A change is worked out from what both rounds released, and from nothing else: so it gives nothing away that those did
not. It compares the teams present in both rounds. A team that is in one of them only is taken out of that round's
mean, which needs its score: where that is hidden, or told as an end of the scale only, there is no change to tell.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from assessment.measure.outline import OVERALL
from assessment.measure.score import Score
from assessment.questionnaire.diff import Difference, StepBasis

Verdict = Literal["improved", "worsened", "no-detectable-change", "not-comparable", "first"]

NOT_TESTED = "not yet tested"
TEAMS_DIFFER = "the teams differ, and a hidden one among them would show"
NO_COMMON_TEAM = "no team was in both rounds"
HIDDEN = "one of the two scores is hidden"
NO_SCORE = "one of the two rounds has no score"
END_ONLY = "of one of the two scores only an end of the scale is told"


@dataclass(frozen=True, slots=True)
class Step:
    """A change against the round before; `teams` counts those present in both, None for a team's own step."""

    change: float | None
    teams: int | None
    basis: StepBasis
    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True)
class Standing:
    """One unit's released scores of one round, and those of the teams below it that answered, by team and name.

    In the unit's mean a team counts once or, with `by_respondents`, with its people.
    """

    scores: Mapping[str, Score]
    teams: Mapping[str, Mapping[str, Score]]
    by_respondents: bool = False


def first_step() -> Step:
    """Give the step of a unit's first round."""
    return Step(None, None, "comparable", "first", "")


def step(name: str, before: Standing, now: Standing, versions: Difference) -> Step:
    """Give the step of one dimension's score (`""`: overall), between the two versions of the questionnaire."""
    teams = len(before.teams.keys() & now.teams.keys()) if now.teams or before.teams else None
    if versions.step != "comparable":
        return Step(None, teams, versions.step, "not-comparable", versions.reason)
    change = _change(name, before, now)
    reason = NOT_TESTED if change is not None else _why_none(name, before, now)
    return Step(change, teams, "comparable", "not-comparable", reason)


def _why_none(name: str, before: Standing, now: Standing) -> str:
    """Say why there is no change to tell."""
    scores = [standing.scores.get(name) for standing in (before, now)]
    if any(score is not None and score.hidden for score in scores):
        return HIDDEN
    if any(score is None or score.value is None for score in scores):
        return NO_SCORE
    if any(score is not None and score.qualifier for score in scores):
        return END_ONLY
    if now.teams and not before.teams.keys() & now.teams.keys():
        return NO_COMMON_TEAM
    return TEAMS_DIFFER


def _change(name: str, before: Standing, now: Standing) -> float | None:
    old, new = _value(before.scores, name), _value(now.scores, name)
    if old is None or new is None:
        return None
    common = before.teams.keys() & now.teams.keys()
    if not common and (before.teams or now.teams):
        return None
    old, new = _without(old, name, before, common), _without(new, name, now, common)
    return None if old is None or new is None else new - old


def _without(mean: float, name: str, standing: Standing, common: set[str]) -> float | None:
    """Give the mean over the common teams, from the mean over all and the scores of the others."""
    scored = {code for code, scores in standing.teams.items() if _scored(scores, name)}
    others = [standing.teams[code][name] for code in sorted(scored - common)]
    if not others:
        return mean
    if any(score.hidden or score.qualifier or score.value is None for score in others):
        return None
    if any(standing.teams[code][name].hidden for code in scored):
        return None  # a hidden team may have no score, and then the mean is not over as many teams as it seems
    weights = [_weight(score, standing) for score in others]
    whole = _whole(name, standing, scored)
    left = whole - sum(weights)
    taken = (score.value * weight for score, weight in zip(others, weights, strict=True) if score.value is not None)
    return (mean * whole - sum(taken)) / left if left > 0 else None


def _weight(score: Score, standing: Standing) -> int:
    return (score.n or 0) if standing.by_respondents else 1


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


__all__ = ["NOT_TESTED", "OVERALL", "Standing", "Step", "Verdict", "first_step", "step"]
