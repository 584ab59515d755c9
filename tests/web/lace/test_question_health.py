"""The page on how a round's questions fared: for whom it is, what it tells, and what where there is nothing to tell."""

import pytest
from sqlalchemy import delete

from assessment.services import answer_files
from assessment.store import tables
from assessment.store.database import Database
from tests.services.given import NOW, ON_SQLITE, QUESTIONNAIRE, as_csv, closed_round, open_round
from tests.web.conftest import SignsIn

PAGE = "/rounds/PI-1/questions"
LEVELS = {"falcon": [5] * 8, "heron": [5] * 7 + [1], "ibex": [5] * 9, "owl": [4, 4] + [5] * 6}


@ON_SQLITE
@pytest.mark.parametrize("role", ["lace", "admin"])
def test_who_decides_on_questions_sees_how_they_fared(database: Database, signs_in: SignsIn, role: str) -> None:
    closed_round(database, LEVELS)
    person = signs_in(role)
    assert f'href="{PAGE}"' in person.get("/rounds/PI-1").text
    person.get(PAGE)
    for words in (
        "How the questions of PI-1 fared",
        "Goals are shared.",
        "consider retiring it",
        "it no longer tells teams apart",
        "alpha 1.00, over 33 forms with all 2 answered",
    ):
        assert words in person.words, words
    assert "Fewer than 30" not in person.words
    assert "Falcon" not in person.words  # nothing is of a team


@ON_SQLITE
@pytest.mark.parametrize("role", ["rte", "facilitator", "viewer"])
def test_nobody_else_does(database: Database, signs_in: SignsIn, role: str) -> None:
    closed_round(database, LEVELS)
    person = signs_in(role)
    assert person.get(PAGE).status_code == 403
    assert PAGE not in person.get("/rounds/PI-1").text


@ON_SQLITE
def test_a_round_of_few_people_tells_no_correlation(database: Database, signs_in: SignsIn) -> None:
    closed_round(database, {"falcon": [5, 4, 3, 2, 5, 5, 4, 4]})
    person = signs_in("lace")
    person.get(PAGE)
    assert "Fewer than 30 people answered all questions of a dimension" in person.words
    assert "8 forms with all 2 answered" in person.words


@ON_SQLITE
def test_what_is_missing_is_said(database: Database, signs_in: SignsIn) -> None:
    open_round(database)
    person = signs_in("lace")
    assert person.get(PAGE).status_code == 200
    assert "The round PI-1 is not closed yet" in person.words
    assert PAGE not in person.get("/rounds/PI-1").text
    assert person.get("/rounds/PI-9/questions").status_code == 404


@ON_SQLITE
def test_a_round_closed_by_an_earlier_version_says_so(database: Database, signs_in: SignsIn) -> None:
    closed_round(database, LEVELS)
    with database.writing() as session:
        session.execute(delete(tables.QuestionHealth))
    person = signs_in("lace")
    person.get(PAGE)
    assert "was closed by an earlier version" in person.words


@ON_SQLITE
def test_a_questionnaire_that_scores_nothing_says_so(database: Database, signs_in: SignsIn) -> None:
    begin = QUESTIONNAIRE.partition(b"dimensions:")[0].partition(b"scales:")[0]
    content = begin + (
        b"dimensions: [{id: words, title: Words, questions: [{id: why, type: text, text: Why?, required: true}]}]\n"
    )
    open_round(database, content=content)
    rows = [{"team": "falcon", "why": f"Reason {number}"} for number in range(8)]
    answer_files.import_answers(database, as_csv(rows, ("team", "why")), "PI-1", NOW)
    person = signs_in("lace")
    person.get("/rounds/PI-1")
    person.post("/rounds/PI-1/close", {"sure": "yes"})
    person.get(PAGE)
    assert "No question of this questionnaire is scored." in person.words
