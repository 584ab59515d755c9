"""Signing in leads to what one may open, and takes nothing from who answers in the same browser."""

import pytest

from tests.services.given import ON_SQLITE
from tests.web.conftest import SignsIn
from tests.web.respond.given import Respondent

pytestmark = ON_SQLITE


@pytest.mark.parametrize(
    ("role", "home"),
    [("admin", "/arts"), ("lace", "/arts"), ("rte", "/arts"), ("viewer", "/arts"), ("facilitator", "/rounds")],
)
def test_everybody_comes_to_a_page_they_may_open(signs_in: SignsIn, role: str, home: str) -> None:
    person = signs_in(role)
    page = person.follow()
    assert (page.request.path, page.status_code) == (home, 200)
    assert f'class="product" href="{home}"' in page.text
    assert person.get("/sign-in").location == home


def test_signing_in_and_out_changes_the_forms_token_and_keeps_a_respondents_draft(
    somebody_new: Respondent, signs_in: SignsIn
) -> None:
    somebody_new.get("/sign-in")
    with somebody_new.client.session_transaction() as session:
        session["respond-draft"] = "mine"
    before = somebody_new.token
    signs_in("lace").follow()
    inside = somebody_new.token
    somebody_new.post("/sign-in/out")
    somebody_new.follow()
    assert len({before, inside, somebody_new.token}) == 3
    assert len({token.split(".")[0] for token in (before, inside, somebody_new.token)}) == 3
    with somebody_new.client.session_transaction() as session:
        assert session["respond-draft"] == "mine"
        assert "login" not in session
