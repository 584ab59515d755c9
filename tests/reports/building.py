"""Material for reports: made-up answers, scored, held back and compared as a release does it."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from assessment import resources
from assessment.measure.judging import Rounds, measured_change, verdicts
from assessment.measure.outline import OVERALL, outline
from assessment.measure.round_scores import Terms, measured, shown
from assessment.measure.score import Score
from assessment.measure.scoring import TeamAnswers
from assessment.measure.tally import tally
from assessment.measure.trend import Standing, Step, first_step
from assessment.questionnaire.answers import Answers
from assessment.questionnaire.check import load
from assessment.questionnaire.diff import difference
from assessment.questionnaire.model import Questionnaire, Rating
from assessment.reports.material import ArtMaterial, Reviewed, RoundPart, TeamPart

CONTENT = (resources.folder("questionnaires") / "lean-agile-maturity.yaml").read_bytes()
SHIPPED = load(CONTENT)
ART = "orion"
THRESHOLD = 5
HASH = "3f9a1c07be52d8446b1f0c9e7a35d2186c4b90ef12ab34cd56ef7890a1b2c3d4"
RELEASED = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

_LENGTH = timedelta(weeks=12)


@dataclass(frozen=True, slots=True)
class Team:
    """A team in one round: how many were asked, and the forms that came in."""

    code: str
    name: str
    asked: int
    forms: tuple[Answers, ...] = ()


@dataclass(frozen=True, slots=True)
class Round:
    """One round; without teams the ART was not asked in it."""

    title: str
    teams: tuple[Team, ...] = ()
    questionnaire: Questionnaire = SHIPPED


def level_forms(people: int, level: float, questionnaire: Questionnaire = SHIPPED) -> tuple[Answers, ...]:
    """Give forms in which every question has the same level."""
    return tuple({question.id: level for question in ratings(questionnaire)} for _ in range(people))


@dataclass(frozen=True, slots=True)
class Habits:
    """How a team answers: `leaning` moves a dimension's questions, on those in `camps` people are two camps."""

    leaning: Mapping[str, float] = field(default_factory=dict)
    camps: Sequence[str] = ()


def forms(
    people: int, level: float, seed: int, habits: Habits = Habits(), questionnaire: Questionnaire = SHIPPED
) -> tuple[Answers, ...]:
    """Give plausible forms around a level, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - made-up answers, not secrets
    lean = _leanings(questionnaire, habits.leaning)
    made: list[Answers] = []
    for person in range(people):
        own = chance.gauss(0, 0.35)
        answers: dict[str, object] = {}
        for question in ratings(questionnaire):
            levels = sorted(questionnaire.scale_of(question).values)
            wanted = level + own + lean[question.id] + chance.gauss(0, 0.75)
            if question.id in habits.camps:
                wanted = levels[0] if person % 2 else levels[-1]
            answers[question.id] = min(levels, key=lambda value, wanted=wanted: abs(value - wanted))  # type: ignore[misc]
            if chance.random() < 0.03 and question.id not in habits.camps:
                answers[question.id] = "dk"
        made.append(answers)
    return tuple(made)


def ratings(questionnaire: Questionnaire) -> list[Rating]:
    """Give the scored questions."""
    return [question for question in questionnaire.questions if isinstance(question, Rating)]


def material(
    rounds: Sequence[Round],
    *,
    mode: str = "codes",
    reviews: Mapping[str, Reviewed] | None = None,
    steps: Mapping[str, Step] | None = None,
    name: str = "Orion ART",
) -> ArtMaterial:
    """Give the material of the report on the last of some rounds; `steps` replaces what was compared."""
    scored = [_scored(round_, Terms(mode, THRESHOLD)) for round_ in rounds]
    found = [_steps(rounds, scored, place) for place in range(len(rounds))]
    if steps is not None:
        found[-1] = {**found[-1], **steps}
    newest, scores = rounds[-1], scored[-1]
    return ArtMaterial(
        code=ART,
        name=name,
        path=("Mobility portfolio",),
        round_code=_code(newest),
        round_title=newest.title,
        mode=mode,
        threshold=THRESHOLD,
        questionnaire=newest.questionnaire,
        scores=scores.get(ART, {}),
        teams=tuple(
            TeamPart(team.code, team.name, len(team.forms), team.asked, scores.get(team.code, {}))
            for team in sorted(newest.teams, key=lambda team: (team.name.casefold(), team.code))
        ),
        history=tuple(
            RoundPart(
                code=_code(round_),
                title=round_.title,
                opened=RELEASED - _LENGTH * (len(rounds) - place),
                scores={n: s for n, s in of_round.get(ART, {}).items() if n in outline(round_.questionnaire).children},
                teams={team.code: of_round[team.code][OVERALL] for team in round_.teams},
                step=of_steps.get(OVERALL),
            )
            for place, (round_, of_round, of_steps) in enumerate(zip(rounds, scored, found, strict=True))
        ),
        steps=found[-1],
        reviews=reviews or {},
        release_number=1,
        release_hash=HASH,
        released_at=RELEASED,
        timezone=ZoneInfo("Europe/Berlin"),
    )


def verdict(change: float, name: str, teams: int | None = 5, reason: str = "") -> Step:
    """Give a step as a release stores it."""
    return Step(change, teams, "comparable", name, reason)  # type: ignore[arg-type]


def with_step(made: ArtMaterial, step_: Step) -> ArtMaterial:
    """Give a material whose overall step is another, in its history too."""
    newest = replace(made.history[-1], step=step_)
    return replace(made, steps={**made.steps, OVERALL: step_}, history=(*made.history[:-1], newest))


def _code(round_: Round) -> str:
    return round_.title.replace(" ", "-")


def _scored(round_: Round, terms: Terms) -> dict[str, dict[str, Score]]:
    if not round_.teams:
        return {}
    answers = [TeamAnswers(t.code, "team", t.asked, tally(round_.questionnaire, t.forms)) for t in round_.teams]
    arts = {ART: sorted(team.code for team in round_.teams)}
    return shown(round_.questionnaire, measured(round_.questionnaire, answers, arts), arts, terms)


def _steps(rounds: Sequence[Round], scored: Sequence[dict[str, dict[str, Score]]], place: int) -> dict[str, Step]:
    tree = outline(rounds[place].questionnaire)
    names = tree.children
    if not _answered(scored[place].get(ART)):
        return {}
    earlier = [before for before in range(place) if _answered(scored[before].get(ART))]
    if not earlier:
        return {name: first_step() for name in names}
    before = earlier[-1]
    old, new = _standing(scored[before]), _standing(scored[place])
    basis = difference(rounds[before].questionnaire, rounds[place].questionnaire)
    both = Rounds(old, new, {}, {}, basis)
    return verdicts(tree, {name: measured_change(tree, name, both) for name in names}, basis, with_parts=True)


def _standing(scored: dict[str, dict[str, Score]]) -> Standing:
    teams = {code: scores for code, scores in scored.items() if code != ART and _answered(scores)}
    return Standing(scored[ART], teams)


def _answered(scores: Mapping[str, Score] | None) -> bool:
    overall = (scores or {}).get(OVERALL)
    return overall is not None and (overall.hidden or bool(overall.n))


def _leanings(questionnaire: Questionnaire, leaning: Mapping[str, float]) -> dict[str, float]:
    """Give by how much each question is moved: by all dimensions that it is below."""
    moved = {question.id: 0.0 for question in ratings(questionnaire)}
    for node in questionnaire.nodes:
        for question in node.all_questions():
            if question.id in moved:
                moved[question.id] += leaning.get(node.id, 0.0)
    return moved
