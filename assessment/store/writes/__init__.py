"""What is written to the database: the only INSERT, UPDATE and DELETE of the application.

The first argument is a session of `Database.writing()`, which alone commits.
"""

from assessment.store.writes.answers import (
    add_submissions,
    delete_draft,
    erase_traces,
    put_comments,
    put_tallies,
    put_unit_tallies,
    rewrite_submissions,
    save_draft,
    submit,
)
from assessment.store.writes.organisation import put_units
from assessment.store.writes.releases import delete_review, make_release, put_question_health, put_review
from assessment.store.writes.rounds import (
    add_codes,
    close_round,
    extend_round,
    open_round,
    store_questionnaire,
    void_codes,
)
from assessment.store.writes.staff import (
    add_account,
    add_role,
    end_all_sessions,
    end_session,
    prove_writable,
    record_audit,
    set_password,
    start_session,
)

__all__ = [
    "add_account",
    "add_codes",
    "add_role",
    "add_submissions",
    "close_round",
    "delete_draft",
    "delete_review",
    "end_all_sessions",
    "end_session",
    "erase_traces",
    "extend_round",
    "make_release",
    "open_round",
    "prove_writable",
    "put_comments",
    "put_question_health",
    "put_review",
    "put_tallies",
    "put_unit_tallies",
    "put_units",
    "record_audit",
    "rewrite_submissions",
    "save_draft",
    "set_password",
    "start_session",
    "store_questionnaire",
    "submit",
    "void_codes",
]
