"""What some roles alone are asked: tallies of whole units, and comments that point to no team."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the tallies of units; let a comment be of a unit."""
    op.create_table(
        "unit_tally",
        sa.Column("round_id", sa.Integer, nullable=False),
        sa.Column("unit_code", TEXT, nullable=False),
        sa.Column("counts", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("round_id", "unit_code", name=op.f("pk_unit_tally")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_unit_tally_round_id_round")),
    )
    # SQLite makes the table anew; it must stay without row numbers, which would tell the order of arrival.
    with op.batch_alter_table("comment", table_kwargs={"sqlite_with_rowid": False}) as comment:
        comment.alter_column("roster_entry_id", existing_type=sa.Integer, nullable=True)
        comment.add_column(sa.Column("unit_code", TEXT))
        comment.create_foreign_key(op.f("fk_comment_round_id_round"), "round", ["round_id"], ["id"])
        comment.create_check_constraint(
            op.f("ck_comment_of_a_team_or_a_unit"), "(roster_entry_id IS NULL) <> (unit_code IS NULL)"
        )
