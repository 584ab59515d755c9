"""What is said beside an answer: why it does not apply, links to what shows it, a comment."""

import pytest

from tests.web.respond.given import TYPES, Respondent

LINKS = "https://example.org/a\r\n\r\nhttp://example.org/b?c=d&e"


def test_links_and_a_comment_are_saved_shown_again_and_checked(everyone: Respondent) -> None:
    beside = {"a-shared:links": LINKS, "a-shared:comment": "Look <here>\r\nand there"}
    assert everyone.post("/form/1", TYPES | beside).status_code == 303
    page = everyone.get("/form/1")
    assert "\nhttps://example.org/a\nhttp://example.org/b?c=d&amp;e</textarea>" in page.text
    assert "\nLook &lt;here&gt;\nand there</textarea>" in page.text
    assert page.text.count('<details class="evidence" open>') == 1
    page = everyone.get("/form/check")
    assert '<p class="own-words beside"><b>Comment:</b> Look &lt;here&gt;\nand there</p>' in page.text
    assert '<p class="beside"><b>Link:</b> http://example.org/b?c=d&amp;e</p>' in page.text
    assert 'href="http://example.org' not in page.text


def test_what_is_beside_an_answer_is_not_counted_as_one(everyone: Respondent) -> None:
    reason = {"a-shared": "na", "a-shared:reason": "None.", "a-shared:links": LINKS, "a-shared:comment": "Look there"}
    everyone.post("/form/1", TYPES | reason)
    everyone.follow()
    assert "Saved. 5 of 8 answered in" in everyone.words


@pytest.mark.parametrize(
    ("links", "sentence"),
    [
        ("nonsense", "“nonsense” is not a link; a link begins with https:// or http://."),
        ("javascript:alert(1)", "“javascript:alert(1)” is not a link"),
        ("https://", "“https://” is not a link"),
        ("https://[", "“https://[” is not a link"),
        ("https://example.org/\u202e", "is not a link"),
        ("https://example.org/" + "x" * 500, "is not a link"),
        ("https://a.example https://b.example https://c.example https://d.example", "4 links came; at most 3"),
    ],
)
def test_a_link_that_is_none_is_told_beside_its_field(everyone: Respondent, links: str, sentence: str) -> None:
    page = everyone.post("/form/1", TYPES | {"a-shared:links": links, "a-shared:comment": "Kept"})
    assert page.status_code == 400
    assert sentence in everyone.words
    assert '<a href="#b-shared:links">Question 1: ' in page.text
    assert 'id="b-shared:links" rows="3" spellcheck="false" aria-describedby="e-shared:links" aria-invalid="true"' in (
        page.text
    )
    assert page.text.count('<details class="evidence" open>') == 1
    page = everyone.get("/form/1")
    assert "\nKept</textarea>" in page.text
    assert everyone.chosen() >= {"a-shared:3"}


def test_a_reason_is_asked_for_where_it_does_not_apply(everyone: Respondent) -> None:
    page = everyone.get("/form/1")
    assert 'name="a-shared:reason"' in page.text
    assert "Why does it not apply? (optional)" in everyone.words
    assert 'name="a-waiting:reason"' not in page.text
    page = everyone.post("/form/1", TYPES | {"a-shared": "na", "a-place": "na"})
    assert page.status_code == 400
    assert "Question 1: Say why it does not apply." in everyone.words
    assert '<a href="#b-shared:reason">' in page.text
    assert everyone.words.count("Say why") == 2, "the other reason is optional"
    assert everyone.chosen() >= {"a-shared:na", "a-place:na"}
    given = TYPES | {"a-shared": "na", "a-shared:reason": "We have none.", "go": "next"}
    assert everyone.post("/form/1", given).location == "/form/2"
    everyone.get("/form/check")
    assert "We share our goals. Does not apply Why: We have none. Change" in everyone.words


def test_without_a_reason_that_is_needed_the_form_is_not_sent(everyone: Respondent) -> None:
    everyone.post("/form/1", TYPES | {"a-shared": "na", "go": "list"})
    everyone.get("/form/check")
    assert "We share our goals. Does not apply Say why it does not apply Change" in everyone.words
    everyone.post("/form/check")
    assert "Say why this does not apply: “We share our goals.”" in everyone.words


def test_a_reason_for_what_does_apply_is_not_kept(everyone: Respondent) -> None:
    everyone.post("/form/1", TYPES | {"a-shared:reason": "Changed my mind."})
    assert "Changed my mind." not in everyone.get("/form/1").text


def test_beside_an_answer_there_is_only_what_the_questionnaire_asks_for(everyone: Respondent) -> None:
    everyone.post("/form/1", TYPES | {"a-waiting:comment": "Not asked", "a-hinders:comment": "Nor this"})
    assert "Not asked" not in everyone.get("/form/1").text
    everyone.get("/form/check")
    assert "Nor this" not in everyone.words


def test_two_texts_for_one_field_are_refused(everyone: Respondent) -> None:
    page = everyone.post("/form/1", TYPES | {"a-shared:comment": ["one", "two"]})
    assert page.status_code == 400
    assert "Question 1: 2 texts came for this field; give one." in everyone.words


def test_what_is_beside_an_answer_is_carried_past_a_lost_cookie(everyone: Respondent) -> None:
    everyone.client.delete_cookie("assessment")
    everyone.post("/form/1", TYPES | {"a-shared:comment": "Typed at length, and more", "a-days:way": "na"})
    assert "Typed at length, and more" in everyone.words
    carried = everyone.seen
    assert carried is not None
    for field in ("a-shared:comment", "a-days:way", 'a-tools" value="chart', 'a-tools" value="list'):
        assert f'name="{field}' in carried.text
