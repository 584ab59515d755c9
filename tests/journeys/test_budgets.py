"""A form's pages are light and answer at once, also on a slow phone; nothing moves under a finger."""

from statistics import median

import pytest
from playwright.sync_api import Page, Response

from tests.journeys.conftest import PHONE, Opened
from tests.journeys.test_answering import enter_by_link
from tests.served import Site

MOST_BYTES = 60 * 1024  # HTML, CSS and scripts of a page, as they travel
SLOWER = 4  # times: a phone's processor beside this one
MOST_MILLISECONDS = 200  # until what a finger did is seen; the bound of a good "interaction to next paint"
PARTS = ("/form/1", "/form/all")
COUNTED = ("document", "stylesheet", "script")


def travelled(page: Page, address: str) -> tuple[int, list[str]]:
    """Open a page with nothing kept from before; give the bytes that came, and where from."""
    came: list[Response] = []
    page.on("response", lambda answer: came.append(answer))  # noqa: PLW0108 - it hangs something on what it is given
    page.goto(address, wait_until="networkidle")
    sizes = [answer.request.sizes() for answer in came if answer.request.resource_type in COUNTED]
    return sum(size["responseBodySize"] for size in sizes), [answer.url for answer in came]


@pytest.mark.parametrize("address", PARTS)
def test_a_page_is_light_and_all_of_it_comes_from_here(open_page: Opened, site: Site, address: str) -> None:
    page = open_page(viewport=PHONE)
    enter_by_link(page, site)
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")
    size, came_from = travelled(page, address)
    assert 5_000 < size <= MOST_BYTES
    assert len(came_from) > 2
    assert all(url.startswith((site.url, "data:")) for url in came_from)


@pytest.mark.parametrize("address", PARTS)
def test_on_a_slow_phone_a_choice_is_seen_at_once_and_nothing_moves(
    open_page: Opened, site: Site, address: str
) -> None:
    page = open_page(viewport=PHONE)
    enter_by_link(page, site)
    page.goto(address)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.evaluate("""() => {
        const watch = (type, options, each) =>
            new PerformanceObserver(list => list.getEntries().forEach(each)).observe({ type, ...options });
        const taps = new Map();
        window.seen = { taps, moved: [] };
        watch("event", { durationThreshold: 16, buffered: true }, ({ interactionId: id, duration }) =>
            id && taps.set(id, Math.max(duration, taps.get(id) ?? 0)));
        watch("layout-shift", { buffered: true }, ({ value }) => window.seen.moved.push(value));
    }""")
    for question in page.locator("fieldset.question").all()[:8]:
        for place in (1, 3):
            question.locator(".level label").nth(place).click()
    page.wait_for_timeout(500)  # entries come with the next frame that is free
    taps, moved = page.evaluate("[[...window.seen.taps.values()], window.seen.moved]")
    assert len(taps) >= 4  # those that took no time are not told
    assert median(taps) < MOST_MILLISECONDS
    assert moved == []
