"""Staff accounts: who may sign in, what they may see, and when a sign-in ends."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from assessment.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from assessment.services import accounts, organisation
from assessment.services.accounts import Person, add_account, sign_in, sign_out, signed_in
from assessment.store import queries, tables
from assessment.store.database import Database
from tests.services.given import NOW, ON_SQLITE, UNITS

EMAIL, PASSWORD = "rte@example.org", "correct horse battery"
RAIL = {"rail", "move", "top"}


@pytest.fixture
def rte(database: Database) -> Database:
    """A database with the RTE of one ART."""
    organisation.import_units(database, UNITS)
    add_account(database, EMAIL, PASSWORD, "rte", "rail", NOW)
    return database


def person(database: Database, email: str = EMAIL) -> Person:
    """Sign in, and give who that is."""
    found = signed_in(database, sign_in(database, email, PASSWORD, NOW), NOW)
    assert found is not None
    return found


def test_whoever_has_an_account_signs_in_and_stays_signed_in(rte: Database) -> None:
    token = sign_in(rte, " RTE@Example.org ", PASSWORD, NOW)
    found = signed_in(rte, token, NOW + timedelta(hours=11))
    assert found is not None
    assert found.email == EMAIL


def test_neither_password_nor_token_is_stored(rte: Database) -> None:
    token = sign_in(rte, EMAIL, PASSWORD, NOW)
    with rte.reading() as session:
        account = queries.account_by_email(session, EMAIL)
        hashes = list(session.scalars(select(tables.LoginSession.token_hash)))
    assert account is not None
    assert account.password_hash.startswith("$argon2id$")
    assert PASSWORD not in account.password_hash
    assert len(token) >= 43  # 256 bits
    assert hashes
    assert token not in hashes


@pytest.mark.parametrize(
    ("email", "password"),
    [
        (EMAIL, "wrong horse battery"),
        (EMAIL, ""),
        (EMAIL, PASSWORD * 99),
        (EMAIL, "\ud800" * 12),
        ("nobody@example.org", PASSWORD),
        ("nobody@example.org", "\x00\udc80"),
        ("\ud800@example.org", PASSWORD),
        ("a\x00b@example.org", PASSWORD),
        ("", ""),
    ],
)
def test_a_wrong_password_and_a_wrong_address_are_told_alike(rte: Database, email: str, password: str) -> None:
    with pytest.raises(Forbidden, match=r"^The e-mail address or the password is wrong\.$"):
        sign_in(rte, email, password, NOW)


@ON_SQLITE
def test_after_many_wrong_passwords_an_address_rests(rte: Database) -> None:
    for email in (EMAIL, "nobody@example.org", "no address", "a\x00b@\udc80"):  # alike, whether it is known or not
        for _ in range(accounts.MOST_FAILURES):
            with pytest.raises(Forbidden, match="is wrong"):
                sign_in(rte, email, "wrong horse battery", NOW)
        with pytest.raises(Forbidden, match="Too many wrong passwords"):
            sign_in(rte, f" {email.upper()}", PASSWORD, NOW)
    sign_in(rte, EMAIL, PASSWORD, NOW + accounts.PAUSE_AFTER_FAILURES + timedelta(seconds=1))


def test_signing_out_ends_a_session_for_every_copy_of_its_cookie(rte: Database) -> None:
    mine, other = sign_in(rte, EMAIL, PASSWORD, NOW), sign_in(rte, EMAIL, PASSWORD, NOW)
    sign_out(rte, mine)
    assert signed_in(rte, mine, NOW) is None
    assert signed_in(rte, other, NOW) is not None
    sign_out(rte, mine)  # once more does no harm


def test_a_session_expires(rte: Database) -> None:
    token = sign_in(rte, EMAIL, PASSWORD, NOW)
    assert signed_in(rte, token, NOW + accounts.LONGEST_SIGN_IN - timedelta(seconds=1)) is not None
    assert signed_in(rte, token, NOW + accounts.LONGEST_SIGN_IN) is None


@pytest.mark.parametrize("token", ["", "made-up", "\ud800", "x" * 10_000])
@ON_SQLITE
def test_a_made_up_token_is_nobodys(rte: Database, token: str) -> None:
    assert signed_in(rte, token, NOW) is None


def test_an_account_that_is_no_longer_active_is_out_at_once(rte: Database) -> None:
    token = sign_in(rte, EMAIL, PASSWORD, NOW)
    with rte.writing() as session:
        session.execute(update(tables.Account).values(active=False))
    assert signed_in(rte, token, NOW) is None
    with pytest.raises(Forbidden):
        sign_in(rte, EMAIL, PASSWORD, NOW)


def test_an_rte_sees_their_art_with_its_teams_and_no_other(rte: Database) -> None:
    found = person(rte)
    assert (found.may_see(RAIL), found.may_see_teams(RAIL)) == (True, True)
    assert (found.may_see({"road", "move", "top"}), found.may_see_teams({"road", "move", "top"})) == (False, False)
    assert (found.has_role("rte"), found.has_role("lace", "admin")) == (True, False)


@pytest.mark.parametrize(
    ("role", "reports", "teams"),
    [
        ("lace", True, True),
        ("admin", True, True),
        ("rte", True, True),
        ("viewer", True, False),
        ("facilitator", False, False),
    ],
)
@ON_SQLITE
def test_a_role_without_a_unit_is_everywhere_but_names_teams_to_few(
    rte: Database, role: str, *, reports: bool, teams: bool
) -> None:
    add_account(rte, "other@example.org", PASSWORD, role, None, NOW)
    found = person(rte, "other@example.org")
    assert (found.reads_reports, found.may_see(RAIL), found.may_see_teams(RAIL)) == (reports, reports, teams)
    assert found.follows_rounds is (role != "viewer")


@ON_SQLITE
def test_a_facilitator_of_an_art_reads_no_report_of_it_by_being_viewer_of_another(rte: Database) -> None:
    add_account(rte, "other@example.org", PASSWORD, "facilitator", "rail", NOW)
    add_account(rte, "other@example.org", PASSWORD, "viewer", "home", NOW)
    found = person(rte, "other@example.org")
    assert (found.may_see(RAIL), found.may_see({"home", "stay", "top"})) == (False, True)


def test_a_viewer_of_a_value_stream_sees_the_arts_in_it(rte: Database) -> None:
    add_account(rte, "viewer@example.org", PASSWORD, "viewer", "move", NOW)
    found = person(rte, "viewer@example.org")
    assert found.may_see(RAIL)
    assert not found.may_see({"home", "stay", "top"})


def test_an_account_gets_a_further_role_by_its_own_password_only(rte: Database) -> None:
    add_account(rte, EMAIL.upper(), PASSWORD, "lace", None, NOW)
    assert {(held.role, held.unit) for held in person(rte).account.roles} == {("rte", "rail"), ("lace", None)}
    with pytest.raises(Conflict, match="already, with another password"):
        add_account(rte, EMAIL, "wrong horse battery", "admin", None, NOW)
    assert not person(rte).has_role("admin")


@pytest.mark.parametrize(
    ("email", "password", "role", "unit", "kind", "sentence"),
    [
        ("nobody", PASSWORD, "lace", None, Invalid, "“nobody” is no e-mail address"),
        ("a b@example.org", PASSWORD, "lace", None, Invalid, "is no e-mail address"),
        ("a@example.org", "too short", "lace", None, Invalid, "12 to 256 characters"),
        ("a@example.org", "x" * 257, "lace", None, Invalid, "12 to 256 characters"),
        ("a@example.org", PASSWORD, "boss", None, Invalid, "“boss” is no role"),
        ("a\ud800@example.org", PASSWORD, "lace", None, Invalid, "is no e-mail address"),
        ("a@example.org", PASSWORD, "lace", "rail", Invalid, "lace is a role for the whole organisation"),
        ("a@example.org", PASSWORD, "admin", "rail", Invalid, "admin is a role for the whole organisation"),
        ("a@example.org", PASSWORD, "rte", "nowhere", NotFound, "there is no unit nowhere"),
    ],
)
@ON_SQLITE
def test_what_is_no_account_is_not_added(  # noqa: PLR0913, PLR0917 - what an account has, and what comes of it
    database: Database, email: str, password: str, role: str, unit: str | None, kind: type[Refused], sentence: str
) -> None:
    with pytest.raises(kind, match=sentence):
        add_account(database, email, password, role, unit, NOW)
    with database.reading() as session:
        assert queries.is_empty(session)


def test_the_audit_tells_of_accounts_and_sign_ins(rte: Database) -> None:
    sign_in(rte, EMAIL, PASSWORD, NOW + timedelta(hours=1))
    with pytest.raises(Forbidden):
        sign_in(rte, EMAIL, "wrong horse battery", NOW + timedelta(hours=2))
    with pytest.raises(Forbidden):
        sign_in(rte, "typed@by-mistake", PASSWORD, NOW + timedelta(hours=3))
    with rte.reading() as session:
        events = [(event.actor, event.action, event.subject) for event in queries.audit_events(session, 9)]
    unknown, *events = events
    assert unknown == ("unknown:3990351d8dd52b1c", accounts.FAILED, "")  # of the address typed, its hash alone
    assert events == [
        (EMAIL, accounts.FAILED, ""),
        (EMAIL, accounts.SIGNED_IN, ""),
        ("command line", "account added", "rte@example.org rte rail"),
    ]


def test_a_new_password_ends_every_sign_in(database: Database) -> None:
    accounts.add_account(database, "lace@example.org", "the first password", "lace", None, NOW)
    token = accounts.sign_in(database, "lace@example.org", "the first password", NOW)
    accounts.change_password(database, "Lace@example.org", "another password", NOW)
    assert accounts.signed_in(database, token, NOW) is None
    with pytest.raises(Forbidden):
        accounts.sign_in(database, "lace@example.org", "the first password", NOW)
    assert accounts.sign_in(database, "lace@example.org", "another password", NOW)


@pytest.mark.parametrize(
    ("email", "password"), [("nobody@example.org", "another password"), ("lace@example.org", "short")]
)
def test_a_password_is_changed_of_an_account_that_is_there_to_one_long_enough(
    database: Database, email: str, password: str
) -> None:
    accounts.add_account(database, "lace@example.org", "the first password", "lace", None, NOW)
    with pytest.raises((NotFound, Invalid)):
        accounts.change_password(database, email, password, NOW)
    assert accounts.sign_in(database, "lace@example.org", "the first password", NOW)
