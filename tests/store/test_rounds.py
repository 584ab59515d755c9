"""Rounds, rosters and codes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from assessment.errors import Conflict
from assessment.store import queries, writes
from assessment.store.database import Database
from assessment.store.records import Access, RosterEntry, RoundRecord, SharedLink
from tests.store import given


def test_a_questionnaire_is_kept_byte_for_byte_and_once(database: Database) -> None:
    with database.writing() as session:
        version_id = given.questionnaire(session)
        assert given.questionnaire(session) == version_id
        assert given.questionnaire(session, "2026.2") != version_id
    with database.reading() as session:
        stored = queries.questionnaire_version(session, "check", "2026.1")
        assert stored is not None
        assert stored.content == b"id: check\xc3\xa9\n"
        assert stored == queries.questionnaire_by_id(session, version_id)
        assert queries.questionnaire_version(session, "check", "2025.9") is None


def test_another_content_under_the_same_version_is_refused(database: Database) -> None:
    with database.writing() as session:
        given.questionnaire(session)
        with pytest.raises(Conflict, match=r"check is stored in version 2026\.1 with another content"):
            writes.store_questionnaire(
                session,
                questionnaire="check",
                version="2026.1",
                content=b"",
                content_hash="other",
                scoring_hash="scoring",
            )


def test_a_round_comes_back_with_its_roster(database: Database) -> None:
    with database.writing() as session:
        round_id = given.open_round(session)
    with database.reading() as session:
        found = queries.round_by_code(session, "PI-1")
        roster = queries.roster(session, round_id)
        assert queries.round_by_code(session, "PI-2") is None
    assert found is not None
    assert found == RoundRecord(
        id=round_id,
        code="PI-1",
        title="First round",
        questionnaire_version_id=found.questionnaire_version_id,
        questionnaire="check",
        version="2026.1",
        content_hash="content-2026.1",
        mode="codes",
        threshold=5,
        opens_at=given.NOW,
        closes_at=given.NOW + timedelta(days=14),
        closed_at=None,
        released_at=None,
    )
    assert roster == [
        RosterEntry("team-a", "Team A", "team", given.ABOVE, 7, id=roster[0].id, round_id=round_id),
        RosterEntry("team-b", "Team B", "team", given.ABOVE, 0, id=roster[1].id, round_id=round_id),
    ]


def test_a_second_round_of_that_code_is_refused_with_a_sentence(database: Database) -> None:
    with database.writing() as session:
        given.open_round(session)
        with pytest.raises(Conflict, match="there is a round PI-1 already"):
            given.open_round(session)


def test_rounds_come_in_the_order_in_which_they_open(database: Database) -> None:
    with database.writing() as session:
        given.open_round(session, "PI-2", opens_at=given.NOW + timedelta(days=1))
        given.open_round(session, "PI-1")
        given.open_round(session, "PI-0", closes_at=None)
    with database.reading() as session, given.counted() as statements:
        assert [found.code for found in queries.rounds(session)] == ["PI-0", "PI-1", "PI-2"]
    assert len(statements) == 1


def test_a_round_is_released_when_its_newest_release_was_made_not_by_closing(database: Database) -> None:
    with database.writing() as session:
        round_id = given.open_round(session)
        given.release(session, round_id, 0)
        (found,) = queries.rounds(session)
        assert found.released_at is None
        given.release(session, round_id, 1)
        given.release(session, round_id, 2)
        (found,) = queries.rounds(session)
    assert found.released_at == given.NOW + timedelta(days=20, hours=2)


def test_an_open_round_can_be_extended_and_a_closed_one_not(database: Database) -> None:
    later = given.NOW + timedelta(days=30)
    with database.writing() as session:
        round_id = given.open_round(session)
        assert writes.extend_round(session, round_id, later)
        assert writes.close_round(session, round_id, given.NOW)
        assert not writes.extend_round(session, round_id, None)
        assert not writes.close_round(session, round_id, later)
        found = queries.round_by_code(session, "PI-1")
    assert found is not None
    assert found.closes_at == later
    assert found.closed_at == given.NOW


@pytest.mark.parametrize("for_share", [False, True])
def test_a_code_leads_to_round_and_team_in_one_statement(database: Database, *, for_share: bool) -> None:
    with database.writing() as session:
        round_id = given.open_round(session)
        entry = given.team_a(session, round_id)
        writes.add_codes(session, round_id, [(entry.id, "hash", None)])
        found = queries.round_by_code(session, "PI-1")
    assert found is not None
    with database.writing() as session, given.counted() as statements:
        assert queries.access(session, "hash", for_share=for_share) == Access(found, entry, None)
        assert queries.access(session, "other", for_share=for_share) is None
    assert len(statements) == 2


def test_shared_links_come_with_their_nonce(database: Database) -> None:
    with database.writing() as session:
        round_id = given.open_round(session, mode="link")
        first, second = queries.roster(session, round_id)
        writes.add_codes(session, round_id, [(second.id, "hash-b", "nonce-b"), (first.id, "hash-a", "nonce-a")])
    with database.reading() as session:
        assert queries.shared_links(session, round_id) == [
            SharedLink(first, "nonce-a", "hash-a"),
            SharedLink(second, "nonce-b", "hash-b"),
        ]
        access = queries.access(session, "hash-b")
    assert access is not None
    assert access.nonce == "nonce-b"


def test_voiding_spares_the_codes_that_forms_came_in_with(database: Database) -> None:
    with database.writing() as session:
        round_id = given.open_round(session)
        first, second = queries.roster(session, round_id)
        writes.add_codes(
            session, round_id, [(first.id, "spent", None), (first.id, "unspent", None), (second.id, "other", None)]
        )
        given.submit(session, round_id, "spent", "submission")
        for key in ("unspent", "other"):
            writes.save_draft(session, key, round_id, first.id, b"sealed", given.NOW)
    with database.writing() as session:
        found = queries.round_by_code(session, "PI-1", for_update=True)
        assert found is not None
        assert queries.code_counts(session, round_id) == {first.id: 2, second.id: 1}
        assert writes.void_codes(session, found.id, first.id) == 1
    with database.reading() as session:
        assert queries.code_counts(session, round_id) == {first.id: 1, second.id: 1}
        assert queries.access(session, "spent") is not None
        assert queries.access(session, "unspent") is None
        assert given.draft(session, "unspent") is None
        assert given.draft(session, "other") == b"sealed"
        assert queries.shared_links(session, round_id) == []


def test_a_round_without_codes_has_none_to_count(database: Database) -> None:
    with database.writing() as session:
        round_id = given.open_round(session, roster=[replace(given.TEAMS[0], path=())])
        writes.add_codes(session, round_id, [])
        assert queries.code_counts(session, round_id) == {}
        assert given.team_a(session, round_id).path == ()
