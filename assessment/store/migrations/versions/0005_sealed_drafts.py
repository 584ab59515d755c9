"""Drafts are sealed under the key their writer holds; those saved plain before can be read until their round closes."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column for a sealed form."""
    op.add_column("draft", sa.Column("sealed", sa.LargeBinary))
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE draft ALTER COLUMN sealed SET STATISTICS 0")
