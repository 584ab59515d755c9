"""Who drew a code: whether a mark is there."""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from assessment.store import tables


def has_drawn(session: Session, round_id: int, mark: str) -> bool:
    """Whether a mark is kept in a round."""
    table = tables.DrawMark
    return bool(session.scalar(select(exists().where(table.round_id == round_id, table.mark == mark))))
