"""A team member answers: on a phone, without scripts, by keyboard alone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import LAPTOP, PHONE, Opened
from tests.served import Site

PAGES = 7


def enter_by_link(page: Page, site: Site) -> None:
    """Open the team's link and press start."""
    page.goto(f"/#{site.team_code}")
    page.get_by_role("button", name="Start").click()
    expect(page).to_have_url(re.compile("/form$"))


def answer_page(page: Page, choice: int) -> None:
    """Choose the same level, counted from 0, for every question of the page."""
    for question in page.locator("fieldset.question").all():
        question.locator(".level label").nth(choice).click()


def go_on(page: Page) -> None:
    """Press the button that saves and goes on."""
    page.locator("button[name=go][value=next]").click()


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_a_team_member_answers_checks_submits_and_gets_a_receipt(
    open_page: Opened, site: Site, *, script: bool
) -> None:
    page = open_page(viewport=PHONE, java_script_enabled=script)
    if script:
        enter_by_link(page, site)
        assert "#" not in page.url
    else:
        page.goto("/")
        page.get_by_label("code").fill(site.team_code.lower().replace("-", " "))
        page.get_by_role("button", name="Start").click()
    page.locator(".actions .button").first.click()
    for number in range(PAGES):
        expect(page).to_have_url(re.compile(f"/form/{number + 1}$"))
        answer_page(page, number % 5)
        go_on(page)
    expect(page).to_have_url(re.compile("/form/check$"))
    page.get_by_role("button", name=re.compile("Send|Submit")).click()
    expect(page).to_have_url(re.compile("/form/receipt$"))
    reference = page.locator(".reference").inner_text()
    page.goto("/form")
    page.goto("/form/check")
    expect(page.locator(".reference")).to_have_text(reference)


def test_going_back_and_forward_loses_nothing(open_page: Opened, site: Site) -> None:
    page = open_page()
    enter_by_link(page, site)
    page.goto("/form/1")
    answer_page(page, 2)
    go_on(page)
    page.locator("fieldset.question").first.locator(".level label").nth(4).click()
    page.locator("button[name=go][value=back]").click()
    expect(page).to_have_url(re.compile("/form/1$"))
    assert page.locator(".level input:checked").count() == page.locator("fieldset.question").count()
    page.goto("/form/2")
    assert page.locator(".level input:checked").count() == 1


def test_what_is_missing_is_said_on_top_and_beside_the_question(open_page: Opened, site: Site) -> None:
    page = open_page()
    enter_by_link(page, site)
    page.goto("/form/1")
    page.locator("fieldset.question").nth(0).locator(".level label").nth(0).click()
    go_on(page)
    expect(page).to_have_title(re.compile("^Error: "))
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    missing = page.locator("fieldset.question").count() - 1
    expect(summary.locator("a")).to_have_count(missing)
    expect(page.locator(".field-error")).to_have_count(missing)
    summary.locator("a").first.click()
    focused = page.evaluate("document.activeElement.name")
    assert page.locator("fieldset.question").nth(1).locator("input").first.get_attribute("name") == focused
    assert page.locator("fieldset.question").nth(0).locator("input:checked").count() == 1


def test_by_keyboard_alone(open_page: Opened, site: Site) -> None:
    page = open_page(viewport=LAPTOP)
    page.goto("/")
    page.get_by_label("code").focus()
    page.keyboard.type(site.team_code)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/form$"))
    page.locator(".actions .button").first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/form/1$"))
    for place in range(page.locator("fieldset.question").count()):
        page.keyboard.press("Tab")
        while "fieldset" not in page.evaluate("document.activeElement.closest('fieldset') ? 'fieldset' : 'none'"):
            page.keyboard.press("Tab")
        page.keyboard.press("Space")
        page.keyboard.press("ArrowRight")
        assert page.locator("fieldset.question").nth(place).locator("input:checked").count() == 1
    page.locator("button[name=go][value=next]").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/form/2$"))


def test_someone_else_can_start_on_the_same_phone(open_page: Opened, site: Site) -> None:
    page = open_page()
    enter_by_link(page, site)
    page.goto("/form/1")
    answer_page(page, 0)
    go_on(page)
    page.goto("/form")
    page.get_by_role("button", name=re.compile("someone else")).click()
    enter_by_link(page, site)
    page.goto("/form/1")
    assert page.locator(".level input:checked").count() == 0
