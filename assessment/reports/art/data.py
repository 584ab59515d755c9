"""The same report for programs: every printed figure with the score behind it, under keys that stay."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ScoreData:
    """One score: as printed, in full, with its change and the LACE's reading of it."""

    dimension: str
    title: str
    question: bool
    printed: str
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
    split: bool | None
    hidden: bool
    distribution: tuple[int, ...] | None
    change: "ChangeData | None" = None
    review: "ReviewData | None" = None


@dataclass(frozen=True, slots=True)
class ChangeData:
    """A change against the round before, with its 95 % interval and the smallest change that would have been seen."""

    printed: str
    value: float | None
    teams: int | None
    basis: str
    verdict: str
    reason: str
    low: float | None = None
    high: float | None = None
    smallest: float | None = None


@dataclass(frozen=True, slots=True)
class ReviewData:
    """The LACE's reading."""

    decision: str
    value: float | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class RoundData:
    """One round of the trend."""

    round: str
    title: str
    opened: str
    printed: str
    value: float | None
    low: float | None
    high: float | None
    basis: str | None
    verdict: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class ResponseData:
    """How many took part, and of how many teams."""

    forms: int
    asked: int
    printed: str
    teams: int
    teams_reporting: int
    teams_hidden: int
    teams_silent: int


@dataclass(frozen=True, slots=True)
class TeamData:
    """One team, in an edition that may name it."""

    code: str
    name: str
    state: str
    forms: int
    asked: int
    scores: tuple[ScoreData, ...]


@dataclass(frozen=True, slots=True)
class ArtData:
    """The report as data."""

    report: str
    edition: str
    unit: str
    name: str
    path: tuple[str, ...]
    round: str
    title: str
    mode: str
    threshold: int
    questionnaire: str
    questionnaire_version: str
    release: int
    release_hash: str
    released_at: str
    compared_with: str | None
    maturity: str
    level: str
    response: ResponseData
    findings: tuple[str, ...]
    scores: tuple[ScoreData, ...]
    trend: tuple[RoundData, ...]
    teams: tuple[TeamData, ...] | None
