"""Two fill the same form at once; answers are saved as they are given; a draft is taken up elsewhere."""

import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.web.respond.conftest import Opens
from tests.web.respond.given import Place, Respondent


def two_of(place: Place) -> tuple[Respondent, Respondent]:
    """Give two people on the first page of the same form."""
    both = place.somebody(), place.somebody()
    for who in both:
        who.enter(place.codes[0])
        who.get("/form/1")
    return both


def given(who: Respondent, **answers: str) -> dict[str, str]:
    """Give what a page sends: its hidden fields and the answers."""
    return {"seen": who.hidden()["seen"], **{f"a-{name}": word for name, word in answers.items()}}


def test_what_only_one_changed_counts(opens: Opens) -> None:
    one, other = two_of(opens(mode="team"))
    one.post("/form/1", given(one, validate="1") | {"go": "stay"})
    other.post("/form/1", given(other) | {"a-a.b-1": "3", "go": "stay"})
    other.get("/form/1")
    assert other.chosen() == {"a-validate:1", "a-a.b-1:3"}


def test_what_both_changed_is_told_and_nothing_is_overwritten(opens: Opens) -> None:
    one, other = two_of(opens(mode="team"))
    one.post("/form/1", given(one, validate="1") | {"go": "stay"})
    answer = other.post("/form/1", given(other, validate="3") | {"go": "next"})
    assert answer.status_code == 400
    assert "Somebody else gave another answer meanwhile; it is the one you see. Yours was: High." in other.words
    assert other.chosen() == {"a-validate:1"}
    # Whoever chooses once more has seen both.
    assert other.post("/form/1", given(other, validate="3") | {"go": "stay"}).status_code == 303
    one.get("/form/1")
    assert one.chosen() == {"a-validate:3"}


def test_free_words_of_both_are_there_too(opens: Opens) -> None:
    one, other = two_of(opens(mode="team"))
    for who in (one, other):
        who.get("/form/2")
    one.post("/form/2", given(one, go="One <b>says</b>") | {"go": "stay"})
    answer = other.post("/form/2", given(other, go="The other says") | {"go": "stay"})
    assert answer.status_code == 400
    assert "Yours was: The other says." in other.words
    assert "One &lt;b&gt;says&lt;/b&gt;</textarea>" in answer.text


def test_without_versions_the_last_one_counts(opens: Opens) -> None:
    one, other = two_of(opens(mode="team"))
    one.post("/form/1", given(one, validate="1") | {"go": "stay"})
    for seen in ("x", "." * 50_000):
        assert other.post("/form/1", {"a-validate": "2", "seen": seen, "go": "stay"}).status_code == 303
    one.get("/form/1")
    assert one.chosen() == {"a-validate:2"}


def kept(who: Respondent, question: str, word: str, version: str = "", turn: str = "") -> dict[str, str]:
    """Save one answer as a script does; give what came back."""
    fields = {"only": question, f"a-{question}": word, "seen": version, "turn": turn, "csrf_token": who.token}
    answer = who.client.post("/form/1/keep", data=fields)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    found: dict[str, str] = answer.get_json()
    return found


def test_an_answer_is_saved_as_it_is_given_and_by_itself(opens: Opens) -> None:
    place = opens()
    who = place.somebody()
    who.enter(place.codes[0])
    who.get("/form/1")
    first = kept(who, "validate", "2")
    assert first["told"] == "Saved"
    kept(who, "a.b-1", "3")
    second = kept(who, "validate", "3", first["version"])
    assert second["version"] != first["version"]
    who.get("/form/1")
    assert who.chosen() == {"a-validate:3", "a-a.b-1:3"}
    assert who.hidden()["seen"].split(".")[0] == second["version"]


def test_a_tab_need_not_hear_of_an_answer_before_it_sends_the_next(opens: Opens) -> None:
    place = opens()
    who = place.somebody()
    who.enter(place.codes[0])
    who.get("/form/1")
    page = who.hidden()["seen"]
    for word, turn in (("1", "k3.1"), ("3", "k3.3"), ("2", "k3.2")):  # the second came last
        assert not kept(who, "validate", word, turn=turn)["conflict"]
    assert who.post("/form/1", {"a-validate": "2", "seen": page, "turn": "k3.4", "go": "stay"}).status_code == 303
    who.get("/form/1")
    assert who.chosen() == {"a-validate:2"}
    assert not kept(who, "validate", "3", turn="k3.3")["conflict"]
    who.get("/form/1")
    assert who.chosen() == {"a-validate:2"}


@pytest.mark.parametrize("turns", [range(1, 9), (4, 8, 1, 2, 7, 3, 6, 5)])
def test_answers_that_arrive_at_the_same_moment_are_all_kept(opens: Opens, turns: Sequence[int]) -> None:
    place = opens()
    tabs = [place.somebody() for _ in turns]
    for tab in tabs:
        tab.enter(place.codes[0])
        tab.get("/form/1")

    def keep(tab: Respondent, turn: int) -> None:
        question = ("validate", "a.b-1")[turn % 2]
        kept(tab, question, str(1 + turn % 3), turn=f"k3.{turn}")

    with ThreadPoolExecutor(len(tabs)) as pool:
        list(pool.map(keep, tabs, turns))
    tabs[0].get("/form/1")
    assert tabs[0].chosen() == {"a-a.b-1:2", "a-validate:3"}  # those of the turns 7 and 8


def test_a_conflict_is_told_while_it_is_saved_and_comes_up_again_with_the_page(opens: Opens) -> None:
    one, other = two_of(opens(mode="team"))
    one.post("/form/1", given(one, validate="1") | {"go": "stay"})
    before = given(other, validate="3")
    found = kept(other, "validate", "3")
    assert "Yours was: High." in found["told"]
    assert found["version"] == ""
    page = other.post("/form/1", before | {"go": "stay"})
    assert page.status_code == 400
    assert other.chosen() == {"a-validate:1"}


def test_what_cannot_be_kept_is_refused(opens: Opens) -> None:
    place = opens()
    stranger = place.somebody()
    stranger.get("/")
    assert stranger.post("/form/1/keep", {"only": "validate", "a-validate": "2"}).status_code == 403
    who = place.somebody()
    who.enter(place.codes[0])
    who.get("/form/1")
    assert who.post("/form/1/keep", {"only": "validate", "a-validate": "2"}, token=False).status_code == 400
    who.get("/form/1")
    for address, question in (("/form/9/keep", "validate"), ("/form/1/keep", "go"), ("/form/1/keep", "nothing")):
        assert who.post(address, {"only": question, "a-validate": "2"}).status_code == 404
    who.get("/form/1")
    assert kept(who, "validate", "17")["version"] == ""
    who.get("/form/1")
    assert who.chosen() == set()


def test_on_a_shared_link_a_code_of_ones_own_brings_the_draft_to_another_browser(opens: Opens) -> None:
    place = opens(mode="link")
    who = place.somebody()
    who.enter(place.codes[0])
    who.get("/form")
    assert "in another browser" not in who.words
    who.get("/form/1")
    who.post("/form/1", {"a-validate": "2", "go": "stay"})
    who.get("/form")
    own = re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", who.words)
    assert own
    assert own[0] != place.codes[0]
    elsewhere = place.somebody()
    assert elsewhere.enter(own[0].lower().replace("-", " ")).location == "/form"
    elsewhere.get("/form/1")
    assert elsewhere.chosen() == {"a-validate:2"}
    colleague = place.somebody()
    colleague.enter(place.codes[0])
    colleague.get("/form/1")
    assert colleague.chosen() == set()


def test_the_first_page_offers_to_start_as_someone_else(opens: Opens) -> None:
    place = opens()
    who = place.somebody()
    who.get("/")
    assert "Start as someone else" not in who.words
    who.enter(place.codes[0])
    who.get("/")
    assert "Not you? Start as someone else" in who.words
    assert who.post("/form/leave").location == "/"
    who.get("/")
    assert "Start as someone else" not in who.words
