"""What queries give: frozen rows that a template cannot use to reach the database."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from operator import attrgetter
from typing import Any

from assessment.measure.score import Score
from assessment.measure.tally import Tally

UNIT_KINDS = ("team", "art", "solution-train", "value-stream", "portfolio", "community", "lace")
MODES = ("codes", "link", "team")
ROLES = ("admin", "lace", "rte", "facilitator", "viewer")

Json = Any  # what `json` reads: checked by whoever gives it a meaning

_NAMES = tuple(field.name for field in fields(Score))
_FIGURES = attrgetter(*_NAMES)


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """A node of the organisation; `parent` is the code of the unit above."""

    code: str
    kind: str
    name: str
    parent: str | None
    headcount: int | None


@dataclass(frozen=True, slots=True)
class QuestionnaireRecord:
    """One stored version of a questionnaire: its bytes as read, and its hashes."""

    id: int
    questionnaire: str
    version: str
    content: bytes
    content_hash: str
    scoring_hash: str


@dataclass(frozen=True, slots=True)
class RoundRecord:
    """A round and the facts its state follows from."""

    id: int
    code: str
    title: str
    questionnaire_version_id: int
    questionnaire: str
    version: str
    content_hash: str
    mode: str
    threshold: int
    opens_at: datetime
    closes_at: datetime | None
    closed_at: datetime | None
    released_at: datetime | None


@dataclass(frozen=True, slots=True)
class PathStep:
    """One unit above a roster entry, as it stood when the round opened."""

    code: str
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class RosterUnit:
    """One unit whose people are to be asked, the path above it (top first) and its headcount."""

    unit: str
    name: str
    kind: str
    path: tuple[PathStep, ...]
    headcount: int


@dataclass(frozen=True, slots=True)
class RosterEntry(RosterUnit):
    """One unit whose people are asked in a round."""

    id: int
    round_id: int


@dataclass(frozen=True, slots=True)
class Access:
    """Where a code leads: a round and a roster entry; `nonce` is set for a link a team shares.

    With them what is kept under a respondent's key: the sealed draft (or one that was kept plain by an earlier
    version), and the receipt once the form came in.
    """

    round: RoundRecord
    entry: RosterEntry
    nonce: str | None
    draft: bytes | None = None
    plain_draft: "Mapping[str, Json] | None" = None
    receipt: "Receipt | None" = None


@dataclass(frozen=True, slots=True)
class SharedLink:
    """The one link of a team in the modes `link` and `team`, as far as it is stored."""

    entry: RosterEntry
    nonce: str
    code_hash: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """That a form came in: its reference and when. It does not say which submission it was."""

    reference: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class WorkshopRecord:
    """A team's workshop: the nonce of its room's code, what is voted on, whose votes were shown, how often it moved."""

    id: int
    nonce: str
    code_hash: str
    question: str | None
    revealed: tuple[str, ...]
    stage: int

    @property
    def is_revealed(self) -> bool:
        """Whether the votes on the present question were shown."""
        return self.question in self.revealed


@dataclass(frozen=True, slots=True)
class Room:
    """Where a workshop stands: how many votes there are on its question, and whether the team's form came in."""

    round: RoundRecord
    entry: RosterEntry
    workshop: WorkshopRecord
    votes: int
    submitted: bool


@dataclass(frozen=True, slots=True)
class VoteCount:
    """How many voted for the same on a question."""

    question: str
    word: str
    number: int


@dataclass(frozen=True, slots=True)
class SubmissionRecord:
    """One filled form; `answers` maps a question's id to its answer."""

    id: str
    entry_id: int
    answers: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class TeamTallies:
    """A team's forms and its tally of each question."""

    entry: RosterEntry
    forms: int
    tallies: Mapping[str, Tally]


@dataclass(frozen=True, slots=True)
class ResultLink:
    """The link to a team's own results, as far as it is stored."""

    unit: str
    nonce: str
    code_hash: str


@dataclass(frozen=True, slots=True)
class UnitTallies:
    """How often each answer was given to what some roles alone are asked: by question, then by word."""

    unit: str
    words: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class CommentRecord:
    """A free text, torn from the form it came with: of a team or, without one, of a whole unit."""

    id: str
    entry_id: int | None
    question: str
    text: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class ReviewRecord:
    """The LACE's reading of one score: accepted, or set to `value` for a reason."""

    unit: str
    dimension: str
    decision: str
    value: float | None
    reason: str | None
    reviewer: str
    reviewed_at: datetime


PRELIMINARY = 0  # the number of the release that closing makes, for the review alone


@dataclass(frozen=True, slots=True)
class ReleaseRecord:
    """A frozen set of scores; number 0 are the preliminary ones that closing makes."""

    id: int
    round_id: int
    number: int
    made_at: datetime
    method: str
    hash: str
    reason: str | None
    libraries: Mapping[str, str]
    seal: str | None = None


@dataclass(frozen=True, slots=True)
class ScoreRecord:
    """A score as released, with the names it had then and the LACE's reading beside it."""

    unit: str
    unit_name: str
    kind: str
    parent: str | None
    dimension: str
    is_question: bool
    value: float | None
    qualifier: str
    n: int | None
    N: int | None
    coverage: float | None
    low: float | None
    high: float | None
    agreement: float | None
    ad: float | None
    rwg: float | None
    rwg_star: float | None
    split: bool | None
    hidden: bool
    distribution: tuple[int, ...] | None
    review: str | None = None
    reviewed_value: float | None = None
    review_reason: str | None = None

    @classmethod
    def of(cls, score: Score, unit_name: str, parent: str | None, *, is_question: bool) -> "ScoreRecord":
        """Give the record of a score, without a reading."""
        figures = dict(zip(_NAMES, _FIGURES(score), strict=True))
        return cls(unit_name=unit_name, parent=parent, is_question=is_question, **figures)

    def score(self) -> Score:
        """Give the score alone."""
        return Score(*_FIGURES(self))


@dataclass(frozen=True, slots=True)
class StepRecord:
    """The step from the round before to this one, as worked out at release."""

    unit: str
    dimension: str
    previous_round: str | None
    change: float | None
    teams: int | None
    basis: str
    verdict: str
    reason: str
    low: float | None = None
    high: float | None = None
    smallest: float | None = None
    effect: float | None = None


@dataclass(frozen=True, slots=True)
class MailingRecord:
    """How many mails a round's newest file asked for and how many were sent; `trouble` is why the server took none."""

    asked: int
    sent: int
    trouble: str | None


@dataclass(frozen=True, slots=True)
class InvitationRecord:
    """A row of the file whose mail is still to be sent, or was not taken for a `reason`; never to whom."""

    id: str
    entry: RosterEntry
    row: int
    code_hash: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class RoleRecord:
    """What an account may do, everywhere or in one unit."""

    role: str
    unit: str | None


@dataclass(frozen=True, slots=True)
class AccountRecord:
    """A staff account."""

    id: int
    email: str
    password_hash: str
    active: bool
    roles: tuple[RoleRecord, ...]


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """Who did what to what, and when."""

    at: datetime
    actor: str
    action: str
    subject: str
