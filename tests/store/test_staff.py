"""Accounts, roles, sign-ins and what was done."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from assessment.errors import Conflict
from assessment.store import queries, tables, writes
from assessment.store.database import Database
from assessment.store.records import AccountRecord, AuditRecord, RoleRecord
from tests.store import given

LATER = given.NOW + timedelta(hours=8)
HASHES = ("hash-1", "hash-2")
TOKENS = ("token-1", "token-2", "token-3")


def test_an_account_comes_back_with_its_roles_in_one_statement(database: Database) -> None:
    with database.writing() as session:
        account_id = writes.add_account(session, email="RTE@Example.org", password_hash=HASHES[0], now=given.NOW)
        writes.add_account(session, email="admin@example.org", password_hash=HASHES[1], now=given.NOW)
        assert writes.add_role(session, account_id, "rte", "art-2")
        assert writes.add_role(session, account_id, "rte", "art-1")
        assert writes.add_role(session, account_id, "rte")
        assert writes.add_role(session, account_id, "lace")
        assert not queries.is_empty(session)
    expected = AccountRecord(
        id=account_id,
        email="rte@example.org",
        password_hash=HASHES[0],
        active=True,
        roles=(
            RoleRecord("lace", None),
            RoleRecord("rte", None),
            RoleRecord("rte", "art-1"),
            RoleRecord("rte", "art-2"),
        ),
    )
    with database.reading() as session, given.counted() as statements:
        assert queries.account_by_email(session, "Rte@example.org") == expected
        assert queries.account_by_email(session, "nobody@example.org") is None
    assert len(statements) == 2


def test_a_second_account_of_that_address_is_refused_with_a_sentence(database: Database) -> None:
    with database.writing() as session:
        writes.add_account(session, email="a@example.org", password_hash="", now=given.NOW)
        with pytest.raises(Conflict, match=r"there is an account a@example\.org already"):
            writes.add_account(session, email="A@example.org", password_hash="", now=given.NOW)


@pytest.mark.parametrize("unit", [None, "art-1"])
def test_a_role_is_given_once(database: Database, unit: str | None) -> None:
    with database.writing() as session:
        account_id = writes.add_account(session, email="a@example.org", password_hash="", now=given.NOW)
        assert writes.add_role(session, account_id, "viewer", unit)
        assert not writes.add_role(session, account_id, "viewer", unit)


def test_a_password_is_changed(database: Database) -> None:
    with database.writing() as session:
        account_id = writes.add_account(session, email="a@example.org", password_hash=HASHES[0], now=given.NOW)
        writes.set_password(session, account_id, HASHES[1])
        account = queries.account_by_email(session, "a@example.org")
    assert account is not None
    assert account.password_hash == HASHES[1]


def test_a_sign_in_lasts_until_it_expires_or_is_ended(database: Database) -> None:
    with database.writing() as session:
        account_id = writes.add_account(session, email="a@example.org", password_hash="", now=given.NOW)
        for hours, token in zip((0, 1, 0), TOKENS, strict=True):
            end = LATER + timedelta(hours=hours)
            writes.start_session(session, token_hash=token, account_id=account_id, now=given.NOW, expires_at=end)
        writes.end_session(session, TOKENS[0])
    with database.reading() as session, given.counted() as statements:
        assert queries.session_account(session, TOKENS[0], given.NOW) is None
        signed_in = queries.session_account(session, TOKENS[1], LATER)
        assert queries.session_account(session, TOKENS[2], LATER - timedelta(microseconds=1)) is not None
        assert queries.session_account(session, TOKENS[2], LATER) is None
    assert signed_in is not None
    assert signed_in.email == "a@example.org"
    assert len(statements) == 4
    with database.writing() as session:
        writes.end_all_sessions(session, account_id)
        assert queries.session_account(session, TOKENS[1], given.NOW) is None


def test_signing_in_clears_away_what_expired(database: Database) -> None:
    with database.writing() as session:
        account_id = writes.add_account(session, email="a@example.org", password_hash="", now=given.NOW)
        writes.start_session(session, token_hash=TOKENS[0], account_id=account_id, now=given.NOW, expires_at=LATER)
        writes.start_session(
            session, token_hash=TOKENS[1], account_id=account_id, now=LATER, expires_at=LATER + timedelta(hours=8)
        )
        assert queries.session_account(session, TOKENS[0], given.NOW) is None
        assert queries.session_account(session, TOKENS[1], LATER) is not None


def test_an_account_that_is_not_active_is_not_signed_in(database: Database) -> None:
    with database.writing() as session:
        account_id = writes.add_account(session, email="a@example.org", password_hash="", now=given.NOW)
        writes.start_session(session, token_hash=TOKENS[0], account_id=account_id, now=given.NOW, expires_at=LATER)
        session.execute(update(tables.Account).values(active=False))
        assert queries.session_account(session, TOKENS[0], given.NOW) is None


def test_what_was_done_is_told_newest_first(database: Database) -> None:
    with database.writing() as session:
        for number, subject in enumerate(("PI-1", "PI-2", "PI-3")):
            writes.record_audit(session, given.NOW + timedelta(hours=number), "a@example.org", "round opened", subject)
    with database.reading() as session:
        assert queries.audit_events(session, 2) == [
            AuditRecord(given.NOW + timedelta(hours=2), "a@example.org", "round opened", "PI-3"),
            AuditRecord(given.NOW + timedelta(hours=1), "a@example.org", "round opened", "PI-2"),
        ]
