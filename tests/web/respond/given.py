"""What the tests of the respondents' pages begin with: awkward questionnaires, a round, somebody with a browser."""

import re
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from assessment.questionnaire.check import load
from assessment.services.answering import Form
from assessment.store import queries
from assessment.store.database import Database
from assessment.store.records import RosterEntry, RoundRecord

EVERYTHING = (Path(__file__).parents[2] / "questionnaires" / "valid" / "everything.yaml").read_text("utf-8")

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


# What is needed of the first two parts of everything.yaml.
TYPES: dict[str, str | list[str]] = {
    "a-shared": "3",
    "a-waiting": "2.5",
    "a-place": "mixed",
    "a-tools": ["chart", "list"],
    "a-members": "7",
}
CHAIN: dict[str, str | list[str]] = {"a-releases": "yes", "a-often": "1"}

FIRST = {"a-validate": "2", "a-a.b-1": "dk"}
SECOND = {"a-go": "Too much\r\nat once."}


def form_of(
    content: str, answers: Mapping[str, Any] | None = None, *, role: str | None = None, mode: str = "codes"
) -> Form:
    """Give a form as the services would, without a database."""
    round_ = RoundRecord(
        1, "pi-1", "PI <1>", 1, "x", "1", "", mode, 5, datetime(2026, 3, 2, tzinfo=UTC), None, None, None
    )
    entry = RosterEntry("falcon", '"Falcon" & Co', "team", (), 7, id=1, round_id=1)
    return Form(round_, "open", entry, load(content.encode()), dict(answers or {}), None, shared=False, role=role)


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

    @property
    def language(self) -> str:
        """The language of the page seen last."""
        assert self.seen is not None
        found = re.search(r'<html lang="([^"]+)"', self.seen.text)
        assert found
        return found[1]

    def hidden(self) -> dict[str, str]:
        """Give the hidden fields of the page seen last."""
        assert self.seen is not None
        found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', self.seen.text)
        return {name: unescape(value) for name, value in found}

    def chosen(self) -> set[str]:
        """Give the ids of the controls that are chosen on the page seen last."""
        assert self.seen is not None
        return set(re.findall(r'id="([^"]+)" value="[^"]*"[^>]* checked>', self.seen.text))

    def asked(self) -> list[str]:
        """Give the questions that the page seen last shows, by their ids."""
        assert self.seen is not None
        found = re.findall(r'<fieldset class="question[^"]*" id="q-([^"]+)" data-type([^>]*)>', self.seen.text)
        return [name for name, rest in found if " hidden" not in rest]

    def _look(self, response: TestResponse) -> TestResponse:
        self.seen = response
        if response.mimetype != "text/html":
            return response
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

    def in_role(self, role: str) -> Respondent:
        """Give somebody who has entered the first code and said in which role they answer; `""` is none of them."""
        who = self.somebody()
        who.enter(self.codes[0])
        who.follow()
        who.post("/form/role", {"role": role})
        return who

    def submitted(self) -> list[dict[str, Any]]:
        """Give the forms that came in."""
        with self.database.reading() as session:
            round_ = queries.round_by_code(session, "pi-1")
            assert round_ is not None
            return [dict(form.answers) for form in queries.submissions(session, round_.id)]

    def contents(self) -> str:
        """Give everything that the database holds."""
        with closing(sqlite3.connect(Path(self.database.url.removeprefix("sqlite:///")))) as connection:
            return "\n".join(connection.iterdump())
