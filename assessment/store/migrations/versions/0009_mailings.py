"""Codes by mail in the background: how far the mails of a round are, and which are still to be sent."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
UNSAMPLED = ("id", "row", "code_hash")  # what a close deletes is not to outlive it in the planner's statistics


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "mailing",
        sa.Column("round_id", sa.Integer, nullable=False),
        sa.Column("asked", sa.Integer, nullable=False),
        sa.Column("sent", sa.Integer, nullable=False),
        sa.Column("trouble", TEXT, nullable=True),
        sa.CheckConstraint("asked >= 0", name=op.f("ck_mailing_asked_not_negative")),
        sa.CheckConstraint("sent >= 0", name=op.f("ck_mailing_sent_not_negative")),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_mailing")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_mailing_round_id_round")),
    )
    op.create_table(
        "invitation",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("round_id", sa.Integer, nullable=False),
        sa.Column("roster_entry_id", sa.Integer, nullable=False),
        sa.Column("row", sa.Integer, nullable=False),
        sa.Column("code_hash", TEXT, nullable=True),
        sa.Column("reason", TEXT, nullable=True),
        sa.CheckConstraint("row >= 0", name=op.f("ck_invitation_row_not_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.ForeignKeyConstraint(
            ["round_id", "roster_entry_id"],
            ["roster_entry.round_id", "roster_entry.id"],
            name=op.f("fk_invitation_round_id_roster_entry_id_roster_entry"),
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_invitation_round_id_roster_entry_id"), "invitation", ["round_id", "roster_entry_id"])
    if op.get_bind().dialect.name == "postgresql":
        for column in UNSAMPLED:
            op.execute(f"ALTER TABLE invitation ALTER COLUMN {column} SET STATISTICS 0")
