"""The questionnaire: what a file of format 1 may say, as frozen types."""

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, ConfigDict, Field, WithJsonSchema, field_validator, model_validator
from pydantic_core import PydanticCustomError

from assessment.questionnaire.model.questions import (
    NO,
    YES,
    AnyQuestion,
    Choice,
    Question,
    Rating,
    Scored,
    YesNo,
    is_scored,
)
from assessment.questionnaire.model.rules import MOST_STAGES, Scoring, Stage
from assessment.questionnaire.model.scales import Scale, ScoredLevel
from assessment.questionnaire.model.words import Id, Language, Part, Text, Version, Weight, Words

FORMAT = 1
MOST_LANGUAGES = 40
MOST_SCALES = 100
MOST_ROLES = 50

Audience = Literal["team", "art", "value-stream", "portfolio", "community", "lace"]


def _known_format(value: int) -> int:
    if value != FORMAT:
        raise PydanticCustomError("format", "is not 1, the only format that this version reads")
    return value


class Dimension(Part):
    """A node of the questionnaire's tree: it holds dimensions or questions."""

    model_config = ConfigDict(json_schema_extra={"oneOf": [{"required": ["dimensions"]}, {"required": ["questions"]}]})

    id: Id
    title: Text
    help: Text | None = None
    note: Words | None = None
    weight: Weight = 1.0
    dimensions: list["Dimension"] = Field(default_factory=list)
    questions: list[Question] = Field(default_factory=list)

    @model_validator(mode="after")
    def _holds_one_kind(self) -> Self:
        if self.dimensions and self.questions:
            raise PydanticCustomError("holds", "holds dimensions and questions; it may hold one of the two")
        if not self.dimensions and not self.questions:
            raise PydanticCustomError("holds", "holds neither dimensions nor questions")
        return self

    def all_questions(self) -> Iterator[AnyQuestion]:
        """Give the questions below this node, in the file's order."""
        for dimension in self.dimensions:
            yield from dimension.all_questions()
        yield from self.questions

    def scored(self) -> list[Scored]:
        """Give the questions this node holds itself that enter its score: scored ones, asked of every role."""
        return [question for question in self.questions if is_scored(question) and not question.roles]

    def walk(self) -> Iterator["Dimension"]:
        """Give this node and all below it, parents first."""
        yield self
        for dimension in self.dimensions:
            yield from dimension.walk()


class RoleName(Part):
    """A role of whose people some questions are asked."""

    id: Id
    label: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_string(cls, value: Any) -> Any:  # noqa: ANN401 - whatever stands in the file
        return {"id": value} if isinstance(value, str) else value


_ROLE = {
    "anyOf": [
        {"type": "string"},
        {
            "type": "object",
            "properties": {"id": {"type": "string"}, "label": {}},
            "required": ["id"],
            "additionalProperties": False,
        },
    ]
}


class Changes(Part):
    """What became of the questions of the version before; `renamed` and `equivalent` map an old id to a new one."""

    since: Version = Field(alias="from")
    renamed: dict[Id, Id] = Field(default_factory=dict)
    retired: list[Id] = Field(default_factory=list)
    equivalent: dict[Id, Id] = Field(default_factory=dict)
    editorial: list[Id] = Field(default_factory=list)


class Silenced(Part):
    """A warning that was thought about and kept, with the reason."""

    rule: str
    at: Id
    reason: Words


class Questionnaire(Part):
    """One version of one questionnaire, complete and valid in itself."""

    format: Annotated[int, AfterValidator(_known_format), WithJsonSchema({"const": FORMAT})]
    id: Id
    version: Version
    title: Text
    languages: Annotated[
        list[Language],
        Field(min_length=1, max_length=MOST_LANGUAGES, json_schema_extra={"uniqueItems": True}),
    ] = Field(default_factory=lambda: ["en"])
    audience: Audience = "team"
    roles: Annotated[list[Annotated[RoleName, WithJsonSchema(_ROLE)]], Field(max_length=MOST_ROLES)] = Field(
        default_factory=list
    )
    introduction: Text | None = None
    note: Words | None = None
    scales: Annotated[dict[Id, Scale], Field(max_length=MOST_SCALES)] = Field(default_factory=dict)
    scoring: Scoring = Field(default_factory=Scoring)
    dimensions: Annotated[list[Dimension], Field(min_length=1)]
    stages: Annotated[list[Stage], Field(max_length=MOST_STAGES)] = Field(default_factory=list)
    changes: Changes | None = None
    silenced: list[Silenced] = Field(default_factory=list)

    @field_validator("languages")
    @classmethod
    def _named_once(cls, languages: list[str]) -> list[str]:
        if len(set(languages)) < len(languages):
            raise PydanticCustomError("twice", "names a language twice")
        return languages

    @property
    def source_language(self) -> str:
        """The language in which the questionnaire is written; the others are translations."""
        return self.languages[0]

    @cached_property
    def questions(self) -> tuple[AnyQuestion, ...]:
        """Every question, in the order in which it is asked."""
        return tuple(question for node in self.dimensions for question in node.all_questions())

    @cached_property
    def by_competency(self) -> tuple[tuple[AnyQuestion, ...], ...]:
        """The questions below each dimension of the top, in the order in which they are asked."""
        return tuple(tuple(node.all_questions()) for node in self.dimensions)

    @cached_property
    def asks_everything(self) -> bool:
        """Whether every question is asked of everybody, whatever was answered before."""
        return not any(question.show_if or question.roles for question in self.questions)

    @cached_property
    def by_id(self) -> dict[str, AnyQuestion]:
        """Every question by its id."""
        return {question.id: question for question in self.questions}

    @cached_property
    def nodes(self) -> tuple[Dimension, ...]:
        """Every dimension, parents before children, in the file's order."""
        return tuple(node for top in self.dimensions for node in top.walk())

    @cached_property
    def scored(self) -> tuple[Scored, ...]:
        """The questions that enter scores, in the order in which they are asked."""
        return tuple(question for node in self.nodes for question in node.scored())

    @cached_property
    def of_roles(self) -> tuple[Scored, ...]:
        """The scored questions that some roles are asked alone: tallied above teams, and in no dimension's score."""
        return tuple(question for question in self.questions if is_scored(question) and question.roles)

    @cached_property
    def asks_for_role(self) -> bool:
        """Whether somebody's role decides what they are asked."""
        return any(question.roles for question in self.questions)

    def scale_of(self, question: Rating) -> Scale:
        """Give the scale a question is rated on."""
        return self.scales[question.scale] if isinstance(question.scale, str) else question.scale

    def levels_of(self, question: Scored) -> tuple[ScoredLevel, ...]:
        """Give what a scored question can count, the lowest score first; answers of one score are one level."""
        by_score: dict[float, list[tuple[float | str, Text | str]]] = {}
        for score, answer, label in self._counted(question):
            by_score.setdefault(score, []).append((answer, label))
        return tuple(
            ScoredLevel(score, tuple(answer for answer, _ in given), tuple(label for _, label in given))
            for score, given in sorted(by_score.items())
        )

    def labels_of(self, question: Scored) -> tuple[str, ...]:
        """Give what a scored question's levels are called, the lowest first; answers that count alike together."""
        return tuple(
            " / ".join(label if isinstance(label, str) else self.says(label) for label in level.labels)
            for level in self.levels_of(question)
        )

    def _counted(self, question: Scored) -> Iterator[tuple[float, float | str, Text | str]]:
        match question:
            case Rating():
                scale = self.scale_of(question)
                for level in scale.levels:
                    score = scale.low + scale.high - level.value if question.reverse else level.value
                    yield score, level.value, level.label
            case Choice():
                for option in question.options:
                    if option.score is not None:
                        yield option.score, option.id, option.label
            case YesNo() if question.scores is not None:
                yield question.scores.yes, YES, YES
                yield question.scores.no, NO, NO

    @cached_property
    def overall_scale(self) -> Scale | None:
        """The scale that most questions are rated on; None where no question is rated on one."""
        used = [self.scale_of(question) for question in self.questions if isinstance(question, Rating)]
        return max(used, key=used.count) if used else None

    def says(self, text: Text, language: str | None = None) -> str:
        """Give a text in a language, by default the one the questionnaire is written in."""
        return text.says(language or self.source_language, self.source_language)
