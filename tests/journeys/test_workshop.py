"""A team fills its form in together: a screen, three phones, and at the end one form."""

import json
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import pytest
from playwright.sync_api import Page, expect

from tests import served
from tests.journeys.conftest import LAPTOP, PHONE, Opened
from tests.journeys.test_accessibility import look_at
from tests.journeys.test_answering import enter_by_link
from tests.served import Site

QUESTIONNAIRE = b"""format: 1
id: together
version: "1"
title: How we work together
scales:
  steps:
    levels: [{value: 1, label: Not yet}, {value: 2, label: Sometimes}, {value: 3, label: Mostly},
             {value: 4, label: Always}]
dimensions:
  - id: flow
    title: Flow
    questions:
      - id: goals
        type: rating
        scale: steps
        text: Everybody can name the goals of this PI.
        required: true
        anchors: {1: Nobody could name one., 2: The product owner could., 3: Most of us could., 4: We wrote them.}
        evidence: {comment: true}
      - {id: demo, type: yes-no, text: We show what works every two weeks., required: true}
      - {id: people, type: number, text: How many people are on the team?}
"""
PEOPLE = 30
RETRY = 20_000  # what is told comes every two seconds; the machine may be busy


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the site keeps its data."""
    path = tmp_path / "served"
    path.mkdir()
    return path


@pytest.fixture
def site(folder: Path, tmp_path: Path) -> Iterator[Site]:
    """A round in which teams agree on one form."""
    with served.served(folder, *asked(tmp_path)) as found:
        yield found


def asked(folder: Path) -> tuple[Path, str]:
    path = folder / "filled.sqlite"
    return path, served.ask(path, QUESTIONNAIRE, mode="team")


@contextmanager
def rows_of(folder: Path) -> Iterator[Callable[[str], list[tuple[str, ...]]]]:
    """Read the site's database, as somebody could who has the file."""
    with closing(sqlite3.connect(folder / "assessment.sqlite")) as connection:
        yield lambda statement: connection.execute(statement).fetchall()


def opened_room(open_page: Opened, site: Site, **options: object) -> Page:
    """Open the team's room on a laptop."""
    page = open_page(viewport=LAPTOP, **options)
    enter_by_link(page, site)
    page.get_by_role("link", name="Fill it in together").click()
    page.get_by_role("button", name="Open the room").click()
    expect(page.get_by_role("heading", name="Everybody can name")).to_be_visible()
    return page


def join(phone: Page, screen: Page) -> Page:
    """Follow the QR code, which leads to the address with the code behind a number sign."""
    phone.goto(f"/vote#{screen.locator('.room-code').last.inner_text()}")
    phone.get_by_role("button", name="Join").click()
    expect(phone.get_by_role("button", name="Vote", exact=True)).to_be_visible()
    assert "#" not in phone.url
    return phone


def vote(phone: Page, label: str) -> None:
    phone.locator(".level label", has_text=label).click()
    phone.get_by_role("button", name=re.compile("^(Vote|Change my vote)$")).click()
    expect(phone.locator(".saved")).to_contain_text("Your vote is in")


def test_a_team_votes_reveals_agrees_and_sends_one_form(open_page: Opened, site: Site, folder: Path) -> None:
    screen = opened_room(open_page, site)
    phones = [join(open_page(viewport=PHONE), screen) for _ in range(3)]
    reveal = screen.get_by_role("button", name="Reveal")
    expect(reveal).to_be_disabled()
    for number, (phone, label) in enumerate(zip(phones, ("Not yet", "Not yet", "Always"), strict=True), 1):
        expect(reveal).to_be_disabled()
        vote(phone, label)
        told = "1 vote is in" if number == 1 else f"{number} votes are in"
        expect(screen.locator("[data-votes]")).to_have_text(told, timeout=RETRY)
    expect(reveal).to_be_enabled()
    assert screen.locator("table").count() == 0
    reveal.click()
    table = screen.locator("table")
    expect(table.locator("tbody tr").nth(0)).to_contain_text(re.compile("Not yet.*Nobody could name one.*2", re.DOTALL))
    expect(table).not_to_contain_text("The product owner could.")
    expect(phones[0].get_by_role("heading", name="The votes are revealed")).to_be_visible(timeout=RETRY)
    agreeing = screen.locator(".agreeing")
    agreeing.locator(".level label", has_text="Sometimes").click()
    agreeing.locator("summary").click()
    agreeing.get_by_label("Comment").fill("Only in planning.")
    screen.get_by_role("button", name="Record, and on").click()
    expect(screen.get_by_role("heading", name="We show what works")).to_be_visible()
    for phone in phones:
        expect(phone.get_by_text("We show what works").first).to_be_visible(timeout=RETRY)
        vote(phone, "Yes")
    expect(reveal).to_be_enabled(timeout=RETRY)
    reveal.click()
    agreeing.locator(".level label", has_text="Yes").click()
    screen.get_by_role("button", name="Record", exact=True).click()
    screen.get_by_role("link", name="Check and send").click()
    answers = screen.locator(".answers")
    expect(answers).to_contain_text("Sometimes")
    expect(answers).to_contain_text("Only in planning.")
    screen.get_by_role("button", name="Send the team’s answers").click()
    screen.get_by_role("link", name="How you voted").click()
    expect(screen.locator(".agreed-on").first).to_contain_text("Sometimes")
    expect(phones[0].locator(".lede", has_text="has ended")).to_be_visible(timeout=RETRY)
    with rows_of(folder) as rows:
        ((form,),) = rows("SELECT answers FROM submission")
        assert json.loads(form) == {"goals": 2, "goals:comment": "Only in planning.", "demo": "yes"}
        votes: Sequence[tuple[str, ...]] = rows("SELECT question, word FROM vote ORDER BY question, word")
    assert votes == [("demo", "yes")] * 3 + [("goals", "1")] * 2 + [("goals", "4")]


def test_without_scripts_one_looks_again(open_page: Opened, site: Site) -> None:
    screen = open_page(viewport=LAPTOP, java_script_enabled=False)
    screen.goto("/")
    screen.get_by_label("code").fill(site.team_code)
    screen.get_by_role("button", name="Start").click()
    screen.get_by_role("link", name="Fill it in together").click()
    screen.get_by_role("button", name="Open the room").click()
    code = screen.locator(".room-code").last.inner_text()
    for _ in range(3):
        phone = open_page(viewport=PHONE, java_script_enabled=False)
        phone.goto("/vote")
        phone.get_by_label("code").fill(code)
        phone.get_by_role("button", name="Join").click()
        vote(phone, "Mostly")
    expect(screen.get_by_role("button", name="Reveal")).to_be_disabled()
    screen.get_by_role("link", name="Look again").click()
    expect(screen.locator("[data-votes]")).to_have_text("3 votes are in")
    screen.get_by_role("button", name="Reveal").click()
    expect(screen.locator("table")).to_contain_text("Most of us could.")


def test_what_a_facilitator_typed_stays_when_another_moves_on(open_page: Opened, site: Site) -> None:
    screen = opened_room(open_page, site)
    phones = [join(open_page(viewport=PHONE), screen) for _ in range(3)]
    for phone in phones:
        vote(phone, "Always")
    expect(screen.get_by_role("button", name="Reveal")).to_be_enabled(timeout=RETRY)
    screen.get_by_role("button", name="Reveal").click()
    screen.locator(".agreeing summary").click()
    comment = screen.get_by_label("Comment")
    comment.fill("Half a sentence")
    other = open_page(viewport=LAPTOP)
    enter_by_link(other, site)
    other.goto("/facilitate")
    other.get_by_role("button", name="Next question", exact=True).click()
    expect(screen.get_by_text("has moved the room on")).to_be_visible(timeout=RETRY)
    expect(comment).to_have_value("Half a sentence")
    expect(comment).to_be_focused()
    screen.locator(".agreeing .level label").first.click()
    screen.get_by_role("button", name="Record", exact=True).click()
    expect(screen.get_by_role("heading", name="We show what works")).to_be_visible()
    screen.goto("/form/check")
    expect(screen.locator(".answers")).to_contain_text("Half a sentence")


def test_more_votes_than_people_are_pointed_out_as_they_come_in(open_page: Opened, site: Site, folder: Path) -> None:
    with closing(sqlite3.connect(folder / "assessment.sqlite")) as connection, connection:
        connection.execute("UPDATE roster_entry SET headcount = 1")
    screen = opened_room(open_page, site)
    warning = screen.get_by_text("More votes came in")
    for number in (1, 2):  # the same person, in a private window
        expect(warning).to_be_hidden()
        vote(join(open_page(viewport=PHONE), screen), "Always")
        expect(screen.locator("[data-votes]")).to_contain_text(str(number), timeout=RETRY)
    expect(warning).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_finding(open_page: Opened, site: Site, scheme: Literal["light", "dark"]) -> None:
    screen = open_page(viewport=LAPTOP, color_scheme=scheme, bypass_csp=True)
    phone = open_page(viewport=PHONE, color_scheme=scheme, bypass_csp=True)
    enter_by_link(screen, site)
    in_both(screen, "/facilitate")
    screen.get_by_role("button", name="Open the room").click()
    in_both(screen)
    in_both(phone, "/vote")
    phone.get_by_role("button", name="Join").click()
    in_both(phone)  # with an error
    join(phone, screen)
    in_both(phone)
    phone.get_by_role("button", name="Vote", exact=True).click()
    in_both(phone)  # with an error
    vote(phone, "Always")
    in_both(phone)
    for _ in range(2):
        vote(join(open_page(), screen), "Not yet")
    screen.reload()
    screen.get_by_role("button", name="Reveal").click()
    screen.locator("details:not(.evidence) summary").click()
    in_both(screen)
    screen.get_by_role("button", name="Record", exact=True).click()
    in_both(screen)  # with an error
    in_both(phone, "/vote")
    screen.locator(".agreeing .level label").first.click()
    screen.get_by_role("button", name="Record", exact=True).click()
    screen.goto("/form/1")
    screen.locator("#q-demo .level label").first.click()
    screen.locator("button[name=go][value=next]").click()
    screen.get_by_role("button", name="Send").click()
    in_both(screen)  # the receipt
    screen.get_by_role("link", name="/results#").click()
    screen.get_by_role("button", name="Show the results").click()
    expect(screen.get_by_text("3 people voted")).to_be_visible()
    in_both(screen)
    in_both(screen, "/facilitate")
    in_both(phone, "/vote")


@dataclass
class Somebody:
    """A browser without a screen: cookies, and the token of the page seen last."""

    url: str
    browser: OpenerDirector = field(default_factory=lambda: build_opener(HTTPCookieProcessor()))
    token: str = ""

    def get(self, path: str) -> str:
        """Open a page."""
        with self.browser.open(f"{self.url}{path}", timeout=60) as answer:
            return self._seen(answer.read().decode())

    def post(self, path: str, **given: str) -> str:
        """Send a form, and follow where it leads."""
        fields = urlencode({"csrf_token": self.token, **given}).encode()
        with self.browser.open(f"{self.url}{path}", fields, timeout=60) as answer:
            return self._seen(answer.read().decode())

    def _seen(self, page: str) -> str:
        found = re.search(r'name="csrf_token" value="([^"]+)"', page)
        self.token = found[1] if found else self.token
        return page


def test_thirty_phones_vote_at_once(site: Site) -> None:
    desk = Somebody(site.url)
    desk.get("/")
    desk.post("/", code=site.team_code)
    desk.get("/facilitate")
    room = re.findall(r'class="room-code">([^<]+)<', desk.post("/facilitate"))[-1]

    def comes_and_votes(number: int) -> str:
        phone = Somebody(site.url)
        phone.get("/vote")
        phone.post("/vote/join", code=room)
        told = phone.post("/vote", **{"question": "goals", "a-goals": str(number % 4 + 1)})
        assert "Your vote is in" in told
        return "".join(phone.get("/vote/events") for _ in range(3))

    with ThreadPoolExecutor(PEOPLE) as all_at_once:
        events = list(all_at_once.map(comes_and_votes, range(PEOPLE)))
    assert all(event.count('"stage": 0') == 3 for event in events)
    assert f'"votes": {PEOPLE}' in desk.get("/facilitate/events")
    assert f"{PEOPLE} people voted" in desk.post("/facilitate/reveal", question="goals")


def in_both(page: Page, address: str | None = None) -> None:
    """Look at a page on a phone and on a laptop."""
    before = page.viewport_size
    if address is not None:
        page.goto(address)
    for screen in (PHONE, LAPTOP):
        page.set_viewport_size(screen)  # type: ignore[arg-type]
        look_at(page)
    if before:
        page.set_viewport_size(before)
