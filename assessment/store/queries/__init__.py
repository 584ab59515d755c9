"""What is read from the database: each query is a constant number of statements.

The first argument is a session of `Database.reading()` or `.writing()`; what comes back are the
frozen records of `assessment.store.records`.
"""

from assessment.store.queries.answers import (
    receipt,
    submissions,
    submitted_counts,
    tallies,
    unit_tallies,
)
from assessment.store.queries.draws import has_drawn
from assessment.store.queries.mailings import has_begun, invitation, invitations, mailing
from assessment.store.queries.organisation import is_empty, unit, units
from assessment.store.queries.past import look_back
from assessment.store.queries.releases import (
    answered_units,
    newest_releases,
    newest_round_of,
    question_health,
    release,
    releases,
    reviews,
    scores,
    scores_over,
    steps,
    steps_over,
    unit_history,
)
from assessment.store.queries.rounds import (
    access,
    audiences,
    code_counts,
    link_of_draft,
    questionnaire_by_id,
    questionnaire_version,
    questionnaire_versions,
    roster,
    round_by_code,
    round_by_id,
    rounds,
    shared_links,
    wait_for_draft,
)
from assessment.store.queries.staff import account_by_email, audit_events, count_audited, session_account
from assessment.store.queries.team_results import initiatives, result_links, results_place, tallies_of
from assessment.store.queries.workshops import own_vote, room, room_of_entry, room_of_team, team_submission, votes

__all__ = [
    "access",
    "account_by_email",
    "answered_units",
    "audiences",
    "audit_events",
    "code_counts",
    "count_audited",
    "has_begun",
    "has_drawn",
    "initiatives",
    "invitation",
    "invitations",
    "is_empty",
    "link_of_draft",
    "look_back",
    "mailing",
    "newest_releases",
    "newest_round_of",
    "own_vote",
    "question_health",
    "questionnaire_by_id",
    "questionnaire_version",
    "questionnaire_versions",
    "receipt",
    "release",
    "releases",
    "result_links",
    "results_place",
    "reviews",
    "room",
    "room_of_entry",
    "room_of_team",
    "roster",
    "round_by_code",
    "round_by_id",
    "rounds",
    "scores",
    "scores_over",
    "session_account",
    "shared_links",
    "steps",
    "steps_over",
    "submissions",
    "submitted_counts",
    "tallies",
    "tallies_of",
    "team_submission",
    "unit",
    "unit_history",
    "unit_tallies",
    "units",
    "votes",
    "wait_for_draft",
]
