"""What is turned away before any view sees it."""

import pytest

from tests.web.conftest import SignsIn
from tests.web.respond.given import Respondent


def test_a_form_that_another_site_sends_is_refused_and_changes_no_cookie(somebody_new: Respondent) -> None:
    somebody_new.get("/")
    for address in ("/", "/form/leave", "/sign-in"):
        answer = somebody_new.client.post(address, headers={"Sec-Fetch-Site": "cross-site"})
        assert answer.status_code == 403
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("address", ["/arts/%00", "/arts?round=%00", "/rounds/a%00b", "/sign-in?next=%00"])
def test_a_null_character_in_an_address_is_refused(signs_in: SignsIn, address: str) -> None:
    assert signs_in("lace").get(address).status_code == 400


def test_so_it_is_in_a_form_of_the_staff(somebody_new: Respondent) -> None:
    somebody_new.get("/sign-in")
    assert somebody_new.post("/sign-in", {"email": "a\x00b", "password": "x"}).status_code == 400
