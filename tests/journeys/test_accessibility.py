"""Every page, looked at by axe: on a phone and a laptop, in the light and in the dark; none wider than its screen."""

from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from assessment.services import team_results
from assessment.store.database import Database
from tests import served
from tests.journeys.conftest import LAPTOP, PHONE, Opened
from tests.journeys.test_answering import PAGES, answer_page, enter_by_link, go_on
from tests.journeys.test_lace import sign_in
from tests.served import Site

NARROW = {"width": 320, "height": 640}
LOOKS = [(PHONE, "light"), (PHONE, "dark"), (LAPTOP, "light"), (LAPTOP, "dark"), (NARROW, "light")]


def results_code(filled: Path, code: str) -> str:
    """Give the code of the link to a team's own results."""
    links = team_results.links_of(Database(f"sqlite:///{filled}"), code, "", served.SECRET)
    return links[2].url.partition("#")[2]


def look_at(page: Page, address: str | None = None) -> None:
    """Open an address and let axe judge it; the page must fit its screen."""
    if address is not None:
        page.goto(address)
    found = Axe().run(page)
    assert found.violations_count == 0, f"{page.url}: {found.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{page.url} is too wide"


def send(page: Page) -> None:
    """Answer what is still open, and send the form."""
    for number in range(1, PAGES + 1):
        page.goto(f"/form/{number}")
        answer_page(page, 3)
        go_on(page)
    page.get_by_role("button", name="Send my answers").click()
    expect(page.locator(".answers-sent").first).to_be_visible()


@pytest.mark.parametrize(
    ("screen", "scheme"), LOOKS, ids=lambda look: look if isinstance(look, str) else str(look["width"])
)
def test_no_page_has_a_finding(
    open_page: Opened, site: Site, filled: tuple[Path, str], screen: dict[str, int], scheme: Literal["light", "dark"]
) -> None:
    page = open_page(viewport=screen, color_scheme=scheme, bypass_csp=True)  # axe styles what it looks at
    look_at(page, "/")
    enter_by_link(page, site)
    look_at(page)
    look_at(page, "/form/1")
    page.locator(".level label").first.click()
    go_on(page)
    look_at(page)  # with errors
    answer_page(page, 3)
    go_on(page)
    look_at(page, "/form/all")
    look_at(page, "/form/check")
    send(page)
    look_at(page)  # the receipt with what was sent
    look_at(page, "/form/receipt")  # and without
    look_at(page, "/no-such-page")
    look_at(page, "/sign-in")
    sign_in(page)
    look_at(page)
    look_at(page, "/arts/orion")
    look_at(page, "/arts/vega")
    look_at(page, "/questionnaires")
    look_at(page, "/questionnaires/lean-agile-maturity")
    look_at(page, "/rounds")
    look_at(page, f"/rounds/{site.open_round}")
    page.goto("/rounds")
    previous = page.locator("tbody a").nth(1).get_attribute("href")
    look_at(page, f"{previous}/review")
    look_at(page, f"{previous}/review/orion")
    look_at(page, f"{previous}/questions")
    look_at(page, f"/rounds/{site.open_round}/questions")  # nothing to tell yet
    look_at(page, previous)
    look_at(page, "/results")
    page.get_by_label("code").fill(results_code(filled[0], (previous or "").rpartition("/")[2]))
    page.get_by_role("button", name="Show the results").click()
    page.locator("summary").first.click()
    look_at(page)
    page.context.clear_cookies()
    sign_in(page, "facilitator@example.org")
    look_at(page, f"/rounds/{site.open_round}")  # the cockpit as a facilitator has it
    look_at(page, previous)
    look_at(page, page.locator("a[href*='/teams/']").first.get_attribute("href"))
