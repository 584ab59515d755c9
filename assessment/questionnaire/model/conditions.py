"""Conditions: what must have been answered before a question is asked; data, so that it can be checked and printed."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Discriminator, Field, Tag, WithJsonSchema
from pydantic_core import PydanticCustomError

from assessment.questionnaire.model.words import Id, Part

MOST_PARTS = 50

Op = Literal["=", "!=", "<", "<=", ">", ">=", "includes", "answered"]
ANSWERED: Op = "answered"
INCLUDES: Op = "includes"


def _scalar(value: Any) -> Any:  # noqa: ANN401 - whatever stands in the file
    if not isinstance(value, str | int | float):
        raise PydanticCustomError("scalar", "should be a level's value, an option's id, a number, or true or false")
    return value


Compared = Annotated[Any, AfterValidator(_scalar), WithJsonSchema({"type": ["number", "string", "boolean"]})]


class Comparison(Part):
    """One earlier question compared with a value."""

    question: Id
    op: Op
    value: Compared


class AllOf(Part):
    """Every one of these holds."""

    all: Annotated[list["Condition"], Field(min_length=1, max_length=MOST_PARTS)]


class AnyOf(Part):
    """At least one of these holds."""

    any: Annotated[list["Condition"], Field(min_length=1, max_length=MOST_PARTS)]


def _kind(value: Any) -> str:  # noqa: ANN401 - whatever stands in the file, or a part of the model
    for kind in ("all", "any"):
        if hasattr(value, kind) or (isinstance(value, dict) and kind in value):
            return kind
    return "comparison"


Condition = Annotated[
    Annotated[Comparison, Tag("comparison")] | Annotated[AllOf, Tag("all")] | Annotated[AnyOf, Tag("any")],
    Discriminator(_kind),
]

AllOf.model_rebuild()
AnyOf.model_rebuild()


def comparisons(condition: Comparison | AllOf | AnyOf) -> Iterator[Comparison]:
    """Give every comparison in a condition, in the order of the file."""
    if isinstance(condition, Comparison):
        yield condition
        return
    for part in condition.all if isinstance(condition, AllOf) else condition.any:
        yield from comparisons(part)
