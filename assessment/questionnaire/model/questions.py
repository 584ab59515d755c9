"""Questions: the six kinds of what is asked."""

from typing import Annotated, Any, Literal, Self, TypeGuard

from pydantic import ConfigDict, Discriminator, Field, Tag, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from assessment.questionnaire.model.conditions import Condition
from assessment.questionnaire.model.scales import Scale
from assessment.questionnaire.model.words import Id, Number, Part, Text, Weight, Words

MOST_OPTIONS = 200
MOST_LINKS = 10
YES, NO = "yes", "no"


class NotApplicable(Part):
    """Whether *does not apply* is offered, and whether it takes a reason."""

    offered: bool
    reason: Literal["none", "optional", "required"] = "none"

    @model_validator(mode="before")
    @classmethod
    def _from_file(cls, value: Any) -> Any:  # noqa: ANN401 - whatever stands in the file
        if isinstance(value, bool):
            return {"offered": value}
        for reason in ("required", "optional"):
            if value == {"reason": reason}:
                return {"offered": True, "reason": reason}
        raise PydanticCustomError(
            "not-applicable", "should be true or false, or `{reason: required}` or `{reason: optional}`"
        )

    def __bool__(self) -> bool:
        """Whether it is offered."""
        return self.offered


_NOT_APPLICABLE = {
    "anyOf": [
        {"type": "boolean"},
        {
            "type": "object",
            "properties": {"reason": {"enum": ["required", "optional"]}},
            "required": ["reason"],
            "additionalProperties": False,
        },
    ]
}
WayOut = Annotated[NotApplicable, WithJsonSchema(_NOT_APPLICABLE)]
OFFERED, NOT_OFFERED = NotApplicable.model_validate(True), NotApplicable.model_validate(False)  # noqa: FBT003 - as in a file


class Evidence(Part):
    """What is asked for beside an answer: links to what shows it, a comment."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1})

    links: Annotated[int, Field(ge=0, le=MOST_LINKS)] = 0
    comment: bool = False

    @model_validator(mode="after")
    def _asks_for_something(self) -> Self:
        if not self.links and not self.comment:
            raise PydanticCustomError("evidence", "asks for nothing; it takes `links`, `comment: true`, or both")
        return self


class Asked(Part):
    """What all questions have."""

    id: Id
    text: Text
    help: Text | None = None
    note: Words | None = None
    required: bool = False
    roles: list[Id] = Field(default_factory=list)
    show_if: Condition | None = Field(default=None, alias="show-if")
    evidence: Evidence | None = None
    not_applicable: WayOut = Field(default=NOT_OFFERED, alias="not-applicable")
    dont_know: bool = Field(default=False, alias="dont-know")


class _WithWaysOut(Asked):
    not_applicable: WayOut = Field(default=OFFERED, alias="not-applicable")
    dont_know: bool = Field(default=True, alias="dont-know")


def _scale_kind(value: Any) -> str:  # noqa: ANN401 - whatever stands in the file
    return "own" if isinstance(value, dict | Scale) else "named"


class Rating(_WithWaysOut):
    """A statement rated on a scale; its anchors say what one would see at a level."""

    type: Literal["rating"]
    scale: Annotated[Annotated[Id, Tag("named")] | Annotated[Scale, Tag("own")], Discriminator(_scale_kind)]
    anchors: dict[Number, Text] = Field(default_factory=dict)
    weight: Weight = 1.0
    reverse: bool = False


class Option(Part):
    """One of the answers that may be chosen."""

    id: Id
    label: Text


class ScoredOption(Option):
    """One of the answers of a choice, which may count."""

    score: Number | None = None


class Choice(_WithWaysOut):
    """One of several options; scored where these have scores."""

    type: Literal["choice"]
    options: Annotated[list[ScoredOption], Field(min_length=2, max_length=MOST_OPTIONS)]
    weight: Weight = 1.0


class Multiple(Asked):
    """Any of several options; never scored."""

    type: Literal["multiple"]
    options: Annotated[list[Option], Field(min_length=1, max_length=MOST_OPTIONS)]
    at_least: Annotated[int, Field(ge=0, le=MOST_OPTIONS, alias="at-least")] = 0
    at_most: Annotated[int, Field(ge=1, le=MOST_OPTIONS)] | None = Field(default=None, alias="at-most")


class YesNoScores(Part):
    """What the two answers count."""

    yes: Number
    no: Number


class YesNo(_WithWaysOut):
    """Yes or no; scored where the two have scores."""

    type: Literal["yes-no"]
    scores: YesNoScores | None = None
    weight: Weight = 1.0


class NumberQuestion(Asked):
    """A question answered with a number; never scored."""

    type: Literal["number"]
    minimum: Number | None = None
    maximum: Number | None = None
    whole: bool = False
    unit: Text | None = None


class FreeText(Asked):
    """A question answered in one's own words; it is never scored."""

    type: Literal["text"]


AnyQuestion = Rating | Choice | Multiple | YesNo | NumberQuestion | FreeText
Scored = Rating | Choice | YesNo
Question = Annotated[AnyQuestion, Field(discriminator="type")]


def is_scored(question: AnyQuestion) -> TypeGuard[Scored]:
    """Whether a question's answers count: ratings do, choices and yes-no where they have scores."""
    match question:
        case Rating():
            return True
        case Choice():
            return any(option.score is not None for option in question.options)
        case YesNo():
            return question.scores is not None
    return False
