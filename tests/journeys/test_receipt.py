"""The receipt: shown once with what was sent, printed, and nothing of it left for whoever takes the phone next."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests import served
from tests.journeys.conftest import LAPTOP, PHONE, Opened
from tests.served import Site

QUESTIONNAIRE = b"""format: 1
id: sent
version: "1"
title: How we work together
scales:
  steps:
    levels: [{value: 1, label: Not yet}, {value: 2, label: Sometimes}, {value: 3, label: Always}]
dimensions:
  - id: flow
    title: Flow
    questions:
      - {id: goals, type: rating, scale: steps, text: Everybody can name the goals of this PI.}
      - {id: demo, type: yes-no, text: We show what works every two weeks.}
      - {id: why, type: text, text: What hinders you?}
"""
WORDS = "Too much at once, and too late."


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A round on a link that a team shares."""
    path = tmp_path / "filled.sqlite"
    folder = tmp_path / "served"
    folder.mkdir()
    with served.served(folder, path, served.ask(path, QUESTIONNAIRE)) as found:
        yield found


def sent(page: Page, site: Site) -> str:
    """Answer and send, and give the reference."""
    page.goto("/")
    page.get_by_label("code").fill(site.team_code)
    page.get_by_role("button", name="Start").click()
    page.goto("/form/1")
    page.locator(".level label", has_text="Sometimes").click()
    page.locator("#q-why .input").fill(WORDS)
    page.locator("button[name=go][value=next]").click()
    page.get_by_role("button", name="Send my answers").click()
    expect(page).to_have_url(re.compile("/form/receipt$"))
    expect(page.get_by_text(WORDS)).to_be_visible()
    return page.locator(".reference").inner_text()


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_whoever_takes_the_phone_next_finds_no_answers(open_page: Opened, site: Site, *, script: bool) -> None:
    page = open_page(viewport=PHONE, java_script_enabled=script)
    reference = sent(page, site)
    expect(page.get_by_role("button", name="Print this page")).to_be_visible(visible=script)
    page.go_back()
    expect(page.locator(".reference")).to_have_text(reference)
    expect(page.get_by_text(WORDS)).to_have_count(0)
    page.goto("/form/receipt")
    expect(page.get_by_text("were shown once")).to_be_visible()
    page.get_by_role("button", name="Let someone else").click()
    expect(page.get_by_label("code")).to_have_value("")
    expect(page.get_by_role("link", name="Go on with the form")).to_have_count(0)
    for _ in range(4):
        page.go_back()
        expect(page.get_by_text(WORDS)).to_have_count(0)


def test_going_back_from_the_next_persons_start_finds_no_answers(open_page: Opened, site: Site) -> None:
    page = open_page(viewport=PHONE)
    sent(page, site)
    page.get_by_role("button", name="Let someone else").click()
    page.go_back()
    expect(page.get_by_text(WORDS)).to_have_count(0)


def test_printed_it_has_the_reference_and_the_answers_and_no_buttons(open_page: Opened, site: Site) -> None:
    page = open_page(viewport=LAPTOP)
    reference = sent(page, site)
    reader = PdfReader(io.BytesIO(page.pdf(format="A4")))
    assert len(reader.pages) == 1
    words = " ".join(reader.pages[0].extract_text().split())
    for said in (reference, "Everybody can name the goals of this PI.", "Sometimes", "Left blank", WORDS):
        assert said in words
    assert words.count("Print this page") == 1, "the sentence, not the button"
    for button in ("Let someone else", "this once", "Skip to"):
        assert button not in words
