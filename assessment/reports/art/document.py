"""The report on an ART as it is printed: every sentence, figure and drawing, and nothing left to work out."""

from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from assessment.reports.art.data import ArtData

Edition = Literal["rte", "viewer"]
Tone = Literal["", "up", "down"]


@dataclass(frozen=True, slots=True)
class Run:
    """A part of a sentence in one look; `tone` is given by a stored verdict alone."""

    text: str
    strong: bool = False
    tone: Tone = ""


Sentence = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Figures in rows under heads, for readers who do not see a drawing."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One of the four figures under the headline, with its drawing, what is to be known first, and notes."""

    label: str
    figure: str
    unit: str
    chart: Markup | None
    finding: str
    tone: Tone
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing under its finding; `key` names what the drawing could only number, `table` has its figures."""

    title: str
    subtitle: str
    chart: Markup
    table: Table
    notes: tuple[str, ...] = ()
    key: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of a legend: a swatch, or the name of a mark that the style sheet draws, and its words."""

    words: str
    swatch: Markup | None = None
    mark: str = ""


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One team's score of one competency; `heat` is its class from 1 to 5, 0 where there is no score."""

    text: str
    heat: int = 0
    split: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class TeamRow:
    """One team's line; a `remark` stands across it in place of its cells."""

    name: str
    cells: tuple[HeatCell, ...]
    overall: str
    rounds: Markup | None
    answers: str
    remark: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Heatmap:
    """Teams by competencies; `whole` says that the overall columns are in it, `span` over how many a remark goes."""

    heads: tuple[str, ...]
    rows: tuple[TeamRow, ...]
    whole: bool
    span: int


@dataclass(frozen=True, slots=True)
class Teams:
    """The band of the teams: its heatmaps, more than one where there are too many competencies for a page.

    `long_names` need more room than usual; a band that fits on a page stays `whole`.
    """

    title: str
    subtitle: str
    legend: tuple[Key, ...]
    heatmaps: tuple[Heatmap, ...]
    rounds_head: str
    with_rounds: bool
    long_names: bool
    whole: bool


@dataclass(frozen=True, slots=True)
class DimensionRow:
    """One row of the table of dimensions; `depth` 0 is a competency, below it come its parts.

    A question's name goes over the columns of its rounds and its change, which it has none of: its `span`.
    """

    name: str
    span: int
    depth: int
    now: str
    hidden: bool
    interval: Markup | None
    change: str
    tone: Tone
    rounds: Markup | None
    spread: Markup | None
    spread_words: str
    differ: str
    split: bool
    answers: str


@dataclass(frozen=True, slots=True)
class DimensionGroup:
    """A competency's row and those below it, kept together where a page ends."""

    rows: tuple[DimensionRow, ...]


@dataclass(frozen=True, slots=True)
class DimensionTable:
    """Every dimension: now, bounds, change, rounds, spread, answers; `with_` tells which columns there are."""

    title: str
    subtitle: str
    first_head: str
    change_head: str
    rounds_head: str
    spread_head: str
    answers_head: str
    axis: Markup
    legend: tuple[Key, ...]
    groups: tuple[DimensionGroup, ...]
    with_change: bool
    with_rounds: bool
    with_spread: bool
    with_differ: bool
    span: int
    hidden_words: str


@dataclass(frozen=True, slots=True)
class Extreme:
    """One of the strongest or weakest dimensions."""

    name: str
    figure: str


@dataclass(frozen=True, slots=True)
class Ranked:
    """The strongest or the weakest dimensions; `more` counts those that share the last one's figure."""

    rows: tuple[Extreme, ...]
    more: str


@dataclass(frozen=True, slots=True)
class Extremes:
    """The strongest and the weakest dimensions."""

    strongest: Ranked
    weakest: Ranked


@dataclass(frozen=True, slots=True)
class Division:
    """A question on which people differ; `where` is the team's name, `""` for the whole ART."""

    where: str
    question: str
    chart: Markup | None
    words: str
    split: bool


@dataclass(frozen=True, slots=True)
class Divisions:
    """Where people disagree most; without any `rows` the title says why."""

    title: str
    subtitle: str
    rows: tuple[Division, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """The LACE's reading of one score beside the self-assessed one."""

    name: str
    own: str
    reading: str
    reason: str


@dataclass(frozen=True, slots=True)
class Review:
    """The LACE's review: what it reads differently as rows, what it accepted as one sentence."""

    title: str
    subtitle: str
    rows: tuple[ReviewRow, ...]
    accepted: str


@dataclass(frozen=True, slots=True)
class Hint:
    """One paragraph of how to read the report."""

    head: str
    text: str


@dataclass(frozen=True, slots=True)
class Footer:
    """What stands under every page."""

    reading: str
    source: str


@dataclass(frozen=True, slots=True)
class ArtReport:
    """Everything the template prints.

    `picture` stands beside the trend, or under it over the whole width where `stacked`. `divisions_first`,
    `hints_first`: page one has room for them. `new_page`: the table of dimensions starts one.
    """

    edition: Edition
    language: str
    document_title: str
    kicker: str
    title: str
    lede: tuple[Sentence, ...]
    keys: tuple[KeyFigure, ...]
    trend: Figure
    picture: Figure | None
    stacked: bool
    evidence: tuple[Figure, ...]
    teams: Teams | None
    dimensions: DimensionTable
    extremes: Extremes | None
    divisions: Divisions
    review: Review
    hints: tuple[Hint, ...]
    footer: Footer
    divisions_first: bool
    hints_first: bool
    new_page: bool
    data: ArtData
