"""Somebody answers a questionnaire with every type of question and conditions: with scripts, without, by keyboard."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests import served
from tests.journeys.conftest import LAPTOP, PHONE, Opened
from tests.journeys.test_accessibility import LOOKS, look_at
from tests.journeys.test_answering import enter_by_link, go_on
from tests.served import Site

EVERYTHING = Path(__file__).parents[1] / "questionnaires" / "valid" / "everything.yaml"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The questionnaire, asked of one team and served by the real command."""
    filled = tmp_path_factory.mktemp("everything") / "filled.sqlite"
    code = served.ask(filled, EVERYTHING.read_bytes())
    with served.served(tmp_path_factory.mktemp("site"), filled, code) as found:
        yield found


def enter(page: Page, site: Site, role: str = "Tester") -> None:
    """Enter the code without help of a script, and say a role."""
    page.goto("/")
    page.get_by_label("code").fill(site.team_code)
    page.get_by_role("button", name="Start").click()
    choose(page, f"role:{role.lower().replace(' ', '-') if role else ''}")
    page.get_by_role("button", name="Continue").click()


def choose(page: Page, control: str) -> None:
    """Press the label of what can be chosen."""
    page.locator(f'[id="{control}"]').locator("xpath=ancestor-or-self::*[self::label] | ../label").first.click()


def types(page: Page) -> None:
    """Answer one question of each type."""
    choose(page, "a-shared:na")
    page.get_by_label("Why does it not apply?").first.fill("We have no goals.")
    choose(page, "a-waiting:2.5")
    choose(page, "a-place:room")
    choose(page, "a-country:nl")
    choose(page, "a-tools:board")
    choose(page, "a-tools:list")
    page.get_by_label("How many are you?").fill("7")
    page.get_by_label("How long does a story take?").fill("1,5")
    page.get_by_label("What hinders you?").fill("Meetings")


def shown(page: Page) -> list[str]:
    """Give the questions that are to be seen, by their ids."""
    return [str(one.get_attribute("id"))[2:] for one in page.locator("fieldset.question").all() if one.is_visible()]


def check_and_send(page: Page, comment: str = "") -> None:
    """See every answer in words, and send them."""
    expect(page).to_have_url(re.compile("/form/check$"))
    answers = page.locator(".answers").all_inner_texts()
    told = " ".join(" ".join(answers).split())
    for words in (
        f"We share our goals. Does not apply Why: We have no goals. {comment}Change",
        "Our work waits. Sometimes Change",
        "Which tools do you use? A board A list Change",
        "How many are you? 7 people Change",
        "How long does a story take? 1.5 days Change",
        "How many releases failed? 2 Change",
        "What did you learn? Test first Change",
        "Has it limits? Yes Change",
        "Do the tests run at night? Yes Change",
    ):
        assert words in told
    page.get_by_role("button", name="Send my answers").click()
    expect(page.locator(".reference")).to_be_visible()


def test_with_scripts_questions_come_and_go_as_one_answers(open_page: Opened, site: Site) -> None:
    page = open_page(viewport=PHONE)
    enter_by_link(page, site)
    choose(page, "role:tester")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="Start", exact=True).click()
    types(page)
    page.locator("#q-shared summary").click()
    page.get_by_label("Comment").fill("Ask us again.")
    go_on(page)
    expect(page).to_have_url(re.compile("/form/2$"))
    assert shown(page) == ["releases", "kept"]
    expect(page.locator("[data-answered]")).to_have_text("0 of 2 answered")
    expect(page.get_by_role("heading", name="Failures")).to_be_visible()
    choose(page, "a-releases:yes")
    choose(page, "a-often:3")
    page.get_by_label("How many releases failed?").fill("2")
    page.get_by_label("What did you learn?").fill("Test first")
    assert shown(page) == ["releases", "often", "failures", "lesson", "kept"]
    assert page.locator("#q-kept .number").inner_text() == "14."
    expect(page.locator("[data-answered]")).to_have_text("4 of 5 answered")
    choose(page, "a-releases:dk")
    assert shown(page) == ["releases", "blocked", "kept"]
    choose(page, "a-releases:yes")
    expect(page.get_by_label("What did you learn?")).to_have_value("Test first")
    go_on(page)
    expect(page).to_have_url(re.compile("/form/3$"))
    assert shown(page) == ["board-use"]
    choose(page, "a-board-use:3")
    choose(page, "a-board-limits:yes")
    go_on(page)
    assert shown(page) == ["limits-kept", "together", "tests"]
    choose(page, "a-limits-kept:2")
    choose(page, "a-together:2")
    choose(page, "a-tests:yes")
    page.get_by_label("What do you see in the morning?").fill("Green lights")
    go_on(page)
    page.get_by_label("What is good about your room?").fill("Light")
    go_on(page)
    check_and_send(page, "Comment: Ask us again. ")


def test_without_scripts_a_page_comes_again_for_what_was_brought_up(open_page: Opened, site: Site) -> None:
    page = open_page(viewport=PHONE, java_script_enabled=False)
    enter(page, site)
    page.goto("/form/1")
    expect(page.locator("[id='b-place:reason']")).to_be_hidden()
    types(page)
    go_on(page)
    choose(page, "a-releases:yes")
    go_on(page)
    expect(page.locator("[role=status]").first).to_contain_text("Your answers brought up one more question.")
    expect(page.locator("#q-often")).to_be_focused()
    choose(page, "a-often:3")
    go_on(page)
    page.get_by_label("How many releases failed?").fill("2")
    go_on(page)
    page.get_by_label("What did you learn?").fill("Test first")
    go_on(page)
    expect(page).to_have_url(re.compile("/form/3$"))
    choose(page, "a-board-use:3")
    go_on(page)
    choose(page, "a-board-limits:yes")
    go_on(page)
    choose(page, "a-limits-kept:2")
    choose(page, "a-together:2")
    choose(page, "a-tests:yes")
    go_on(page)
    page.get_by_label("What do you see in the morning?").fill("Green lights")
    go_on(page)
    page.get_by_label("What is good about your room?").fill("Light")
    go_on(page)
    check_and_send(page)


def test_by_keyboard_alone(open_page: Opened, site: Site) -> None:
    page = open_page(viewport=LAPTOP)
    enter(page, site, role="")
    page.goto("/form/1")

    def go_to(control: str) -> None:
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()") == control:
                return
        raise AssertionError(f"the keyboard does not reach {control}")

    go_to("a-shared:1")
    page.keyboard.press("ArrowLeft")  # from the first of the radio buttons to the last: don't know
    page.keyboard.press("ArrowLeft")
    expect(page.locator("[id='a-shared:na']")).to_be_checked()
    go_to("b-shared:reason")
    page.keyboard.type("We have no goals.")
    go_to("Add links or a comment (optional)")
    page.keyboard.press("Enter")
    go_to("b-shared:links")
    page.keyboard.type("https://example.org/goals")
    go_to("a-waiting:1")
    page.keyboard.press("Space")
    go_to("a-place:room")
    page.keyboard.press("ArrowDown")
    go_to("a-tools:board")
    page.keyboard.press("Space")
    go_to("a-tools:list")
    page.keyboard.press("Space")
    go_to("a-members")
    page.keyboard.type("7")
    go_to("a-days:na")
    page.keyboard.press("Space")
    go_to("b-days:reason")
    page.keyboard.press("Enter")  # in a line to type in, Enter sends the form
    expect(page).to_have_url(re.compile("/form/2$"))
    go_to("a-releases:yes")
    page.keyboard.press("Space")
    go_to("a-often:1")
    page.keyboard.press("ArrowRight")
    go_to("a-failures")
    page.keyboard.type("0")
    go_to("Save and continue")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/form/3$"))


def test_an_answer_and_that_there_is_none_take_each_other_s_place(open_page: Opened, site: Site) -> None:
    page = open_page(viewport=LAPTOP)
    enter(page, site)
    page.goto("/form/1")
    choose(page, "a-tools:chart")
    choose(page, "a-tools:na")
    expect(page.locator("[id='a-tools:chart']")).not_to_be_checked()
    choose(page, "a-tools:board")
    expect(page.locator("[id='a-tools:na']")).not_to_be_checked()
    choose(page, "a-days:na")
    choose(page, "a-days:dk")
    expect(page.locator("[id='a-days:na']")).not_to_be_checked()
    page.get_by_label("How long does a story take?").fill("3")
    expect(page.locator("[id='a-days:dk']")).not_to_be_checked()


@pytest.mark.parametrize("screen", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_nothing_moves_when_something_is_chosen(open_page: Opened, site: Site, screen: dict[str, int]) -> None:
    page = open_page(viewport=screen)
    enter(page, site)
    page.goto("/form/1")

    def places() -> list[float]:
        return [box["y"] for one in page.locator("fieldset.question").all() if (box := one.bounding_box())]

    page.evaluate("scrollTo(0, 0)")
    before = places()
    for control in ("a-shared:2", "a-waiting:dk", "a-place:mixed", "a-country:pl", "a-tools:list", "a-days:dk"):
        page.locator(f'[id="{control}"]').evaluate("control => control.click()")
    assert places() == before
    page.locator("[id='a-shared:na']").evaluate("control => control.click()")
    assert (places() == before) is (screen == LAPTOP), "a reason stands beside, or on a phone below"


@pytest.mark.parametrize(
    ("screen", "scheme"), LOOKS, ids=lambda look: look if isinstance(look, str) else str(look["width"])
)
def test_no_page_has_a_finding(
    open_page: Opened, site: Site, screen: dict[str, int], scheme: Literal["light", "dark"]
) -> None:
    page = open_page(viewport=screen, color_scheme=scheme, bypass_csp=True)  # axe styles what it looks at
    page.goto(f"/#{site.team_code}")
    page.get_by_role("button", name="Start").click()
    look_at(page)
    page.get_by_role("button", name="Continue").click()
    look_at(page)  # with an error
    choose(page, "role:tester")
    page.get_by_role("button", name="Continue").click()
    page.locator("details summary").first.click()
    look_at(page)
    page.goto("/form/1")
    choose(page, "a-shared:na")
    choose(page, "a-place:na")
    page.locator("#q-shared summary").click()
    page.get_by_label("Links to what shows it").first.fill("here")
    page.get_by_label("How many are you?").fill("many")
    look_at(page)
    go_on(page)
    look_at(page)  # with errors beside answers, reasons and links
    page.goto("/form/2")
    choose(page, "a-releases:yes")
    choose(page, "a-often:3")
    page.get_by_label("How many releases failed?").fill("2")
    look_at(page)
    look_at(page, "/form/3")  # with nothing to ask
    look_at(page, "/form/4")
    look_at(page, "/form/check")
