"""Marks of who drew a code in a round: keyed hashes, which the close deletes."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "draw_mark",
        sa.Column("round_id", sa.Integer, nullable=False),
        sa.Column("mark", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("round_id", "mark", name=op.f("pk_draw_mark")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_draw_mark_round_id_round")),
        sqlite_with_rowid=False,
    )
    if op.get_bind().dialect.name == "postgresql":  # it keeps no samples of what a close deletes: see 0004
        op.execute("ALTER TABLE draw_mark ALTER COLUMN mark SET STATISTICS 0")
