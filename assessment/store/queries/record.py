"""How columns become records: queries select these, so that no row of a table leaves the store."""

from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import Any, TypeVar, cast

from sqlalchemy import Row, Select
from sqlalchemy.orm import Bundle

T = TypeVar("T")


class Record(Bundle[T]):
    """A record to select: for each of its fields a column, or a record again."""

    inherit_cache = True

    def __init__(self, record: type[T], /, **columns: Any) -> None:  # noqa: ANN401 - of any type
        names = [field.name for field in fields(cast("type[Any]", record))]
        super().__init__(record.__name__, *(columns.pop(name) for name in names), single_entity=True)
        self.record = record

    def of(self, row: Row[Any], begin: int) -> T:
        """Give the record whose columns stand in a row from a place on."""
        return self.record(*row[begin : begin + len(self.exprs)])

    def create_row_processor(
        self,
        query: Select[Any],
        procs: Sequence[Callable[[Row[Any]], Any]],
        labels: Sequence[str],
    ) -> Callable[[Row[Any]], T]:
        """Give what makes a record of a row."""
        del query, labels
        record = self.record

        def process(row: Row[Any]) -> T:
            return record(*[proc(row) for proc in procs])

        return process
