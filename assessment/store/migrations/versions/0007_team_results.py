"""A link to each team's own results, made when its round closes, and what a team takes up after it."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "result_link",
        sa.Column("round_id", sa.Integer, nullable=False),
        sa.Column("roster_entry_id", sa.Integer, nullable=False),
        sa.Column("code_hash", TEXT, nullable=False),
        sa.Column("nonce", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("round_id", "roster_entry_id", name=op.f("pk_result_link")),
        sa.ForeignKeyConstraint(
            ["round_id", "roster_entry_id"],
            ["roster_entry.round_id", "roster_entry.id"],
            name=op.f("fk_result_link_round_id_roster_entry_id_roster_entry"),
        ),
    )
    op.create_index(op.f("ix_result_link_code_hash"), "result_link", ["code_hash"])
    op.create_table(
        "initiative",
        sa.Column("round_id", sa.Integer, nullable=False),
        sa.Column("roster_entry_id", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.CheckConstraint("position BETWEEN 1 AND 3", name=op.f("ck_initiative_one_of_three")),
        sa.PrimaryKeyConstraint("round_id", "roster_entry_id", "position", name=op.f("pk_initiative")),
        sa.ForeignKeyConstraint(
            ["round_id", "roster_entry_id"],
            ["roster_entry.round_id", "roster_entry.id"],
            name=op.f("fk_initiative_round_id_roster_entry_id_roster_entry"),
        ),
    )
