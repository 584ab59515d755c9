"""The rules of scoring, as data: how answers become scores, and what scores are called."""

from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from assessment.questionnaire.model.words import Id, Number, Part, Text

MOST_BANDS = 20
MOST_STAGES = 20


class Band(Part):
    """What an overall score from here up to there is called; without `to`, up to the next band."""

    start: Number = Field(alias="from")
    to: Number | None = None
    label: Text


class Scoring(Part):
    """How answers become scores."""

    rule: Literal["mean", "sum-of-levels", "staged"] = "mean"
    minimum_answered: Annotated[float, Field(ge=0, le=1, alias="minimum-answered")] = 0.5
    unit_weighting: Literal["equal", "respondents"] = Field("equal", alias="unit-weighting")
    smallest_change: Annotated[float, Field(ge=0, alias="smallest-change")] = 0.3
    bands: Annotated[list[Band], Field(max_length=MOST_BANDS)] = Field(default_factory=list)


class Requirement(Part):
    """What a stage takes: least scores, overall, in every dimension at the top, or in named dimensions."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1})

    overall: Number | None = None
    every_dimension: Number | None = Field(default=None, alias="every-dimension")
    dimensions: dict[Id, Number] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _requires_something(self) -> Self:
        if self.overall is None and self.every_dimension is None and not self.dimensions:
            raise PydanticCustomError(
                "requires", "requires nothing; it takes `overall`, `every-dimension` or `dimensions`"
            )
        return self


class Stage(Part):
    """A level that is reached when all that it requires is."""

    id: Id
    label: Text
    require: Requirement | None = None
