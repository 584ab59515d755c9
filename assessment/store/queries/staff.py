"""Staff: accounts with their roles, sign-ins, what was done."""

from datetime import datetime
from itertools import groupby

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from assessment.store import tables
from assessment.store.queries.record import Record
from assessment.store.records import AccountRecord, AuditRecord, RoleRecord

ROLE = Record(RoleRecord, role=tables.Role.role, unit=tables.Role.unit_code)
AUDIT = Record(
    AuditRecord,
    at=tables.AuditEvent.at,
    actor=tables.AuditEvent.actor,
    action=tables.AuditEvent.action,
    subject=tables.AuditEvent.subject,
)


def account_by_email(session: Session, email: str) -> AccountRecord | None:
    """Give the account of that address, however it is capitalised."""
    statement = _select_accounts().where(tables.Account.email == email.lower())
    return next(iter(_accounts(session, statement)), None)


def session_account(session: Session, token_hash: str, now: datetime) -> AccountRecord | None:
    """Give the active account that is signed in under a token which has not expired."""
    login = tables.LoginSession
    statement = (
        _select_accounts()
        .join(login, login.account_id == tables.Account.id)
        .where(
            login.token_hash == token_hash,
            login.expires_at > now,
            tables.Account.active.is_(True),
        )
    )
    return next(iter(_accounts(session, statement)), None)


def audit_events(session: Session, limit: int) -> list[AuditRecord]:
    """Give what was done last, newest first."""
    table = tables.AuditEvent
    statement = select(AUDIT).order_by(table.at.desc(), table.id.desc()).limit(limit)
    return list(session.scalars(statement))


def count_audited(session: Session, actor: str, action: str, since: datetime) -> int:
    """Give how often somebody has done something since then."""
    table = tables.AuditEvent
    statement = select(func.count()).where(table.actor == actor, table.action == action, table.at >= since)
    return session.scalars(statement).one()


def _select_accounts() -> Select[int, str, str, bool, RoleRecord]:
    account, role = tables.Account, tables.Role
    return (
        select(account.id, account.email, account.password_hash, account.active, ROLE)
        .select_from(account)
        .outerjoin(role, role.account_id == account.id)
        .order_by(account.email, role.role, role.unit_code.nulls_first())
    )


def _accounts(session: Session, statement: Select[int, str, str, bool, RoleRecord]) -> list[AccountRecord]:
    """Gather the roles of each account: every one is a row, and so is having none."""
    gathered = []
    for _, of_account in groupby(session.execute(statement), key=lambda row: row[0]):
        rows = list(of_account)
        account_id, email, password_hash, active, _ = rows[0]
        roles = tuple(role for *_, role in rows if role.role)
        gathered.append(AccountRecord(account_id, email, password_hash, active, roles))
    return gathered
