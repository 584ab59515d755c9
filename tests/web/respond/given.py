"""What the tests of the respondents' pages begin with: awkward questionnaires, a round, somebody with a browser."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from assessment.store.database import Database

PLAIN = """
format: 1
id: plain
version: "1"
title: How we work
introduction: Think of the last *three* iterations.
scales:
  steps:
    levels: [{value: 1, label: Low}, {value: 2, label: Middle}, {value: 3, label: High}]
dimensions:
  - id: first
    title: Working together
    questions:
      - {id: validate, type: rating, scale: steps, text: We check., required: true, help: Any check counts.}
      - {id: a.b-1, type: rating, scale: steps, text: We share., required: true, anchors: {1: Alone., 3: Together.}}
  - id: second
    title: Words
    questions:
      - {id: go, type: text, text: What hinders you?, required: true}
      - {id: code, type: text, text: Anything else?, help: Only if you like.}
"""

# Everything a file may say that a page must not believe; ids that could pass for parts of the form.
AWKWARD = r"""
format: 1
id: awkward
version: "1"
title: "<b>Titel</b> & \"mehr\""
languages: [de, ar]
introduction: "*Hallo* <script>alert(1)</script>"
scales:
  odd:
    levels:
      - {value: -1, label: {de: "\"><script>alert(1)</script>", ar: منخفض}}
      - {value: 0.5, label: "{{ 7 * 7 }}"}
      - {value: 1000000, label: "höchste"}
  many:
    levels: [{value: 0, label: "0"}, {value: 1, label: "1"}, {value: 2, label: "2"}, {value: 3, label: "3"},
             {value: 4, label: "4"}, {value: 5, label: "5"}, {value: 6, label: "6"}, {value: 7, label: "7"}]
dimensions:
  - id: top
    title: Oben & <unten>
    help: "Hilfe > Teil"
    dimensions:
      - id: middle
        title: Mitte
        dimensions:
          - id: leaf
            title: Blatt
            help: Hilfe zum Blatt
            questions:
              - {id: validate, type: rating, scale: odd, text: "<i>Frage</i>", help: "'\"<b>", required: true,
                 anchors: {-1: "Unten \"so\" <hr>"}}
              - {id: csrf.token, type: rating, scale: odd, text: Zwei, not-applicable: false, dont-know: false}
      - id: side
        title: Seite
        questions:
          - {id: Go, type: rating, scale: many, text: Drei, not-applicable: false, required: true}
          - {id: code-1, type: text, text: Vier, help: Kurz}
  - id: last
    title: Ende
    questions:
      - {id: page, type: text, text: Sonst noch?}
"""


FIRST = {"a-validate": "2", "a-a.b-1": "dk"}
SECOND = {"a-go": "Too much\r\nat once."}


def title(response: TestResponse) -> str:
    """Give a page's title."""
    found = re.search(r"<title>(.*?)</title>", response.text)
    assert found
    return found[1]


@dataclass(slots=True)
class Respondent:
    """Somebody with a browser: remembers the token of the page last seen, as the browser's form does."""

    client: FlaskClient
    seen: TestResponse | None = None
    token: str = ""

    def get(self, address: str) -> TestResponse:
        """Open a page."""
        return self._look(self.client.get(address))

    def post(
        self, address: str, given: Mapping[str, str | list[str]] | None = None, *, token: bool = True
    ) -> TestResponse:
        """Send a form with what was given, and the token of the page seen last."""
        fields = {"csrf_token": self.token if token else "", **(given or {})}
        return self._look(self.client.post(address, data=fields))

    def enter(self, code: str, **carried: str) -> TestResponse:
        """Enter a code on the first page."""
        self.get("/")
        return self.post("/", {"code": code, **carried})

    def follow(self) -> TestResponse:
        """Go where the last answer pointed."""
        assert self.seen is not None
        assert self.seen.status_code == 303
        return self.get(self.seen.location)

    @property
    def words(self) -> str:
        """What the page seen last says, without its tags."""
        assert self.seen is not None
        inside = self.seen.text.partition("<main")[2].partition(">")[2].partition("</main>")[0]
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", inside)).split())

    def hidden(self) -> dict[str, str]:
        """Give the hidden fields of the page seen last."""
        assert self.seen is not None
        found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', self.seen.text)
        return {name: unescape(value) for name, value in found}

    def chosen(self) -> set[str]:
        """Give the ids of the controls that are chosen on the page seen last."""
        assert self.seen is not None
        return set(re.findall(r'id="([^"]+)" value="[^"]*"[^>]* checked>', self.seen.text))

    def _look(self, response: TestResponse) -> TestResponse:
        self.seen = response
        token = re.search(r'name="csrf_token" value="([^"]+)"', response.text)
        self.token = token[1] if token else self.token
        return response


@dataclass(frozen=True, slots=True)
class Place:
    """A served round: the application, its database, the codes of the first team."""

    app: Flask
    database: Database
    codes: tuple[str, ...]

    def somebody(self) -> Respondent:
        """Give somebody with a browser of their own."""
        return Respondent(self.app.test_client())
