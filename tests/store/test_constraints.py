"""What must never be true of the data is refused by the database itself, by name."""

import secrets
from typing import Any

import pytest
from sqlalchemy import CheckConstraint, UniqueConstraint, insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assessment.store import tables, writes
from assessment.store.database import Database
from tests.store import given

# A row that is right, for each table that has something to refuse; `$round` and the like are made before.
RIGHT: dict[str, dict[str, Any]] = {
    "unit": {"code": "u", "kind": "team", "name": "U", "headcount": 5},
    "questionnaire_version": {
        "questionnaire": "q",
        "version": "1",
        "content": b"",
        "content_hash": "",
        "scoring_hash": "",
    },
    "round": {
        "code": "r",
        "title": "R",
        "questionnaire_version_id": "$version",
        "mode": "codes",
        "threshold": 5,
        "opens_at": given.NOW,
        "opened_at": given.NOW,
    },
    "roster_entry": {
        "round_id": "$round",
        "unit_code": "u",
        "unit_name": "U",
        "kind": "team",
        "path": (),
        "headcount": 5,
    },
    "access_code": {"round_id": "$round", "roster_entry_id": "$entry", "code_hash": "h"},
    "draft": {
        "round_id": "$round",
        "roster_entry_id": "$entry",
        "key_hash": "h",
        "answers": {},
        "saved_at": given.NOW,
    },
    "receipt": {
        "round_id": "$round",
        "roster_entry_id": "$entry",
        "key_hash": "h",
        "reference": "",
        "received_at": given.NOW,
    },
    "result_link": {"round_id": "$round", "roster_entry_id": "$entry", "code_hash": "h", "nonce": "n"},
    "initiative": {"round_id": "$round", "roster_entry_id": "$entry", "position": 1, "title": "Less"},
    "workshop": {
        "round_id": "$round",
        "roster_entry_id": "$entry",
        "code_hash": "h",
        "nonce": "",
        "revealed": (),
        "stage": 0,
    },
    "vote": {"workshop_id": "$workshop", "question": "q", "voter_hash": "h", "word": "3"},
    "draw_mark": {"round_id": "$round", "mark": "m"},
    "mailing": {"round_id": "$round", "asked": 1, "sent": 0},
    "invitation": {"id": "i", "round_id": "$round", "roster_entry_id": "$entry", "row": 2},
    "submission": {"id": "s", "round_id": "$round", "roster_entry_id": "$entry", "answers": {}},
    "comment": {"id": "c", "round_id": "$round", "roster_entry_id": "$entry", "question": "", "text": ""},
    "tally": {"round_id": "$round", "roster_entry_id": "$entry", "forms": 0, "counts": {}},
    "unit_tally": {"round_id": "$round", "unit_code": "u", "counts": {}},
    "question_health": {"round_id": "$round", "figures": {}},
    "release": {
        "round_id": "$round",
        "number": 1,
        "made_at": given.NOW,
        "method": "1",
        "hash": "",
        "libraries": {},
    },
    "score": {
        "release_id": "$release",
        "unit": "u",
        "dimension": "d",
        "position": 0,
        "kind": "team",
        "unit_name": "U",
        "is_question": False,
        "qualifier": "",
        "hidden": False,
    },
    "step": {
        "release_id": "$release",
        "unit": "u",
        "dimension": "d",
        "position": 0,
        "basis": "",
        "verdict": "",
        "reason": "",
    },
    "review": {
        "round_id": "$round",
        "unit": "u",
        "dimension": "d",
        "decision": "accepted",
        "reviewer": "",
        "reviewed_at": given.NOW,
    },
    "account": {"email": "a@example.org", "password_hash": "", "active": True, "created_at": given.NOW},
    "role": {"account_id": "$account", "role": "viewer", "unit_code": "u"},
    "login_session": {
        "token_hash": "h",
        "account_id": "$account",
        "created_at": given.NOW,
        "seen_at": given.NOW,
        "expires_at": given.NOW,
    },
}

WRONG: list[tuple[str, dict[str, Any]]] = [
    ("ck_unit_kind_known", {"kind": "tribe"}),
    ("ck_unit_headcount_not_negative", {"headcount": -1}),
    ("ck_unit_not_its_own_parent", {"id": 77, "parent_id": 77}),
    ("ck_round_mode_known", {"mode": "open"}),
    ("ck_round_threshold_protects", {"threshold": 2}),
    ("ck_round_closes_after_it_opens", {"closes_at": given.NOW}),
    ("ck_roster_entry_kind_known", {"kind": ""}),
    ("ck_roster_entry_headcount_not_negative", {"headcount": -1}),
    ("ck_tally_forms_not_negative", {"forms": -1}),
    ("ck_initiative_one_of_three", {"position": 4}),
    ("ck_mailing_asked_not_negative", {"asked": -1}),
    ("ck_mailing_sent_not_negative", {"sent": -1}),
    ("ck_invitation_row_not_negative", {"row": -1}),
    ("ck_workshop_stage_not_negative", {"stage": -1}),
    ("ck_comment_of_a_team_or_a_unit", {"unit_code": "art"}),
    ("ck_comment_of_a_team_or_a_unit", {"roster_entry_id": None}),
    ("ck_release_number_not_negative", {"number": -1}),
    ("ck_score_kind_known", {"kind": "tribe"}),
    ("ck_score_qualifier_known", {"qualifier": "<"}),
    ("ck_score_review_known", {"review": "rejected"}),
    ("ck_score_n_not_negative", {"n": -1}),
    ("ck_score_n_of_not_negative", {"n_of": -1}),
    ("ck_score_hidden_holds_no_figure", {"hidden": True, "value": 3.5}),
    ("ck_score_hidden_holds_no_figure", {"hidden": True, "low": 3.5}),
    ("ck_score_hidden_holds_no_figure", {"hidden": True, "high": 3.5}),
    ("ck_score_hidden_holds_no_figure", {"hidden": True, "agreement": 0.5}),
    ("ck_score_hidden_holds_no_figure", {"hidden": True, "ad": 0.5}),
    ("ck_score_hidden_holds_no_figure", {"hidden": True, "rwg": 0.5}),
    ("ck_score_hidden_holds_no_figure", {"hidden": True, "split": False}),
    ("ck_score_hidden_holds_no_figure", {"hidden": True, "distribution": (0, 0)}),
    ("ck_step_teams_not_negative", {"teams": -1}),
    ("ck_review_decision_known", {"decision": "rejected"}),
    ("ck_review_set_to_a_value_for_a_reason", {"decision": "set"}),
    ("ck_review_set_to_a_value_for_a_reason", {"decision": "set", "value": 3.0}),
    ("ck_review_set_to_a_value_for_a_reason", {"decision": "accepted", "value": 3.0}),
    ("ck_account_email_lower_case", {"email": "A@example.org"}),
    ("ck_role_role_known", {"role": "owner"}),
]

TWICE: list[tuple[str, dict[str, Any]]] = [
    ("uq_unit_code", {}),
    ("uq_questionnaire_version_questionnaire_version", {}),
    ("uq_round_code", {}),
    ("uq_roster_entry_round_id_unit_code", {}),
    ("uq_access_code_code_hash", {}),
    ("uq_draft_key_hash", {}),
    ("uq_workshop_code_hash", {}),
    ("uq_workshop_round_id_roster_entry_id", {"code_hash": "$new"}),
    ("uq_release_round_id_number", {}),
    ("uq_review_round_id_unit_dimension", {}),
    ("uq_account_email", {}),
    ("uq_role_account_id_role_unit_code", {}),
    ("uq_role_everywhere", {"unit_code": None}),
    ("pk_receipt", {}),
    ("pk_submission", {}),
    ("pk_result_link", {}),
    ("pk_initiative", {}),
    ("pk_vote", {}),
    ("pk_draw_mark", {}),
    ("pk_mailing", {}),
    ("pk_invitation", {}),
    ("pk_comment", {}),
    ("pk_tally", {}),
    ("pk_unit_tally", {}),
    ("pk_question_health", {}),
    ("pk_score", {}),
    ("pk_step", {}),
    ("pk_login_session", {}),
]

NOWHERE: list[tuple[str, dict[str, Any]]] = [
    ("fk_unit_parent_id_unit", {"parent_id": 4711}),
    ("fk_round_questionnaire_version_id_questionnaire_version", {"questionnaire_version_id": 4711}),
    ("fk_roster_entry_round_id_round", {"round_id": 4711}),
    ("fk_access_code_round_id_roster_entry_id_roster_entry", {"round_id": "$other"}),
    ("fk_draft_round_id_roster_entry_id_roster_entry", {"round_id": "$other"}),
    ("fk_receipt_round_id_roster_entry_id_roster_entry", {"round_id": "$other"}),
    ("fk_workshop_round_id_roster_entry_id_roster_entry", {"round_id": "$other"}),
    ("fk_result_link_round_id_roster_entry_id_roster_entry", {"round_id": "$other"}),
    ("fk_initiative_round_id_roster_entry_id_roster_entry", {"round_id": "$other"}),
    ("fk_vote_workshop_id_workshop", {"workshop_id": 4711}),
    ("fk_draw_mark_round_id_round", {"round_id": 4711}),
    ("fk_mailing_round_id_round", {"round_id": 4711}),
    ("fk_invitation_round_id_roster_entry_id_roster_entry", {"round_id": "$other"}),
    ("fk_submission_round_id_roster_entry_id_roster_entry", {"round_id": "$other"}),
    ("fk_comment_round_id_roster_entry_id_roster_entry", {"round_id": "$other"}),
    ("fk_comment_round_id_round", {"round_id": 4711, "roster_entry_id": None, "unit_code": "art"}),
    ("fk_unit_tally_round_id_round", {"round_id": 4711}),
    ("fk_question_health_round_id_round", {"round_id": 4711}),
    ("fk_tally_round_id_roster_entry_id_roster_entry", {"round_id": "$other"}),
    ("fk_release_round_id_round", {"round_id": 4711}),
    ("fk_score_release_id_release", {"release_id": 4711}),
    ("fk_step_release_id_release", {"release_id": 4711}),
    ("fk_review_round_id_round", {"round_id": 4711}),
    ("fk_role_account_id_account", {"account_id": 4711}),
    ("fk_login_session_account_id_account", {"account_id": 4711}),
]

# Only there for the foreign keys to point at; an id is one of a kind anyway.
NOTHING_TO_REFUSE = {"uq_roster_entry_round_id_id"}


@pytest.mark.parametrize(("name", "wrong"), WRONG)
def test_a_value_that_cannot_be_is_refused(database: Database, name: str, wrong: dict[str, Any]) -> None:
    assert name in _refusal_of(database, name, wrong, times=1)


@pytest.mark.parametrize(("name", "wrong"), TWICE)
def test_the_same_twice_is_refused(database: Database, name: str, wrong: dict[str, Any]) -> None:
    sentence = _refusal_of(database, name, wrong, times=2)
    # SQLite names the columns of a key and not the key.
    assert ("UNIQUE constraint failed" if database.is_sqlite else name) in sentence


@pytest.mark.parametrize(("name", "wrong"), NOWHERE)
def test_a_reference_to_nothing_or_to_another_round_is_refused(
    database: Database, name: str, wrong: dict[str, Any]
) -> None:
    sentence = _refusal_of(database, name, wrong, times=1)
    assert ("FOREIGN KEY constraint failed" if database.is_sqlite else name) in sentence


def test_every_constraint_is_tried_above() -> None:
    tried = {name for name, _ in [*WRONG, *TWICE, *NOWHERE]} | NOTHING_TO_REFUSE
    found = {
        str(constraint.name)
        for table in tables.Base.metadata.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint | UniqueConstraint) or str(constraint.name).startswith("fk_")
    }
    unique = {
        str(index.name) for table in tables.Base.metadata.tables.values() for index in table.indexes if index.unique
    }
    assert found | unique <= tried


def test_every_row_that_is_right_is_taken(database: Database) -> None:
    with database.writing() as session:
        made = _made(session)
        for table in RIGHT:
            _insert(session, table, {}, made)


def _refusal_of(database: Database, name: str, wrong: dict[str, Any], times: int) -> str:
    table = max((table for table in RIGHT if name.partition("_")[2].startswith(table)), key=len)
    with database.writing() as session:
        made = _made(session)
        for _ in range(times - 1):
            _insert(session, table, wrong, made)
        with pytest.raises(IntegrityError) as refusal:
            _insert(session, table, wrong, made)
        session.rollback()
    return str(refusal.value.orig)


def _made(session: Session) -> dict[str, int]:
    """Make what the rows above refer to."""
    round_id = given.open_round(session)
    room = {"round_id": round_id, "roster_entry_id": given.team_b(session, round_id).id, "code_hash": "made"}
    return {
        "$version": given.questionnaire(session),
        "$round": round_id,
        "$other": given.open_round(session, "PI-2"),
        "$entry": given.team_a(session, round_id).id,
        "$release": given.release(session, round_id, 7),
        "$workshop": _insert(session, "workshop", room, {}),
        "$account": writes.add_account(session, email="made@example.org", password_hash="", now=given.NOW),
    }


def _insert(session: Session, table: str, wrong: dict[str, Any], made: dict[str, int]) -> int:
    """Insert a row; give the id that it got, 0 where it has none."""
    values = {**RIGHT[table], **wrong}
    known: dict[str, Any] = {"$new": secrets.token_hex(8), **made}
    found = {column: known.get(value, value) if isinstance(value, str) else value for column, value in values.items()}
    stored = tables.Base.metadata.tables[table]
    statement = insert(stored).values(**found)
    if table != "workshop":
        session.execute(statement)
        return 0
    return int(session.execute(statement.returning(stored.c.id)).scalar_one())
