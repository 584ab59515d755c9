"""Somebody who fills in a questionnaire, whatever it asks, by what stands in the pages and nothing else.

The walker knows HTML: forms with their fields, the first button of each, links. It enters a code, goes page by page,
checks, sends, and reads the receipt, as a person without JavaScript does.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

Choose = Callable[[Sequence[str]], str]  # which of the words offered for a question; "" for none

MOST_STEPS = 200
WAYS_OUT = ("na", "dk")


def lowest(words: Sequence[str]) -> str:
    """Choose the lowest level."""
    return _levels(words)[0]


def highest(words: Sequence[str]) -> str:
    """Choose the highest level."""
    return _levels(words)[-1]


def does_not_apply(words: Sequence[str]) -> str:
    """Choose that it does not apply, where that is offered; else the lowest level."""
    return "na" if "na" in words else lowest(words)


def by_chance(seed: int) -> Choose:
    """Choose anything that is offered, the same for the same seed."""
    return random.Random(seed).choice  # noqa: S311 - to try much, not to keep a secret


@dataclass(slots=True)
class Form:
    """A form of a page: what it would send as it stands, what its radio buttons and text fields offer."""

    method: str
    action: str
    fields: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class Page(HTMLParser):
    """What a walker sees of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.title = self.reference = ""
        self._links: list[str] = []
        self._reading = ""

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

    def handle_data(self, data: str) -> None:
        """Read a text."""
        if self._reading == "title":
            self.title += data.strip()
        elif self._reading == "reference":
            self.reference += data.strip()
        elif self._reading:
            self.forms[-1].fields[self._reading] += data

    def _control(self, tag: str, given: dict[str, str]) -> None:
        form, name, kind = self.forms[-1], given.get("name", ""), given.get("type", "text")
        if tag == "button":
            form.buttons.append((name, given.get("value", "")))
        elif tag == "textarea":
            form.texts.append(name)
            form.fields[name] = ""
            self._reading = name
        elif tag == "input" and kind == "radio":
            form.choices.setdefault(name, []).append(given["value"])
            if "checked" in given:
                form.fields[name] = given["value"]
        elif tag == "input":
            form.fields[name] = given.get("value", "")


@dataclass(slots=True)
class Walker:
    """Somebody with a browser; `answers` are the words they gave, by the question's id."""

    client: FlaskClient
    choose: Choose
    words: str = "Because."
    answers: dict[str, str] = field(default_factory=dict)
    address: str = "/"
    page: Page = field(default_factory=Page)

    def walk(self, code: str) -> str:
        """Fill in the form that a code opens and give the receipt's reference."""
        self._open("/")
        self._send(self._form_with("code"), {"code": code})
        for _ in range(MOST_STEPS):
            if self.page.reference:
                return self.page.reference
            self._step()
        raise AssertionError(f"no receipt after {MOST_STEPS} steps; the last page was {self.address}")

    def _step(self) -> None:
        asking = [form for form in self.page.forms if form.choices or form.texts]
        if asking:
            self._answer(asking[0])
        elif here := [form for form in self.page.forms if self._leads_to(form.action) == self._path()]:
            self._send(here[0], {})  # the check before sending
        else:
            self._open(self.page.next_address)

    def _answer(self, form: Form) -> None:
        given = {name: self.choose(words) for name, words in form.choices.items()}
        given |= dict.fromkeys(form.texts, self.words)
        self.answers |= {name.removeprefix("a-"): word for name, word in given.items()}
        self._send(form, {name: word for name, word in given.items() if word})

    def _form_with(self, name: str) -> Form:
        return next(form for form in self.page.forms if name in form.fields or name in form.texts)

    def _send(self, form: Form, given: dict[str, str]) -> None:
        assert form.method == "post"
        pressed = dict(form.buttons[:1]) if form.buttons[0][0] else {}
        before = self.address
        self._look(
            self.client.post(self._leads_to(form.action), data=form.fields | given | pressed, follow_redirects=True)
        )
        assert self.address != before, f"{before} did not lead on"

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


def _levels(words: Sequence[str]) -> list[str]:
    return [word for word in words if word not in WAYS_OUT]
