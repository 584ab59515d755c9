"""Rules about what is scored: enough of it, all of a choice, and nothing on different ranges side by side."""

from collections.abc import Iterable, Iterator

from assessment.questionnaire.model import Choice, Questionnaire
from assessment.questionnaire.rules.places import Remark, dimensions, questions
from assessment.questionnaire.rules.ranges import Range, question_ranges, range_of

_MOST_RANGES = 4


def partly_scored(questionnaire: Questionnaire) -> Iterator[Remark]:
    """A choice is scored or it is not: nothing says what an option without a score beside others would count."""
    for path, question in questions(questionnaire):
        if isinstance(question, Choice):
            with_score = sum(option.score is not None for option in question.options)
            if 0 < with_score < len(question.options):
                sentence = f"{with_score} of {len(question.options)} options of `{question.id}` have scores"
                yield Remark((*path, "options"), f"{sentence}; all have them, or none", question.id, of_key=True)


def single_question(questionnaire: Questionnaire) -> Iterator[Remark]:
    """One question is a thin ground for a dimension's score."""
    for path, node in dimensions(questionnaire):
        if node.questions and len(node.scored()) == 1:
            yield Remark(path, f"`{node.id}` is scored from a single question", node.id)


def unscored_dimension(questionnaire: Questionnaire) -> Iterator[Remark]:
    """A dimension without a question that is scored and asked of every role never gets a score."""
    for path, node in dimensions(questionnaire):
        if node.questions and not node.scored():
            yield Remark(path, f"`{node.id}` has no question that enters its score, so it gets none", node.id)


def mixed_ranges(questionnaire: Questionnaire) -> Iterator[Remark]:
    """Where a 5 is the top beside a 10, their mean says nothing."""
    if questionnaire.scoring.rule == "sum-of-levels":
        return
    mixed: set[int] = set()  # nodes whose own range says nothing any more
    for path, node in reversed(list(dimensions(questionnaire))):  # children before parents
        ranges = set(question_ranges(node, questionnaire))
        ranges |= {
            known for below in node.dimensions if id(below) not in mixed and (known := range_of(below, questionnaire))
        }
        if len(ranges) > 1:
            yield Remark(path, f"what `{node.id}` holds is scored from {_told(ranges)}", node.id)
        if len(ranges) > 1 or any(id(below) in mixed for below in node.dimensions):
            mixed.add(id(node))
    tops = (range_of(top, questionnaire) for top in questionnaire.dimensions if id(top) not in mixed)
    if len(ranges := {top for top in tops if top}) > 1:
        sentence = f"the dimensions at the top are scored from {_told(ranges)}"
        yield Remark(("dimensions",), sentence, questionnaire.id, of_key=True)


def _told(ranges: Iterable[Range]) -> str:
    known = [str(one) for one in sorted(ranges)]
    return " and from ".join(known[:_MOST_RANGES] + (["others"] if len(known) > _MOST_RANGES else []))
