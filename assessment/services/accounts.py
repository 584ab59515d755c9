"""Staff accounts: who may sign in, and for how long a sign-in lasts."""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from assessment.errors import Conflict, Forbidden, Invalid, NotFound
from assessment.services.rounds import COMMAND_LINE
from assessment.store import queries, writes
from assessment.store.database import Database
from assessment.store.records import ROLES, AccountRecord

READERS = ("admin", "lace", "rte", "viewer")
"""The roles that read reports."""
FOLLOWERS = ("admin", "lace", "rte", "facilitator")
"""The roles that see how far a round is."""
CHOOSERS = ("admin", "lace", "rte")
"""The roles that look at questionnaires, to choose one for a round."""
SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 256
LONGEST_SIGN_IN = timedelta(hours=12)
MOST_FAILURES = 10
PAUSE_AFTER_FAILURES = timedelta(minutes=15)
SIGNED_IN, FAILED = "signed in", "failed to sign in"

_HASHER = PasswordHasher()  # the library's defaults: argon2id
_NOBODY = _HASHER.hash(secrets.token_hex(16))  # checked for unknown addresses, so that they take as long
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_EVERYWHERE = ("admin", "lace")  # whoever has one of these has it for the whole organisation
_TEAM_READERS = (*_EVERYWHERE, "rte")


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

    @property
    def reads_reports(self) -> bool:
        """Whether there may be reports for them."""
        return self.has_role(*READERS)

    @property
    def follows_rounds(self) -> bool:
        """Whether they may see how far rounds are."""
        return self.has_role(*FOLLOWERS)

    @property
    def chooses_questionnaires(self) -> bool:
        """Whether they may look at questionnaires before they are asked."""
        return self.has_role(*CHOOSERS)

    def may_see(self, units: set[str]) -> bool:
        """Whether a unit's reports are theirs to see; `units` are its code and those of all units above it."""
        return self._has_role_in(units, READERS)

    def may_see_teams(self, units: set[str]) -> bool:
        """Whether they may see a unit's teams by name: the LACE, and its own RTE."""
        return self._has_role_in(units, _TEAM_READERS)

    def facilitates(self, units: set[str]) -> bool:
        """Whether they are the facilitator of a team; `units` are its code and those of all units above it."""
        return any(held.role == "facilitator" and held.unit in units for held in self.account.roles)

    def may_hand_out(self, units: frozenset[str]) -> bool:
        """Whether a team's codes are theirs to hand out; `units` are its code and those of all units above it.

        Without units: those of everybody.
        """
        return self._has_role_in(set(units), FOLLOWERS)

    def _has_role_in(self, units: set[str], roles: tuple[str, ...]) -> bool:
        return any(held.role in roles and (held.unit is None or held.unit in units) for held in self.account.roles)


def add_account(  # noqa: PLR0913, PLR0917 - an account has as many parts
    database: Database, email: str, password: str, role: str, unit: str | None, now: datetime
) -> None:
    """Add an account with a role, or another role to an account that is there and has that password."""
    address = email.strip().lower()
    if not _is_address(address):
        raise Invalid(f"“{email}” is no e-mail address")
    if role not in ROLES:
        raise Invalid(f"“{role}” is no role; there are {', '.join(ROLES)}")
    if unit is not None and role in _EVERYWHERE:
        raise Invalid(f"{role} is a role for the whole organisation; leave the unit out")
    _check_length(password)
    with database.writing() as session:
        if unit is not None and queries.unit(session, unit) is None:
            raise NotFound(f"there is no unit {unit}")
        account = queries.account_by_email(session, address)
        if account is None:
            account_id = writes.add_account(
                session, email=address, password_hash=_HASHER.hash(_bytes_of(password)), now=now
            )
        elif not _matches(account.password_hash, password):
            raise Conflict(f"there is an account {address} already, with another password")
        else:
            account_id = account.id
        writes.add_role(session, account_id, role, unit)
        writes.record_audit(session, now, COMMAND_LINE, "account added", f"{address} {role} {unit or ''}".strip())


def change_password(database: Database, email: str, password: str, now: datetime) -> None:
    """Give an account another password and end all its sign-ins."""
    address = email.strip().lower()
    _check_length(password)
    with database.writing() as session:
        account = queries.account_by_email(session, address) if _is_address(address) else None
        if account is None:
            raise NotFound(f"there is no account {email}")
        writes.set_password(session, account.id, _HASHER.hash(_bytes_of(password)))
        writes.end_all_sessions(session, account.id)
        writes.record_audit(session, now, COMMAND_LINE, "password changed", address)


def sign_in(database: Database, email: str, password: str, now: datetime) -> str:
    """Check a password and start a session; gives its token, which is stored as a hash only."""
    address = email.strip().lower()
    with database.reading() as session:
        account = queries.account_by_email(session, address) if _is_address(address) else None
        actor = account.email if account else _nobody_at(address)
        failures = queries.count_audited(session, actor, FAILED, now - PAUSE_AFTER_FAILURES)
    if failures >= MOST_FAILURES:
        raise Forbidden("Too many wrong passwords for this address; try again in 15 minutes.")
    known = _matches(account.password_hash if account else _NOBODY, password[: LONGEST_PASSWORD + 1])
    if account is None or not known or not account.active:
        with database.writing() as session:
            writes.record_audit(session, now, actor, FAILED, "")
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


def _check_length(password: str) -> None:
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise Invalid(f"a password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters")


def _matches(password_hash: str, password: str) -> bool:
    try:
        return _HASHER.verify(password_hash, _bytes_of(password))
    except (VerificationError, InvalidHashError):
        return False


def _bytes_of(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")


def _is_address(address: str) -> bool:
    return address.isprintable() and _EMAIL.fullmatch(address) is not None


def _nobody_at(address: str) -> str:
    """Give under which name failures at an unknown address are counted; what was typed there is not kept."""
    return f"unknown:{hashlib.sha256(address.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def _hash_of(token: str) -> str:
    return hashlib.sha256(b"session\x00" + token.encode("utf-8", "replace")).hexdigest()
