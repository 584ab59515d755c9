"""A round's cockpit: who has answered, a reminder, more time, the blank form, codes on paper."""

from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from assessment.errors import NotFound
from assessment.services import handing_out, links, rounds
from assessment.services.answering import open_form, ticket_of
from assessment.store import tables
from assessment.store.database import Database
from tests import served
from tests.services.given import BASE, LATER, NOW, ON_SQLITE, SECRET, answered, codes_of, open_round
from tests.web.conftest import SignsIn


def text_of(pdf: bytes) -> str:
    """Give the words of a PDF."""
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def audited(database: Database) -> list[tuple[str, str, str]]:
    """Give who did what to what."""
    event = tables.AuditEvent
    with database.reading() as session:
        rows = session.execute(select(event.actor, event.action, event.subject))
        return [(actor, action, subject) for actor, action, subject in rows]


@ON_SQLITE
def test_who_has_answered_can_be_followed_without_the_page_around(database: Database, signs_in: SignsIn) -> None:
    open_round(database)
    person = signs_in("facilitator")
    assert 'data-follow="/rounds/PI-1/answered"' in person.get("/rounds/PI-1").text
    before = person.get("/rounds/PI-1/answered").text
    assert "<html" not in before
    assert "0 of" in before
    answered(database, ticket_of(codes_of(database)[0], None))
    # a draft is no answer yet
    assert person.get("/rounds/PI-1/answered").text == before
    assert "<script" not in before


@ON_SQLITE
def test_the_reminder_names_counts_and_no_code(database: Database, signs_in: SignsIn) -> None:
    open_round(database, closes_at=LATER)
    made = codes_of(database)
    page = signs_in("rte", "rail").get("/rounds/PI-1").text
    assert "0 of" in page
    assert "people have answered “PI-1” so far." in page
    assert "mailto:?subject=PI-1%3A%20please%20answer&amp;body=Hello%2C" in page
    assert not any(code in page for code in made)


@ON_SQLITE
def test_a_round_gets_more_time_and_says_how_many_days_are_left(database: Database, signs_in: SignsIn) -> None:
    open_round(database, closes_at=LATER)
    person = signs_in("rte", "rail")
    person.get("/rounds/PI-1")
    faulty = person.post("/rounds/PI-1/extend", {"until": "soon"})
    assert faulty.status_code == 422
    assert "Give the last day as a date, like 2026-12-11." in person.words
    assert person.post("/rounds/PI-1/extend", {"until": "9999-12-31"}).status_code == 422
    assert "Give the last day as a date, like 2026-12-11." in person.words
    past = person.post("/rounds/PI-1/extend", {"until": "2020-01-01"})
    assert past.status_code == 422
    assert "the new end must lie in the future" in person.words
    assert person.post("/rounds/PI-1/extend", {"until": "2030-01-31"}).status_code == 303
    person.get("/rounds/PI-1")
    assert "Open until the end of 31 January 2030" in person.words
    assert "days are left" in person.words


@ON_SQLITE
def test_a_facilitator_gives_no_more_time(database: Database, signs_in: SignsIn) -> None:
    open_round(database)
    person = signs_in("facilitator")
    person.get("/rounds/PI-1")
    assert "Give it more time" not in person.words
    assert person.post("/rounds/PI-1/extend", {"until": "2030-01-31"}).status_code == 403


@ON_SQLITE
def test_the_blank_form_is_on_paper(database: Database, signs_in: SignsIn) -> None:
    open_round(database)
    answer = signs_in("facilitator").get("/rounds/PI-1/form.pdf")
    assert answer.mimetype == "application/pdf"
    assert "Check" in text_of(answer.data)


@ON_SQLITE
def test_codes_are_made_once_and_a_teams_unused_ones_made_anew(database: Database, signs_in: SignsIn) -> None:
    open_round(database)
    person = signs_in("lace")
    person.get("/rounds/PI-1")
    assert "Make the codes of all (PDF)" in person.words
    first = person.post("/rounds/PI-1/sheets")
    assert first.mimetype == "application/pdf"
    assert first.headers["Cache-Control"] == "no-store"
    again = person.post("/rounds/PI-1/sheets")
    assert again.status_code == 409
    person.get("/rounds/PI-1")
    assert "Make the codes of all (PDF)" not in person.words
    unsure = person.post("/rounds/PI-1/sheets", {"team": "falcon"})
    assert unsure.status_code == 422
    assert "Tick the box first: the team’s unused codes will be void." in person.words
    anew = person.post("/rounds/PI-1/sheets", {"team": "falcon", "sure": "yes"})
    assert anew.mimetype == "application/pdf"
    assert "Falcon" in text_of(anew.data)
    assert "Heron" not in text_of(anew.data)
    actions = [(action, subject) for _, action, subject in audited(database) if action.startswith("codes")]
    assert actions == [("codes made", "PI-1"), ("codes made anew", "PI-1 falcon")]
    assert person.post("/rounds/PI-1/sheets", {"team": "nobody", "sure": "yes"}).status_code == 404


@ON_SQLITE
def test_new_codes_void_the_old_ones(database: Database) -> None:
    open_round(database)
    old = codes_of(database)[0]
    issuer = handing_out.Issuer("lace@example.org", NOW, BASE, SECRET, ZoneInfo("UTC"))
    handing_out.of_team(database, "PI-1", "falcon", issuer)
    with pytest.raises(NotFound):
        open_form(database, ticket_of(old, None), NOW)


@ON_SQLITE
def test_those_of_another_art_make_no_codes_of_a_team(database: Database, signs_in: SignsIn) -> None:
    open_round(database)
    links.of_round(database, "PI-1", BASE, SECRET)
    person = signs_in("rte", "rail")
    person.get("/rounds/PI-1")
    assert person.post("/rounds/PI-1/sheets").status_code == 403
    teams = {team.team: team.units for team in rounds.progress(database, "PI-1", NOW).teams}
    mine = next(team for team, units in teams.items() if "rail" in units)
    assert person.post("/rounds/PI-1/sheets", {"team": mine, "sure": "yes"}).mimetype == "application/pdf"
    for other in (team for team, units in teams.items() if "rail" not in units):
        assert person.post("/rounds/PI-1/sheets", {"team": other, "sure": "yes"}).status_code == 403


@ON_SQLITE
def test_a_teams_poster_is_printed_again_and_its_link_stays(database: Database, signs_in: SignsIn) -> None:
    open_round(database, mode="link", secret_key=served.SECRET)
    person = signs_in("facilitator")
    person.get("/rounds/PI-1")
    assert "void" not in person.words
    before = links.of_round(database, "PI-1", BASE, served.SECRET)
    answer = person.post("/rounds/PI-1/sheets", {"team": "falcon"})
    assert answer.mimetype == "application/pdf"
    assert links.of_round(database, "PI-1", BASE, served.SECRET) == before
