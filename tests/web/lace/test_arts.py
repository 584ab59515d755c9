"""The ARTs: each is shown to whom it belonged to in the round shown."""

import pytest

from assessment.services import answer_files, closing, organisation, releasing, rounds
from assessment.store.database import Database
from tests.services.given import NOW, ON_SQLITE, QUESTIONNAIRE, SECRET, UNITS, as_csv, released_round, rows_of
from tests.web.conftest import SignsIn

pytestmark = ON_SQLITE

LEVELS = {"falcon": [3] * 8, "heron": [4] * 8, "ibex": [5] * 9, "owl": [2] * 8}


@pytest.mark.parametrize(("role", "told"), [("viewer", False), ("rte", True)])
def test_the_rounds_are_pointed_to_where_one_may_open_them(signs_in: SignsIn, role: str, *, told: bool) -> None:
    page = signs_in(role).follow()
    assert "No round has been released yet." in page.text
    assert ("To the rounds" in page.text) is told


@pytest.mark.parametrize(("unit", "sees"), [("move", True), ("rail", True), ("stay", False), ("falcon", False)])
def test_an_art_that_moved_stays_with_those_who_had_it_in_the_round(
    database: Database, signs_in: SignsIn, unit: str, *, sees: bool
) -> None:
    released_round(database, LEVELS)
    organisation.import_units(database, UNITS.replace(b"art,rail,Rail,move,", b"art,rail,Rail,stay,"))
    person = signs_in("viewer", unit)
    assert ("/arts/rail" in person.get("/arts").text) is sees
    assert person.get("/arts/rail").status_code == (200 if sees else 403)
    assert person.get("/arts/rail/report.pdf?round=nowhere").status_code == 404


def test_a_unit_between_an_art_and_its_teams_opens_nothing(database: Database, signs_in: SignsIn) -> None:
    between = UNITS.replace(b"team,falcon,Falcon,rail,8", b"community,nest,Nest,rail,\nteam,falcon,Falcon,nest,8")
    organisation.import_units(database, between)
    released_round(database, LEVELS)
    assert signs_in("viewer", "nest").get("/arts/rail").status_code == 403


def test_the_report_of_an_art_whose_code_is_in_other_letters_has_a_plain_file_name(
    database: Database, signs_in: SignsIn
) -> None:
    organisation.import_units(
        database, "kind,code,name,parent,headcount\nart,Züge (Süd),Züge,,\nteam,a,A,Züge (Süd),9\n".encode()
    )
    rounds.open_round(database, QUESTIONNAIRE, rounds.Opening("PI 1", units=("a",)), SECRET, NOW)
    answer_files.import_answers(database, as_csv(rows_of("a", [3] * 8)), "PI 1", NOW)
    closing.close(database, "PI 1", NOW)
    releasing.release(database, "PI 1", NOW)
    person = signs_in("lace")
    answer = person.client.get("/arts/Züge (Süd)/report.pdf")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == "inline; filename=Z-ge-S-d--PI-1-rte.pdf"
