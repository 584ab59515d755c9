"""What another tool asks only under a condition is asked here under the same one, or not at all."""

from collections.abc import Callable, Mapping
from operator import ge, gt, le, lt
from time import process_time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from assessment.questionnaire.asking import holds
from assessment.questionnaire.importers import limesurvey_conditions, surveyjs_conditions
from assessment.questionnaire.importers.conditions import Known, NotCarried, ShowIf, show_if
from assessment.questionnaire.model import Condition

KNOWN = {
    "color": Known("color", "choice", {"red": "red", "blue": "blue", "green": "green-1"}),
    "size": Known("size", "choice", {"1": "1", "2": "2", "3": "3"}),
    "stars": Known("stars", "rating", {"1": 1, "2": 2, "3": 3, "4": 4, "5": 5}),
    "sure": Known("sure", "yes-no", {"true": "yes", "false": "no"}),
    "many": Known("many", "multiple", {"a": "a", "b": "b"}),
    "count": Known("count", "number"),
    "words": Known("words", "text"),
    "age": Known("age", "number", least=0, most=120, whole=True),
    "tf": Known("tf", "choice", {"true": "true", "false": "false"}),
    "grid.row": Known("grid-row", "rating", {"1": 1, "2": 2}),
    "Y_N": Known("Y-N", "yes-no", {"Y": "yes", "N": "no"}),
    "hidden": Known("hidden", "number", {}, {"question": "color", "op": "=", "value": "red"}),
}
OPTIONS = {"many_a": ("many", "a"), "many_b": ("many", "b")}
MODEL: TypeAdapter[Any] = TypeAdapter(Condition)


def one(question: str, op: str, value: object) -> dict[str, object]:
    return {"question": question, "op": op, "value": value}


def blank(question: str) -> dict[str, object]:
    return one(question, "answered", value=False)


def no_answer(question: str) -> list[dict[str, object]]:
    """Give what a condition that holds without an answer says of a question that offers both ways out."""
    return [one(question, "=", "na"), one(question, "=", "dk"), blank(question)]


SAME: dict[str, dict[str, Any]] = {
    "{color} = 'red'": one("color", "=", "red"),
    "{color}='green'": one("color", "=", "green-1"),
    "'red' == {color}": one("color", "=", "red"),
    "{color} = red": one("color", "=", "red"),
    "{color} <> 'red'": {"any": [one("color", "!=", "red"), *no_answer("color")]},
    "{color} anyof ['red', 'blue']": {"any": [one("color", "=", "red"), one("color", "=", "blue")]},
    "{color} empty": blank("color"),
    "{color} = ''": blank("color"),
    "{color} notempty": one("color", "answered", value=True),
    "{words} notempty": one("words", "answered", value=True),
    "{stars} >= 3": one("stars", ">=", 3),
    "{stars} > 3": one("stars", ">=", 4),
    "{stars} < 2.5": one("stars", "<=", 2),
    "3 > {stars}": one("stars", "<=", 2),
    "{size} > 1": {"any": [one("size", "=", "2"), one("size", "=", "3")]},
    "{size} = '2'": one("size", "=", "2"),
    "{sure} = true": one("sure", "=", "yes"),
    "{sure}": one("sure", "=", "yes"),
    "!{sure}": {"any": [one("sure", "!=", "yes"), *no_answer("sure")]},
    "!(!{sure})": one("sure", "=", "yes"),
    "{sure} = 'false'": one("sure", "=", "no"),
    "{age} > 17.5": one("age", ">=", 18),
    "{age} >= 17.5": one("age", ">=", 18),
    "{age} < 17.5": one("age", "<=", 17),
    "{age} <= 119.5": one("age", "<=", 119),
    "{age} > -5": one("age", "answered", value=True),
    "{age} < 999": one("age", "answered", value=True),
    "{age} <= 120.5": one("age", "<=", 120),
    "{age} <> 999": {"any": [one("age", "answered", value=True), blank("age")]},
    "{age} = 120": one("age", "=", 120),
    "{many} contains 'a'": one("many", "includes", "a"),
    "{many} *= 'a'": one("many", "includes", "a"),
    "{many} anyof ['a', 'b']": {"any": [one("many", "includes", "a"), one("many", "includes", "b")]},
    "{many} allof ['a', 'b']": {"all": [one("many", "includes", "a"), one("many", "includes", "b")]},
    "{count} lessorequal 2.5": one("count", "<=", 2.5),
    "{grid.row} = 2": one("grid-row", "=", 2),
    "{color} = 'red' AND {stars} > 4": {"all": [one("color", "=", "red"), one("stars", ">=", 5)]},
    "{color} = 'red' or {stars} > 4 and {sure} = true": {
        "any": [one("color", "=", "red"), {"all": [one("stars", ">=", 5), one("sure", "=", "yes")]}]
    },
    "({color} = 'red' or {stars} > 4) && {sure} = true": {
        "all": [{"any": [one("color", "=", "red"), one("stars", ">=", 5)]}, one("sure", "=", "yes")]
    },
    "!({color} = 'red')": {"any": [one("color", "!=", "red"), *no_answer("color")]},
    "!({stars} < 3 or {color} empty)": {
        "all": [{"any": [one("stars", ">=", 3), *no_answer("stars")]}, one("color", "answered", value=True)]
    },
}

NOT_CARRIED: dict[str, str] = {
    "": "it ends too early",
    "{color} =": "it ends too early",
    "{color} = 'red' 'blue'": "`blue` in it is not read",
    "({color} = 'red'": "a bracket in it is not closed, or it calculates",
    "{color} = {size}": "it does not compare a question with a value",
    "{stars} + 1 > 3": "`+` in it is not read",
    "age({count}) > 3": "it calls the function `age`",
    "iif({count} > 3, 1, 2) = 1": "it calls the function `iif`",
    "{later} = 1": "it refers to `later`, which is no earlier question of the result",
    "{color} = 'pink'": "it compares `color` with `pink`, which is none of its answers",
    "{words} = 'x'": "it compares the text `words` with `x`",
    "{many} notcontains 'a'": "it asks what is not among the answers",
    "!({many} contains 'a')": "it asks what is not among the answers",
    "{many} = 'a'": "it asks of `many`, which is of type multiple, what such a question cannot be",
    "{color} contains 'red'": "it asks of `color`, which is of type choice, what such a question cannot be",
    "{stars} > 5": "it can never hold: no answer to `stars` is > 5",
    "{age}": "it takes `age` for true or false and compares it with nothing",
    "!{age}": "it takes `age` for true or false and compares it with nothing",
    "{tf}": "it takes `tf` for true or false and compares it with nothing",
    "!{tf}": "it takes `tf` for true or false and compares it with nothing",
    "{many}": "it takes `many` for true or false and compares it with nothing",
    "{count} = true": "it takes `True` for a number",
    "{count} > 1000000000": "it compares with `1000000000`, and no number here is beyond 1,000,000",
    "{age} = 1.5": "it can never hold: no answer to `age` is = 1.5",
    "{age} = 999": "it can never hold: no answer to `age` is = 999",
    "{age} > 120": "it can never hold: no answer to `age` is > 120",
    "{age} > 119.5 and {age} >= 120.5": "it can never hold: no answer to `age` is >= 120.5",
    "{age} < 0": "it can never hold: no answer to `age` is < 0",
    "{count} > 1e400": "`1` in it is not read",
    "{count} > 'many'": "it takes `many` for a number",
    "{#panel.x} = 1": "`{#panel.x}` in it is not read",
    "(" * 30 + "{sure}" + ")" * 30: "it is nested more than 20 deep",
    "{sure} = true and " * 250 + "{sure}": "it is longer than 4000 characters",
    " or ".join(f"{{count}} = {number}" for number in range(60)): "it has more than 50 parts",
    "{sure} and ({count} = 1 or {sure} and ({count} = 2 or {sure} and {count} = 3))": "it is nested more than 3 deep",
}


@pytest.mark.parametrize("expression", SAME)
def test_an_expression_of_surveyjs_becomes_the_same_condition(expression: str) -> None:
    assert show_if(surveyjs_conditions.condition(expression), KNOWN) == SAME[expression]


@pytest.mark.parametrize("expression", NOT_CARRIED)
def test_what_surveyjs_says_and_a_file_cannot_is_not_carried_over(expression: str) -> None:
    with pytest.raises(NotCarried) as caught:
        show_if(surveyjs_conditions.condition(expression), KNOWN)
    assert str(caught.value) == NOT_CARRIED[expression]


RELEVANCE: dict[str, dict[str, Any] | None] = {
    "": None,
    "1": None,
    "color == 'red'": one("color", "=", "red"),
    'color.NAOK == "red"': one("color", "=", "red"),
    "((color.NAOK eq 'red'))": one("color", "=", "red"),
    "{color == 'red'}": one("color", "=", "red"),
    "color != ''": one("color", "answered", value=True),
    "is_empty(color)": blank("color"),
    "!is_empty(color)": one("color", "answered", value=True),
    "stars ge 3 and stars lt 5": {"all": [one("stars", ">=", 3), one("stars", "<=", 4)]},
    "many_a == 'Y'": one("many", "includes", "a"),
    "!is_empty(many_b)": one("many", "includes", "b"),
    "Y_N.NAOK != 'Y'": {"any": [one("Y-N", "!=", "yes"), *no_answer("Y-N")]},
    "hidden.NAOK != 3": {"any": [one("hidden", "!=", 3), blank("hidden")]},
    "hidden != 3": {"all": [one("color", "=", "red"), {"any": [one("hidden", "!=", 3), blank("hidden")]}]},
    "!(stars > 3) or sure == 'true'": {"any": [one("stars", "<=", 3), *no_answer("stars"), one("sure", "=", "yes")]},
}

IRRELEVANT: dict[str, str] = {
    "0": "it never holds",
    "sum(count, stars) > 3": "it calls the function `sum`",
    "many_a != 'Y'": "it asks whether `many_a` is not among the answers",
    "count + 1": "`+` in it is not read",
    "count = count": "it does not compare a question with a value",
    "TOKEN:EMAIL == 'x'": "`:` in it is not read",
    "nowhere > 1": "it refers to `nowhere`, which is no earlier question of the result",
    "age": "it takes `age` for true or false and compares it with nothing",
    "!age": "it takes `age` for true or false and compares it with nothing",
    "regexMatch('/a/', words)": "it calls the function `regexMatch`",
}


@pytest.mark.parametrize("expression", RELEVANCE)
def test_relevance_of_limesurvey_becomes_the_same_condition(expression: str) -> None:
    assert limesurvey_conditions.relevance(expression, KNOWN, OPTIONS) == RELEVANCE[expression]


@pytest.mark.parametrize("expression", IRRELEVANT)
def test_what_limesurvey_says_and_a_file_cannot_is_not_carried_over(expression: str) -> None:
    with pytest.raises(NotCarried) as caught:
        limesurvey_conditions.relevance(expression, KNOWN, OPTIONS)
    assert str(caught.value) == IRRELEVANT[expression]


# Random expressions, their truth told by a few lines of Python that know nothing of files.

Answers = Mapping[str, Any]
WAYS_OUT = ["na", "dk"]  # other tools have none: there they are answers like any other, and no numbers
ORDERS: dict[str, Callable[[int, int], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge}
comparisons = st.one_of(
    st.tuples(st.just("color"), st.sampled_from(["=", "<>"]), st.sampled_from(["red", "blue"])),
    st.tuples(st.just("sure"), st.sampled_from(["=", "<>"]), st.booleans()),
    st.tuples(st.just("stars"), st.sampled_from(["=", "<>", *ORDERS]), st.integers(2, 4)),
    st.tuples(st.just("count"), st.sampled_from(["=", "<>", *ORDERS]), st.integers(2, 4)),
    st.tuples(st.just("many"), st.just("contains"), st.sampled_from(["a", "b"])),
    st.tuples(st.sampled_from(["color", "many", "stars"]), st.sampled_from(["empty", "notempty"]), st.just("")),
)
trees = st.recursive(
    comparisons,
    lambda below: st.tuples(below, st.sampled_from(["and", "or", "and not", "or not"]), below),
    max_leaves=4,
)
JOINS = {"and", "or", "and not", "or not"}
answers = st.fixed_dictionaries(
    {},
    optional={
        "color": st.sampled_from(["red", "blue", *WAYS_OUT]),
        "sure": st.sampled_from([True, False, *WAYS_OUT]),
        "stars": st.one_of(st.integers(1, 5), st.sampled_from(WAYS_OUT)),
        "count": st.integers(1, 5),
        "many": st.lists(st.sampled_from(["a", "b"]), min_size=1, unique=True),
    },
)


def written(tree: Any) -> str:  # noqa: ANN401 - a tree of tuples
    left, op, right = tree
    if op in JOINS:
        return f"({written(left)} {op.replace('not', '!')} {written(right)})"
    value = str(right).lower() if isinstance(right, bool) else right if isinstance(right, int) else f"'{right}'"
    return f"{{{left}}} {op}" + ("" if "empty" in op else f" {value}")


def true(tree: Any, given_: Answers) -> bool:  # noqa: ANN401 - a tree of tuples
    left, op, right = tree
    if op in JOINS:
        both = true(left, given_), true(right, given_) is not op.endswith("not")
        return all(both) if op.startswith("and") else any(both)
    answer = given_.get(left)
    if op in {"empty", "notempty"}:
        return bool((answer is None) == (op == "empty"))
    if op in {"=", "<>"}:
        return bool((answer == right) == (op == "="))
    if op == "contains":
        return answer is not None and right in answer
    return isinstance(answer, int) and ORDERS[op](answer, right)


def as_answers(given_: Answers) -> Answers:
    made = dict(given_)
    if "sure" in made:
        made["sure"] = {True: "yes", False: "no"}.get(made["sure"], made["sure"])
    if "count" in made:
        made["count"] = {"number": made["count"]}
    return made


@settings(max_examples=300, deadline=None, derandomize=True)
@given(trees, answers)
def test_a_condition_holds_exactly_where_the_expression_does(tree: Any, given_: Answers) -> None:  # noqa: ANN401
    try:
        made = MODEL.validate_python(show_if(surveyjs_conditions.condition(written(tree)), KNOWN))
    except NotCarried as error:
        assert "nested" in str(error) or "what is not among" in str(error)  # noqa: PT017 - nothing else is left out here
        return
    assert holds(made, as_answers(given_)) is true(tree, given_)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    st.lists(st.sampled_from([*"{}()[]'!<>=,&|+-.", "and", "or", "color", "stars", "empty", "1", " ", "ä"])).map(
        "".join
    )
)
def test_any_expression_ends_in_a_condition_or_a_sentence(expression: str) -> None:
    carriers: list[Callable[[], ShowIf | None]] = [
        lambda: show_if(surveyjs_conditions.condition(expression), KNOWN),
        lambda: limesurvey_conditions.relevance(expression, KNOWN, OPTIONS),
    ]
    for carry in carriers:
        try:
            made = carry()
        except NotCarried as error:
            assert str(error)  # noqa: PT017 - a sentence is one of the two good ends
        else:
            assert made is None or MODEL.validate_python(made)


def test_hundreds_of_long_conditions_with_too_many_parts_end_soon() -> None:
    parsed = limesurvey_conditions.relevance
    expression = " or ".join(f"count={number}" for number in range(300))
    started = process_time()
    for _ in range(50):
        with pytest.raises(NotCarried, match="more than 50 parts"):
            parsed(expression, KNOWN, OPTIONS)
    assert process_time() - started < 1
