"""What a form sends is read by question, under a prefix, once."""

from collections.abc import Iterator

from werkzeug.datastructures import MultiDict

from assessment.questionnaire.check import load
from assessment.web.respond.fields import MOST_CARRIED, carried, field_name, typed
from tests.web.respond.given import AWKWARD, PLAIN

QUESTIONS = load(PLAIN.encode()).questions


def test_a_field_has_a_prefix_so_that_no_question_takes_the_place_of_a_part_of_the_form() -> None:
    names = {field_name(question.id) for question in (*QUESTIONS, *load(AWKWARD.encode()).questions)}
    assert not names & {"csrf_token", "go", "code", "page", "validate"}
    form = MultiDict([("validate", "3"), ("go", "next"), ("a-validate", "1"), ("a-go", "Too much at once.")])
    assert typed(form, QUESTIONS).words == {"validate": "1", "go": "Too much at once."}


def test_ids_with_dots_and_dashes_are_read_as_they_are() -> None:
    assert typed(MultiDict({"a-a.b-1": "2", "a-a.b": "3", "a-a": "1"}), QUESTIONS).words == {"a.b-1": "2"}


def test_two_answers_for_one_question_are_refused_and_neither_is_taken() -> None:
    found = typed(MultiDict([("a-validate", "1"), ("a-validate", "1"), ("a-go", "x")]), QUESTIONS)
    assert found.given == {"go": "x"}
    assert found.words == {"validate": "1", "go": "x"}, "it is shown again"
    assert [(one.question, one.sentence) for one in found.problems] == [
        ("validate", "2 answers came for this question; give one.")
    ]


def test_questions_of_other_pages_are_left_alone() -> None:
    assert typed(MultiDict({"a-validate": "1", "a-go": "x"}), QUESTIONS[:2]).words == {"validate": "1"}


def test_fields_of_no_question_cost_nothing_while_the_database_is_held() -> None:
    class Counted(MultiDict[str, str]):
        def __iter__(self) -> Iterator[str]:
            raise AssertionError("every field is looked at")

        lists = items = keys = values = __iter__  # type: ignore[assignment]

    form = Counted([(f"a-other{number}", "1") for number in range(1000)] + [("a-validate", "1")])
    assert typed(form, QUESTIONS).words == {"validate": "1"}


def test_a_line_break_counts_as_the_one_character_it_was_typed_as() -> None:
    assert typed(MultiDict({"a-go": "one\r\ntwo"}), QUESTIONS).words == {"go": "one\ntwo"}


def test_only_answers_are_carried_and_not_without_end() -> None:
    fields = [("go", "next"), ("a-", "x"), ("a-<b>", "x"), ("a-blank", ""), ("a-a.b-1", "2")]
    assert carried(MultiDict(fields)) == [("a-a.b-1", "2")]
    beside = [("a-a:comment", "x"), ("a-a:way", "na"), ("a-several", "one"), ("a-several", "two")]
    assert carried(MultiDict([*beside, ("a-a:", "x"), ("a-a:b:c", "x"), ("a-a:<", "x")])) == beside
    many = MultiDict((f"a-q{number}", "x" * 30_000) for number in range(2 * MOST_CARRIED))
    assert len(carried(many)) == MOST_CARRIED
    assert max(len(value) for _, value in carried(many)) == 20_000
