"""Verifying: what was released comes out again, and whatever was changed since is named."""

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing as closing_later
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, func, select, text, update

from assessment.errors import Conflict, NotFound
from assessment.measure.scoring import METHOD, METHODS
from assessment.services import answer_files, closing, demonstration, reading, releasing, verifying
from assessment.services.verifying import Verified
from assessment.store import queries, tables
from assessment.store.database import Database
from assessment.store.records import ReviewRecord
from tests.services.given import LATER, NOW, ON_SQLITE, SECRET, as_csv, open_round, released_round, rows_of

LEVELS = {"falcon": [3] * 8, "heron": [4] * 8, "ibex": [5, 4, 3] * 3, "lynx": [1, 2] * 4, "owl": [2, 3] * 4}
WITH_FEW = LEVELS | {"newt": [2] * 4}
SET = ReviewRecord("rail", "flow", "set", 2.0, "The demo was skipped twice.", "lace@example.org", LATER)


def closed(database: Database, code: str, weeks: int = 0, levels: Mapping[str, Sequence[int]] = LEVELS) -> None:
    """Open, fill and close a round as the command does."""
    now = NOW + timedelta(weeks=weeks)
    open_round(database, code, now=now)
    rows = [row for team, of_team in levels.items() for row in rows_of(team, of_team)]
    answer_files.import_answers(database, as_csv(rows), code, now)
    closing.close(database, code, now + timedelta(days=14), secret_key=SECRET)


def released(database: Database, code: str, weeks: int = 0, reason: str | None = None) -> None:
    """Release a closed round as the command does."""
    releasing.release(database, code, NOW + timedelta(weeks=weeks, days=15), secret_key=SECRET, reason=reason)


@pytest.fixture
def sealed(database: Database) -> Database:
    """A database with a reviewed and released round, and one that rests on it."""
    closed(database, "PI-1")
    releasing.review(database, "PI-1", [SET])
    released(database, "PI-1")
    closed(database, "PI-2", 12, LEVELS | {"falcon": [4] * 8, "heron": [5] * 8})
    released(database, "PI-2", 12)
    return database


def verified(database: Database, code: str | None = None, secret_key: str = SECRET) -> list[Verified]:
    """Verify."""
    return list(verifying.verify(database, secret_key, code))


def found_fault_with(database: Database) -> list[str]:
    """Give everything that is found fault with."""
    return [
        f"{found.name}: {sentence}"
        for found in verified(database)
        for sentence in (*found.faults, *(difference.sentence for difference in found.differences))
    ]


def change(database: Database, table: Any, which: Any, **values: Any) -> None:  # noqa: ANN401 - any of them
    """Change rows behind the application's back."""
    with database.writing() as session:
        assert session.execute(update(table).where(which).values(**values)).rowcount  # type: ignore[attr-defined]


def test_every_release_comes_out_again(sealed: Database) -> None:
    found = verified(sealed)
    assert [one.name for one in found] == [
        "PI-1, preliminary",
        "PI-1, release 1",
        "PI-2, preliminary",
        "PI-2, release 1",
    ]
    assert found_fault_with(sealed) == []
    assert [one.sealed for one in found] == [True] * 4
    assert all(one.is_sound and not one.remarks and one.scores for one in found)
    assert [bool(one.steps) for one in found] == [False, True, False, True]
    assert [one.name for one in verified(sealed, "PI-2")] == ["PI-2, preliminary", "PI-2, release 1"]
    assert verifying.database_faults(sealed) == []


def test_a_round_without_scores_has_nothing_to_verify(database: Database) -> None:
    with pytest.raises(NotFound, match="there is no round PI-9"):
        verified(database, "PI-9")
    open_round(database)
    with pytest.raises(Conflict, match="has nothing to verify"):
        verified(database, "PI-1")
    assert verified(database) == []


def test_a_figure_that_was_changed_is_named(sealed: Database) -> None:
    score = tables.Score
    change(sealed, score, (score.release_id == 2) & (score.unit == "rail") & (score.dimension == "flow"), value=4.5)
    found = found_fault_with(sealed)
    assert found[0] == "PI-1, release 1: its hash is not that of the figures that are stored"
    assert found[1] == "PI-1, release 1: rail, flow: score value is 4.5, should be 3.6666666666666665"
    # What rests on it, and nothing else, is another one too.
    assert all(sentence.startswith("PI-2, release 1: ") and ": step " in sentence for sentence in found[2:])


def test_a_reading_that_was_changed_is_named(sealed: Database) -> None:
    change(sealed, tables.Review, tables.Review.unit == "rail", reason="Something else.")
    assert found_fault_with(sealed) == [
        "PI-1, release 1: rail, flow: score review_reason is The demo was skipped twice., should be Something else."
    ]


def test_a_step_that_was_changed_is_named(sealed: Database) -> None:
    step = tables.Step
    change(sealed, step, (step.release_id == 4) & (step.unit == "falcon"), verdict="worsened")
    first, second, *rest = found_fault_with(sealed)
    assert (first, rest) == ("PI-2, release 1: its hash is not that of the figures that are stored", [])
    assert second.startswith("PI-2, release 1: falcon, overall: step verdict is worsened, should be ")


def test_rows_that_were_taken_away_or_added_are_named(sealed: Database) -> None:
    with sealed.writing() as session:
        session.execute(delete(tables.Score).where(tables.Score.release_id == 1, tables.Score.unit == "newt"))
    change(sealed, tables.Score, (tables.Score.release_id == 1) & (tables.Score.unit == "lynx"), unit="lion")
    found = {sentence for sentence in found_fault_with(sealed) if ": score row " in sentence}
    assert "PI-1, preliminary: newt, overall: score row is not there, should be there" in found
    assert "PI-1, preliminary: lion, overall: score row is there, should be not there" in found


def test_what_a_release_was_made_of_is_sealed(sealed: Database) -> None:
    with sealed.writing() as session:
        entry = tables.RosterEntry
        statement = select(entry.id).where(entry.unit_code == "heron").order_by(entry.id).limit(1)
        heron = session.scalars(statement).one()
        tally = tables.TeamTally
        counts = session.scalars(select(tally.counts).where(tally.roster_entry_id == heron)).one()
    other = counts["goals"].levels[::-1]
    changed = dict(counts) | {"goals": type(counts["goals"])(other)}
    change(sealed, tally, tally.roster_entry_id == heron, counts=changed)
    seals = [found.sealed for found in verified(sealed)]
    assert seals == [False, False, True, True]
    assert any("its seal does not fit" in sentence for sentence in found_fault_with(sealed))


@pytest.mark.parametrize("values", [{"threshold": 3}, {"mode": "link"}])
@ON_SQLITE
def test_the_terms_of_a_round_are_sealed(sealed: Database, values: dict[str, Any]) -> None:
    change(sealed, tables.Round, tables.Round.code == "PI-1", **values)
    assert [found.sealed for found in verified(sealed)] == [False, False, True, True]


@pytest.mark.parametrize("values", [{"reason": "None."}, {"made_at": NOW}, {"libraries": {}}, {"seal": "0" * 64}])
@ON_SQLITE
def test_what_a_release_says_of_itself_is_sealed(sealed: Database, values: dict[str, Any]) -> None:
    change(sealed, tables.Release, tables.Release.id == 2, **values)
    assert [found.sealed for found in verified(sealed)] == [True, False, True, True]


@ON_SQLITE
def test_under_another_secret_key_no_seal_fits(sealed: Database) -> None:
    found = verified(sealed, secret_key="another secret, which is long enough too")
    assert [one.sealed for one in found] == [False] * 4
    assert "ASSESSMENT_SECRET_KEY is another than it was" in found[0].faults[0]
    assert not any(one.differences for one in found)


@ON_SQLITE
def test_the_same_answers_have_another_seal_in_another_installation(sealed: Database) -> None:
    with sealed.reading() as session:
        made = queries.releases(session, 1)
    assert all(len(release.seal or "") == 64 for release in made)
    assert len({release.seal for release in made} | {release.hash for release in made}) == 4


@ON_SQLITE
def test_a_release_without_a_seal_says_so_and_is_sound(database: Database) -> None:
    released_round(database, LEVELS)
    found = verified(database)
    assert [(one.is_sound, one.sealed, one.remarks) for one in found] == [
        (True, None, ("it was made without a seal",))
    ] * 2


@ON_SQLITE
def test_a_method_that_is_not_known_is_told(sealed: Database) -> None:
    change(sealed, tables.Release, tables.Release.id == 2, method="mean-99")
    assert [sentence for sentence in found_fault_with(sealed) if "mean-99" in sentence] == [
        (
            "PI-1, release 1: it cannot be worked out again: this version does not know the method mean-99 that it was"
            " made by"
        )
    ]


@ON_SQLITE
def test_a_questionnaire_that_was_changed_is_told(sealed: Database) -> None:
    version = tables.QuestionnaireVersion
    change(sealed, version, version.id == 1, content=b"format: 1\n")
    found = found_fault_with(sealed)
    assert len(found) == 4
    assert all("the bytes of its questionnaire are not those that were stored" in sentence for sentence in found)


@pytest.mark.parametrize("method", sorted(METHODS))
def test_every_method_can_be_verified(database: Database, method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(releasing, "measure", partial(releasing.measure, method=METHODS[method]))
        closed(database, "PI-1", levels=WITH_FEW)
    released(database, "PI-1")
    assert {found.method for found in verified(database)} == {method}
    assert found_fault_with(database) == []


def test_other_versions_of_libraries_may_round_otherwise(sealed: Database) -> None:
    score = tables.Score
    cell = (score.release_id == 1) & (score.unit == "rail") & (score.dimension == "flow")
    change(sealed, score, cell, value=score.value + 1e-12)
    differing = [sentence for sentence in found_fault_with(sealed) if "rail, flow: score value" in sentence]
    assert len(differing) == 1
    change(sealed, tables.Release, tables.Release.id == 1, libraries={"pydantic": "1"})
    assert not [sentence for sentence in found_fault_with(sealed) if "rail, flow" in sentence]
    change(sealed, score, cell, value=score.value + 1e-6)
    assert [sentence for sentence in found_fault_with(sealed) if "rail, flow" in sentence]


def test_an_earlier_round_that_is_released_later_changes_nothing(database: Database) -> None:
    closed(database, "PI-1")
    closed(database, "PI-2", 12)
    released(database, "PI-2", 12)
    released(database, "PI-1", 13)
    with database.reading() as session:
        assert {step.verdict for step in queries.steps(session, 3)} == {"first"}
    assert found_fault_with(database) == []


def test_steps_rest_on_the_release_that_was_there(sealed: Database) -> None:
    before = [found for found in verified(sealed) if found.name == "PI-2, release 1"]
    released(sealed, "PI-1", 20, reason="The roster was mended.")
    # Whatever it was released anew for: its figures are others now.
    change(sealed, tables.Score, (tables.Score.release_id == 5) & (tables.Score.value > 2), value=1.0)
    found = {one.name: one for one in verified(sealed)}
    assert not found["PI-1, release 2"].is_sound
    assert found["PI-2, release 1"] == before[0]
    assert found["PI-2, release 1"].is_sound
    assert found["PI-1, release 1"].is_sound


def test_a_release_made_anew_comes_out_again(sealed: Database) -> None:
    released(sealed, "PI-1", 20, reason="The method was mended.")
    assert [found.name for found in verified(sealed, "PI-1")][-1] == "PI-1, release 2"
    assert found_fault_with(sealed) == []
    change(sealed, tables.Release, tables.Release.number == 2, reason="Another reason.")
    (found,) = found_fault_with(sealed)
    assert found.startswith("PI-1, release 2: its seal does not fit: what is stored was changed since, or")


def test_what_was_told_stays_told_by_a_release_made_anew(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(releasing, "measure", partial(releasing.measure, method=METHODS["mean-1"]))
        closed(database, "PI-1", levels=WITH_FEW)
    released(database, "PI-1")
    released(database, "PI-1", 2, reason="There is a newer method.")
    teams = [reading.scores(database, "PI-1", unit) for unit in ("falcon", "heron", "ibex", "lynx", "newt")]
    with database.reading() as session:
        first, again = (queries.release(session, 1, number) for number in (1, 2))
        assert first is not None
        assert again is not None
        before = [queries.scores(session, first.id, unit=of_team[0].unit) for of_team in teams]
    assert teams == before  # their answers did not change: another figure would tell more of the same ones
    assert (first.method, again.method) == ("mean-1", METHOD)
    assert found_fault_with(database) == []


def test_agreed_forms_are_released_anew_as_they_are(database: Database) -> None:
    open_round(database, mode="team")
    answer_files.import_answers(database, as_csv(rows_of("falcon", [2]) + rows_of("newt", [5])), "PI-1", NOW)
    closing.close(database, "PI-1", LATER, secret_key=SECRET)
    released(database, "PI-1")
    released(database, "PI-1", 2, reason="There is a newer method.")
    assert found_fault_with(database) == []


@ON_SQLITE
def test_the_demonstration_is_sealed_and_comes_out_again(database: Database) -> None:
    plan = demonstration.Plan(
        demonstration.Size(arts=2, teams=4, people=8, rounds=3), 1, "correct horse battery", SECRET
    )
    demonstration.fill(database, plan, LATER)
    found = verified(database)
    assert [one.sealed for one in found] == [True] * 6
    assert found_fault_with(database) == []


@ON_SQLITE
def test_a_hash_of_before_figures_were_added_is_known(sealed: Database) -> None:
    with sealed.reading() as session:
        round_ = queries.round_by_code(session, "PI-1")
        made = queries.release(session, 1, 0)
        assert round_ is not None
        assert made is not None
        rows = queries.scores(session, made.id, questions=True)
    former = releasing._hash(round_, made.method, rows, [], added=False)  # noqa: SLF001 - as it was
    assert former != made.hash
    assert not releasing.is_hash_of(former, round_, made.method, rows, [])  # there are such figures
    change(sealed, tables.Score, tables.Score.release_id == made.id, rwg_star=None)
    with sealed.reading() as session:
        rows = queries.scores(session, made.id, questions=True)
    assert releasing.is_hash_of(former, round_, made.method, rows, [])
    assert not releasing.is_hash_of(made.hash, round_, made.method, rows, [])


def test_references_to_nothing_are_found(sealed: Database) -> None:
    if sealed.path is not None:
        with closing_later(sqlite3.connect(sealed.path)) as connection, connection:
            connection.execute("DELETE FROM release WHERE id = 4")  # without the pragma nothing is looked at
    else:
        with sealed.writing() as session:
            session.execute(text("SET LOCAL session_replication_role = replica"))
            session.execute(text("DELETE FROM release WHERE id = 4"))
    with sealed.reading() as session:
        scores = session.scalars(select(func.count()).where(tables.Score.release_id == 4)).one()
    assert f"{scores:,} rows of score refer to a release that is not there" in verifying.database_faults(sealed)


@ON_SQLITE
def test_a_damaged_file_is_told(sealed: Database) -> None:
    sealed.dispose()
    path = sealed.path or Path()
    whole = bytearray(path.read_bytes())
    middle = len(whole) // 2 // 4096 * 4096
    whole[middle : middle + 4096] = b"\x07" * 4096
    path.write_bytes(whole)
    assert verifying.database_faults(sealed)
