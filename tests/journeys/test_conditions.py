"""The script in the page follows conditions as the server does, whatever is answered."""

import json
import random
from collections.abc import Iterator

import pytest

from assessment.questionnaire.answers import read_answers
from assessment.questionnaire.asking import asked
from assessment.questionnaire.check import load
from tests import served
from tests.journeys.conftest import Opened
from tests.journeys.test_answering import enter_by_link
from tests.served import Site

SOURCES: dict[str, dict[str, object]] = {
    "r": {"type": "rating", "scale": "steps", "not-applicable": True},
    "c": {"type": "choice", "options": [{"id": "one", "label": "One"}, {"id": "1", "label": "Another"}]},
    "y": {"type": "yes-no", "dont-know": True},
    "m": {
        "type": "multiple",
        "options": [{"id": name, "label": name} for name in ("a", "b", "c")],
        "at-least": 1,
        "at-most": 2,
        "not-applicable": True,
    },
    "n": {"type": "number", "minimum": -1, "maximum": 9.5, "dont-know": True},
    "w": {"type": "number", "whole": True},
    "t": {"type": "text", "dont-know": True},
}
OFFERED = {
    "r": ["", "1", "2.5", "4", "na", "dk"],
    "c": ["", "one", "1", "na"],
    "y": ["", "yes", "no", "dk"],
    "m": ["", "a", "a b", "b c", "a b c", "na"],
    "n": ["", "-1", "0", "2,5", "2.50", "9.6", "1e1", "1e999", "NaN", "٣", "1,2,3", "+3", ".5", "0x1", "dk"],
    "w": ["", "3", "3.0", "3.5", "-0", "x"],
    "t": ["", "  ", "Words", "0", "dk"],
}
COMPARED: dict[str, list[tuple[str, object]]] = {
    "r": [(op, value) for op in ("=", "!=", "<", "<=", ">", ">=") for value in (2.5, 4)] + [("=", "na"), ("!=", "dk")],
    "c": [("=", "one"), ("!=", "one"), ("=", "na")],
    "y": [("=", "yes"), ("!=", "yes"), ("=", "dk"), ("!=", "dk")],
    "m": [("includes", "a"), ("includes", "c"), ("=", "na")],
    "n": [(op, value) for op in ("=", "!=", "<", "<=", ">", ">=") for value in (0, 2.5)] + [("=", "dk")],
    "w": [("=", 3), (">", 0)],
    "t": [("=", "dk")],
}
STEPS = {"levels": [{"value": value, "label": str(value)} for value in (1, 2.5, 4)]}

# Puts words into the questions of the page as somebody would, and tells which questions are then to be seen.
FILL_IN = """
(forms) => forms.map((words) => {
  for (const [name, word] of Object.entries(words)) {
    const question = document.getElementById(`q-${name}`);
    const field = question.querySelector(".input:not([id^='b-'])");
    const boxes = [...question.querySelectorAll("input[type=radio], input[type=checkbox]")];
    const way = boxes.find((box) => box.closest(".quiet") && box.value === word);
    boxes.forEach((box) => { box.checked = way ? box === way : !field && word.split(" ").includes(box.value); });
    if (field) field.value = way ? "" : word;
    (field ?? boxes[0]).dispatchEvent(new Event("change", { bubbles: true }));
  }
  dispatchEvent(new Event("input"));
  return [...document.querySelectorAll(".question:not([hidden])")].map((question) => question.id.slice(2));
})
"""


def conditions(chance: random.Random) -> list[object]:
    """Give every comparison once, then joined ones by chance."""
    single: list[object] = [
        {"question": name, "op": op, "value": value} for name, all_ in COMPARED.items() for op, value in all_
    ]
    single += [{"question": name, "op": "answered", "value": value} for name in SOURCES for value in (True, False)]
    joined: list[object] = [{kind: chance.sample(single, 3)} for kind in ("all", "any") for _ in range(10)]
    nested: list[object] = [{"all": [chance.choice(joined), {"any": chance.sample(single, 2)}]} for _ in range(10)]
    return single + joined + nested


def questionnaire() -> bytes:
    """Give a questionnaire that asks a text for every condition, and further ones for texts that came up."""
    chance = random.Random(7)  # noqa: S311 - to try much, not to keep a secret
    sources = [{"id": name, "text": f"{name}?", **given} for name, given in SOURCES.items()]
    asked_for = [
        {"id": f"d{place}", "type": "text", "text": f"{place}?", "show-if": condition}
        for place, condition in enumerate(conditions(chance))
    ]
    chained = [
        {
            "id": f"e{place}",
            "type": "text",
            "text": "And?",
            "show-if": {"question": f"d{place}", "op": op, "value": value},
        }
        for place, (op, value) in enumerate([("answered", True), ("answered", False)] * 4)
    ]
    node = {"id": "all", "title": "All", "questions": sources + asked_for + chained}
    scales = {"steps": STEPS}
    whole = {"format": 1, "id": "many", "version": "1", "title": "Many", "scales": scales, "dimensions": [node]}
    return json.dumps(whole).encode()  # which is YAML, and repeats nothing by name


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The questionnaire, asked of one team and served by the real command."""
    filled = tmp_path_factory.mktemp("conditions") / "filled.sqlite"
    code = served.ask(filled, questionnaire())
    with served.served(tmp_path_factory.mktemp("site"), filled, code) as found:
        yield found


def test_the_script_and_the_server_ask_the_same(open_page: Opened, site: Site) -> None:
    known = load(questionnaire())
    chance = random.Random(11)  # noqa: S311 - as above
    forms = [{name: chance.choice(words) for name, words in OFFERED.items()} for _ in range(200)]
    forms = [form | {f"d{place}": chance.choice(["", "x"]) for place in range(8)} for form in forms]
    page = open_page()
    enter_by_link(page, site)
    page.goto("/form/1")
    found = page.evaluate(FILL_IN, forms)
    for form, shown in zip(forms, found, strict=True):
        answers = read_answers(known.questions, form, known).answers
        assert shown == [question.id for question in asked(known, answers)], form
    assert len({tuple(shown) for shown in found}) > 100
