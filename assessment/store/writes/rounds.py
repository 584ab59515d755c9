"""Writing rounds: what is asked, of whom, and the codes that lead there."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from assessment.errors import Conflict
from assessment.store import queries, tables
from assessment.store.records import RosterUnit
from assessment.store.writes.statement import add_rows, insert_into, plain, run


def store_questionnaire(  # noqa: PLR0913 - one argument for each column
    session: Session,
    *,
    questionnaire: str,
    version: str,
    content: bytes,
    content_hash: str,
    scoring_hash: str,
) -> int:
    """Keep a version of a questionnaire, and give its id; the same again is no second one.

    What was asked in a round stays what it was: another content needs another version.
    """
    statement = (
        insert_into(session, tables.QuestionnaireVersion)
        .values(
            questionnaire=questionnaire,
            version=version,
            content=content,
            content_hash=content_hash,
            scoring_hash=scoring_hash,
        )
        .on_conflict_do_nothing(index_elements=["questionnaire", "version"])
    )
    run(session, statement)
    stored = queries.questionnaire_version(session, questionnaire, version)
    if stored is None or stored.content_hash != content_hash:
        raise Conflict(
            f"questionnaire {questionnaire} is stored in version {version} with another content;"
            " give what changed a new version"
        )
    return stored.id


def open_round(  # noqa: PLR0913 - one argument for each column
    session: Session,
    *,
    code: str,
    title: str,
    questionnaire_version_id: int,
    mode: str,
    threshold: int,
    opens_at: datetime,
    closes_at: datetime | None,
    opened_at: datetime,
    roster: Iterable[RosterUnit],
) -> int:
    """Add a round with who is asked in it, and give its id."""
    statement = (
        insert_into(session, tables.Round)
        .values(
            code=code,
            title=title,
            questionnaire_version_id=questionnaire_version_id,
            mode=mode,
            threshold=threshold,
            opens_at=opens_at,
            closes_at=closes_at,
            opened_at=opened_at,
        )
        .on_conflict_do_nothing(index_elements=["code"])
        .returning(plain(tables.Round).c.id)
    )
    round_id: int | None = run(session, statement).scalar()
    if round_id is None:
        raise Conflict(f"there is a round {code} already")
    entries = [
        {
            "round_id": round_id,
            "unit_code": unit.unit,
            "unit_name": unit.name,
            "kind": unit.kind,
            "path": unit.path,
            "headcount": unit.headcount,
        }
        for unit in roster
    ]
    add_rows(session, tables.RosterEntry, entries)
    return round_id


def extend_round(session: Session, round_id: int, closes_at: datetime | None) -> bool:
    """Let an open round close at another time; False where it has been closed."""
    table = plain(tables.Round)
    statement = update(table).where(table.c.id == round_id, table.c.closed_at.is_(None)).values(closes_at=closes_at)
    return run(session, statement).rowcount == 1


def close_round(session: Session, round_id: int, now: datetime) -> bool:
    """Close a round for good; False where it was closed.

    It waits for the forms that are being stored, so read the submissions after it, never before.
    """
    table = plain(tables.Round)
    statement = update(table).where(table.c.id == round_id, table.c.closed_at.is_(None)).values(closed_at=now)
    return run(session, statement).rowcount == 1


def add_codes(session: Session, round_id: int, codes: Sequence[tuple[int, str, str | None]]) -> None:
    """Add codes, each as its roster entry's id, its hash, and the nonce of a shared link."""
    rows = [
        {
            "round_id": round_id,
            "roster_entry_id": entry_id,
            "code_hash": code_hash,
            "nonce": nonce,
        }
        for entry_id, code_hash, nonce in codes
    ]
    add_rows(session, tables.AccessCode, rows)


def delete_code(session: Session, code_hash: str) -> None:
    """Delete a code that reached nobody."""
    table = plain(tables.AccessCode)
    run(session, delete(table).where(table.c.code_hash == code_hash))


def void_codes(session: Session, round_id: int, entry_id: int) -> int:
    """Delete the codes of a team that no form came in with, and the drafts saved with these; give how many codes.

    Which ones are spent is certain while the round is held: `queries.round_by_code(…, for_update=True)`.
    """
    code, draft, receipt = plain(tables.AccessCode), plain(tables.Draft), plain(tables.Receipt)
    unspent = (
        (code.c.round_id == round_id)
        & (code.c.roster_entry_id == entry_id)
        & ~exists(select(receipt.c.key_hash).where(receipt.c.key_hash == code.c.code_hash))
    )
    run(session, delete(draft).where(draft.c.key_hash.in_(select(code.c.code_hash).where(unspent))))
    return run(session, delete(code).where(unspent)).rowcount
