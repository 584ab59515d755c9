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
    take_copy,
)
from assessment.store.writes.draws import draw_code
from assessment.store.writes.mailings import (
    count_sent,
    erase_mailing,
    give_up_mail,
    put_on_the_way,
    put_trouble,
    start_mailing,
)
from assessment.store.writes.organisation import put_units
from assessment.store.writes.releases import delete_review, make_release, put_question_health, put_review
from assessment.store.writes.rounds import (
    add_codes,
    close_round,
    delete_code,
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
from assessment.store.writes.team_results import put_initiatives, put_result_links
from assessment.store.writes.workshops import erase_workshops, move_workshop, open_workshop, put_vote

__all__ = [
    "add_account",
    "add_codes",
    "add_role",
    "add_submissions",
    "close_round",
    "count_sent",
    "delete_code",
    "delete_draft",
    "delete_review",
    "draw_code",
    "end_all_sessions",
    "end_session",
    "erase_mailing",
    "erase_traces",
    "erase_workshops",
    "extend_round",
    "give_up_mail",
    "make_release",
    "move_workshop",
    "open_round",
    "open_workshop",
    "prove_writable",
    "put_comments",
    "put_initiatives",
    "put_on_the_way",
    "put_question_health",
    "put_result_links",
    "put_review",
    "put_tallies",
    "put_trouble",
    "put_unit_tallies",
    "put_units",
    "put_vote",
    "record_audit",
    "rewrite_submissions",
    "save_draft",
    "set_password",
    "start_mailing",
    "start_session",
    "store_questionnaire",
    "submit",
    "take_copy",
    "void_codes",
]
