"""What stands beside the room: the languages, how many are on the team, and how it voted on the team's own page."""

import re
from datetime import UTC, datetime

import pytest

from assessment.services import closing, team_results
from tests.web.facilitate.given import Workshop, voted
from tests.web.respond.conftest import SECRET, Opens
from tests.web.respond.given import EVERYTHING, Respondent

QUESTION = "validate"
ON_THE_TEAM = 7


def sent(workshop: Workshop) -> str:
    """Send what a team agreed on, and give the code of its own page."""
    who = workshop.facilitator
    who.get("/form/1")
    who.post("/form/1", {f"a-{QUESTION}": "2", "a-a.b-1": "dk"})
    who.post("/form/2", {"a-go": "Nothing."})
    who.get("/form/check")
    who.post("/form/check")
    found = re.search(r'href="[^"]*/results#([^"]+)"', who.follow().text)
    assert found
    return found[1]


def own_page(workshop: Workshop, code: str) -> Respondent:
    """Give somebody who looks at the team's own page."""
    who = workshop.place.somebody()
    who.get("/results")
    who.post("/results", {"code": code})
    who.follow()
    return who


def test_the_votes_stand_beside_the_agreed_level_until_the_close(workshop: Workshop) -> None:
    people = workshop.joined(3)
    voted(people, QUESTION, ["1", "3", "dk"])
    workshop.press("reveal")
    workshop.press("turn", question="a.b-1")
    voted(people, "a.b-1", ["1", "1", "1"])  # and never revealed
    code = sent(workshop)
    who = own_page(workshop, code)
    assert "The votes are deleted when the round closes" in who.words
    assert re.search(r"We check\. 2\.0 Agreed: Middle 3 people voted .*Low 1 Middle 0 High 1 Don’t know 1", who.words)
    assert who.words.count("people voted") == 1
    assert not team_results.of_team(workshop.place.database, "pi-1", "falcon").votes, "the room was not told of staff"
    closing.close(workshop.place.database, "pi-1", datetime.now(UTC), secret_key=SECRET)
    who.get("/results/team")
    assert "We check. 2.0" in who.words
    assert "voted" not in who.words
    assert "The votes are deleted" not in who.words


def test_a_team_that_did_not_vote_reads_nothing_of_votes(workshop: Workshop) -> None:
    who = own_page(workshop, sent(workshop))
    assert "We check. 2.0" in who.words
    assert "votes" not in who.words


def test_more_votes_than_people_are_pointed_out_before_and_after_the_reveal(workshop: Workshop) -> None:
    people = workshop.joined(ON_THE_TEAM + 1)  # as one person can with a private window
    voted(people[:ON_THE_TEAM], QUESTION, ["1"] * ON_THE_TEAM)
    screen = workshop.desk()
    assert "7 people are on your team." in screen
    assert re.search(r'data-people="7" hidden>', screen)
    voted(people[ON_THE_TEAM:], QUESTION, ["3"])
    assert re.search(r'data-people="7">More votes came in', workshop.desk())
    workshop.press("reveal")
    assert re.search(r'data-people="7">More votes came in', workshop.desk())


@pytest.mark.parametrize("page", ["before", "desk", "seat"])
def test_every_page_of_a_workshop_has_the_language_switch(opens: Opens, page: str) -> None:
    place = opens(EVERYTHING, mode="team")
    who = place.somebody()
    who.enter(place.codes[0])
    who.follow()
    address, switch = "/facilitate", "/facilitate/language"
    if page != "before":
        workshop = Workshop.opened(place)
        who = workshop.facilitator
        if page == "seat":
            (who,) = workshop.joined()
            address, switch = "/vote", "/vote/language"
    english = who.get(address).text
    assert f'action="{switch}"' in english
    assert 'value="de"' in english
    assert who.post(switch, {"language": "de"}).location == address
    german = who.follow().text
    assert '<html lang="de">' in german
    assert "Wir teilen unsere Ziele." in german or page == "before"
    assert who.post(switch, {"language": "xx"}).location == address
    assert '<html lang="de">' in who.follow().text


def test_the_way_into_the_room_can_be_read_in_another_language_and_keeps_the_code(workshop: Workshop) -> None:
    who = workshop.place.somebody()
    who.get("/vote")
    page = who.post("/vote/join", {"code": "ABCD", "language": "de"})
    assert page.status_code == 200
    assert "Im Workshop des Teams abstimmen" in page.text
    assert 'value="ABCD"' in page.text


def test_without_a_room_the_switch_leads_to_the_way_in(workshop: Workshop) -> None:
    who = workshop.place.somebody()
    who.get("/vote")
    assert who.post("/vote/language", {"language": "de"}).location == "/vote"
