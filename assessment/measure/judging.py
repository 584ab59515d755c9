"""What may be said of changes: tested against chance when a round is released.

Of a unit above teams the overall change comes first, at 5 %; only where that is sure are its uppermost dimensions
tested, by Holm: so under 5 % of its pages tell a change that is none. Everything deeper is told as an interval. Of a
team, or of a unit that was asked itself, the overall change alone is tested.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assessment.measure.carrying import Figures
from assessment.measure.change_tests import (
    Estimate,
    Group,
    Pair,
    Shuffles,
    Tested,
    between_teams,
    cliffs_delta,
    combined,
    estimated,
    holm,
    judged,
    permuted,
    within_teams,
)
from assessment.measure.hiding import is_enough
from assessment.measure.outline import OVERALL, Outline
from assessment.measure.score import Score
from assessment.measure.told_ends import FULL_PRECISION_FROM
from assessment.measure.trend import (
    FEW_PEOPLE,
    FEW_SHOWN,
    INTERVAL_ONLY,
    NO_ART_TESTED,
    NOT_REACHED,
    ONE_FORM,
    Standing,
    Step,
    Verdict,
    common_teams,
    not_comparable,
    step,
    with_basis,
)
from assessment.questionnaire.diff import Difference

Own = Mapping[str, Mapping[str, Figures]]
"""People's own scores in one round, by team and name, in no order; whoever answered too little has none."""

_TENTH = 0.1  # how finely the score of few people is told


@dataclass(frozen=True, slots=True)
class Measured:
    """A step that waits for its verdict, with the estimate of its change; None where it cannot be tested.

    `arts` is the number of ARTs it is made of.
    """

    step: Step
    estimate: Estimate | None = None
    arts: int = 1


@dataclass(frozen=True, slots=True)
class Rounds:
    """A unit above teams in two rounds, the people's own scores of its teams, and what the two rounds rest on.

    Where teams agreed on one form there are no people's scores.
    """

    before: Standing
    now: Standing
    own_before: Own
    own_now: Own
    versions: Difference


@dataclass(frozen=True, slots=True)
class Told:
    """How a unit's own change is told: whether one form was agreed on in either round, whether in full.

    `grain` is the variance that a person's score has for being in steps alone.
    """

    shuffles: Shuffles
    agreed: bool
    in_full: bool
    grain: float


def measured_change(outline: Outline, name: str, rounds: Rounds) -> Measured:
    """Give the change of a unit's score with its estimate.

    The estimate is made from the teams that are shown in both rounds, and from nothing else but counts: teams that are
    hidden are taken to vary like the others, more where fewer of their people answered.
    """
    found = step(name, rounds.before, rounds.now, rounds.versions)
    if found.change is None:
        return Measured(found)
    common = common_teams(name, rounds.before, rounds.now)
    pairs = {team: pair for team in common if (pair := _pair(outline, name, team, rounds)) is not None}
    fewness = {team: sum(1 / _forms(standing, team, name) for standing in _both(rounds)) for team in common}
    inflation = _mean(fewness.values()) / _mean(fewness[team] for team in pairs) if pairs else 1.0
    between = between_teams(list(pairs.values()), len(common), inflation)
    if between is None:
        return Measured(replace(found, verdict="not-comparable", reason=with_basis(FEW_SHOWN, rounds.versions)))
    within = within_teams(_groups(name, common, _of_whom_people_are_used(name, list(pairs), rounds), rounds))
    return Measured(found, estimated(found.change, between, within))


def above(parts: Sequence[Measured], weights: Sequence[float], versions: Difference) -> Measured:
    """Give the change of a unit above ARTs: the mean of the changes of the units directly below, by their weights.

    Those of which no change can be told from chance are left out.
    """
    known = [
        (part.estimate, weight, part.arts)
        for part, weight in zip(parts, weights, strict=True)
        if part.estimate is not None and weight > 0
    ]
    if not known:
        return Measured(not_comparable(NO_ART_TESTED, versions, 0))
    estimate = combined([estimate for estimate, _, _ in known], [weight for _, weight, _ in known])
    arts = sum(arts for _, _, arts in known)
    found = Step(estimate.change, arts, versions.step, "no-detectable-change", with_basis("", versions))
    return Measured(found, estimate, arts)


def verdicts(
    outline: Outline, found: Mapping[str, Measured], versions: Difference, *, with_parts: bool
) -> dict[str, Step]:
    """Give a unit's steps by name: overall tested first; then, `with_parts`, its uppermost dimensions by Holm."""
    tested = {name: judged(one.estimate) for name, one in found.items() if one.estimate is not None}
    reached = with_parts and OVERALL in tested and tested[OVERALL].sure
    tops = {branch.name for branch in outline.children[OVERALL]} if with_parts else set()
    sure = holm({name: tested[name].p for name in tops & tested.keys()}) if reached else set()
    if OVERALL in tested and tested[OVERALL].sure:
        sure |= {OVERALL}
    steps = {}
    for name, one in found.items():
        if name not in tested:
            steps[name] = one.step
            continue
        reason = ""
        if name != OVERALL and not (reached and name in tops):
            reason = NOT_REACHED if name in tops else INTERVAL_ONLY
        steps[name] = _told(one.step, tested[name], with_basis(reason, versions), sure=name in sure)
    return steps


def of_people(found: Step, own: tuple[Figures, Figures], told: Told, versions: Difference) -> Step:
    """Give the tested step of a team, or of a unit that was asked itself, from its people's own scores in two rounds.

    Of few people the verdict is told and nothing else: an interval tells how far they are apart.
    """
    if found.change is None:
        return found
    if told.agreed:
        return replace(found, reason=with_basis(ONE_FORM, versions))
    before, now = (figures[~np.isnan(figures)] for figures in own)
    tested = permuted(before, now, found.change if told.in_full else None, told.shuffles, told.grain)
    if tested is None:
        return replace(found, verdict="not-comparable", reason=with_basis(FEW_PEOPLE, versions))
    agrees = found.change * float(now.mean() - before.mean()) > 0 or told.in_full
    if not told.in_full:
        return replace(found, verdict=_verdict(found.change, sure=tested.sure and agrees))
    return replace(_told(found, tested, found.reason, sure=tested.sure), effect=cliffs_delta(before, now))


def told_of(outline: Outline, scores: tuple[Score | None, Score | None], shuffles: Shuffles, *, agreed: bool) -> Told:
    """Give how the change between a unit's own overall scores is told."""
    in_full = all(score is not None and (score.n or 0) >= FULL_PRECISION_FROM for score in scores)
    return Told(shuffles, agreed, in_full, _steps_apart(outline, OVERALL, 1) ** 2 / 12)


def _told(found: Step, tested: Tested, reason: str, *, sure: bool) -> Step:
    return replace(
        found,
        verdict=_verdict(found.change or 0.0, sure=sure),
        reason=reason,
        low=tested.low,
        high=tested.high,
        smallest=tested.smallest,
    )


def _verdict(change: float, *, sure: bool) -> Verdict:
    if not sure or not change:
        return "no-detectable-change"
    return "improved" if change > 0 else "worsened"


def _pair(outline: Outline, name: str, team: str, rounds: Rounds) -> Pair | None:
    """Give a team's two scores; None where one of them is not told."""
    old, new = rounds.before.teams[team][name], rounds.now.teams[team][name]
    if old.value is None or new.value is None or old.qualifier or new.qualifier:
        return None
    return Pair(
        old.value,
        new.value,
        rounds.before.weight(team, name),
        rounds.now.weight(team, name),
        sum(_told_steps(outline, score) ** 2 / 12 for score in (old, new)),
    )


def _told_steps(outline: Outline, score: Score) -> float:
    """Give by how much two told scores of a team differ at the least."""
    people = score.n or 1
    steps = _steps_apart(outline, score.dimension, people)
    return max(steps, _TENTH) if people < FULL_PRECISION_FROM else steps


def _steps_apart(outline: Outline, name: str, people: int) -> float:
    """Give by how much the mean of so many people can differ at the least: by one level on one question."""
    return outline.gap(name) / max(len(outline.questions[name]), 1) / people


def _of_whom_people_are_used(name: str, shown: Sequence[str], rounds: Rounds) -> set[str]:
    """Give the teams whose people's own scores are used.

    They are those whose spread may be told; of teams with fewer answers there must be so many, and such, that none of
    them shows.
    """
    answers = {team: min(_forms(standing, team, name) for standing in _both(rounds)) for team in shown}
    few = [Score(team, "team", name, n=count) for team, count in answers.items() if count < FULL_PRECISION_FROM]
    enough = is_enough(few, FULL_PRECISION_FROM)
    return {team for team, count in answers.items() if count >= FULL_PRECISION_FROM or enough}


def _groups(name: str, common: Sequence[str], used: set[str], rounds: Rounds) -> list[Group]:
    groups = []
    for standing, own in ((rounds.before, rounds.own_before), (rounds.now, rounds.own_now)):
        weights = {team: _forms(standing, team, name) if standing.by_respondents else 1 for team in common}
        for team in common:
            scores = own.get(team, {}).get(name) if team in used else None
            known = None if scores is None else scores[~np.isnan(scores)]
            share = weights[team] / sum(weights.values())
            groups.append(Group(_forms(standing, team, name), share, known))
    return groups


def _forms(standing: Standing, team: str, name: str) -> int:
    """Give how many of a team answered, which is no secret."""
    return standing.teams[team][name].n or standing.forms.get(team) or 1


def _both(rounds: Rounds) -> tuple[Standing, Standing]:
    return rounds.before, rounds.now


def _mean(figures: Iterable[float]) -> float:
    found = list(figures)
    return sum(found) / len(found)
