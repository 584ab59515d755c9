"""What a revised release may show: what came in since the last one must not be told by the difference of the two.

Both releases stay known. One more person's answers follow from a team's two means, and from those of any unit above; so
what too few people changed stays as it was told, and no unit above tells of it. Hiding it would hide nothing: the last
release said it. The new answers of a team are told where they are as many as the threshold, and at least as many as a
distribution needs, for the difference of two distributions is that of the new answers.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from assessment.measure.organisation import Organisation
from assessment.measure.outline import Outline
from assessment.measure.score import Score
from assessment.measure.scoring import Scores
from assessment.measure.told_ends import FULL_PRECISION_FROM


def revised(  # noqa: PLR0913, PLR0917 - two releases, what they are made of, and what is known of their answers
    outline: Outline,
    organisation: Organisation,
    before: Mapping[str, Scores],
    now: Mapping[str, Scores],
    threshold: int,
    untouched: Collection[str] = (),
) -> dict[str, Scores]:
    """Give the scores of a revised release from those shown `before` and those that would be shown `now`.

    - A team is told anew where nothing of it was or is hidden and every figure that changed has as many new answers as
      is needed.
    - A unit above is told anew where all teams in it that changed are, and of it and of what is directly below it the
      same is hidden as was. Where something of it is told as an end it is not: two ends say more than one.
    - All else stays as it was told.

    Of hidden teams and of those with few answers it cannot be seen whether their answers changed: `untouched` names the
    teams whose did not. A unit that is new is hidden where what was hidden in it is not what is hidden now, for it was
    held back against other scores than those that are known.
    """
    needed = max(threshold, FULL_PRECISION_FROM)
    teams = {
        unit: _Team.of(outline, before[unit], scores, needed, untouched=unit in untouched)
        for unit, scores in now.items()
        if unit in before and unit not in organisation.below
    }
    anew = {unit for unit, team in teams.items() if team.told_anew}
    alike = {unit for unit in before.keys() & now.keys() if _hides_alike(outline, before[unit], now[unit])}
    for unit in organisation.upwards():
        below = organisation.below[unit]
        if (unit in before and _has_ends(before[unit])) or _has_ends(now.get(unit, {})):
            continue
        if all(code in alike or code not in before for code in (unit, *below)) and all(
            code in anew or (code in teams and teams[code].stayed) for code in below
        ):
            anew.add(unit)
    return {unit: _told(before.get(unit), scores, anew=unit in anew) for unit, scores in now.items()}


@dataclass(frozen=True, slots=True)
class _Team:
    """Whether a team is told anew, and whether it surely stayed as it was."""

    told_anew: bool
    stayed: bool

    @classmethod
    def of(cls, outline: Outline, before: Scores, now: Scores, needed: int, *, untouched: bool) -> "_Team":
        pairs = [(before[name], now[name]) for name in outline.names()]
        hidden = any(old.hidden or new.hidden for old, new in pairs)
        changed = [(old, new) for old, new in pairs if _figures(old) != _figures(new)]
        stayed = untouched or (not hidden and not changed and all(_is_exact(old) for old, _ in pairs))
        enough = all((new.n or 0) - (old.n or 0) >= needed for old, new in changed)
        surely = all(_may_change(*pair) for pair in pairs)
        return cls(not untouched and not hidden and bool(changed) and enough and surely, stayed)


def _hides_alike(outline: Outline, before: Scores, now: Scores) -> bool:
    return all(before[name].hidden == now[name].hidden for name in outline.names())


def _has_ends(scores: Scores) -> bool:
    return any(score.qualifier for score in scores.values())


def _told(before: Scores | None, now: Scores, *, anew: bool) -> Scores:
    if anew:
        return now
    return before or {name: Score(score.unit, score.kind, name, hidden=True) for name, score in now.items()}


def _figures(score: Score) -> tuple[object, ...]:
    return score.value, score.n, score.distribution


def _is_exact(score: Score) -> bool:
    return not score.n or score.people >= FULL_PRECISION_FROM


def _may_change(old: Score, new: Score) -> bool:
    """Whether a figure that reads the same surely is."""
    return _figures(old) != _figures(new) or _is_exact(old)
