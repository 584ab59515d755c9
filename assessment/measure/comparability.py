"""Whether two versions of a questionnaire measure the same: the basis of every step of a trend."""

from dataclasses import dataclass
from typing import Literal

from assessment.measure.outline import OVERALL, Outline, outline
from assessment.questionnaire.hashing import question_hash, scoring_hash
from assessment.questionnaire.model import Questionnaire

Basis = Literal["comparable", "anchored", "broken"]

WEIGHT_IN_COMMON = 0.6
RULES_CHANGED = "the questions are the same, but the weights or rules of scoring changed"


@dataclass(frozen=True, slots=True)
class Comparability:
    """The basis of a step, the reason in print, and the questions both versions ask alike."""

    basis: Basis
    reason: str
    common: frozenset[str]


def compare(before: Questionnaire, now: Questionnaire) -> Comparability:
    """Compare two versions: alike in all that is measured, alike in enough of it, or not comparable.

    The weight in common is the share of the overall score that rests on the questions with equal id and scoring
    hash, in the version where that share is smaller.
    """
    alike = frozenset(_hashes(before).items()) & frozenset(_hashes(now).items())
    common = frozenset(name for name, _ in alike)
    if scoring_hash(before) == scoring_hash(now):
        return Comparability("comparable", "", common)
    share = min(_share(outline(version), common) for version in (before, now))
    if share == 1:
        return Comparability("anchored", RULES_CHANGED, common)
    percent = f"{int(share * 100)}%"  # downwards: what is under 60% must not read as 60%
    if share < WEIGHT_IN_COMMON:
        reason = f"the questions changed: only {percent} of the weight is in common, under 60%"
        return Comparability("broken", reason, common)
    return Comparability("anchored", f"the questions changed: {percent} of the weight is in common", common)


def _hashes(questionnaire: Questionnaire) -> dict[str, str]:
    scored = outline(questionnaire).levels
    return {name: question_hash(questionnaire.by_id[name], questionnaire) for name in scored}


def _share(tree: Outline, common: frozenset[str], name: str = OVERALL) -> float:
    """Give the share of a node's score that rests on common questions."""
    if name not in tree.children:
        return float(name in common)
    branches = tree.children[name]
    total = sum(branch.weight for branch in branches)
    return sum(branch.weight * _share(tree, common, branch.name) for branch in branches) / total
