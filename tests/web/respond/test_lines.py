"""Answers in words, as they are shown before they are sent."""

from typing import Any

from assessment.web.respond.lines import Line, all_lines
from tests.web.respond.given import EVERYTHING, PLAIN, form_of

ANSWERS: dict[str, Any] = {
    "shared": "na",
    "shared:links": ["https://example.org/a", "https://example.org/b"],
    "waiting": 2.5,
    "place": "mixed",
    "country": "dk",
    "tools": ["board", "list"],
    "members": {"number": 7},
    "days": {"number": 1.5},
    "hinders": {"text": "Meetings\nand more"},
    "releases": "no",
    "blocked": 1,
    "blocked:comment": "never asked for",
    "lesson": {"text": "hidden"},
}


def lines_of(content: str, answers: dict[str, Any]) -> dict[str, Line]:
    return {line.question.id: line for part in all_lines(form_of(content, answers, role="")) for line in part.lines}


def test_an_answer_is_a_label_a_word_or_what_was_typed() -> None:
    found = lines_of(EVERYTHING, ANSWERS)
    said = {name: [label.says("de", "en") for label in line.labels] for name, line in found.items() if line.labels}
    assert said == {
        "waiting": ["Manchmal"],
        "place": ["Die Hälfte in einem Raum"],
        "tools": ["Eine Tafel", "Eine Liste"],
        "blocked": ["Tief"],
    }
    words = {name: line.word for name, line in found.items() if line.word}
    assert words == {"shared": "na", "country": "dk", "releases": "no"}
    typed = {name: line.typed for name, line in found.items() if line.typed}
    assert typed == {"members": "7", "days": "1.5", "hinders": "Meetings\nand more"}
    assert found["members"].unit is not None


def test_only_what_is_asked_is_shown_in_order() -> None:
    found = list(lines_of(EVERYTHING, ANSWERS))
    assert found == [
        "shared", "waiting", "place", "country", "tools", "members", "days", "hinders",
        "releases", "blocked", "kept", "board-use", "together",
    ]  # fmt: skip


def test_what_the_form_cannot_be_sent_without_is_missing() -> None:
    missing = {name for name, line in lines_of(EVERYTHING, ANSWERS).items() if line.missing}
    assert missing == {"shared", "board-use", "together"}, "a reason counts as much as an answer"
    assert not lines_of(EVERYTHING, ANSWERS | {"shared:reason": "Not ours."})["shared"].missing
    plain = {"validate": 2, "a.b-1": "na", "go": {"text": "Meetings"}}
    assert [line.missing for line in lines_of(PLAIN, plain).values()] == [False, False, False, False]
    assert [line.missing for line in lines_of(PLAIN, {}).values()] == [True, True, True, False]


def test_what_was_said_beside_an_answer_is_shown() -> None:
    shared = lines_of(EVERYTHING, ANSWERS | {"shared:reason": "Not ours.", "shared:comment": "Look."})["shared"]
    assert (shared.reason, shared.comment) == ("Not ours.", "Look.")
    assert shared.links == ("https://example.org/a", "https://example.org/b")
