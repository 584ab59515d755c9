"""A LACE reviewer: from the ARTs to the report, and from an open round to its release."""

import io
import re

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.journeys.conftest import LAPTOP, Opened
from tests.served import PASSWORD, Site


def sign_in(page: Page, email: str = "lace@example.org") -> None:
    """Sign in and come to the ARTs or wherever the account may go."""
    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def test_the_reviewer_sees_the_arts_and_takes_the_report_along(open_page: Opened, site: Site) -> None:
    page = open_page(viewport=LAPTOP)
    sign_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Agile Release Trains")
    expect(page.locator("tbody tr")).to_have_count(4)
    page.get_by_role("link", name="Orion ART").click()
    expect(page.locator(".report")).to_contain_text("Orion ART")
    expect(page.locator(".report")).to_contain_text("Badger")
    address = page.get_by_role("link", name="Report as PDF").get_attribute("href")
    answer = page.request.get(f"{site.url}{address}")
    assert answer.headers["content-type"] == "application/pdf"
    reader = PdfReader(io.BytesIO(answer.body()))
    assert len(reader.pages) == 2
    assert "Orion ART" in reader.pages[0].extract_text()


def test_a_viewer_sees_no_team_and_no_round(open_page: Opened, site: Site) -> None:
    page = open_page(viewport=LAPTOP)
    sign_in(page, "viewer@example.org")
    page.get_by_role("link", name="Orion ART").click()
    expect(page.locator(".report")).not_to_contain_text("Badger")
    refused = page.request.get(f"{site.url}/rounds")
    assert refused.status == 403


def test_closing_reviewing_and_releasing(open_page: Opened, site: Site) -> None:
    page = open_page(viewport=LAPTOP)
    sign_in(page)
    page.goto(f"/rounds/{site.open_round}")
    page.get_by_text("Close this round").click()
    page.get_by_label(re.compile("Close PI")).check()
    page.get_by_role("button", name="Close the round").click(timeout=120_000)  # what is to be told is audited first
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Review of PI"))
    page.get_by_role("link", name="Orion ART").click()
    page.locator("select[name='d-']").select_option("2")
    page.get_by_role("button", name="Save the review").click()
    expect(page.locator(".error-summary")).to_contain_text("needs a reason")
    assert page.locator("select[name='d-']").input_value() == "2"
    page.locator("textarea[name='r-']").fill("The demo showed less than the answers say.")
    page.get_by_role("button", name="Save the review").click()
    expect(page.locator("[role=status]").first).to_contain_text("saved")
    page.get_by_label(re.compile("Release the scores")).check()
    page.get_by_role("button", name="Release", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Agile Release Trains")
    page.get_by_role("link", name="Orion ART").click()
    expect(page.locator(".report")).to_contain_text("The demo showed less than the answers say.")


def test_signing_out_ends_every_copy_of_the_cookie(open_page: Opened) -> None:
    page = open_page(viewport=LAPTOP)
    sign_in(page)
    copied = page.context.cookies()
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(re.compile("/sign-in"))
    page.context.add_cookies(copied)  # type: ignore[arg-type]  # what cookies() gave
    page.goto("/arts")
    expect(page).to_have_url(re.compile("/sign-in"))
