"""What became of each question from one version to the next, and whether scores can be compared over the step.

Questions are matched by their id, or by what the newer version declares in `changes:` of the version it follows:
`renamed` (the same question under a new id), `equivalent` (the author vouches that it asks the same in other words),
`editorial` (reworded without changing what it asks).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assessment.questionnaire.hashing import question_hashes, rules_hash
from assessment.questionnaire.model import (
    AnyQuestion,
    Choice,
    Dimension,
    Multiple,
    Questionnaire,
    is_scored,
)

Verdict = Literal["kept", "renamed", "broken", "new", "retired"]
StepBasis = Literal["comparable", "anchored", "broken"]

WEIGHT_IN_COMMON = 0.6
_DUST = 1e-9  # what adding up weights leaves behind
RULES_CHANGED = "the questions are the same, but the weights or rules of scoring changed"

_KEPT = frozenset({"kept", "renamed"})


@dataclass(frozen=True, slots=True)
class QuestionChange:
    """What became of one question; `question` is its newer id, or the older where it is gone, `was` its older one."""

    question: str
    verdict: Verdict
    reason: str
    was: str | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """What a step between two versions is: its basis, the reason in words, and every question's change.

    `common` maps the newer ids of the scored questions that both versions ask alike to their older ones.
    """

    step: StepBasis
    reason: str
    questions: tuple[QuestionChange, ...]
    common: Mapping[str, str]


def difference(before: Questionnaire, now: Questionnaire) -> Difference:
    """Compare two versions: alike in all that is measured, alike in enough of it, or not comparable.

    The weight in common is the share of the overall score that rests on questions both versions ask alike, in the
    version where that share is smaller.
    """
    changes = question_changes(before, now)
    scored = {question.id for question in now.scored}
    common = {
        change.question: change.was
        for change in changes
        if change.verdict in _KEPT and change.was is not None and change.question in scored
    }
    step, reason = _step(before, now, common)
    return Difference(step, reason, tuple(changes), common)


def question_changes(before: Questionnaire, now: Questionnaire) -> list[QuestionChange]:
    """Give what became of every question: those of the newer version in its order, then those that are gone."""
    old_ids = _old_ids(before, now)
    new_ids = {old: new for new, old in old_ids.items()}
    vouched = _vouched(before, now, old_ids)
    new_hashes = question_hashes(now)
    old_hashes = question_hashes(before, new_ids, known={old_ids[new]: new_hashes[new] for new in vouched})
    alike = frozenset(new for new, old in old_ids.items() if old_hashes[old] == new_hashes[new])
    changes = [
        _became(question, old_ids.get(question.id), (before, now), alike, vouched.get(question.id, ""))
        for question in now.questions
    ]
    known = set(old_ids.values())
    declared = set(now.changes.retired) if _follows(before, now) and now.changes else set()
    return changes + [
        QuestionChange(
            question.id, "retired", "declared retired" if question.id in declared else "no longer asked", question.id
        )
        for question in before.questions
        if question.id not in known
    ]


def _follows(before: Questionnaire, now: Questionnaire) -> bool:
    """Whether what the newer version declares is about the older one."""
    return now.changes is not None and now.changes.since == before.version and before.id == now.id


def _old_ids(before: Questionnaire, now: Questionnaire) -> dict[str, str]:
    """Give the older id of every question of the newer version that has one."""
    declared: dict[str, str] = {}
    if _follows(before, now) and now.changes:
        declared = {new: old for old, new in (now.changes.equivalent | now.changes.renamed).items()}
        declared = {new: old for new, old in declared.items() if old in before.by_id and new in now.by_id}
    taken = set(declared.values())
    same = {name: name for name in now.by_id if name in before.by_id and name not in taken}
    return same | declared


def _vouched(before: Questionnaire, now: Questionnaire, old_ids: Mapping[str, str]) -> dict[str, str]:
    """Give the newer ids of reworded questions whose author vouches that they ask the same, each with what is declared.

    That is taken on trust of words alone: of what is editorial all else is as it was, and what is equivalent has the
    same type, is asked of the same roles and counts the same.
    """
    if not _follows(before, now) or not now.changes:
        return {}
    names = {old: new for new, old in old_ids.items()}
    kept, made = question_hashes(before), question_hashes(now)
    plain = question_hashes(before, names, with_words=False), question_hashes(now, with_words=False)
    found: dict[str, str] = {}
    for new, old in old_ids.items():
        if kept[old] == made[new]:
            continue
        if now.changes.equivalent.get(old) == new and _counts_alike(before.by_id[old], before, now.by_id[new], now):
            found[new] = "declared equivalent"
        elif new in now.changes.editorial and plain[0][old] == plain[1][new]:
            found[new] = "reworded, declared editorial"
    return found


def _became(
    question: AnyQuestion,
    was: str | None,
    versions: tuple[Questionnaire, Questionnaire],
    alike: frozenset[str],
    vouched: str,
) -> QuestionChange:
    before, now = versions
    if was is None:
        return QuestionChange(question.id, "new", "not asked before")
    verdict: Verdict = "kept" if was == question.id else "renamed"
    start = "" if was == question.id else f"called `{was}` before; "
    if question.id in alike:
        return QuestionChange(question.id, verdict, f"{start}{vouched or 'asks the same'}", was)
    changed = _what_changed(before.by_id[was], before, question, now)
    return QuestionChange(question.id, "broken", f"{start}{changed}", was)


def _counts_alike(old: AnyQuestion, before: Questionnaire, new: AnyQuestion, now: Questionnaire) -> bool:
    """Whether answers count the same: what is declared may change words, never values."""
    return _counted(old, before) == _counted(new, now)


def _counted(question: AnyQuestion, questionnaire: Questionnaire) -> object:
    """Give what may be answered and what it counts."""
    if is_scored(question):
        levels: object = [(level.score, level.answers) for level in questionnaire.levels_of(question)]
    else:
        levels = [option.id for option in question.options] if isinstance(question, Choice | Multiple) else None
    return question.type, sorted(question.roles), levels


def _what_changed(old: AnyQuestion, before: Questionnaire, new: AnyQuestion, now: Questionnaire) -> str:
    """Say what of a question changed: the first thing that matters."""
    changed = {
        f"it was of the type `{old.type}` and is `{new.type}`": old.type != new.type,
        "its levels, what they count or whose roles are asked changed": _counted(old, before) != _counted(new, now),
        "its statement was reworded": before.says(old.text).split() != now.says(new.text).split(),
        "the condition under which it is asked changed": old.show_if != new.show_if,
        "other ways out are offered": _ways_out(old) != _ways_out(new),
        "its words, or a question that decides whether it is asked, changed": old.show_if is not None,
    }
    return next((sentence for sentence, true in changed.items() if true), "its anchors or labels were reworded")


def _ways_out(question: AnyQuestion) -> tuple[bool, bool]:
    return bool(question.not_applicable), question.dont_know


def _step(before: Questionnaire, now: Questionnaire, common: Mapping[str, str]) -> tuple[StepBasis, str]:
    if before.id != now.id:
        return "broken", f"these are two questionnaires, `{before.id}` and `{now.id}`"
    if before.audience != now.audience:
        return "broken", f"the audience changed from {before.audience} to {now.audience}"
    share = min(_share(before, frozenset(common.values())), _share(now, frozenset(common)))
    if share > 1 - _DUST:
        old_names = {old: new for new, old in common.items()}
        if _shape(before, old_names) == _shape(now, {}) and rules_hash(before) == rules_hash(now):
            return "comparable", ""
        return "anchored", RULES_CHANGED
    percent = f"{int((share + _DUST) * 100)}%"  # downwards: what is under 60% must not read as 60%
    if share < WEIGHT_IN_COMMON - _DUST:
        return "broken", f"the questions changed: only {percent} of the weight is in common, under 60%"
    return "anchored", f"the questions changed: {percent} of the weight is in common"


def _share(questionnaire: Questionnaire, common: frozenset[str]) -> float:
    """Give the share of the overall score that rests on common questions; all of it where nothing is scored."""
    if not questionnaire.scored:
        return 1.0
    return _weighted([(node.weight, _share_of(node, common)) for node in questionnaire.dimensions]) or 0.0


def _share_of(node: Dimension, common: frozenset[str]) -> float | None:
    """Give a dimension's share; None where nothing in it is scored."""
    parts = [(below.weight, _share_of(below, common)) for below in node.dimensions]
    parts += [(question.weight, float(question.id in common)) for question in node.scored()]
    return _weighted(parts)


def _weighted(parts: Sequence[tuple[float, float | None]]) -> float | None:
    there = [(weight, share) for weight, share in parts if share is not None]
    return sum(weight * share for weight, share in there) / sum(weight for weight, _ in there) if there else None


def _shape(questionnaire: Questionnaire, names: Mapping[str, str]) -> object:
    """Give the tree with its weights, whatever its order, under the newer names."""
    return sorted((_shape_of(node, names) for node in questionnaire.dimensions), key=repr)


def _shape_of(node: Dimension, names: Mapping[str, str]) -> object:
    below = sorted((_shape_of(child, names) for child in node.dimensions), key=repr)
    return node.id, node.weight, below, sorted((names.get(one.id, one.id), one.weight) for one in node.scored())
