"""Somebody who fills in a questionnaire, whatever it asks, by what stands in the pages and nothing else.

The walker knows HTML: forms with their fields, fieldsets that are hidden, the first button of each form, links. It
enters a code, says its role where it is asked, goes page by page, comes back to what its answers brought up, checks,
sends, and reads the receipt, as a person without JavaScript does.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

Choose = Callable[[Sequence[str]], str]  # which of the words offered for a question; "" for none

MOST_STEPS = 400
WAYS_OUT = ("na", "dk")
ROLE = "role"
LINK = "https://example.org/what-shows-it"


def lowest(words: Sequence[str]) -> str:
    """Choose the lowest level, the first option, the smallest number."""
    return _answers(words)[0]


def highest(words: Sequence[str]) -> str:
    """Choose the highest level, the last option, the largest number."""
    return _answers(words)[-1]


def does_not_apply(words: Sequence[str]) -> str:
    """Choose that it does not apply, where that is offered; else the lowest level."""
    return "na" if "na" in words else lowest(words)


def by_chance(seed: int) -> Choose:
    """Choose anything that is offered, the same for the same seed."""
    return random.Random(seed).choice  # noqa: S311 - to try much, not to keep a secret


@dataclass(slots=True)
class Question:
    """A question of a page: what kind it is, whether it is hidden, what its fields are and offer."""

    id: str
    kind: str
    hidden: bool
    limits: dict[str, str]
    offered: list[str] = field(default_factory=list)
    ways: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)

    def words(self, typed: str) -> list[str]:
        """Give the words it can be answered with, lowest first."""
        match self.kind:
            case "number":
                return [*self._numbers(), *self.ways]
            case "text":
                return [typed, *self.ways]
            case "multiple":
                return [*self._several(), *self.ways]
        return self.offered

    def fields(self, word: str) -> list[tuple[str, str]]:
        """Give the fields that an answer is sent in."""
        if not word:
            return []
        if word in self.ways:
            return [(f"a-{self.id}:way", word)]
        return [(f"a-{self.id}", one) for one in (word.split(" ") if self.kind == "multiple" else [word])]

    def _numbers(self) -> list[str]:
        least, most = (self.limits.get(name) for name in ("data-least", "data-most"))
        low = float(least) if least else (float(most) - 7 if most else 0)
        high = float(most) if most else low + 7
        inner = (low + high) // 2 if "data-whole" in self.limits else (low + high) / 2
        return [f"{number:.10g}" for number in (low, inner, high)]

    def _several(self) -> list[str]:
        least = max(int(self.limits["data-least"]), 1)
        most = min(int(self.limits.get("data-most", len(self.offered))), len(self.offered))
        sets = [self.offered[start : start + size] for size in (least, most) for start in range(len(self.offered))]
        return [" ".join(chosen) for chosen in sets if least <= len(chosen) <= most]


@dataclass(slots=True)
class Form:
    """A form of a page: what it would send as it stands, the questions in it, its buttons."""

    method: str
    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    questions: dict[str, Question] = field(default_factory=dict)
    roles: list[str] = field(default_factory=list)
    said_role: bool = False
    buttons: list[tuple[str, str]] = field(default_factory=list)


class Page(HTMLParser):
    """What a walker sees of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.title = self.reference = ""
        self._links: list[str] = []
        self._reading = ""
        self._question: Question | None = None

    @property
    def next_address(self) -> str:
        """Where the page's first button-like link leads."""
        assert self._links, "the page leads nowhere"
        return self._links[0]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """See an element begin."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(given.get("method", "get").lower(), given.get("action", "")))
        elif tag == "fieldset" and "data-type" in given:
            name = given["id"].removeprefix("q-")
            self._question = Question(name, given["data-type"], "hidden" in given, given)
            self.forms[-1].questions[name] = self._question
        elif tag == "a" and "button" in given.get("class", "").split():
            self._links.append(given["href"])
        elif tag == "title" or "reference" in given.get("class", "").split():
            self._reading = "title" if tag == "title" else "reference"
        elif self.forms:
            self._control(tag, given)

    def handle_endtag(self, tag: str) -> None:
        """See an element end."""
        if tag in {"title", "span", "textarea"}:
            self._reading = ""
        elif tag == "fieldset":
            self._question = None

    def handle_data(self, data: str) -> None:
        """Read a text."""
        if self._reading == "title":
            self.title += data.strip()
        elif self._reading == "reference":
            self.reference += data.strip()
        elif self._reading:
            name, typed = self.forms[-1].fields.pop()
            self.forms[-1].fields.append((name, (typed + data).removeprefix("\n")))

    def _control(self, tag: str, given: dict[str, str]) -> None:
        if "form" in given:
            return  # in the header, to change the language
        form, name, kind = self.forms[-1], given.get("name", ""), given.get("type", "text")
        if tag == "button":
            form.buttons.append((name, given.get("value", "")))
        elif tag == "textarea":
            form.fields.append((name, ""))
            self._reading = name
        elif tag == "input" and kind in {"radio", "checkbox"}:
            self._box(form, name, given)
        elif tag == "input":
            form.fields.append((name, given.get("value", "")))
        if self._question and tag in {"input", "textarea"} and name.partition(":")[2] not in {"", "way"}:
            self._question.beside.append(name.partition(":")[2])

    def _box(self, form: Form, name: str, given: dict[str, str]) -> None:
        value = given["value"]
        if name == ROLE:
            form.roles.append(value)
            form.said_role |= "checked" in given
        elif self._question:
            (self._question.ways if name.endswith(":way") else self._question.offered).append(value)
        if "checked" in given:
            form.fields.append((name, value))


@dataclass(slots=True)
class Walker:
    """Somebody with a browser.

    `given` are words they have made up their mind about, by the question's id, and `role` their role; anything else is
    left to `choose`. `answers` are the words they gave to what they were asked, `beside` what they said beside them.
    """

    client: FlaskClient
    choose: Choose
    words: str = "Because."
    given: Mapping[str, str] = field(default_factory=dict)
    role: str | None = None
    answers: dict[str, str] = field(default_factory=dict)
    beside: dict[str, str] = field(default_factory=dict)
    address: str = "/"
    page: Page = field(default_factory=Page)
    _said_role: bool = False

    def walk(self, code: str) -> str:
        """Fill in the form that a code opens and give the receipt's reference."""
        self._open("/")
        self._send(self._form_with("code"), [("code", code)])
        for _ in range(MOST_STEPS):
            if self.page.reference:
                return self.page.reference
            self._step()
        raise AssertionError(f"no receipt after {MOST_STEPS} steps; the last page was {self.address}")

    def _step(self) -> None:
        asking = [form for form in self.page.forms if form.questions]
        of_role = [form for form in self.page.forms if form.roles]
        if asking:
            self._answer(asking[0])
        elif of_role and not self._said_role:
            self._say_role(of_role[0])
        elif here := [form for form in self.page.forms if self._leads_to(form.action) == self._path()]:
            self._send(here[0], [])  # the check before sending
        else:
            self._open(self.page.next_address)

    def _say_role(self, form: Form) -> None:
        self.role = self.choose(form.roles) if self.role is None else self.role
        self._said_role = True
        self._send(form, [(ROLE, self.role)])
        assert not [one for one in self.page.forms if one.roles and not one.said_role], "the role was not taken"

    def _answer(self, form: Form) -> None:
        """Answer what is asked and was not answered yet; what is hidden is sent as it stands."""
        asked = [one for one in form.questions.values() if not one.hidden and one.id not in self.answers]
        fields: list[tuple[str, str]] = []
        for question in asked:
            word = self.given[question.id] if question.id in self.given else self.choose(question.words(self.words))
            self.answers[question.id] = word
            fields += question.fields(word) + self._beside(question, word)
        self._send(form, fields, instead_of={question.id for question in asked})

    def _beside(self, question: Question, word: str) -> list[tuple[str, str]]:
        said: dict[str, str] = {}
        for name in question.beside:
            if name == "reason":
                said |= {name: "It is not ours."} if word == "na" else {}
            elif self.choose(["", "said"]):
                said[name] = LINK if name == "links" else self.words
        self.beside |= {f"{question.id}:{name}": words for name, words in said.items()}
        return [(f"a-{question.id}:{name}", words) for name, words in said.items()]

    def _form_with(self, name: str) -> Form:
        return next(form for form in self.page.forms if name in dict(form.fields))

    def _send(self, form: Form, given: Sequence[tuple[str, str]], instead_of: set[str] | None = None) -> None:
        assert form.method == "post"
        pressed = form.buttons[:1] if form.buttons[0][0] else []
        replaced = {name for name, _ in given}
        stays = [
            (name, value)
            for name, value in form.fields
            if name not in replaced and name.removeprefix("a-").partition(":")[0] not in (instead_of or ())
        ]
        before = self.address
        data = MultiDict([*stays, *given, *pressed])
        self._look(self.client.post(self._leads_to(form.action), data=data, follow_redirects=True))
        assert self.address != before or ROLE in replaced or self._unanswered(), f"{before} did not lead on"

    def _unanswered(self) -> bool:
        """Whether the page asks something that was not answered yet."""
        questions = [one for form in self.page.forms for one in form.questions.values()]
        return any(not one.hidden and one.id not in self.answers for one in questions)

    def _open(self, address: str) -> None:
        self._look(self.client.get(urljoin(self.address, address), follow_redirects=True))

    def _look(self, response: TestResponse) -> None:
        assert response.status_code == 200, f"{response.request.path}: {response.status}"
        self.address = response.request.path
        self.page = Page()
        self.page.feed(response.text)
        self.page.close()
        assert not self.page.title.startswith("Error"), self.page.title

    def _path(self) -> str:
        return urlsplit(self.address).path

    def _leads_to(self, action: str) -> str:
        return urlsplit(urljoin(self.address, action or self.address)).path


def _answers(words: Sequence[str]) -> list[str]:
    return [word for word in words if word not in WAYS_OUT]
