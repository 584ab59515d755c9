"""What the parts of the report on an ART ask of its material again and again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assessment.measure.maturity import called
from assessment.measure.outline import OVERALL, Ends, Outline, apart, outline
from assessment.measure.score import Score
from assessment.measure.trend import Step
from assessment.questionnaire.model import Questionnaire, ScoredLevel, is_scored
from assessment.reports.art.document import Edition, Tone
from assessment.reports.charts import Verdict, is_drawable
from assessment.reports.figures import DASH, one_decimal, printed, qualified
from assessment.reports.material import ArtMaterial, RoundPart

AGREED = "team"  # the mode in which a team gives one form, openly
HIDDEN = "hidden"

_LONGEST_ROUND_NAME = 18
_DUST = 9  # decimals behind which floating point leaves what is no difference
_TONES: dict[str, Tone] = {"improved": "up", "worsened": "down"}
_VERDICTS: dict[str, Verdict] = {"improved": "improved", "worsened": "worsened"}
_END = {">=": "at least ", "<=": "at most "}


@dataclass(frozen=True, slots=True)
class Facts:
    """The material of one report with what follows from it for every part of it.

    `parts` are the questionnaire's uppermost dimensions in which something is scored. `titles` has the name of every
    dimension and the words of every question. `previous` is the last round before this one in which somebody answered.
    """

    material: ArtMaterial
    edition: Edition
    tree: Outline
    titles: dict[str, str]
    parts: tuple[str, ...]
    previous: RoundPart | None
    breaks: frozenset[int]

    @property
    def names_teams(self) -> bool:
        """Whether this edition may name a team."""
        return self.edition == "rte"

    @property
    def agreed(self) -> bool:
        """Whether a team gave one form: n and N count forms then, and there is no spread."""
        return self.material.mode == AGREED

    @property
    def itself(self) -> bool:
        """Whether the ART was asked itself and not its teams."""
        return self.material.own is not None

    @property
    def part(self) -> str:
        """What an uppermost dimension is called: a competency where it holds dimensions itself."""
        return "dimension" if self.is_flat else "competency"

    @property
    def parts_called(self) -> str:
        """What the uppermost dimensions are called together."""
        return "dimensions" if self.is_flat else "competencies"

    @property
    def is_flat(self) -> bool:
        """Whether every uppermost dimension holds questions itself."""
        below = (branch.name for part in self.parts for branch in self.tree.children[part])
        return all(name in self.tree.levels for name in below)

    @property
    def overall(self) -> Score | None:
        """The overall score."""
        return self.material.scores.get(OVERALL)

    def ends(self, *names: str) -> Ends:
        """Give the lowest and the highest that some scores can be, or are where smaller parts of a sum are missing."""
        scores = [score for name in names if (score := self.score(name)) is not None]
        return self.span((figure for score in scores for figure in (score.value, score.low, score.high)), names)

    def span(self, values: Iterable[float | None], names: Sequence[str] = (OVERALL,)) -> Ends:
        """Give the ends of some scores' scale, further apart where values lie beyond: other versions had others."""
        ends = [self.tree.ends(name) for name in names]
        known = [value for value in values if value is not None]
        low, high = min(low for low, _ in ends), max(high for _, high in ends)
        return apart(min([low, *known]), max([high, *known]))

    def have_one_scale(self, names: Sequence[str]) -> bool:
        """Whether some scores lie between the same ends, so that the higher one is the better one."""
        return len({tuple(round(end, _DUST) for end in self.tree.ends(name)) for name in names}) <= 1

    @property
    def best(self) -> str:
        """The highest overall score there can be, as it is written."""
        return plain(self.tree.ends(OVERALL)[1])

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Every dimension in which something is scored, and the overall score."""
        return tuple(self.tree.children)

    def gap(self, name: str) -> float:
        """Give how far two levels are apart on the questions of a dimension, on average; 0 of a single level."""
        if name not in self.tree.children:
            levels = [level.score for level in self._levels(name)]
            return (levels[-1] - levels[0]) / max(len(levels) - 1, 1)
        gaps = [self.tree.gap(question) for question in self.tree.questions[name]]
        return sum(gaps) / len(gaps) if gaps else 0.0

    def _levels(self, name: str) -> tuple[ScoredLevel, ...]:
        question = self.questionnaire.by_id[name]
        return self.questionnaire.levels_of(question) if is_scored(question) else ()

    @property
    def now(self) -> str:
        """The name of this round."""
        return short(self.material.round_title, self.material.round_code)

    @property
    def before(self) -> str:
        """The name of the round that this one is compared with."""
        return round_name(self.previous) if self.previous else ""

    @property
    def questionnaire(self) -> Questionnaire:
        """The questionnaire of this round."""
        return self.material.questionnaire

    def score(self, name: str) -> Score | None:
        """Give the ART's score of a dimension or question, None where there is nothing to tell of it."""
        return self.material.scores.get(name)

    def value(self, name: str) -> float | None:
        """Give the ART's value, None where there is none or it is hidden."""
        score = self.score(name)
        return None if score is None else score.value

    def step(self, name: str) -> Step | None:
        """Give the change of a dimension against the round before."""
        return self.material.steps.get(name)

    def is_compared(self) -> bool:
        """Whether the round before asked enough of the same for its figures to stand beside these."""
        step = self.step(OVERALL)
        return self.previous is not None and step is not None and step.basis != "broken"

    @property
    def called(self) -> str:
        """What the overall score is called, `""` where it has no name."""
        name = called(self.questionnaire, self.material.scores)
        return "" if name is None else self.questionnaire.says(name)


def facts(material: ArtMaterial, edition: Edition) -> Facts:
    """Read from the material what the parts of the report share."""
    questionnaire = material.questionnaire
    tree = outline(questionnaire)
    titles = {node.id: questionnaire.says(node.title) for node in questionnaire.nodes}
    titles |= {question.id: questionnaire.says(question.text) for question in questionnaire.questions}
    before = [part for part in material.history[:-1] if is_answered(part.scores.get(OVERALL))]
    return Facts(
        material=material,
        edition=edition,
        tree=tree,
        titles=titles,
        parts=tuple(branch.name for branch in tree.children[OVERALL]),
        previous=before[-1] if before else None,
        breaks=frozenset(
            place
            for place, part in enumerate(material.history)
            if place and part.step is not None and part.step.basis == "broken"
        ),
    )


def is_answered(score: Score | None) -> bool:
    """Whether there were answers behind a score; a hidden one has some."""
    return score is not None and (score.hidden or bool(score.n))


def round_name(part: RoundPart) -> str:
    """Give a round's name as it stands in sentences and along an axis."""
    return short(part.title, part.code)


def short(title: str, code: str) -> str:
    """Give a round's title where it is short and can stand in a drawing, its code where not."""
    return title if len(title) <= _LONGEST_ROUND_NAME and is_drawable(title) else code


def figure_of(score: Score | None) -> str:
    """Write a score's figure, `hidden` or a dash: `2.8`, `≥ 4.5`."""
    if score is not None and score.hidden:
        return HIDDEN
    if score is None or score.value is None:
        return DASH
    return qualified(score.value, score.qualifier)


def plain(value: float) -> str:
    """Write an end of a scale: `5`, `0.5`, `−3`."""
    return one_decimal(value).removesuffix(".0")


def in_words(score: Score) -> str:
    """Write the figure of a score that has one within a sentence: `2.8`, `at least 4.5`."""
    return f"{_END.get(score.qualifier, '')}{one_decimal(score.value or 0.0)}"


def tone_of(step: Step | None) -> Tone:
    """Give the tone that a stored verdict allows a change to be told in."""
    return "" if step is None else _TONES.get(step.verdict, "")


def verdict_of(step: Step | None) -> Verdict | None:
    """Give the verdict that a drawing may colour by."""
    return None if step is None else _VERDICTS.get(step.verdict)


def furthest(tree: Outline, scores: Sequence[Score], *, up: bool) -> list[Score]:
    """Give the strongest (or weakest) of some scores: all that may be it, going by the figures in print.

    Of a score told as `≥ 4.5` only an end is known, so it may be the strongest beside one of 4.7.
    """
    ranges = [(score, *_reach(score, *tree.ends(score.dimension))) for score in scores if score.value is not None]
    if not ranges:
        return []
    if up:
        surest = max(least for _, least, _ in ranges)
        return [score for score, _, most in ranges if most >= surest]
    surest = min(most for _, _, most in ranges)
    return [score for score, least, _ in ranges if least <= surest]


def _reach(score: Score, low: float, high: float) -> tuple[Decimal, Decimal]:
    value = printed(score.value or 0.0)
    return (
        min(value, printed(low)) if score.qualifier == "<=" else value,
        max(value, printed(high)) if score.qualifier == ">=" else value,
    )
