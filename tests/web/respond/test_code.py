"""The code opens the form, and nothing else does."""

from tests.web.respond.conftest import Opens
from tests.web.respond.given import Respondent, title


def test_a_code_opens_the_form_however_it_is_typed(opens: Opens) -> None:
    place = opens()
    code = place.codes[0]
    for typed in (code, code.lower(), code.replace("-", " "), f"  {code} ", f"http://127.0.0.1:8000/#{code}"):
        answer = place.somebody().enter(typed)
        assert (answer.status_code, answer.location) == (303, "/form")


def test_an_unknown_code_is_told_beside_the_field_and_stays_in_it(opens: Opens) -> None:
    who = opens().somebody()
    answer = who.enter('<b>"nonsense"')
    assert answer.status_code == 404
    assert title(answer).startswith("Error: ")
    assert who.words.count("This code is not known.") == 2
    assert 'value="&lt;b&gt;&#34;nonsense&#34;"' in answer.text
    assert '<a href="#code">' in answer.text


def test_no_code_at_all_is_told_too(opens: Opens) -> None:
    assert opens().somebody().enter(" -- ").status_code == 400


def test_the_code_is_in_no_address_and_no_script_can_read_it(opens: Opens) -> None:
    place = opens()
    who = place.somebody()
    who.enter(place.codes[0])
    cookie = who.client.get_cookie("assessment")
    assert cookie is not None
    assert cookie.http_only
    page = who.follow()
    assert place.codes[0] not in page.text
    assert place.codes[0].replace("-", "") not in page.text


def test_without_a_code_every_page_asks_for_it(opens: Opens) -> None:
    who = opens().somebody()
    for address in ("/form", "/form/1", "/form/check", "/form/receipt"):
        answer = who.get(address)
        assert answer.status_code == 403
        assert "Enter your code first." in who.words


def test_leaving_forgets_the_code(somebody: Respondent) -> None:
    answer = somebody.post("/form/leave")
    assert answer.location == "/"
    assert somebody.get("/form").status_code == 403


def test_no_page_is_kept_by_a_browser_that_others_use(somebody: Respondent) -> None:
    for address in ("/", "/form", "/form/1", "/form/check"):
        assert somebody.get(address).headers["Cache-Control"] == "no-store"
