"""Workshops: a team that fills its one form in together, and the votes of its people until the round closes."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

# Of what a close deletes PostgreSQL is to keep no samples: see 0004.
NO_SAMPLES = {
    "workshop": ("id", "code_hash", "nonce", "question", "revealed", "stage"),
    "vote": ("workshop_id", "question", "voter_hash", "word"),
}


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "workshop",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("round_id", sa.Integer, nullable=False),
        sa.Column("roster_entry_id", sa.Integer, nullable=False),
        sa.Column("code_hash", TEXT, nullable=False),
        sa.Column("nonce", TEXT, nullable=False),
        sa.Column("question", TEXT),
        sa.Column("revealed", sa.JSON, nullable=False),
        sa.Column("stage", sa.Integer, nullable=False),
        sa.CheckConstraint("stage >= 0", name=op.f("ck_workshop_stage_not_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop")),
        sa.ForeignKeyConstraint(
            ["round_id", "roster_entry_id"],
            ["roster_entry.round_id", "roster_entry.id"],
            name=op.f("fk_workshop_round_id_roster_entry_id_roster_entry"),
        ),
        sa.UniqueConstraint("code_hash", name=op.f("uq_workshop_code_hash")),
        sa.UniqueConstraint("round_id", "roster_entry_id", name=op.f("uq_workshop_round_id_roster_entry_id")),
    )
    op.create_table(
        "vote",
        sa.Column("workshop_id", sa.Integer, nullable=False),
        sa.Column("question", TEXT, nullable=False),
        sa.Column("voter_hash", TEXT, nullable=False),
        sa.Column("word", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("workshop_id", "question", "voter_hash", name=op.f("pk_vote")),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_vote_workshop_id_workshop")),
        sqlite_with_rowid=False,
    )
    if op.get_bind().dialect.name == "postgresql":
        for table, columns in NO_SAMPLES.items():
            for column in columns:
                op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0")
