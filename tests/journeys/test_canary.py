"""What somebody answers, and with which code, is found in no address, no Referer and no log."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Request, expect

from tests import served
from tests.journeys.conftest import PHONE, Opened
from tests.journeys.test_answering import enter_by_link
from tests.served import Site
from tests.web.respond.given import PLAIN

CANARY = "Kanarienvogel-7f3a"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A questionnaire that asks for words, in a round with single-use codes."""
    folder = tmp_path_factory.mktemp("site")
    path = tmp_path_factory.mktemp("asked") / "assessment.sqlite"
    with served.served(folder, path, served.ask(path, PLAIN.encode(), "codes")) as found:
        yield found


def written(text: str, code: str) -> list[str]:
    """Give which secrets are found in a text, however the code is written."""
    found = [CANARY] if CANARY in text else []
    return found + ([code] if re.sub(r"[^0-9A-Z]", "", code) in re.sub(r"[^0-9A-Z]", "", text.upper()) else [])


def test_a_code_and_an_answer_are_in_no_address_no_referer_and_no_log(open_page: Opened, site: Site) -> None:
    page = open_page(viewport=PHONE)
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))  # noqa: PLW0108 - it hangs something on what it is given
    enter_by_link(page, site)
    page.goto("/form/1")
    page.locator(".level label").first.click()
    expect(page.locator(".kept")).to_have_text("Saved")
    page.goto("/form/2")
    page.locator("textarea").first.fill(CANARY)
    expect(page.locator(".kept")).to_have_text("Saved")
    page.goto("/form/1")
    page.locator("button[name=go][value=next]").click()  # refused: a question is open
    expect(page.locator(".error-summary")).to_be_visible()
    for place in ("/form/all", "/form/check", "/form/no-such-page"):
        page.goto(place)
    page.goto("/form/check")
    expect(page.locator("main")).to_contain_text(CANARY)
    code = page.context.cookies()[0]["value"]
    assert CANARY not in code
    assert any(CANARY in (request.post_data or "") for request in asked)  # so it was sent
    for request in asked:
        assert not written(request.url, site.team_code)
        assert not written(request.headers.get("referer", ""), site.team_code)
    page.go_back()
    assert not written(
        page.evaluate("JSON.stringify([history.state, location.href, document.referrer])"), site.team_code
    )
    assert not written(page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])"), site.team_code)
    logs = list(site.folder.rglob("*.log*"))
    assert site.log in logs
    for path in logs:
        assert not written(path.read_text(), site.team_code)
    for path in site.folder.rglob("*"):
        if path.is_file():
            assert CANARY.encode() not in served.content_of(path)  # drafts are sealed
