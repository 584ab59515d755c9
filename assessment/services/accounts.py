"""Staff accounts: who may sign in, and for how long a sign-in lasts."""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from assessment.errors import Conflict, Forbidden, Invalid, NotFound
from assessment.store import queries, writes
from assessment.store.database import Database
from assessment.store.records import AccountRecord

ROLES = ("admin", "lace", "rte", "facilitator", "viewer")
SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 256
LONGEST_SIGN_IN = timedelta(hours=12)
MOST_FAILURES = 10
PAUSE_AFTER_FAILURES = timedelta(minutes=15)
SIGNED_IN, FAILED = "signed in", "failed to sign in"

_HASHER = PasswordHasher()  # the library's defaults: argon2id
_NOBODY = _HASHER.hash(secrets.token_hex(16))  # checked for unknown addresses, so that they take as long
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_EVERYWHERE = frozenset({"admin", "lace"})


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody signed in."""

    account: AccountRecord

    @property
    def email(self) -> str:
        """The address they sign in with."""
        return self.account.email

    def has_role(self, *roles: str) -> bool:
        """Whether they have one of the roles, wherever."""
        return any(held.role in roles for held in self.account.roles)

    def may_see(self, units: set[str]) -> bool:
        """Whether a unit is theirs to see; `units` are its code and those of all units above it."""
        return any(held.unit is None or held.unit in units for held in self.account.roles)

    def may_see_teams(self, units: set[str]) -> bool:
        """Whether they may see a unit's teams by name: the LACE, and its own RTE."""
        return any(
            held.role in _EVERYWHERE or (held.role == "rte" and (held.unit is None or held.unit in units))
            for held in self.account.roles
        )


def add_account(  # noqa: PLR0913, PLR0917 - an account has as many parts
    database: Database, email: str, password: str, role: str, unit: str | None, now: datetime
) -> None:
    """Add an account with a role, or another role to an account that is there and has that password."""
    address = email.strip().lower()
    if not _EMAIL.fullmatch(address):
        raise Invalid(f"“{email}” is no e-mail address")
    if role not in ROLES:
        raise Invalid(f"“{role}” is no role; there are {', '.join(ROLES)}")
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise Invalid(f"a password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters")
    with database.writing() as session:
        if unit is not None and queries.unit(session, unit) is None:
            raise NotFound(f"there is no unit {unit}")
        account = queries.account_by_email(session, address)
        if account is None:
            account_id = writes.add_account(session, email=address, password_hash=_HASHER.hash(password), now=now)
        elif not _matches(account.password_hash, password):
            raise Conflict(f"there is an account {address} already, with another password")
        else:
            account_id = account.id
        writes.add_role(session, account_id, role, unit)
        writes.record_audit(session, now, "command line", "account added", f"{address} {role} {unit or ''}".strip())


def sign_in(database: Database, email: str, password: str, now: datetime) -> str:
    """Check a password and start a session; gives its token, which is stored as a hash only."""
    with database.reading() as session:
        account = queries.account_by_email(session, email.strip().lower())
        failures = queries.count_audited(session, account.email, FAILED, now - PAUSE_AFTER_FAILURES) if account else 0
    if failures >= MOST_FAILURES:
        raise Forbidden("Too many wrong passwords for this address; try again in 15 minutes.")
    known = _matches(account.password_hash if account else _NOBODY, password[: LONGEST_PASSWORD + 1])
    if account is None or not known or not account.active:
        if account is not None:  # what is typed as an unknown address is nobody's and is not kept
            with database.writing() as session:
                writes.record_audit(session, now, account.email, FAILED, "")
        raise Forbidden("The e-mail address or the password is wrong.")
    token = secrets.token_urlsafe(32)
    with database.writing() as session:
        writes.start_session(
            session, token_hash=_hash_of(token), account_id=account.id, now=now, expires_at=now + LONGEST_SIGN_IN
        )
        writes.record_audit(session, now, account.email, SIGNED_IN, "")
    return token


def signed_in(database: Database, token: str, now: datetime) -> Person | None:
    """Give who is signed in with a token, None when the sign-in has ended."""
    with database.reading() as session:
        account = queries.session_account(session, _hash_of(token), now)
    return Person(account) if account else None


def sign_out(database: Database, token: str) -> None:
    """End a session for good; a copy of its cookie is worth nothing then."""
    with database.writing() as session:
        writes.end_session(session, _hash_of(token))


def _matches(password_hash: str, password: str) -> bool:
    try:
        return _HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def _hash_of(token: str) -> str:
    return hashlib.sha256(b"session\x00" + token.encode("utf-8", "replace")).hexdigest()
