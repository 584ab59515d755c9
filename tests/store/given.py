"""What the tests of the store begin with: a questionnaire, a round with two teams, scores."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from assessment.store import queries, tables, writes
from assessment.store.records import (
    CommentRecord,
    PathStep,
    ReviewRecord,
    RosterEntry,
    RosterUnit,
    ScoreRecord,
    StepRecord,
)

NOW = datetime(2026, 3, 2, 9, 30, 15, 123456, tzinfo=UTC)
ABOVE = (PathStep("portfolio", "portfolio", "Portfolio"), PathStep("art", "art", "Züge & Gleise"))
TEAMS = (
    RosterUnit("team-a", "Team A", "team", ABOVE, 7),
    RosterUnit("team-b", "Team B", "team", ABOVE, 0),
)


def questionnaire(session: Session, version: str = "2026.1") -> int:
    """Store a version of the questionnaire `check`."""
    return writes.store_questionnaire(
        session,
        questionnaire="check",
        version=version,
        content=b"id: check\xc3\xa9\n",
        content_hash=f"content-{version}",
        scoring_hash="scoring",
    )


def open_round(session: Session, code: str = "PI-1", **changes: Any) -> int:  # noqa: ANN401 - of any column
    """Open a round in mode `codes` for two teams."""
    columns = {
        "title": "First round",
        "mode": "codes",
        "threshold": 5,
        "opens_at": NOW,
        "closes_at": NOW + timedelta(days=14),
        "opened_at": NOW,
        "roster": TEAMS,
        **changes,
    }
    return writes.open_round(session, code=code, questionnaire_version_id=questionnaire(session), **columns)


def team_a(session: Session, round_id: int) -> RosterEntry:
    """Give the first team of the round."""
    return queries.roster(session, round_id)[0]


def team_b(session: Session, round_id: int) -> RosterEntry:
    """Give the other team of the round."""
    return queries.roster(session, round_id)[1]


def submit(session: Session, round_id: int, key_hash: str, submission_id: str) -> bool:
    """Send a form of the first team."""
    return writes.submit(
        session,
        key_hash=key_hash,
        round_id=round_id,
        entry_id=team_a(session, round_id).id,
        reference="REF-1",
        submission_id=submission_id,
        answers={"flow": 3, "why": "Zu viel – immer"},
        now=NOW,
    )


def draft(session: Session, key_hash: str) -> bytes | None:
    """Give what was saved under a key."""
    return session.scalars(select(tables.Draft.sealed).where(tables.Draft.key_hash == key_hash)).first()


def comments(session: Session, round_id: int) -> list[CommentRecord]:
    """Give the free texts of a closed round in the order of their random ids."""
    table = tables.Comment
    columns = (table.id, table.roster_entry_id, table.question, table.text, table.unit_code)
    rows = session.execute(select(*columns).where(table.round_id == round_id).order_by(table.id))
    return [CommentRecord(*row) for row in rows]


def score(unit: str = "art", dimension: str = "", **changes: Any) -> ScoreRecord:  # noqa: ANN401 - of any field
    """Give a score with all its figures."""
    figures = ScoreRecord(
        unit=unit,
        unit_name=unit.title(),
        kind="art",
        parent=None,
        dimension=dimension,
        is_question=False,
        value=3.0000000000000004,
        qualifier="",
        n=8,
        N=10,
        coverage=0.95,
        low=2.6,
        high=3.4,
        agreement=-0.28,
        ad=0.75,
        rwg=None,
        rwg_star=None,
        split=True,
        hidden=False,
        distribution=None,
    )
    return replace(figures, **changes)


def step(unit: str = "art", dimension: str = "") -> StepRecord:
    """Give a step that nobody could tell from none."""
    return StepRecord(unit, dimension, "PI-1", 0.1, 6, "comparable", "no-detectable-change", "")


def review(dimension: str = "", **changes: Any) -> ReviewRecord:  # noqa: ANN401 - of any field
    """Give a reading that accepts a score."""
    accepted = ReviewRecord("art", dimension, "accepted", None, None, "lace@example.org", NOW)
    return replace(accepted, **changes)


def release(session: Session, round_id: int, number: int, **changes: Any) -> int:  # noqa: ANN401 - of any column
    """Make a release of one score and one step."""
    columns = {
        "made_at": NOW + timedelta(days=20, hours=number),
        "method": "1",
        "hash": f"hash-{number}",
        "reason": None,
        "libraries": {"numpy": "2.3"},
        "scores": [score()],
        "steps": [step()],
        **changes,
    }
    return writes.make_release(session, round_id=round_id, number=number, **columns)


@contextmanager
def counted() -> Iterator[list[str]]:
    """Give the statements that are run meanwhile, without the beginning of transactions."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith("BEGIN"):
            statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", note)
