"""How a closed round's questions fared, as pages and commands read it: one row, written at the close."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy.orm import Session

from assessment.errors import Conflict
from assessment.measure.question_health import Advice, DimensionHealth, QuestionHealth, RoundHealth, advice
from assessment.questionnaire.model import Questionnaire
from assessment.services import questionnaires
from assessment.services.rounds import needed
from assessment.store import queries
from assessment.store.database import Database
from assessment.store.records import PRELIMINARY, RoundRecord


@dataclass(frozen=True, slots=True)
class Line:
    """One question: how it fared, and what to do about it."""

    health: QuestionHealth
    advice: Advice


@dataclass(frozen=True, slots=True)
class Sheet:
    """How a round's questions fared, in the order in which they were asked."""

    round: RoundRecord
    questionnaire: Questionnaire
    health: RoundHealth
    lines: tuple[Line, ...]

    @property
    def dimensions(self) -> Mapping[str, DimensionHealth]:
        """The dimensions that hold questions, by id."""
        return {node.dimension: node for node in self.health.dimensions}

    @property
    def related(self) -> bool:
        """Whether enough people answered all of at least one dimension to say how its questions go together."""
        return any(line.health.item_rest is not None for line in self.lines)

    def as_json(self) -> dict[str, Any]:
        """Give the same as plain JSON: every question's figures with the verdict and why."""
        return {
            "round": self.round.code,
            "forms": self.health.forms,
            "questions": [
                asdict(line.health) | {"verdict": line.advice.verdict, "why": line.advice.sentence}
                for line in self.lines
            ],
            "dimensions": [asdict(node) for node in self.health.dimensions],
        }


def of_round(database: Database, code: str) -> Sheet:
    """Give how a round's questions fared; raises `Conflict` where that was not worked out, and says why."""
    _, sheet, why_not = look(database, code)
    if sheet is None:
        raise Conflict(why_not)
    return sheet


def look(database: Database, code: str) -> tuple[RoundRecord, Sheet | None, str]:
    """Give a round with how its questions fared, or with the sentence that says why there is nothing to tell."""
    with database.reading() as session:
        round_ = needed(session, code)
        figures = queries.question_health(session, round_.id)
        if figures is None:
            return round_, None, _why_not(session, round_)
        questionnaire = questionnaires.asked_in(session, round_)
    health = RoundHealth.of(figures)
    return round_, Sheet(round_, questionnaire, health, tuple(Line(one, advice(one)) for one in health.questions)), ""


def _why_not(session: Session, round_: RoundRecord) -> str:
    if round_.closed_at is None:
        return f"the round {round_.code} is not closed yet; closing works out how its questions fared"
    if queries.release(session, round_.id, PRELIMINARY) is None:
        return f"the round {round_.code} is being closed; should that have been broken off, close it again"
    return (
        f"the round {round_.code} was closed by an earlier version, which did not work out how its questions fared;"
        " its forms cannot be looked at again for that"
    )
