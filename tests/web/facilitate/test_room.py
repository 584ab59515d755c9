"""What somebody in the room sees on a phone."""

import re

import pytest

from tests.web.facilitate.given import Workshop, voted
from tests.web.respond.conftest import Opens
from tests.web.respond.given import AWKWARD, EVERYTHING

QUESTION = "validate"
PEOPLE = 30


def test_whoever_votes_is_told_before_who_sees_what(workshop: Workshop) -> None:
    who = workshop.place.somebody()
    who.get("/vote")
    for sentence in (
        "The facilitator sees how many have voted, and nothing else.",
        "From 3 votes up they can be revealed",
        "Nobody sees who voted what.",
        "Votes are deleted when the round closes.",
    ):
        assert sentence in who.words


@pytest.mark.parametrize(("typed", "status"), [("", 400), ("AAAA-BBBB-CCCC-DDDD", 404), ("\u0131\x00", 404)])
def test_a_code_that_is_none_opens_no_room(workshop: Workshop, typed: str, status: int) -> None:
    who = workshop.place.somebody()
    who.get("/vote")
    answer = who.post("/vote/join", {"code": typed})
    assert answer.status_code in {status, 400}
    assert 'name="code"' in answer.text or answer.status_code == 400
    assert who.post("/vote", {"question": QUESTION, f"a-{QUESTION}": "3"}).status_code == 403


def test_the_team_s_code_opens_no_room_and_the_room_s_code_no_form(workshop: Workshop) -> None:
    who = workshop.place.somebody()
    who.get("/vote")
    assert who.post("/vote/join", {"code": workshop.place.codes[0]}).status_code == 404
    assert who.enter(workshop.code).status_code == 404


def test_a_vote_is_in_and_may_be_changed_until_the_reveal(workshop: Workshop) -> None:
    people = workshop.joined(3)
    assert "We check." in people[0].get("/vote").text
    voted(people, QUESTION, ["1", "3", "3"])
    people[0].follow()
    assert "Your vote is in; you may change it until the reveal." in people[0].words
    assert people[0].chosen() == {f"a-{QUESTION}:1"}
    voted(people[:1], QUESTION, ["na"])
    people[0].follow()
    assert people[0].chosen() == {f"a-{QUESTION}:na"}
    workshop.press("reveal")
    answer = people[0].post("/vote", {"question": QUESTION, f"a-{QUESTION}": "2"})
    assert answer.status_code == 409
    assert "were revealed" in people[0].words
    assert "<fieldset" not in people[0].get("/vote").text
    assert not re.search(r"\b[12] (votes?|Low|High)", people[0].words)
    workshop.press("turn", question="a.b-1")
    assert "We share." in people[0].get("/vote").text
    assert people[0].chosen() == set()
    late = people[0].post("/vote", {"question": QUESTION, f"a-{QUESTION}": "2"})
    assert late.status_code == 409
    assert "We share." in late.text


def test_what_is_no_answer_is_no_vote(workshop: Workshop) -> None:
    (who,) = workshop.joined()
    for fields in ({}, {f"a-{QUESTION}": "9"}, {f"a-{QUESTION}": ["1", "2"]}):
        answer = who.post("/vote", {"question": QUESTION, **fields})
        assert answer.status_code == 400
        assert "Error" in who.words
    assert "0 votes" not in workshop.desk()
    assert "No votes yet" in workshop.desk()


def test_several_choices_and_ways_out_are_votes_too(opens: Opens) -> None:
    workshop = Workshop.opened(opens(EVERYTHING, mode="team"))
    workshop.press("turn", question="tools")
    people = workshop.joined(3)
    for who, words in zip(people, (["chart", "list"], ["chart"], ["list"]), strict=True):
        who.get("/vote")
        answer = who.post("/vote", {"question": "tools", "a-tools": words})
        assert answer.status_code == 303, who.words
    people[0].follow()
    assert people[0].chosen() == {"a-tools:chart", "a-tools:list"}
    assert "3 people voted" in workshop.revealed()


def test_a_questionnaire_s_words_are_never_markup(opens: Opens) -> None:
    workshop = Workshop.opened(opens(AWKWARD, mode="team"))
    people = workshop.joined(3)
    voted(people, "validate", ["-1", "-1", "0.5"])
    workshop.press("reveal")
    for page in (workshop.desk(), people[0].get("/vote").text):
        assert "<i>Frage" not in page
        assert "<script>alert" not in page
        assert 'lang="de"' in page


def test_whoever_leaves_can_come_back_but_has_one_vote(workshop: Workshop) -> None:
    (who,) = workshop.joined()
    voted([who], QUESTION, ["1"])
    who.get("/vote")
    who.post("/vote/leave")
    assert 'name="code"' in who.follow().text
    who.post("/vote/join", {"code": workshop.code.lower().replace("-", " ")})
    who.follow()
    voted([who], QUESTION, ["3"])
    assert "1 vote is in" in workshop.desk()


def test_thirty_people_vote_in_one_room(workshop: Workshop) -> None:
    people = workshop.joined(PEOPLE)
    voted(people, QUESTION, [str(number % 3 + 1) for number in range(PEOPLE)])
    for who in people:
        assert who.client.get("/vote/events").status_code == 200
    assert f"{PEOPLE} votes are in" in workshop.desk()
    words = workshop.revealed()
    assert "30 people voted" in words
    assert re.search("Low 10 Middle 10 High 10", words)
    contents = workshop.place.contents()
    assert contents.count('INSERT INTO "vote"') == PEOPLE
    assert 'INSERT INTO "submission"' not in contents


def test_the_room_speaks_the_reader_s_language(workshop: Workshop) -> None:
    who = workshop.place.somebody()
    german = {"Accept-Language": "de"}
    assert "Im Workshop des Teams abstimmen" in who.client.get("/vote", headers=german).text
    answer = workshop.facilitator.client.get("/facilitate", headers=german)
    assert answer.status_code == 200
