"""A reader's language: the browser's, until somebody chooses another in the middle of a page."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests import served
from tests.journeys.conftest import LAPTOP, PHONE, Opened
from tests.journeys.test_accessibility import NARROW, look_at
from tests.journeys.test_answering import go_on
from tests.journeys.test_everything import EVERYTHING
from tests.served import Site

COMMENT = "Seit März „besser“ & schneller"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A questionnaire in English and German, asked of one team and served by the real command."""
    filled = tmp_path_factory.mktemp("language") / "filled.sqlite"
    code = served.ask(filled, EVERYTHING.read_bytes())
    with served.served(tmp_path_factory.mktemp("site"), filled, code) as found:
        yield found


def enter(page: Page, site: Site) -> None:
    """Type the team's code and go in without a role, in whatever language the pages are."""
    page.goto("/")
    page.locator("#code").fill(site.team_code)
    page.locator("main .actions .button").click()
    page.locator("label[for='role:']").click()
    page.locator("main .actions .button").click()
    expect(page.locator(".task-list")).to_be_visible()


def speak(page: Page, name: str) -> None:
    """Press a button of the switch in the header."""
    page.get_by_role("banner").get_by_role("button", name=name, exact=True).click()


def language(page: Page) -> str | None:
    """Give the language the page says it is in."""
    return page.locator("html").get_attribute("lang")


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_switching_in_the_middle_of_a_page_keeps_what_was_given(open_page: Opened, site: Site, *, script: bool) -> None:
    page = open_page(viewport=PHONE, locale="de-DE", java_script_enabled=script)
    page.goto("/")
    assert language(page) == "de"
    expect(page.get_by_role("group", name="Sprache")).to_be_visible()
    enter(page, site)
    page.goto("/form/1")
    expect(page.get_by_role("heading", level=1)).to_have_text("Jede Art")
    level = page.locator("[id='a-shared:3']")
    comment = page.locator("[id='b-shared:comment']")
    page.locator("[for='a-shared:3']").click()
    page.locator("details.evidence summary").first.click()
    comment.fill(COMMENT)
    speak(page, "English")
    expect(page).to_have_url(re.compile("/form/1$"))
    assert language(page) == "en"
    expect(page.get_by_role("heading", level=1)).to_have_text("Every type")
    expect(page.locator(".saved")).to_contain_text("Saved. 1 of")
    expect(level).to_be_checked()
    expect(comment).to_have_value(COMMENT)
    expect(page.locator(".field-error")).to_have_count(0)
    speak(page, "Deutsch")
    expect(page.locator(".progress")).to_contain_text(re.compile(r"1 von \d+ beantwortet"))
    expect(level).to_be_checked()
    expect(comment).to_have_value(COMMENT)


def test_the_script_counts_in_the_reader_s_language(open_page: Opened, site: Site) -> None:
    page = open_page(locale="de-DE")
    enter(page, site)
    page.goto("/form/1")
    page.locator("[for='a-shared:3']").click()
    expect(page.locator(".progress [role=status]")).to_have_text(re.compile(r"^1 von \d+ beantwortet$"))


def test_the_language_stays_to_the_check_and_can_be_changed_there(open_page: Opened, site: Site) -> None:
    page = open_page(viewport=LAPTOP, locale="en-GB")
    enter(page, site)
    speak(page, "Deutsch")
    expect(page).to_have_url(re.compile("/form$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Alles auf einmal")
    page.goto("/form/check")
    expect(page.get_by_role("heading", level=1)).to_have_text("Antworten prüfen")
    speak(page, "English")
    expect(page).to_have_url(re.compile("/form/check$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")


def test_by_keyboard_the_switch_is_reached_and_enter_in_a_field_does_not_press_it(
    open_page: Opened, site: Site
) -> None:
    page = open_page(viewport=LAPTOP, locale="de-DE")
    page.goto("/")
    page.locator(".product").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="English")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Start")).to_be_visible()
    page.locator("#code").fill(site.team_code)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/form$"))
    page.locator("[id='role:']").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator(".task-list")).to_be_visible()
    page.goto("/form/1")
    page.locator("#a-members").fill("7")
    page.keyboard.press("Enter")
    expect(page).to_have_title(re.compile("^Error: "))  # as the main button does, it asks for what is left
    assert language(page) == "en"


@pytest.mark.parametrize("screen", [PHONE, LAPTOP, NARROW], ids=lambda screen: str(screen["width"]))
def test_no_page_in_german_has_a_finding_and_the_switch_stays_where_it_is(
    open_page: Opened, site: Site, screen: dict[str, int]
) -> None:
    page = open_page(viewport=screen, locale="de-DE", bypass_csp=True)  # axe styles what it looks at
    look_at(page, "/")
    places = [switch(page)]
    enter(page, site)
    look_at(page)
    places.append(switch(page))
    page.goto("/form/1")
    go_on(page)
    look_at(page)  # with errors
    places.append(switch(page))
    look_at(page, "/form/check")
    places.append(switch(page))
    speak(page, "English")
    assert language(page) == "en"
    places.append(switch(page))
    assert len(set(places)) == 1


def switch(page: Page) -> tuple[tuple[float, ...], ...]:
    """Give where on the page the buttons of the switch are; each can be hit."""
    scrolled = page.evaluate("scrollY")
    boxes = [box for button in page.locator(".languages button").all() if (box := button.bounding_box())]
    assert len(boxes) == 2
    assert all(box["height"] >= 44 and box["width"] >= 44 for box in boxes)
    return tuple((round(box["x"]), round(box["y"] + scrolled)) for box in boxes)
