"""What the facilitator's screen shows, and when."""

import json
import re

from flask.testing import FlaskClient

from assessment.services import closing
from assessment.services.rounds import COMMAND_LINE
from tests.services.given import LATER
from tests.web.facilitate.given import Workshop, voted
from tests.web.respond.conftest import Opens
from tests.web.respond.given import EVERYTHING, Respondent

QUESTION = "validate"


def told(client: FlaskClient, address: str) -> dict[str, object]:
    """Give what an event tells; the stream ends with it."""
    answer = client.get(address)
    assert answer.mimetype == "text/event-stream"
    assert answer.headers["Cache-Control"] == "no-store"
    retry, data, *rest = answer.text.split("\n")
    assert retry == "retry: 2000"
    assert rest == ["", ""]
    found: dict[str, object] = json.loads(data.removeprefix("data: "))
    return found


def test_the_start_page_leads_to_the_desk_in_mode_team_alone(opens: Opens) -> None:
    place = opens(mode="team")
    who = place.somebody()
    who.enter(place.codes[0])
    assert 'href="/facilitate"' in who.follow().text


def test_a_form_for_single_people_has_no_desk(opens: Opens) -> None:
    place = opens()
    who = place.somebody()
    who.enter(place.codes[0])
    assert 'href="/facilitate"' not in who.follow().text
    assert who.get("/facilitate").location == "/form"
    assert who.post("/facilitate").status_code == 409
    assert "by themselves" in who.words


def test_looking_opens_no_room(opens: Opens) -> None:
    place = opens(mode="team")
    who = place.somebody()
    who.enter(place.codes[0])
    assert "Everyone votes silently" in who.get("/facilitate").text
    assert "deleted when the round closes" in who.words
    assert 'INTO "workshop"' not in place.contents()


def test_the_screen_shows_the_way_in_and_how_many_have_voted_and_no_more(workshop: Workshop) -> None:
    people = workshop.joined(2)
    voted(people, QUESTION, ["1", "3"])
    screen = workshop.desk()
    assert "2 votes are in" in screen
    assert "<svg" in screen
    assert "http://127.0.0.1:8000<wbr>/vote" in screen
    assert "<table" not in screen
    assert re.search(r"<button[^>]* disabled>Reveal", screen)
    assert "shown from 3 up" in screen
    assert workshop.press("reveal") == 409
    assert "from 3 up" in workshop.facilitator.words


def test_from_three_votes_the_distribution_is_shown_with_the_anchors_in_play(workshop: Workshop) -> None:
    people = workshop.joined(4)
    voted(people, QUESTION, ["1", "3", "3", "dk"])
    assert not re.search(r"<button[^>]* disabled>", workshop.desk())
    words = workshop.revealed()
    assert "4 people voted" in words
    assert re.search(r"Low 1 Middle 0 High 2 Don’t know 1", words)
    workshop.press("turn", question="a.b-1")
    voted(people, "a.b-1", ["3", "3", "3", "3"])
    workshop.press("reveal")
    screen = workshop.facilitator.follow().text.partition("<table")[2].partition("</table>")[0]
    assert "Together." in screen
    assert "Alone." not in screen


def test_what_is_agreed_is_what_the_form_has(workshop: Workshop) -> None:
    people = workshop.joined(3)
    voted(people, QUESTION, ["1", "1", "1"])
    assert workshop.press("agree", **{f"a-{QUESTION}": "2"}) == 409
    workshop.press("reveal")
    assert workshop.press("agree") == 400
    assert "Error" in workshop.facilitator.words
    assert workshop.press("agree", go="next", **{f"a-{QUESTION}": "2"}) == 303
    assert "We share." in workshop.facilitator.follow().text
    assert "Recorded." in workshop.facilitator.words
    workshop.facilitator.get("/form/1")
    assert workshop.facilitator.chosen() == {f"a-{QUESTION}:2"}
    assert workshop.press("agree", question=QUESTION, go="next", **{f"a-{QUESTION}": "3"}) == 303
    assert "We share." in workshop.facilitator.follow().text  # the room is elsewhere by now, and stays there
    assert workshop.press("agree", question="no-such") == 404


def test_a_comment_that_was_typed_outlives_a_refusal(opens: Opens) -> None:
    workshop = Workshop.opened(opens(EVERYTHING, mode="team"))
    people = workshop.joined(3)
    voted(people, "shared", ["3", "3", "2"])
    workshop.press("reveal")
    given = {"a-shared:comment": "A < B", "a-shared:links": "not a link", "a-shared": "3", "question": "shared"}
    assert workshop.press("agree", **given) == 400
    assert workshop.facilitator.seen is not None
    assert "A &lt; B" in workshop.facilitator.seen.text
    assert "is not a link" in workshop.facilitator.words
    answer = workshop.facilitator.post("/facilitate/agree", given, token=False)
    assert answer.status_code == 400
    assert "A &lt; B" in answer.text
    assert "press the button again" in workshop.facilitator.words


def test_a_second_facilitator_is_told_that_the_room_moved(workshop: Workshop) -> None:
    other = workshop.place.somebody()
    other.enter(workshop.place.codes[0])
    other.follow()
    page = other.get("/facilitate").text
    before = told(other.client, "/facilitate/events")
    workshop.press("turn", question="a.b-1")
    after = told(other.client, "/facilitate/events")
    assert before["stage"] != after["stage"]
    stage = re.search(r'data-stage="(\d+)"', page)
    assert stage
    assert other.post("/facilitate/turn", {"question": QUESTION, "stage": stage[1]}).status_code == 409
    assert "moved on" in other.words
    assert "We share." in other.words


def test_events_tell_a_counter_and_a_number_and_then_end(workshop: Workshop) -> None:
    (who,) = workshop.joined()
    voted([who], QUESTION, ["3"])
    for client, address in ((workshop.facilitator.client, "/facilitate/events"), (who.client, "/vote/events")):
        assert told(client, address) == {"stage": 0, "votes": 1}
    for address in ("/facilitate/events", "/vote/events"):
        assert told(workshop.place.app.test_client(), address) == {"stage": "over", "votes": 0}


def test_a_sent_form_ends_the_workshop_and_the_votes_stand_beside_what_was_agreed(workshop: Workshop) -> None:
    people = workshop.joined(3)
    voted(people, QUESTION, ["1", "3", "3"])
    workshop.press("reveal")
    workshop.press("agree", **{f"a-{QUESTION}": "2"})
    facilitator = workshop.facilitator
    facilitator.get("/form/1")
    facilitator.post("/form/1", {f"a-{QUESTION}": "2", "a-a.b-1": "dk"})
    facilitator.post("/form/2", {"a-go": "Nothing."})
    facilitator.get("/form/check")
    assert facilitator.post("/form/check").location == "/form/receipt"
    assert 'href="/facilitate"' in facilitator.follow().text
    facilitator.get("/facilitate")
    assert re.search(r"We check\. Agreed: Middle .*Low 1 Middle 0 High 2", facilitator.words)
    assert told(people[0].client, "/vote/events")["stage"] == "over"
    assert "has ended" in people[0].get("/vote").text
    assert workshop.place.submitted() == [{"validate": 2, "a.b-1": "dk", "go": {"text": "Nothing."}}]


def test_when_the_round_closes_the_room_is_gone(workshop: Workshop) -> None:
    people = workshop.joined(3)
    voted(people, QUESTION, ["1", "3", "3"])
    workshop.press("reveal")
    closing.close(workshop.place.database, "pi-1", LATER, COMMAND_LINE)
    assert told(people[0].client, "/vote/events")["stage"] == "over"
    assert people[0].get("/vote").status_code == 404
    assert "ends when its round closes" in people[0].words
    assert workshop.facilitator.get("/facilitate").location == "/form"
    assert 'INTO "vote"' not in workshop.place.contents()


def test_a_round_that_has_ended_takes_no_votes(opens: Opens) -> None:
    place = opens(mode="team", closes=-1)
    who = place.somebody()
    who.enter(place.codes[0])
    who.follow()
    assert who.get("/facilitate").location == "/form"
    assert who.post("/facilitate").status_code == 409
    assert "has ended" in who.words


def test_no_view_takes_a_form_without_a_token(workshop: Workshop) -> None:
    (voter,) = workshop.joined()
    for who, address in (
        (workshop.facilitator, "/facilitate"),
        (workshop.facilitator, "/facilitate/reveal"),
        (workshop.facilitator, "/facilitate/turn"),
        (workshop.facilitator, "/facilitate/agree"),
        (voter, "/vote"),
        (voter, "/vote/join"),
        (voter, "/vote/leave"),
    ):
        assert who.post(address, {"question": QUESTION}, token=False).status_code == 400, address


def test_without_the_team_s_code_nobody_is_a_facilitator(workshop: Workshop) -> None:
    stranger: Respondent = workshop.place.somebody()
    (voter,) = workshop.joined()
    for who in (stranger, voter):
        who.get("/vote")
        assert who.get("/facilitate").status_code == 403
        for address in ("/facilitate", "/facilitate/reveal", "/facilitate/turn", "/facilitate/agree"):
            assert who.post(address, {"question": QUESTION, "stage": "0"}).status_code == 403, address


def test_addresses_hold_neither_code_nor_question(workshop: Workshop) -> None:
    app = workshop.place.app
    rules = [str(rule) for rule in app.url_map.iter_rules() if rule.endpoint.startswith(("facilitate.", "vote."))]
    assert rules
    assert not [rule for rule in rules if "<" in rule]
