"""What a tested change carries, r*wg(J), the seal over a release's inputs, and how a round's questions fared."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the columns and the table."""
    op.add_column("score", sa.Column("rwg_star", sa.Double))
    for name in ("low", "high", "smallest", "effect"):
        op.add_column("step", sa.Column(name, sa.Double))
    op.add_column("release", sa.Column("seal", TEXT))
    op.create_table(
        "question_health",
        sa.Column("round_id", sa.Integer, nullable=False),
        sa.Column("figures", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_question_health")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_question_health_round_id_round")),
    )
