"""Drawing a code at a real provider: once a person, for the team they choose; what is kept of it, and what is not."""

import logging
import re
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import select, text

from assessment.services import closing, drawing
from assessment.store import tables
from assessment.store.database import Database
from assessment.web.draw import claim
from tests import served
from tests.provider import Odd
from tests.services.given import LATER, ON_SQLITE
from tests.store.given import counted
from tests.web.conftest import SignsIn
from tests.web.draw.conftest import Draws
from tests.web.draw.given import Drawer


def stored(database: Database) -> tuple[int, int]:
    """Give how many marks and how many codes are stored."""
    with database.reading() as session:
        marks, codes = (session.scalar(text(f"SELECT count(*) FROM {name}")) for name in ("draw_mark", "access_code"))  # noqa: S608
    return int(marks or 0), int(codes or 0)


def test_somebody_draws_a_code_which_opens_the_form(database: Database, draws: Draws, issuer: str) -> None:
    anna = draws(issuer)
    page = anna.browser.get("/draw/PI-1")
    assert "Not which code" in anna.browser.words
    assert "<select" not in page.text  # before signing in nobody is asked anything
    teams = anna.sign_in("anna").text
    assert re.findall(r'<option value="(\w*)"', teams) == ["", "falcon", "heron", "ibex", "lynx", "newt", "owl"]
    assert "Falcon – Rail" in teams
    assert anna.draw().status_code == 200
    code = anna.code
    assert stored(database) == (1, 1)
    assert anna.browser.post("/", anna.browser.hidden() | {"code": code}).status_code == 303
    anna.browser.follow()
    assert "Your answers are anonymous" in anna.browser.words


def test_only_whether_somebody_drew_is_kept_and_not_which_code(database: Database, draws: Draws, issuer: str) -> None:
    anna = draws(issuer)
    anna.sign_in("anna")
    anna.draw()
    with database.reading() as session:
        (mark,) = session.scalars(select(tables.DrawMark.mark))
        assert set(tables.DrawMark.__table__.c.keys()) == {"round_id", "mark"}
        everything = [
            str(row)
            for table in tables.Base.metadata.sorted_tables
            for row in session.execute(select(table)).all()
            if table.name != "questionnaire_version"
        ]
    assert mark == drawing.mark_of(served.SECRET, "PI-1", issuer, "anna")
    assert not [row for row in everything if anna.code in row or "anna" in row]


def test_nobody_draws_twice(database: Database, draws: Draws, issuer: str) -> None:
    anna = draws(issuer)
    anna.sign_in("anna")
    anna.draw()
    first = anna.code
    again = anna.other()  # on another computer
    page = again.sign_in("anna")
    assert "You have drawn your code already" in again.browser.words
    assert "Ask your facilitator for a new one" in again.browser.words
    assert first not in page.text
    assert "falcon" not in page.text.lower()
    assert again.draw("heron").status_code == 403  # the mark was forgotten
    assert stored(database) == (1, 1)
    assert again.other().sign_in("berta").text.count("<option") == 7


def test_two_windows_draw_one_code(database: Database, draws: Draws, issuer: str) -> None:
    anna = draws(issuer)
    other = anna.other()
    anna.sign_in("anna")
    other.sign_in("anna")
    assert anna.draw().status_code == 200
    assert other.draw("heron").status_code == 409
    assert "You have drawn your code already" in other.browser.words
    assert stored(database) == (1, 1)


def test_a_code_is_shown_once(draws: Draws, issuer: str) -> None:
    anna = draws(issuer)
    anna.sign_in("anna")
    anna.draw()
    code = anna.code
    assert anna.browser.seen is not None
    assert anna.browser.seen.headers["Cache-Control"] == "no-store"
    again = anna.draw()  # the page is loaded again
    assert again.status_code == 403
    assert code not in again.text
    assert code not in anna.browser.get("/draw/PI-1").text


@ON_SQLITE
def test_a_team_has_as_many_codes_as_people(database: Database, draws: Draws, issuer: str) -> None:
    anna = draws(issuer)
    for name in ("a", "b", "c", "d"):
        somebody = anna.other()
        somebody.sign_in(name)
        assert somebody.draw("newt").status_code == 200
    anna.sign_in("anna")
    assert anna.draw("newt").status_code == 409
    assert "All codes of Newt are given out;" in anna.browser.words
    assert stored(database) == (4, 4)  # nothing half
    assert 'value="newt" selected' in (anna.browser.seen.text if anna.browser.seen else "")
    assert anna.draw("lynx").status_code == 200  # it was the wrong team


def session_of(anna: Drawer) -> dict[str, object]:
    """Give what the browser's cookie holds."""
    cookie = anna.browser.client.get_cookie("assessment")
    assert cookie is not None
    serializer = anna.app.session_interface.get_signing_serializer(anna.app)  # type: ignore[attr-defined]
    assert isinstance(serializer, URLSafeTimedSerializer)
    return dict(serializer.loads(cookie.value))


@ON_SQLITE
def test_the_session_keeps_the_mark_alone_and_that_until_the_draw(draws: Draws, issuer: str) -> None:
    anna = draws(issuer)
    anna.sign_in("anna@example.org")
    kept = session_of(anna)
    assert set(kept) == {"csrf_token", "draw-claim"}
    assert "anna" not in str(kept)
    anna.draw()
    assert set(session_of(anna)) == {"csrf_token"}


@ON_SQLITE
def test_nothing_but_openid_is_asked_for(draws: Draws, issuer: str) -> None:
    asked = parse_qs(urlsplit(draws(issuer).leave()).query)
    assert asked["scope"] == ["openid"]
    assert asked["redirect_uri"] == ["http://localhost/oidc/draw"]
    assert asked["code_challenge_method"] == ["S256"]
    assert {"state", "nonce", "code_challenge"} <= asked.keys()
    assert "PI-1" not in str(asked)


@ON_SQLITE
def test_nothing_of_it_is_logged(database: Database, draws: Draws, odd: Odd, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    anna = draws(odd.url)
    odd.claims = {"sub": "anna", "aud": "another"}
    assert anna.come_back(odd.callback(anna.leave())).status_code == 403
    odd.claims = {"sub": "anna"}
    assert anna.come_back(odd.callback(anna.leave())).status_code == 303
    anna.browser.follow()
    anna.draw()
    assert stored(database) == (1, 1)
    (told,) = [record.getMessage() for record in caplog.records]
    assert re.fullmatch(r"a sign-in by OpenID Connect failed: InvalidClaimError at [\w.:> ]+", told)


@ON_SQLITE
def test_a_mark_differs_from_round_to_round_and_provider_to_provider(draws: Draws) -> None:
    del draws
    given = [("k", "PI-1", "i", "s"), ("k", "PI-2", "i", "s"), ("k", "PI-1", "j", "s"), ("k", "PI-1", "i", "t")]
    given += [("l", "PI-1", "i", "s"), ("k", "PI-1i", "", "s"), ("k", "PI-1", "is", "")]
    assert len({drawing.mark_of(*one) for one in given}) == len(given)


def test_closing_the_round_forgets_who_drew(database: Database, draws: Draws, issuer: str) -> None:
    anna = draws(issuer)
    anna.sign_in("anna")
    late = anna.other()
    late.sign_in("berta")
    anna.draw()
    closing.close(database, "PI-1", max(LATER, datetime.now(UTC)), secret_key=served.SECRET)
    assert stored(database) == (0, 0)
    assert late.draw().status_code == 409
    assert "takes no more answers" in late.browser.words
    assert stored(database) == (0, 0)


@ON_SQLITE
def test_drawing_is_eight_statements_whatever_was_drawn(draws: Draws, issuer: str) -> None:
    anna = draws(issuer)
    for name in ("a", "b", "c"):
        somebody = anna.other()
        somebody.sign_in(name)
        with counted() as statements:
            assert somebody.draw().status_code == 200
        assert len(statements) == 8
    with counted() as statements:
        anna.browser.get("/draw/PI-1")
    assert len(statements) == 2


@ON_SQLITE
def test_the_page_speaks_german(draws: Draws, issuer: str) -> None:
    anna = draws(issuer)
    anna.browser.get("/draw/PI-1")
    anna.browser.post("/draw/PI-1/sign-in", {"language": "de"})
    assert "Ziehen Sie Ihren Code" in anna.browser.words
    anna.sign_in("anna")
    assert "Ihr Team" in anna.browser.words
    anna.browser.post("/draw/PI-1", {"language": "en", "team": "ibex"})
    assert anna.browser.seen is not None
    assert "Draw my code" in anna.browser.seen.text
    assert 'value="ibex" selected' in anna.browser.seen.text


@ON_SQLITE
def test_the_round_s_page_says_where_to_draw(database: Database, draws: Draws, issuer: str, signs_in: SignsIn) -> None:
    anna = draws(issuer)
    lace = signs_in("lace")
    assert "/draw/PI-1" not in lace.get("/rounds/PI-1").text  # that site knows no provider
    lace.client = anna.app.test_client()
    lace.get("/sign-in")
    lace.post("/sign-in", {"email": "lace@example.org", "password": served.PASSWORD})
    assert 'href="http://localhost/draw/PI-1"' in lace.get("/rounds/PI-1").text
    del database


def test_a_claim_lasts_a_quarter_of_an_hour(
    database: Database, draws: Draws, issuer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = draws(issuer)
    monkeypatch.setattr(claim, "LASTS", -claim.LASTS)
    anna.sign_in("anna")
    assert "Sign in" in anna.browser.words
    assert "<select" not in (anna.browser.seen.text if anna.browser.seen else "")
    assert anna.draw().status_code == 403
    assert "too long ago. No code was drawn." in anna.browser.words
    assert stored(database) == (0, 0)
