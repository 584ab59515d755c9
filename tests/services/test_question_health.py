"""How questions fared: worked out at the close, stored with it, read as one row."""

import pytest
from sqlalchemy import delete

from assessment.errors import Conflict, NotFound
from assessment.services import answer_files, closing, question_health, releasing
from assessment.store import queries, tables
from assessment.store.database import Database
from tests.services.given import LATER, NOW, ON_SQLITE, as_csv, closed_round, open_round, rows_of

LEVELS = {"falcon": [5] * 8, "heron": [5] * 7 + [1], "ibex": [4] * 5 + [5] * 4, "lynx": [1, 5] * 4, "newt": [2] * 4}


def test_closing_works_it_out_over_the_whole_round(database: Database) -> None:
    round_ = closed_round(database, LEVELS)
    found = question_health.of_round(database, "PI-1")
    assert (found.round.code, found.health.forms) == ("PI-1", 37)
    assert [line.health.question for line in found.lines] == ["goals", "limits", "batch", "queue"]
    goals = found.lines[0].health
    assert (goals.dimension, goals.asked, goals.n, goals.people) == ("leading", 37, 37, 37)
    assert goals.item_rest == pytest.approx(1)  # everybody gave one answer to all
    assert found.dimensions["leading"].alpha == pytest.approx(1)
    with database.reading() as session:
        assert queries.question_health(session, round_.id) == found.health.figures()


def test_it_is_the_same_on_both_databases_and_after_the_release(database: Database) -> None:
    closed_round(database, LEVELS)
    before = question_health.of_round(database, "PI-1")
    releasing.release(database, "PI-1", LATER)
    after = question_health.of_round(database, "PI-1")
    assert (after.health, after.lines) == (before.health, before.lines)
    assert after.as_json()["questions"][0].keys() >= {"question", "ceiling", "item_rest", "verdict", "why"}


def test_a_round_that_nobody_answered_has_nothing_to_tell(database: Database) -> None:
    open_round(database)
    closing.close(database, "PI-1", LATER)
    found = question_health.of_round(database, "PI-1")
    assert {line.advice.verdict for line in found.lines} == {"unknown"}
    assert not found.related


@ON_SQLITE
def test_why_there_is_nothing_to_tell_is_said(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotFound, match="there is no round PI-1"):
        question_health.of_round(database, "PI-1")
    round_ = open_round(database)
    answer_files.import_answers(database, as_csv(rows_of("falcon", [3] * 8)), "PI-1", NOW)
    with pytest.raises(Conflict, match="is not closed yet; closing works out"):
        question_health.of_round(database, "PI-1")
    with monkeypatch.context() as patch:
        patch.delattr(releasing, "measured")
        with pytest.raises(NameError):
            closing.close(database, "PI-1", LATER)
    with pytest.raises(Conflict, match="is being closed"):
        question_health.of_round(database, "PI-1")
    closing.close(database, "PI-1", LATER)
    assert question_health.of_round(database, "PI-1").health.forms == 8
    with database.writing() as session:
        session.execute(delete(tables.QuestionHealth).where(tables.QuestionHealth.round_id == round_.id))
    with pytest.raises(Conflict, match="was closed by an earlier version"):
        question_health.of_round(database, "PI-1")
