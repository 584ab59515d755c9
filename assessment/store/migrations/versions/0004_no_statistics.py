"""PostgreSQL keeps no samples of what a close deletes: its planner's statistics would outlive the rows.

`ANALYZE`, which autovacuum runs by itself, copies values into pg_statistic: of receipts when forms came and under which
code's hash. Nothing removes them when the rows are deleted, not even VACUUM FULL. What was copied before goes with
setting a column's type anew.
"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TEXT, NUMBER, MOMENT = 'TEXT COLLATE "C"', "INTEGER", "TIMESTAMP WITH TIME ZONE"
COLUMNS = (
    ("access_code", "id", NUMBER),
    ("access_code", "code_hash", TEXT),
    ("access_code", "nonce", TEXT),
    ("draft", "id", NUMBER),
    ("draft", "key_hash", TEXT),
    ("draft", "answers", "JSON"),
    ("draft", "saved_at", MOMENT),
    ("receipt", "key_hash", TEXT),
    ("receipt", "reference", TEXT),
    ("receipt", "received_at", MOMENT),
    ("submission", "id", TEXT),
    ("submission", "answers", "JSON"),
)


def upgrade() -> None:
    """Take no more samples of these columns, and drop those that were taken."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table, column, kind in COLUMNS:
        op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} TYPE {kind}, ALTER COLUMN {column} SET STATISTICS 0")
