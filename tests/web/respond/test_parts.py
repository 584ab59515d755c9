"""The parts of a form, and how far somebody has come with them."""

from assessment.questionnaire.check import load
from assessment.questionnaire.model import Text
from assessment.web.respond import parts
from tests.web.respond.given import AWKWARD, PLAIN

PLAIN_ONE = load(PLAIN.encode())
AWKWARD_ONE = load(AWKWARD.encode())


def says(text: Text) -> str:
    return AWKWARD_ONE.says(text)


def test_a_part_groups_its_questions_by_the_dimension_that_holds_them() -> None:
    part = parts.part(AWKWARD_ONE, 1)
    assert (part.number, part.of) == (1, 2)
    assert [[says(title) for title in group.titles] for group in part.groups] == [["Mitte", "Blatt"], ["Seite"]]
    assert [asked.number for group in part.groups for asked in group.asked] == [1, 2, 3, 4]


def test_a_part_without_dimensions_below_is_one_group_without_a_title() -> None:
    (group,) = parts.part(PLAIN_ONE, 1).groups
    assert group.titles == ()
    assert [choice.word for choice in group.asked[0].levels] == ["1", "2", "3"]


def test_levels_that_are_no_whole_numbers_keep_their_words() -> None:
    asked = parts.part(AWKWARD_ONE, 1).groups[0].asked[0]
    assert [choice.word for choice in asked.levels] == ["-1", "0.5", "1000000"]
    assert [choice.anchor is not None for choice in asked.levels] == [True, False, False]


def test_a_part_is_complete_when_nothing_needed_is_open() -> None:
    def states(answers: dict[str, object]) -> list[str]:
        return [one.state for one in parts.standing(PLAIN_ONE, answers)]

    assert states({}) == ["empty", "empty"]
    assert states({"validate": 1, "code": {"text": "x"}}) == ["started", "started"]
    assert states({"validate": "dk", "a.b-1": "na", "go": {"text": "x"}}) == ["complete", "complete"]


def test_one_goes_on_with_the_first_part_that_is_not_complete() -> None:
    assert parts.next_part(parts.standing(PLAIN_ONE, {"validate": 1, "a.b-1": 2})) == 2
    assert parts.next_part(parts.standing(PLAIN_ONE, {"validate": 1, "a.b-1": 2, "go": {"text": "x"}})) is None


def test_the_minutes_left_count_open_questions_and_are_never_too_few() -> None:
    assert parts.minutes_left(PLAIN_ONE, {}) == 3
    assert parts.minutes_left(PLAIN_ONE, {"validate": 1, "a.b-1": 2, "go": {"text": "x"}, "code": {"text": "x"}}) == 0


def test_answers_are_shown_in_words() -> None:
    answers = {"validate": 2, "a.b-1": "na", "go": {"text": "Meetings"}}
    shown = [line for _, lines in parts.all_lines(PLAIN_ONE, answers) for line in lines]
    assert [PLAIN_ONE.says(line.answer) if isinstance(line.answer, Text) else line.answer for line in shown] == [
        "Middle",
        "Does not apply",
        "Meetings",
        "",
    ]
    assert [line.missing for line in shown] == [False, False, False, False]
    assert [line.missing for _, lines in parts.all_lines(PLAIN_ONE, {}) for line in lines] == [True, True, True, False]


def test_the_first_control_of_a_question_is_its_lowest_level_or_its_text() -> None:
    first = {question.id: parts.first_control(question, PLAIN_ONE) for question in PLAIN_ONE.questions}
    assert first == {"validate": "a-validate:1", "a.b-1": "a-a.b-1:1", "go": "a-go", "code": "a-code"}
    assert parts.part_of(PLAIN_ONE, "code") == 2
