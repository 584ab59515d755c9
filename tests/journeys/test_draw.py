"""Somebody draws a code: from the intranet's address over the sign-in service to the form, without and with scripts."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from assessment.services import installation, organisation, rounds
from tests import provider, served
from tests.journeys.conftest import PHONE
from tests.journeys.test_accessibility import LOOKS, look_at
from tests.served import Site

LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen und alles was außerdem dazugehört"
TEAMS = "".join(f"team,t{number},Team {number:02},rail,9\n" for number in range(39))
UNITS = f"kind,code,name,parent,headcount\nart,rail,Rail and Road,,\nteam,long,{LONG},rail,3\n{TEAMS}".encode()


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """A real provider."""
    with provider.running() as found:
        yield found


@pytest.fixture(scope="module")
def site(issuer: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with that provider, and a round in which 40 teams draw their codes."""
    folder = tmp_path_factory.mktemp("drawing")
    filled = folder / "filled.sqlite"
    content = (Path(served.__file__).parents[1] / "questionnaires" / "lean-agile-maturity.yaml").read_bytes()
    database = installation.ready(f"sqlite:///{filled}")
    organisation.import_units(database, UNITS)
    for code, mode in (("PI-1", "codes"), ("PI-0", "link")):
        rounds.open_round(
            database, content, rounds.Opening(code, title="PI 26.1", mode=mode), served.SECRET, datetime.now(UTC)
        )
    database.dispose()
    known = {"ISSUER": issuer, "CLIENT_ID": provider.CLIENT, "CLIENT_SECRET": "hidden"}
    environment = {f"ASSESSMENT_OIDC_{name}": value for name, value in known.items()}
    with served.served(folder, filled, "PI-0", 1, **environment) as found:
        yield found


def opened(browser: Browser, site: Site, **options: object) -> Page:
    """Open a page in a context of its own."""
    context = browser.new_context(**{"viewport": PHONE, "base_url": site.url} | options)  # type: ignore[arg-type]
    context.set_default_timeout(15_000)
    return context.new_page()


def sign_in(page: Page, name: str) -> None:
    """Sign in at the provider."""
    page.goto("/draw/PI-1")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_placeholder("sub").fill(name)
    page.get_by_role("button", name="Authorize").click()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_code_is_drawn_and_opens_the_form(browser: Browser, site: Site, *, scripts: bool) -> None:
    page = opened(browser, site, java_script_enabled=scripts)
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    sign_in(page, f"somebody {scripts}")
    page.get_by_label("Your team").select_option(label=f"{LONG} – Rail and Road")
    page.get_by_role("button", name="Draw my code").click()
    code = page.locator(".reference").inner_text()
    assert len(code) == 19
    page.get_by_role("button", name="Open the form with it").click()
    page.wait_for_url("**/form")
    expect(page.get_by_role("heading", name="Your answers are anonymous")).to_be_visible()
    assert not [words for words in told if "Content Security Policy" in words]
    sign_in(page, f"somebody {scripts}")  # once more
    expect(page.get_by_role("heading", level=1)).to_have_text("You have drawn your code already")
    expect(page.locator("main")).not_to_contain_text(code)
    page.context.close()


def test_nobody_goes_on_whom_the_sign_in_service_does_not_let_in(browser: Browser, site: Site) -> None:
    page = opened(browser, site)
    page.goto("/draw/PI-1")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("button", name="Deny").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This did not work")
    page.context.close()


@pytest.mark.parametrize(
    ("screen", "scheme"), LOOKS, ids=lambda look: look if isinstance(look, str) else str(look["width"])
)
def test_no_page_has_a_finding(
    browser: Browser, site: Site, screen: dict[str, int], scheme: Literal["light", "dark"]
) -> None:
    page = opened(browser, site, viewport=screen, color_scheme=scheme, bypass_csp=True)
    look_at(page, "/draw/PI-1")
    page.locator("summary").click()
    look_at(page)
    sign_in(page, f"{screen['width']} {scheme}")
    look_at(page)
    page.get_by_role("button", name="Draw my code").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose your team from the list.")
    look_at(page)
    page.get_by_label("Your team").select_option("t7")
    page.get_by_role("button", name="Draw my code").click()
    look_at(page)
    sign_in(page, f"{screen['width']} {scheme}")
    look_at(page)
    page.context.close()
