"""Every view says who may use it, and keeps to it."""

from pathlib import Path

import pytest
from flask import Flask

from assessment.app import create_app
from assessment.store.database import Database
from assessment.web.access import Access, access_of
from tests import served

# Who may use what, once more and by hand: a view that is added or opened wider must be added here, and be noticed.
EXPECTED = {
    "respond.landing": Access("everyone"),
    "respond.enter": Access("everyone"),
    "respond.start": Access("respondents"),
    "respond.choose_role": Access("respondents"),
    "respond.change_language": Access("respondents"),
    "respond.page": Access("respondents"),
    "respond.save": Access("respondents"),
    "respond.keep": Access("respondents"),
    "respond.check": Access("respondents"),
    "respond.submit": Access("respondents"),
    "respond.receipt": Access("respondents"),
    "respond.leave": Access("respondents"),
    "draw.page": Access("everyone"),
    "draw.sign_in": Access("everyone"),
    "draw.signed_in": Access("everyone"),
    "draw.draw": Access("everyone"),
    "facilitate.desk": Access("respondents"),
    "facilitate.open_room": Access("respondents"),
    "facilitate.reveal": Access("respondents"),
    "facilitate.turn": Access("respondents"),
    "facilitate.agree": Access("respondents"),
    "facilitate.change_language": Access("respondents"),
    "facilitate.events": Access("respondents"),
    "vote.seat": Access("everyone"),
    "vote.join": Access("everyone"),
    "vote.change_language": Access("everyone"),
    "vote.leave": Access("everyone"),
    "vote.vote": Access("voters"),
    "vote.events": Access("voters"),
    "sign_in.page": Access("everyone"),
    "sign_in.enter": Access("everyone"),
    "sign_in.leave": Access("staff", ("admin", "lace", "rte", "facilitator", "viewer")),
    "lace.arts": Access("staff", ("admin", "lace", "rte", "viewer")),
    "lace.art": Access("staff", ("admin", "lace", "rte", "viewer")),
    "lace.art_pdf": Access("staff", ("admin", "lace", "rte", "viewer")),
    "lace.questionnaires": Access("staff", ("admin", "lace", "rte")),
    "lace.questionnaire": Access("staff", ("admin", "lace", "rte")),
    "lace.questionnaire_pdf": Access("staff", ("admin", "lace", "rte")),
    "lace.rounds": Access("staff", ("admin", "lace", "rte", "facilitator")),
    "lace.round_": Access("staff", ("admin", "lace", "rte", "facilitator")),
    "lace.answered": Access("staff", ("admin", "lace", "rte", "facilitator")),
    "lace.blank_form": Access("staff", ("admin", "lace", "rte", "facilitator")),
    "lace.extend": Access("staff", ("admin", "lace", "rte")),
    "lace.sheets": Access("staff", ("admin", "lace", "rte", "facilitator")),
    "lace.mails": Access("staff", ("admin", "lace", "rte", "facilitator")),
    "lace.send_mails": Access("staff", ("admin", "lace", "rte", "facilitator")),
    "team_results.landing": Access("everyone"),
    "team_results.enter": Access("everyone"),
    "team_results.own": Access("everyone"),
    "team_results.take_up": Access("everyone"),
    "team_results.leave": Access("everyone"),
    "team_results.of_team": Access("staff", ("admin", "lace", "rte", "facilitator")),
    "lace.question_health": Access("staff", ("admin", "lace")),
    "lace.close": Access("staff", ("lace",)),
    "lace.review": Access("staff", ("lace",)),
    "lace.review_art": Access("staff", ("lace",)),
    "lace.keep_review": Access("staff", ("lace",)),
    "lace.release": Access("staff", ("lace",)),
    "health.live": Access("everyone"),
    "health.ready": Access("everyone"),
}


@pytest.fixture
def app(database: Database, database_url: str, tmp_path: Path) -> Flask:
    """The application on an empty database."""
    return create_app(served.settings(tmp_path, database_url), database)


def test_every_view_declares_who_may_use_it(app: Flask) -> None:
    declared = {name: access_of(view) for name, view in app.view_functions.items() if name != "static"}
    assert declared == EXPECTED


def test_a_view_without_a_declaration_is_refused(app: Flask) -> None:
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    answer = app.test_client().get("/forgotten")
    assert answer.status_code == 403
    assert b"secret" not in answer.data


def test_nobody_gets_in_without_signing_in(app: Flask) -> None:
    client = app.test_client()
    for rule in app.url_map.iter_rules():
        access = EXPECTED.get(rule.endpoint)
        if access is None or access.audience != "staff":
            continue
        address = rule.rule.replace("<code>", "x").replace("<art>", "x")
        method = "POST" if "POST" in (rule.methods or set()) else "GET"
        answer = client.open(address, method=method)
        # A page sends people to the sign-in; a form without a token is refused before anyone asks who sent it.
        assert answer.status_code == (302 if method == "GET" else 400), address


def test_respondents_need_a_code(app: Flask) -> None:
    client = app.test_client()
    for address in ("/form", "/form/1", "/form/check", "/form/receipt", "/facilitate"):
        assert client.get(address).status_code == 403, address


def test_the_headers_keep_everything_else_out(app: Flask) -> None:
    answer = app.test_client().get("/")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_health(app: Flask) -> None:
    client = app.test_client()
    assert client.get("/livez").data == b"ok\n"
    assert client.get("/readyz").data == b"ok\n"
