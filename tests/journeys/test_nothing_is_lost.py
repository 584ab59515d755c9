"""Each answer is saved as it is given: a tab that dies loses one at the most, a lost network none."""

import random
import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Opened
from tests.journeys.test_answering import enter_by_link
from tests.served import Site

KILLS = 100
FEWEST_SEEN = 150  # of some 200 answers before the last
BETWEEN_ANSWERS = (80, 150, 250)  # milliseconds: nobody answers faster
LATEST_DEATH = 150  # milliseconds after the last answer


def levels(page: Page) -> list[int | None]:
    """Give which level, counted from 0, is chosen for each question of the page."""
    found: list[int | None] = page.evaluate(
        """() => [...document.querySelectorAll("fieldset.question")].map(question => {
            const place = [...question.querySelectorAll(".level input")].findIndex(level => level.checked);
            return place < 0 ? null : place;
        })"""
    )
    return found


def choose(page: Page, question: int, level: int) -> None:
    """Choose a level as a finger does."""
    page.evaluate(
        """([question, level]) => document.querySelectorAll("fieldset.question")[question]
            .querySelectorAll(".level input")[level].click()""",
        [question, level],
    )


def test_a_tab_that_dies_at_any_moment_loses_the_last_answer_at_the_most(open_page: Opened, site: Site) -> None:
    chance = random.Random(7)  # noqa: S311 - to try much, not to keep a secret
    page = open_page(viewport=PHONE)
    enter_by_link(page, site)
    page.goto("/form/1")
    known, seen = levels(page), 0
    for _ in range(KILLS):
        given = [(chance.randrange(len(known)), chance.randrange(5)) for _ in range(chance.randint(1, 3))]
        for question, level in given:
            choose(page, question, level)
            known[question] = level
            page.wait_for_timeout(chance.choice(BETWEEN_ANSWERS))
        choose(page, last := chance.randrange(len(known)), level := chance.randrange(5))
        known[last] = level
        page.wait_for_timeout(chance.uniform(0, LATEST_DEATH))
        context = page.context
        page.close(run_before_unload=False)
        page = context.new_page()
        page.goto("/form/1")
        found = levels(page)
        assert [level for place, level in enumerate(found) if place != last] == [
            level for place, level in enumerate(known) if place != last
        ]
        seen += sum(found[question] == known[question] for question, _ in given)
        known = found
    assert seen > FEWEST_SEEN


def test_without_a_network_the_page_keeps_the_answers_and_tries_again(open_page: Opened, site: Site) -> None:
    page = open_page(viewport=PHONE)
    enter_by_link(page, site)
    page.goto("/form/2")
    choose(page, 0, 1)
    expect(page.locator(".kept")).to_have_text("Saved")
    page.context.set_offline(True)
    choose(page, 1, 3)
    expect(page.locator(".kept")).to_have_text(re.compile("No connection. Your answers are kept in this page"))
    page.context.set_offline(False)
    expect(page.locator(".kept")).to_have_text("Saved", timeout=15_000)
    page.reload()
    assert levels(page)[:2] == [1, 3]
