"""Types of columns: what the database holds on one side, frozen values on the other."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect
from sqlalchemy.types import TypeDecorator

from assessment.measure.tally import Tally
from assessment.store.records import PathStep


class Moment(TypeDecorator[datetime]):
    """A point in time: stored as UTC, read back aware. A naive one is a fault of the caller."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware time into what the database keeps."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        utc = value.astimezone(UTC)
        # SQLite has no type for it and would drop the zone in silence.
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn what the database keeps into an aware time in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


class Levels(TypeDecorator[tuple[int, ...]]):
    """How many chose each level, in the scale's order; SQL's NULL where that is held back."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def process_bind_param(self, value: tuple[int, ...] | None, dialect: Dialect) -> list[int] | None:
        """Give a list, which is what JSON has."""
        del dialect
        return None if value is None else list(value)

    def process_result_value(self, value: list[int] | None, dialect: Dialect) -> tuple[int, ...] | None:
        """Give a tuple, which nobody can change."""
        del dialect
        return None if value is None else tuple(value)


class Names(TypeDecorator[tuple[str, ...]]):
    """Ids in an order, as a list."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> list[str]:
        """Give a list, which is what JSON has."""
        del dialect
        return list(value or ())

    def process_result_value(self, value: list[str] | None, dialect: Dialect) -> tuple[str, ...]:
        """Give a tuple, which nobody can change."""
        del dialect
        return tuple(value or ())


class RosterPath(TypeDecorator[tuple[PathStep, ...]]):
    """The units above a roster entry, top first, as `[[code, kind, name], …]`."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: tuple[PathStep, ...] | None, dialect: Dialect) -> list[list[str]]:
        """Write each step as a list of three."""
        del dialect
        return [[step.code, step.kind, step.name] for step in value or ()]

    def process_result_value(self, value: list[list[str]] | None, dialect: Dialect) -> tuple[PathStep, ...]:
        """Read the steps back."""
        del dialect
        return tuple(PathStep(*step) for step in value or ())


class Counts(TypeDecorator[Mapping[str, Tally]]):
    """A team's tallies, `{question: {"levels": […], "na": 0, "dk": 0, "blank": 0, "hidden": 0}}`."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Mapping[str, Tally] | None, dialect: Dialect) -> dict[str, dict[str, Any]]:
        """Write each tally under its question's id."""
        del dialect
        return {
            question: {
                "levels": list(tally.levels),
                "na": tally.not_applicable,
                "dk": tally.dont_know,
                "blank": tally.blank,
                "hidden": tally.not_asked,
            }
            for question, tally in (value or {}).items()
        }

    def process_result_value(self, value: dict[str, dict[str, Any]] | None, dialect: Dialect) -> dict[str, Tally]:
        """Read the tallies back."""
        del dialect
        return {
            question: Tally(
                levels=tuple(counts["levels"]),
                not_applicable=counts["na"],
                dont_know=counts["dk"],
                blank=counts["blank"],
                not_asked=counts.get("hidden", 0),  # earlier versions asked everybody everything
            )
            for question, counts in (value or {}).items()
        }
