"""The versions that rounds ask: parsed once, and never another content than was stored."""

from pathlib import Path

import pytest
from sqlalchemy import update

from assessment.errors import NotFound, Refused
from assessment.questionnaire.hashing import content_hash
from assessment.services import questionnaires, rounds
from assessment.store.database import Database
from assessment.store.records import RoundRecord
from assessment.store.tables import QuestionnaireVersion
from tests.services.given import QUESTIONNAIRE, open_round
from tests.store.given import counted


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin as a new process does."""
    monkeypatch.setattr(questionnaires, "_KNOWN", {})


def stored(database: Database, **columns: object) -> RoundRecord:
    """Open a round, then change what is stored of its questionnaire, as a new process finds it."""
    open_round(database)
    if columns:
        with database.writing() as session:
            session.execute(update(QuestionnaireVersion).values(**columns))
    questionnaires._KNOWN.clear()  # noqa: SLF001 - what this process knows is not asked of the database
    with database.reading() as session:
        return rounds.needed(session, "PI-1")


def test_a_version_is_read_once_a_process(database: Database) -> None:
    round_ = stored(database)
    with database.reading() as session, counted() as statements:
        first, second = (questionnaires.asked_in(session, round_) for _ in range(2))
    assert first is second is questionnaires.parsed(QUESTIONNAIRE)
    assert len(statements) == 1


def test_a_stored_version_with_another_content_is_refused(database: Database) -> None:
    round_ = stored(database, content=QUESTIONNAIRE + b"# a remark\n")
    with database.reading() as session, pytest.raises(Refused, match=r"questionnaire check, version 1, .* is damaged"):
        questionnaires.asked_in(session, round_)


def test_a_stored_version_that_cannot_be_read_is_refused(database: Database) -> None:
    round_ = stored(database, content=b"nothing", content_hash=content_hash(b"nothing"))
    with database.reading() as session, pytest.raises(Refused, match=r"questionnaire check, version 1, .* be used: "):
        questionnaires.asked_in(session, round_)


def test_no_more_versions_are_kept_than_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(questionnaires, "_MOST_KNOWN", 2)
    for number in range(5):
        questionnaires.parsed(QUESTIONNAIRE + f"# {number}\n".encode())
    assert len(questionnaires._KNOWN) == 2  # noqa: SLF001 - what is kept cannot be seen otherwise


def test_a_questionnaire_is_found_by_its_id_and_ones_own_goes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped, content = questionnaires.find("lean-agile-maturity", None)
    own = tmp_path / "own"
    own.mkdir()
    (own / "any-name.yml").write_bytes(content)
    assert questionnaires.find("lean-agile-maturity", own) == (own / "any-name.yml", content)
    (tmp_path / "lean-agile-maturity").mkdir()  # a folder of that name is not meant
    monkeypatch.chdir(tmp_path)
    assert questionnaires.find("lean-agile-maturity", None) == (shipped, content)
    with pytest.raises(NotFound, match=r"give a file, or one of art-flow, .*lean-agile-maturity"):
        questionnaires.find("any-name", own)
