"""What a report is made of: everything it may show, read from releases beforehand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from assessment.measure.score import Score
from assessment.measure.trend import Step
from assessment.questionnaire.model import Questionnaire


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The LACE's reading of one score: accepted, or set to `value` for a reason."""

    decision: str
    value: float | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class TeamPart:
    """A team of the ART in this round, or the ART where it was asked itself.

    `scores` is by dimension or question, `""` overall; `forms` came in.
    """

    code: str
    name: str
    forms: int
    headcount: int
    scores: Mapping[str, Score]


@dataclass(frozen=True, slots=True)
class RoundPart:
    """One round of the ART's history: its released scores, and its teams' overall ones by the team's code."""

    code: str
    title: str
    opened: datetime
    scores: Mapping[str, Score]
    teams: Mapping[str, Score]
    step: Step | None


@dataclass(frozen=True, slots=True)
class ArtMaterial:
    """Everything a report on one ART in one round is made of.

    `history` is oldest first and ends with this round; rounds of the same questionnaire in which the ART was not
    asked are in it with empty scores. `steps` and `reviews` are of this round, by dimension. `above` are the codes of
    the units above the ART in this round, to decide who may see it. An ART that was asked itself has no teams; `own`
    are its own forms then.
    """

    code: str
    name: str
    path: tuple[str, ...]
    round_code: str
    round_title: str
    mode: str
    threshold: int
    questionnaire: Questionnaire
    scores: Mapping[str, Score]
    teams: tuple[TeamPart, ...]
    history: tuple[RoundPart, ...]
    steps: Mapping[str, Step]
    reviews: Mapping[str, Reviewed]
    release_number: int
    release_hash: str
    released_at: datetime
    timezone: ZoneInfo
    above: tuple[str, ...] = ()
    own: TeamPart | None = None

    @property
    def asked(self) -> tuple[TeamPart, ...]:
        """Whoever was asked: the ART's teams, or the ART itself."""
        return self.teams if self.own is None else (self.own,)
