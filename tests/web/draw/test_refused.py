"""What goes wrong on the way to a code ends in a sentence, with nothing stored."""

import base64
import json
import time
from dataclasses import replace
from pathlib import Path

import pytest
from joserfc.jwk import RSAKey
from werkzeug.test import TestResponse

from assessment.app import create_app
from assessment.store.database import Database
from assessment.web import oidc
from tests import provider, served
from tests.provider import Odd
from tests.services.given import ON_SQLITE, open_round
from tests.web.draw.conftest import Draws
from tests.web.draw.given import Drawer
from tests.web.draw.test_draw import session_of, stored

pytestmark = ON_SQLITE


def refused(anna: Drawer, answer: TestResponse, status: int, sentence: str) -> None:
    """See that a page says a sentence with a status, and that nobody is signed in."""
    assert answer.status_code == status, anna.browser.words
    assert sentence in anna.browser.words
    assert "draw-claim" not in session_of(anna)
    assert not [name for name in session_of(anna) if name.startswith("_state_")]


def test_without_a_provider_there_is_no_such_page(database: Database, database_url: str, tmp_path: Path) -> None:
    open_round(database)
    anna = Drawer(create_app(served.settings(tmp_path, database_url), database))
    for address in ("/draw/PI-1", "/draw/nothing"):
        assert anna.browser.get(address).status_code == 404
        assert "Codes cannot be drawn on this site" in anna.browser.words
    assert anna.browser.get("/oidc/draw?code=c&state=s").status_code == 404
    anna.browser.get("/")
    assert anna.draw().status_code == 404
    assert anna.browser.post("/draw/PI-1/sign-in").status_code == 404


def test_a_round_that_nobody_knows(draws: Draws, issuer: str) -> None:
    anna = draws(issuer)
    assert anna.browser.get("/draw/PI-2").status_code == 404
    assert "There is no such round" in anna.browser.words


@pytest.mark.parametrize("mode", ["link", "team"])
def test_a_round_that_gives_out_links(draws: Draws, issuer: str, mode: str) -> None:
    anna = draws(issuer, mode=mode)
    assert anna.browser.get("/draw/PI-1").status_code == 409
    assert "one link for all" in anna.browser.words


@pytest.mark.parametrize(
    ("opens", "closes", "sentence"), [(1, 2, "is not open yet"), (-2, -1, "takes no more answers")]
)
def test_a_round_that_is_not_open(draws: Draws, issuer: str, opens: float, closes: float, sentence: str) -> None:
    anna = draws(issuer, opens=opens, closes=closes)
    assert anna.browser.get("/draw/PI-1").status_code == 409
    assert sentence in anna.browser.words


@pytest.mark.parametrize("team", ["", "nobody", "rail", "falcon\x00"])
def test_a_team_that_is_not_asked(database: Database, draws: Draws, issuer: str, team: str) -> None:
    anna = draws(issuer)
    anna.sign_in("anna")
    assert anna.draw(team).status_code == (400 if "\x00" in team else 404)
    assert stored(database) == (0, 0)
    anna.browser.get("/draw/PI-1")
    assert anna.draw().status_code == 200  # still signed in


def test_without_a_token_nothing_happens(database: Database, draws: Draws, issuer: str) -> None:
    anna = draws(issuer)
    anna.sign_in("anna")
    assert anna.browser.post("/draw/PI-1", {"team": "falcon"}, token=False).status_code == 400
    assert anna.browser.post("/draw/PI-1/sign-in", token=False).status_code == 400
    assert "nothing was stored" in anna.browser.words
    assert stored(database) == (0, 0)


def test_nobody_draws_who_has_not_signed_in_for_this_round(database: Database, draws: Draws, issuer: str) -> None:
    anna = draws(issuer)
    open_round(database, "PI-2")
    anna.browser.get("/draw/PI-1")
    assert anna.draw().status_code == 403
    assert "Sign in first" in anna.browser.words
    anna.sign_in("anna")
    assert anna.browser.post("/draw/PI-2", {"team": "falcon"}).status_code in {403, 409}
    assert stored(database) == (0, 0)


def test_somebody_whom_the_provider_does_not_let_in(draws: Draws, issuer: str) -> None:
    anna = draws(issuer)
    answer = anna.come_back(provider.let_in(anna.leave(), action="deny"))
    assert answer.status_code == 400  # this provider forgets the state when it denies
    assert "was not begun in this browser" in anna.browser.words
    assert "draw-claim" not in session_of(anna)


def test_a_denial_with_its_state(draws: Draws, odd: Odd) -> None:
    anna = draws(odd.url)
    answer = anna.come_back(odd.callback(anna.leave(), error="access_denied", error_description="<b>No</b>"))
    refused(anna, answer, 403, "The sign-in was not completed")
    assert "<b>No" not in answer.text
    assert 'href="/draw/PI-1">Begin again' in answer.text


@pytest.mark.parametrize("query", ["", "?code=c", "?state=forged&code=c", "?error=access_denied", "?state=&code="])
def test_a_state_that_is_forged_or_missing(draws: Draws, odd: Odd, query: str) -> None:
    anna = draws(odd.url)
    anna.leave()
    answer = anna.browser.get(f"/oidc/draw{query}")
    assert answer.status_code == 400
    assert "was not begun in this browser" in anna.browser.words
    assert "draw-claim" not in session_of(anna)


def test_a_sign_in_is_finished_once_and_in_the_browser_that_began_it(draws: Draws, issuer: str) -> None:
    anna = draws(issuer)
    address = provider.let_in(anna.leave(), sub="anna")
    berta = anna.other()
    berta.browser.get("/draw/PI-1")
    refused(berta, berta.come_back(address), 400, "was not begun in this browser")
    before = anna.browser.client.get_cookie("assessment")
    assert anna.come_back(address).status_code == 303
    assert anna.come_back(address).status_code == 400
    assert before is not None
    anna.browser.client.set_cookie("assessment", before.value)  # somebody kept the cookie of before
    refused(anna, anna.come_back(address), 403, "could not be verified")  # but the provider takes its code once


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://elsewhere.example.org"},
        {"iss": None},
        {"aud": "another"},
        {"aud": None},
        {"aud": "another", "azp": provider.CLIENT},
        {"nonce": "another"},
        {"nonce": None},
        {"exp": 1_700_000_000},
        {"exp": None},
        {"iat": None},
        {"sub": ""},
        {"sub": None},
    ],
    ids=str,
)
def test_a_token_that_says_something_else(draws: Draws, odd: Odd, claims: dict[str, object]) -> None:
    anna = draws(odd.url)
    odd.claims = claims
    refused(anna, anna.come_back(odd.callback(anna.leave())), 403, "could not be verified")
    odd.claims = {}
    assert anna.come_back(odd.callback(anna.leave())).status_code == 303


def test_a_token_that_somebody_else_signed(draws: Draws, odd: Odd) -> None:
    anna = draws(odd.url)
    odd.signing_key = RSAKey.generate_key(2048, parameters={"kid": "one"})
    refused(anna, anna.come_back(odd.callback(anna.leave())), 403, "could not be verified")


def test_a_token_that_nobody_signed_though_the_provider_offers_that(draws: Draws, odd: Odd) -> None:
    anna = draws(odd.url)
    odd.metadata = {"id_token_signing_alg_values_supported": ["RS256", "none", "HS256"]}
    address = odd.callback(anna.leave())
    now = int(time.time())
    says = {
        "iss": odd.url,
        "sub": "x",
        "aud": provider.CLIENT,
        "nonce": odd.asked["nonce"],
        "iat": now,
        "exp": now + 60,
    }
    parts = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in ({"alg": "none"}, says)]
    odd.token = b".".join([*parts, b""]).decode()
    refused(anna, anna.come_back(address), 403, "could not be verified")


@pytest.mark.parametrize("token", ["", "nonsense", "a.b.c"])
def test_an_answer_without_a_token(draws: Draws, odd: Odd, token: str) -> None:
    anna = draws(odd.url)
    address = odd.callback(anna.leave())
    odd.token = token or "."
    refused(anna, anna.come_back(address), 403, "could not be verified")


def test_a_provider_that_calls_itself_otherwise(draws: Draws, odd: Odd) -> None:
    anna = draws(odd.url)
    odd.metadata = {"issuer": "https://elsewhere.example.org"}
    anna.browser.get("/draw/PI-1")
    refused(anna, anna.browser.post("/draw/PI-1/sign-in"), 503, "The sign-in service cannot be reached")
    odd.metadata = {}
    anna.leave()  # it is asked anew


@pytest.mark.parametrize("metadata", [{"authorization_endpoint": ""}, {"issuer": None}, {"issuer": 7}])
def test_a_provider_that_does_not_say_what_it_should(draws: Draws, odd: Odd, metadata: dict[str, object]) -> None:
    anna = draws(odd.url)
    odd.metadata = metadata
    anna.browser.get("/draw/PI-1")
    refused(anna, anna.browser.post("/draw/PI-1/sign-in"), 503, "The sign-in service cannot be reached")


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("how", ["slow", "broken"])
def test_a_provider_that_does_not_answer(
    draws: Draws, odd: Odd, monkeypatch: pytest.MonkeyPatch, when: str, how: str
) -> None:
    monkeypatch.setattr(oidc, "PATIENCE", 0.2)
    anna = draws(odd.url)
    address = odd.callback(anna.leave()) if when == "after" else ""
    odd.delay, odd.status = (1, 200) if how == "slow" else (0, 502)
    anna.browser.get("/draw/PI-1")
    answer = anna.come_back(address) if address else anna.browser.post("/draw/PI-1/sign-in")
    refused(anna, answer, 503, "The sign-in service cannot be reached")


def test_a_provider_that_is_not_there(draws: Draws, unused: str) -> None:
    anna = draws(unused)
    anna.browser.get("/draw/PI-1")
    refused(anna, anna.browser.post("/draw/PI-1/sign-in"), 503, "The sign-in service cannot be reached")


@pytest.fixture
def unused() -> str:
    """An issuer at which nobody listens."""
    with provider.odd() as found:
        return found.url


def test_where_one_comes_back_is_not_for_a_request_to_say(draws: Draws, issuer: str) -> None:
    anna = draws(issuer)
    anna.browser.get("/draw/PI-1")
    given = {"next": "https://evil.example.org", "redirect_uri": "https://evil.example.org"}
    headers = {"X-Forwarded-Host": "evil.example.org"}
    fields = {"csrf_token": anna.browser.token, **given}
    answer = anna.browser.client.post("/draw/PI-1/sign-in?next=//evil.example.org", data=fields, headers=headers)
    assert answer.status_code == 200
    assert "evil.example.org" not in answer.text
    address = provider.let_in(anna.leave(), sub="anna")
    answer = anna.come_back(f"{address}&next=//evil.example.org&code=PI-2")
    assert answer.location in {"/draw/PI-1", None}


def test_the_policy_lets_forms_go_nowhere_else(draws: Draws, issuer: str) -> None:
    anna = draws(issuer)
    for answer in (anna.browser.get("/draw/PI-1"), anna.sign_in("anna"), anna.draw()):
        assert "form-action 'self';" in answer.headers["Content-Security-Policy"]


def test_another_site_cannot_send_the_form(draws: Draws, issuer: str) -> None:
    anna = draws(issuer)
    anna.sign_in("anna")
    fields = {"team": "falcon", "csrf_token": anna.browser.token}
    answer = anna.browser.client.post("/draw/PI-1", data=fields, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def test_settings_without_a_provider_make_no_client(tmp_path: Path, database: Database, database_url: str) -> None:
    settings = served.settings(tmp_path, database_url)
    assert "authlib.integrations.flask_client" not in create_app(settings, database).extensions
    known = replace(settings, oidc_issuer="http://localhost:1", oidc_client_id="c", oidc_client_secret="s")
    assert "authlib.integrations.flask_client" in create_app(known, database).extensions
