"""Whether a question can ever be asked: the linter's search says the same as trying out every answer."""

from collections.abc import Iterator
from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.questionnaire.asking import asked
from assessment.questionnaire.model import Questionnaire
from assessment.questionnaire.rules.conditions import unreachable_question

BLANK = None
ROLES = ["tester", "architect"]

# Every question with all that can be answered to it; of the number, all that its comparisons can tell apart.
QUESTIONS: list[tuple[dict[str, Any], list[Any]]] = [
    ({"id": "a", "type": "rating", "scale": "steps", "text": "A", "dont-know": False}, [1, 2, "na"]),
    ({"id": "b", "type": "yes-no", "text": "B", "not-applicable": False}, ["yes", "no", "dk"]),
    ({"id": "c", "type": "number", "text": "C", "minimum": 0, "maximum": 2}, [{"number": n / 2} for n in range(5)]),
    (
        {"id": "d", "type": "multiple", "text": "D", "at-most": 1, "options": [{"id": o, "label": o} for o in "xy"]},
        [["x"], ["y"]],
    ),
]
ANSWERS = {question["id"]: [BLANK, *answers] for question, answers in QUESTIONS}

comparisons = st.one_of(
    st.tuples(st.just("a"), st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), st.sampled_from([1, 2])),
    st.tuples(st.just("a"), st.sampled_from(["=", "!="]), st.just("na")),
    st.tuples(st.just("b"), st.sampled_from(["=", "!="]), st.sampled_from(["yes", "no", "dk"])),
    st.tuples(st.just("c"), st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), st.sampled_from([0, 1, 2])),
    st.tuples(st.just("d"), st.just("includes"), st.sampled_from(["x", "y"])),
    st.tuples(st.sampled_from("abcd"), st.just("answered"), st.booleans()),
)


def conditions(names: str) -> st.SearchStrategy[dict[str, Any]]:
    """Give conditions over questions of these names."""
    one = comparisons.filter(lambda found: found[0] in names).map(
        lambda found: dict(zip(("question", "op", "value"), found, strict=True))
    )
    return st.recursive(
        one,
        lambda below: st.sampled_from(["all", "all", "any"]).flatmap(
            lambda kind: st.lists(below, min_size=1, max_size=3).map(lambda parts: {kind: parts})
        ),
        max_leaves=6,
    )


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """Give a questionnaire of four questions, some with conditions and roles, and a fifth with a condition."""
    asked_first: list[dict[str, Any]] = []
    for question, _ in QUESTIONS:
        found = dict(question)
        names = "".join(one["id"] for one in asked_first)
        if names and draw(st.booleans()):
            found["show-if"] = draw(conditions(names))
        if draw(st.integers(0, 3)) == 0:
            found["roles"] = draw(st.sampled_from([["tester"], ["architect"], ROLES]))
        asked_first.append(found)
    last = {"id": "last", "type": "text", "text": "Last?", "show-if": draw(conditions("abcd"))}
    if draw(st.booleans()):
        last["roles"] = draw(st.sampled_from([["tester"], ["architect"]]))
    return Questionnaire.model_validate(
        {
            "format": 1,
            "id": "tried",
            "version": "1",
            "title": "Tried",
            "roles": ROLES,
            "scales": {"steps": {"levels": [{"value": 1, "label": "Low"}, {"value": 2, "label": "High"}]}},
            "dimensions": [{"id": "one", "title": "One", "questions": [*asked_first, last]}],
        }
    )


def forms() -> Iterator[dict[str, Any]]:
    """Give every form that can be filled in."""
    for answers in product(*ANSWERS.values()):
        yield {name: answer for name, answer in zip(ANSWERS, answers, strict=True) if answer is not BLANK}


@settings(max_examples=60, deadline=None, derandomize=True)
@given(questionnaires())
def test_a_question_is_unreachable_where_no_form_leads_to_it(questionnaire: Questionnaire) -> None:
    reached = {question.id for answers in forms() for role in ROLES for question in asked(questionnaire, answers, role)}
    said = {remark.about for remark in unreachable_question(questionnaire)}
    assert said == questionnaire.by_id.keys() - reached


def test_a_condition_too_long_to_try_out_counts_as_one_that_can_hold() -> None:
    never = [{"question": "a", "op": "=", "value": value} for value in (1, 2)]
    either = [{"any": never} for _ in range(48)]  # 2 ways at each of 48, and none leads anywhere

    def with_condition(parts: list[Any]) -> Questionnaire:
        question = {"id": "last", "type": "text", "text": "Last?", "show-if": {"all": parts}}
        questions = [*(question for question, _ in QUESTIONS), question]
        scales = {"steps": {"levels": [{"value": 1, "label": "Low"}, {"value": 2, "label": "High"}]}}
        data = {"format": 1, "id": "t", "version": "1", "title": "T", "scales": scales}
        return Questionnaire.model_validate(data | {"dimensions": [{"id": "d", "title": "D", "questions": questions}]})

    assert [remark.about for remark in unreachable_question(with_condition([*either, *never]))] == ["last"]
    hard = [{"any": [{"question": "c", "op": "!=", "value": value} for value in (0, 1, 2)]} for _ in range(48)]
    impossible = [{"question": "b", "op": "=", "value": value} for value in ("yes", "no")]
    assert [remark.about for remark in unreachable_question(with_condition(hard[:2] + impossible))] == ["last"]
    assert list(unreachable_question(with_condition(hard + impossible))) == []
