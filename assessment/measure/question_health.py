"""How a round's questions fared, for whoever decides which to keep: over the whole round, never of a unit.

Which levels were chosen is counted without what a release holds back, unless that is many answers of several teams:
from its distributions and the shares of the whole round one could else work out those of a team that is hidden. How far
a question goes with the others of its dimension is formed of single forms, which nothing released can be subtracted
from.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from assessment.measure.consistency import covariances, cronbach_alpha, item_rest, upper_end, without
from assessment.measure.hiding import is_enough
from assessment.measure.score import Score
from assessment.measure.scoring import Scores, TeamAnswers
from assessment.measure.tally import Tally
from assessment.measure.told_ends import FULL_PRECISION_FROM
from assessment.questionnaire.answers import Answers
from assessment.questionnaire.asking import asked
from assessment.questionnaire.model import Questionnaire

FEWEST_ANSWERS = FULL_PRECISION_FROM
FEWEST_PEOPLE = 30  # who answered all of a dimension: with fewer a correlation of 0.3 may be chance

NEARLY_ALL = 0.8
MANY = 1 / 3
HALF = 0.5
SEVERAL = 2
LITTLE = 0.3  # the corrected item-total correlation that Nunnally & Bernstein (1994) ask for at the least
NOTHING = 0.1

Verdict = Literal["fine", "look", "retire", "unknown"]

_Column = Sequence[float | None]


@dataclass(frozen=True, slots=True)
class QuestionHealth:
    """One question of a round; a figure is None where too few answered.

    Of `asked` people to whom it was shown `n` chose a level; `ceiling` and `floor` are the shares of these (as far as
    they are not held back) at the highest and the lowest score, `not_applicable` and `dont_know` shares of those
    asked. Of `teams` with 8 answers or more, and a score that is shown, `split_teams` fell into two camps. `item_rest`
    is the correlation with the rest of the dimension and `alpha_without` the dimension's alpha without it, both over
    the `people` who answered it all.
    """

    question: str
    dimension: str
    asked: int
    n: int
    ceiling: float | None
    floor: float | None
    not_applicable: float | None
    dont_know: float | None
    teams: int
    split_teams: int
    people: int
    item_rest: float | None
    alpha_without: float | None


@dataclass(frozen=True, slots=True)
class DimensionHealth:
    """One dimension that holds questions: Cronbach's alpha over the `people` who answered all of them."""

    dimension: str
    questions: int
    people: int
    alpha: float | None


@dataclass(frozen=True, slots=True)
class RoundHealth:
    """How all questions of a round fared, of which `forms` came in; questions in the order in which they are asked."""

    forms: int
    questions: tuple[QuestionHealth, ...]
    dimensions: tuple[DimensionHealth, ...]

    def figures(self) -> dict[str, Any]:
        """Give the same as plain JSON."""
        return {
            "forms": self.forms,
            "questions": [asdict(question) for question in self.questions],
            "dimensions": [asdict(dimension) for dimension in self.dimensions],
        }

    @classmethod
    def of(cls, figures: Mapping[str, Any]) -> "RoundHealth":
        """Give what `figures` was made of."""
        return cls(
            figures["forms"],
            tuple(QuestionHealth(**question) for question in figures["questions"]),
            tuple(DimensionHealth(**dimension) for dimension in figures["dimensions"]),
        )


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do about a question: nothing, look at it, consider retiring it; and why, most important first."""

    verdict: Verdict
    reasons: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The reasons as one sentence, without a full stop."""
        return "; ".join(self.reasons)


def question_health(
    questionnaire: Questionnaire,
    teams: Sequence[TeamAnswers],
    told: Mapping[str, Scores],
    below: Mapping[str, Sequence[str]],
    forms: Sequence[Answers],
) -> RoundHealth:
    """Give how a round's scored questions fared.

    `told` are its scores as they may be shown, by unit and name; `below` maps the code of every unit above teams to the
    codes directly below it; `forms` are all that came in, of any team.
    """
    columns = _columns(questionnaire, forms)
    above = {code: unit for unit, codes in below.items() for code in codes}
    questions: dict[str, QuestionHealth] = {}
    dimensions: list[DimensionHealth] = []
    for node in questionnaire.nodes:
        names = [question.id for question in node.scored()]
        if names:
            together = _Together.of([columns[name] for name in names])
            dimensions.append(DimensionHealth(node.id, len(names), together.people, together.alpha))
            for place, name in enumerate(names):
                tallies = [team.tallies[name] for team in teams]
                seen = _Told(_told_levels(name, teams, told, above), *_camps(name, teams, told))
                questions[name] = _health((name, node.id), tallies, seen, together.parts[place])
    ordered = tuple(questions[question.id] for question in questionnaire.scored)
    return RoundHealth(len(forms), ordered, tuple(dimensions))


def advice(health: QuestionHealth) -> Advice:
    """Say in words whether to look at a question or to consider retiring it, and why."""
    if health.asked < FEWEST_ANSWERS:
        return Advice("unknown", ("too few answers to tell",))
    retire, look = _retiring(health), _looking(health)
    verdict: Verdict = "retire" if retire else "look" if look else "fine"
    return Advice(verdict, tuple(retire + look) or ("fine",))


def coefficient(figure: float) -> str:
    """Write a correlation or an alpha with two decimals and a true minus sign: `−0.08`."""
    return f"{figure:.2f}".replace("-0.00", "0.00").replace("-", "−")


def _retiring(health: QuestionHealth) -> list[str]:
    found: list[str] = []
    if health.ceiling is not None and health.ceiling >= NEARLY_ALL:
        found.append(f"nearly everyone is at the top ({health.ceiling:.0%}): it no longer tells teams apart")
    if (related := _clearly_little(health)) is not None and abs(related) < NOTHING:
        found.append(f"does not go with the rest of its dimension (r = {coefficient(related)})")
    return found


def _looking(health: QuestionHealth) -> list[str]:
    found: list[str] = []
    related = _clearly_little(health)
    if related is not None and related <= -NOTHING:
        words = f"runs against the rest of its dimension (r = {coefficient(related)})"
        found.append(f"{words}: is it worded the other way round?")
    if health.floor is not None and health.floor >= NEARLY_ALL:
        found.append(f"nearly everyone is at the bottom ({health.floor:.0%}): it does not tell teams apart yet")
    if health.dont_know is not None and health.dont_know >= MANY:
        found.append(f"{health.dont_know:.0%} do not know")
    if health.not_applicable is not None and health.not_applicable >= MANY:
        found.append(f"to {health.not_applicable:.0%} it does not apply")
    if health.split_teams >= SEVERAL and health.split_teams >= HALF * health.teams:
        found.append(f"{health.split_teams} of {health.teams} teams fall into two camps: it may be read in two ways")
    if related is not None and related >= NOTHING:
        found.append(f"goes but little with the rest of its dimension (r = {coefficient(related)})")
    return found


def _clearly_little(health: QuestionHealth) -> float | None:
    """Give the correlation with the rest of the dimension where it is too low, and not by chance alone."""
    related = health.item_rest
    return None if related is None or upper_end(related, health.people) >= LITTLE else related


def _columns(questionnaire: Questionnaire, forms: Sequence[Answers]) -> dict[str, list[float | None]]:
    """Give every scored question's scores, a form each; None where a form has none, or the question was not asked."""
    conditional = any(question.show_if is not None for question in questionnaire.scored)
    seen = [{question.id for question in asked(questionnaire, form)} for form in forms] if conditional else None
    columns: dict[str, list[float | None]] = {}
    for question in questionnaire.scored:
        name = question.id
        scores = {answer: level.score for level in questionnaire.levels_of(question) for answer in level.answers}
        columns[name] = [
            scores.get(form[name]) if name in form and (seen is None or name in seen[place]) else None
            for place, form in enumerate(forms)
        ]
    return columns


@dataclass(frozen=True, slots=True)
class _Part:
    """How a question goes with the others of its dimension."""

    people: int
    item_rest: float | None = None
    alpha_without: float | None = None


@dataclass(frozen=True, slots=True)
class _Together:
    """How the questions of a dimension go together, over those who answered all of them."""

    people: int
    alpha: float | None
    parts: Sequence[_Part]

    @classmethod
    def of(cls, columns: Sequence[_Column]) -> "_Together":
        whole = [row for row in zip(*columns, strict=True) if None not in row]
        people, size = len(whole), len(columns)
        if people < FEWEST_PEOPLE:
            return cls(people, None, [_Part(people)] * size)
        found = covariances([[score for score in column if score is not None] for column in zip(*whole, strict=True)])
        parts = [_Part(people, item_rest(found, place), cronbach_alpha(without(found, place))) for place in range(size)]
        return cls(people, cronbach_alpha(found), parts)


@dataclass(frozen=True, slots=True)
class _Told:
    """What of a question's answers is not held back."""

    levels: Sequence[int]
    teams: int
    split_teams: int


def _told_levels(
    name: str, teams: Sequence[TeamAnswers], told: Mapping[str, Scores], above: Mapping[str, str]
) -> tuple[int, ...]:
    """Count a question's levels, without the answers that are held back where these are too few to be summed up."""
    seen: list[TeamAnswers] = []
    unseen: list[TeamAnswers] = []
    for team in teams:
        scores = (told.get(unit, {}).get(name) for unit in _upwards(team.unit, above))
        is_told = any(score is not None and score.distribution is not None for score in scores)
        (seen if is_told else unseen).append(team)
    held_back = [Score(team.unit, team.kind, name, n=team.tallies[name].n, N=team.asked) for team in unseen]
    if is_enough([score for score in held_back if score.n], FEWEST_ANSWERS):
        seen += unseen
    return tuple(sum(counts) for counts in zip(*(team.tallies[name].levels for team in seen), strict=True))


def _upwards(unit: str, above: Mapping[str, str]) -> Iterator[str]:
    """Give a unit and those above it."""
    yield unit
    while unit in above:
        unit = above[unit]
        yield unit


def _camps(name: str, teams: Sequence[TeamAnswers], told: Mapping[str, Scores]) -> tuple[int, int]:
    """Give how many teams with 8 answers or more have a score that is shown, and how many of these are split."""
    scores = [told[team.unit][name] for team in teams]
    splits = [score.split for score in scores if score.split is not None and (score.n or 0) >= FEWEST_ANSWERS]
    return len(splits), sum(splits)


def _health(which: tuple[str, str], tallies: Sequence[Tally], seen: _Told, part: _Part) -> QuestionHealth:
    answers = sum(tally.n for tally in tallies)
    elsewhere = sum(tally.not_applicable for tally in tallies)
    unknown = sum(tally.dont_know for tally in tallies)
    shown_to = answers + elsewhere + unknown + sum(tally.blank for tally in tallies)
    return QuestionHealth(
        question=which[0],
        dimension=which[1],
        asked=shown_to,
        n=answers,
        ceiling=_share(seen.levels[-1], sum(seen.levels)) if seen.levels else None,
        floor=_share(seen.levels[0], sum(seen.levels)) if seen.levels else None,
        not_applicable=_share(elsewhere, shown_to),
        dont_know=_share(unknown, shown_to),
        teams=seen.teams,
        split_teams=seen.split_teams,
        people=part.people,
        item_rest=part.item_rest,
        alpha_without=part.alpha_without,
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole >= FEWEST_ANSWERS else None
