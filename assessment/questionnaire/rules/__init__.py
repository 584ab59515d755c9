"""The linter's rules: what a careful colleague would say of a questionnaire that can be read.

Each rule is a function from a questionnaire to `Remark`s; its name, with dashes, is the rule's name. A remark names
its place by path, so that a rule needs to know nothing of files.
"""

from assessment.questionnaire.finding import Severity
from assessment.questionnaire.rules.bands import band_gap, band_overlap, band_range
from assessment.questionnaire.rules.conditions import impossible_comparison, unreachable_question
from assessment.questionnaire.rules.likeness import look_alike_text
from assessment.questionnaire.rules.places import Remark, Rule, texts
from assessment.questionnaire.rules.references import (
    duplicate_id,
    duplicate_option,
    later_question,
    reserved_id,
    unknown_change,
    unknown_dimension,
    unknown_level,
    unknown_place,
    unknown_question,
    unknown_role,
    unknown_scale,
)
from assessment.questionnaire.rules.scales import (
    level_order,
    missing_anchor,
    same_score,
    scores_not_monotone,
    sentinel_value,
    unused_scale,
)
from assessment.questionnaire.rules.scoring import mixed_ranges, partly_scored, single_question, unscored_dimension
from assessment.questionnaire.rules.stages import missing_stages, open_stages, unreachable_stage, unused_stages
from assessment.questionnaire.rules.structure import (
    dimension_depth,
    impossible_limits,
    missing_not_applicable,
    no_way_out,
    too_long,
    unused_role,
)
from assessment.questionnaire.rules.translations import missing_translation, unknown_language
from assessment.questionnaire.rules.wording import (
    long_statement,
    mixed_scripts,
    negation_on_reversed_scale,
    two_questions_in_one,
)

# In the order in which docs/questionnaire-format.md explains them.
RULES: dict[Rule, Severity] = {
    duplicate_id: "error",
    duplicate_option: "error",
    reserved_id: "error",
    dimension_depth: "error",
    unknown_scale: "error",
    unknown_level: "error",
    level_order: "error",
    partly_scored: "error",
    impossible_limits: "error",
    unknown_role: "error",
    unknown_question: "error",
    later_question: "error",
    impossible_comparison: "error",
    band_gap: "error",
    band_overlap: "error",
    band_range: "error",
    missing_stages: "error",
    open_stages: "error",
    unreachable_stage: "error",
    unknown_dimension: "error",
    unknown_change: "error",
    unknown_language: "error",
    unknown_place: "error",
    missing_translation: "warning",
    two_questions_in_one: "warning",
    negation_on_reversed_scale: "warning",
    long_statement: "warning",
    look_alike_text: "warning",
    mixed_scripts: "warning",
    too_long: "warning",
    unreachable_question: "warning",
    missing_anchor: "warning",
    scores_not_monotone: "warning",
    same_score: "warning",
    sentinel_value: "warning",
    mixed_ranges: "warning",
    single_question: "warning",
    unscored_dimension: "warning",
    missing_not_applicable: "warning",
    no_way_out: "warning",
    unused_scale: "warning",
    unused_role: "warning",
    unused_stages: "warning",
}


def name_of(rule: Rule) -> str:
    """Give a rule's name as files and the documentation spell it."""
    return getattr(rule, "__name__", "").replace("_", "-")


__all__ = ["RULES", "Remark", "Rule", "name_of", "texts"]
