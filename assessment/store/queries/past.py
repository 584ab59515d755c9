"""The past: queries that see no release but those that were there when another was made."""

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria

from assessment.store import tables
from assessment.store.records import ReleaseRecord


def look_back(session: Session, made: ReleaseRecord) -> None:
    """Let this session see no release that was made after the given one, in whatever query from now on.

    So what rests on other releases can be worked out again, by the same code, as it was. Ids are given in the order in
    which releases are made.
    """
    only_before = with_loader_criteria(tables.Release, tables.Release.id <= made.id, include_aliases=True)

    def narrow(statement: ORMExecuteState) -> None:
        if statement.is_select:
            statement.statement = statement.statement.options(only_before)

    event.listen(session, "do_orm_execute", narrow)
