"""Writing accounts, sign-ins and what was done."""

from datetime import datetime

from sqlalchemy import delete, text, update
from sqlalchemy.orm import Session

from assessment.errors import Conflict
from assessment.store import tables
from assessment.store.writes.statement import insert_into, plain, run


def add_account(session: Session, *, email: str, password_hash: str, now: datetime) -> int:
    """Add an active account without roles, its address in lower case, and give its id."""
    statement = (
        insert_into(session, tables.Account)
        .values(email=email.lower(), password_hash=password_hash, active=True, created_at=now)
        .on_conflict_do_nothing(index_elements=["email"])
        .returning(plain(tables.Account).c.id)
    )
    account_id: int | None = run(session, statement).scalar()
    if account_id is None:
        raise Conflict(f"there is an account {email.lower()} already")
    return account_id


def set_password(session: Session, account_id: int, password_hash: str) -> None:
    """Give an account another password; its sign-ins are for the caller to end."""
    table = plain(tables.Account)
    run(session, update(table).where(table.c.id == account_id).values(password_hash=password_hash))


def add_role(session: Session, account_id: int, role: str, unit: str | None = None) -> bool:
    """Give an account a role in a unit, or everywhere; False where it had it."""
    statement = (
        insert_into(session, tables.Role)
        .values(account_id=account_id, role=role, unit_code=unit)
        .on_conflict_do_nothing()
    )
    return run(session, statement).rowcount == 1


def start_session(session: Session, *, token_hash: str, account_id: int, now: datetime, expires_at: datetime) -> None:
    """Sign an account in; sign-ins that expired, whoever's they are, go at this occasion."""
    table = plain(tables.LoginSession)
    run(session, delete(table).where(table.c.expires_at <= now))
    statement = insert_into(session, tables.LoginSession).values(
        token_hash=token_hash,
        account_id=account_id,
        created_at=now,
        seen_at=now,
        expires_at=expires_at,
    )
    run(session, statement)


def end_session(session: Session, token_hash: str) -> None:
    """Sign out."""
    table = plain(tables.LoginSession)
    run(session, delete(table).where(table.c.token_hash == token_hash))


def end_all_sessions(session: Session, account_id: int) -> None:
    """Sign an account out everywhere."""
    table = plain(tables.LoginSession)
    run(session, delete(table).where(table.c.account_id == account_id))


def record_audit(session: Session, at: datetime, actor: str, action: str, subject: str) -> None:
    """Note who did what to what."""
    statement = insert_into(session, tables.AuditEvent).values(at=at, actor=actor, action=action, subject=subject)
    run(session, statement)


def prove_writable(session: Session) -> None:
    """Write something that changes nothing, to learn whether the database takes it."""
    run(session, text("UPDATE alembic_version SET version_num = version_num"))
