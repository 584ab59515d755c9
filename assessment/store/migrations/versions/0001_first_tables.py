"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

APPLICATION_ID = 0x41737365
UNIT_KINDS = "kind IN ('team', 'art', 'solution-train', 'value-stream', 'portfolio', 'community', 'lace')"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make all tables."""
    if op.get_context().dialect.name == "sqlite":
        op.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    _organisation()
    _rounds()
    _answers()
    _releases()
    _staff()


def _organisation() -> None:
    op.create_table(
        "unit",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("parent_id", sa.Integer),
        sa.Column("headcount", sa.Integer),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("code", name=op.f("uq_unit_code")),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_unit_parent_id_unit")),
        sa.CheckConstraint(UNIT_KINDS, name=op.f("ck_unit_kind_known")),
        sa.CheckConstraint("headcount >= 0", name=op.f("ck_unit_headcount_not_negative")),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_unit_not_its_own_parent")),
    )
    op.create_index(op.f("ix_unit_parent_id"), "unit", ["parent_id"])


def _rounds() -> None:
    op.create_table(
        "questionnaire_version",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("questionnaire", TEXT, nullable=False),
        sa.Column("version", TEXT, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("content_hash", TEXT, nullable=False),
        sa.Column("scoring_hash", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaire_version")),
        sa.UniqueConstraint(
            "questionnaire",
            "version",
            name=op.f("uq_questionnaire_version_questionnaire_version"),
        ),
    )
    op.create_table(
        "round",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("questionnaire_version_id", sa.Integer, nullable=False),
        sa.Column("mode", TEXT, nullable=False),
        sa.Column("threshold", sa.Integer, nullable=False),
        sa.Column("opens_at", MOMENT, nullable=False),
        sa.Column("closes_at", MOMENT),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("code", name=op.f("uq_round_code")),
        sa.ForeignKeyConstraint(
            ["questionnaire_version_id"],
            ["questionnaire_version.id"],
            name=op.f("fk_round_questionnaire_version_id_questionnaire_version"),
        ),
        sa.CheckConstraint(
            "mode IN ('codes', 'link', 'team')",
            name=op.f("ck_round_mode_known"),
        ),
        sa.CheckConstraint("threshold >= 3", name=op.f("ck_round_threshold_protects")),
        sa.CheckConstraint("closes_at > opens_at", name=op.f("ck_round_closes_after_it_opens")),
    )
    op.create_index(op.f("ix_round_questionnaire_version_id"), "round", ["questionnaire_version_id"])
    op.create_table(
        "roster_entry",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("round_id", sa.Integer, nullable=False),
        sa.Column("unit_code", TEXT, nullable=False),
        sa.Column("unit_name", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("path", sa.JSON, nullable=False),
        sa.Column("headcount", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_entry")),
        sa.UniqueConstraint("round_id", "unit_code", name=op.f("uq_roster_entry_round_id_unit_code")),
        sa.UniqueConstraint("round_id", "id", name=op.f("uq_roster_entry_round_id_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_roster_entry_round_id_round")),
        sa.CheckConstraint(UNIT_KINDS, name=op.f("ck_roster_entry_kind_known")),
        sa.CheckConstraint("headcount >= 0", name=op.f("ck_roster_entry_headcount_not_negative")),
    )


def _answers() -> None:
    op.create_table(
        "access_code",
        sa.Column("id", sa.Integer, nullable=False),
        *_team_of("access_code"),
        sa.Column("code_hash", TEXT, nullable=False),
        sa.Column("nonce", TEXT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_code")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_access_code_code_hash")),
    )
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer, nullable=False),
        *_team_of("draft"),
        sa.Column("key_hash", TEXT, nullable=False),
        sa.Column("answers", sa.JSON, nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_draft_key_hash")),
    )
    op.create_table(
        "receipt",
        sa.Column("key_hash", TEXT, nullable=False),
        *_team_of("receipt"),
        sa.Column("reference", TEXT, nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_receipt")),
    )
    op.create_table(
        "submission",
        sa.Column("id", TEXT, nullable=False),
        *_team_of("submission"),
        sa.Column("answers", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "comment",
        sa.Column("id", TEXT, nullable=False),
        *_team_of("comment"),
        sa.Column("question", TEXT, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "tally",
        *_team_of("tally"),
        sa.Column("forms", sa.Integer, nullable=False),
        sa.Column("counts", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("round_id", "roster_entry_id", name=op.f("pk_tally")),
        sa.CheckConstraint("forms >= 0", name=op.f("ck_tally_forms_not_negative")),
    )
    for table in ("access_code", "draft", "receipt", "submission", "comment"):
        op.create_index(op.f(f"ix_{table}_round_id_roster_entry_id"), table, ["round_id", "roster_entry_id"])


def _team_of(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("round_id", sa.Integer, nullable=False),
        sa.Column("roster_entry_id", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id", "roster_entry_id"],
            ["roster_entry.round_id", "roster_entry.id"],
            name=op.f(f"fk_{table}_round_id_roster_entry_id_roster_entry"),
        ),
    )


def _releases() -> None:
    op.create_table(
        "release",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("round_id", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("method", TEXT, nullable=False),
        sa.Column("hash", TEXT, nullable=False),
        sa.Column("reason", TEXT),
        sa.Column("libraries", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
        sa.UniqueConstraint("round_id", "number", name=op.f("uq_release_round_id_number")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_release_round_id_round")),
        sa.CheckConstraint("number >= 0", name=op.f("ck_release_number_not_negative")),
    )
    _scores()
    op.create_table(
        "step",
        sa.Column("release_id", sa.Integer, nullable=False),
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("dimension", TEXT, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("previous_round", TEXT),
        sa.Column("change", sa.Double),
        sa.Column("teams", sa.Integer),
        sa.Column("basis", TEXT, nullable=False),
        sa.Column("verdict", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("release_id", "unit", "dimension", name=op.f("pk_step")),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], name=op.f("fk_step_release_id_release")),
        sa.CheckConstraint("teams >= 0", name=op.f("ck_step_teams_not_negative")),
    )
    op.create_table(
        "review",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("round_id", sa.Integer, nullable=False),
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("dimension", TEXT, nullable=False),
        sa.Column("decision", TEXT, nullable=False),
        sa.Column("value", sa.Double),
        sa.Column("reason", TEXT),
        sa.Column("reviewer", TEXT, nullable=False),
        sa.Column("reviewed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint("round_id", "unit", "dimension", name=op.f("uq_review_round_id_unit_dimension")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_review_round_id_round")),
        sa.CheckConstraint("decision IN ('accepted', 'set')", name=op.f("ck_review_decision_known")),
        sa.CheckConstraint(
            "(decision = 'accepted' AND value IS NULL)"
            " OR (decision = 'set' AND value IS NOT NULL AND reason IS NOT NULL)",
            name=op.f("ck_review_set_to_a_value_for_a_reason"),
        ),
    )


def _scores() -> None:
    op.create_table(
        "score",
        sa.Column("release_id", sa.Integer, nullable=False),
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("dimension", TEXT, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("unit_name", TEXT, nullable=False),
        sa.Column("parent", TEXT),
        sa.Column("is_question", sa.Boolean, nullable=False),
        sa.Column("value", sa.Double),
        sa.Column("qualifier", TEXT, nullable=False),
        sa.Column("n", sa.Integer),
        sa.Column("n_of", sa.Integer),
        sa.Column("coverage", sa.Double),
        sa.Column("low", sa.Double),
        sa.Column("high", sa.Double),
        sa.Column("agreement", sa.Double),
        sa.Column("ad", sa.Double),
        sa.Column("rwg", sa.Double),
        sa.Column("split", sa.Boolean),
        sa.Column("hidden", sa.Boolean, nullable=False),
        sa.Column("distribution", sa.JSON),
        sa.Column("review", TEXT),
        sa.Column("reviewed_value", sa.Double),
        sa.Column("review_reason", TEXT),
        sa.PrimaryKeyConstraint("release_id", "unit", "dimension", name=op.f("pk_score")),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], name=op.f("fk_score_release_id_release")),
        sa.CheckConstraint(UNIT_KINDS, name=op.f("ck_score_kind_known")),
        sa.CheckConstraint("qualifier IN ('', '>=', '<=')", name=op.f("ck_score_qualifier_known")),
        sa.CheckConstraint("review IN ('accepted', 'set')", name=op.f("ck_score_review_known")),
        sa.CheckConstraint("n >= 0", name=op.f("ck_score_n_not_negative")),
        sa.CheckConstraint("n_of >= 0", name=op.f("ck_score_n_of_not_negative")),
        sa.CheckConstraint(
            "NOT hidden OR (value IS NULL AND low IS NULL AND high IS NULL"
            " AND agreement IS NULL AND ad IS NULL AND rwg IS NULL AND split IS NULL"
            " AND distribution IS NULL)",
            name=op.f("ck_score_hidden_holds_no_figure"),
        ),
    )
    op.create_index(op.f("ix_score_release_id_kind_dimension"), "score", ["release_id", "kind", "dimension"])
    op.create_index(op.f("ix_score_release_id_parent"), "score", ["release_id", "parent"])


def _staff() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("email", TEXT, nullable=False),
        sa.Column("password_hash", TEXT, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email", name=op.f("uq_account_email")),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_account_email_lower_case")),
    )
    op.create_table(
        "role",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("account_id", sa.Integer, nullable=False),
        sa.Column("role", TEXT, nullable=False),
        sa.Column("unit_code", TEXT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role")),
        sa.UniqueConstraint("account_id", "role", "unit_code", name=op.f("uq_role_account_id_role_unit_code")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_role_account_id_account")),
        sa.CheckConstraint(
            "role IN ('admin', 'lace', 'rte', 'facilitator', 'viewer')",
            name=op.f("ck_role_role_known"),
        ),
    )
    op.create_index(
        op.f("uq_role_everywhere"),
        "role",
        ["account_id", "role"],
        unique=True,
        sqlite_where=sa.text("unit_code IS NULL"),
        postgresql_where=sa.text("unit_code IS NULL"),
    )
    op.create_table(
        "login_session",
        sa.Column("token_hash", TEXT, nullable=False),
        sa.Column("account_id", sa.Integer, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_login_session")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_login_session_account_id_account")),
    )
    op.create_index(op.f("ix_login_session_account_id"), "login_session", ["account_id"])
    op.create_index(op.f("ix_login_session_expires_at"), "login_session", ["expires_at"])
    op.create_table(
        "audit_event",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor", TEXT, nullable=False),
        sa.Column("action", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_event")),
    )
