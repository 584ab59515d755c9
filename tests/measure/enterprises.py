"""Made-up organisations: value streams, ARTs of 1 to 6 teams of 2 to 11, answers missing to various degrees.

They are meant to be hard to keep quiet about: small teams, ARTs of one team, teams outside of any ART, means near the
ends of the scale, questions that whole teams left out.
"""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from assessment.measure.audit import Released
from assessment.measure.disclosure import disclosed, disclosed_but
from assessment.measure.hiding import HeldBack, held_back
from assessment.measure.organisation import Organisation
from assessment.measure.outline import Outline, outline
from assessment.measure.revision import revised
from assessment.measure.round_scores import measured
from assessment.measure.score import Score
from assessment.measure.scoring import Scores, TeamAnswers
from assessment.measure.tally import Tally
from assessment.questionnaire.model import Questionnaire
from tests.measure.given import Tree, questionnaire

THRESHOLD = 5

_TREES: tuple[Tree, ...] = (
    {"one": ["a", "b"], "two": ["c", "d"]},
    {"one": ["a", "b"], "two": ["c"]},
    {"one": ["a", "b", "c"]},
    {"one": ["a", "b"], "two": {"three": ["c"], "four": ["d", "e"]}},
)
_KINDS = {"top": "portfolio", "stream": "value-stream", "train": "solution-train", "art": "art"}


@dataclass(frozen=True, slots=True)
class Enterprise:
    """An organisation with its answers in one round."""

    asked: Questionnaire
    teams: tuple[TeamAnswers, ...]
    below: Mapping[str, Sequence[str]]

    @property
    def tree(self) -> Outline:
        """The outline of what was asked."""
        return outline(self.asked)

    @property
    def organisation(self) -> Organisation:
        """The units above teams."""
        return Organisation(self.below, by_respondents=self.asked.scoring.unit_weighting == "respondents")

    def scores(self) -> dict[str, Scores]:
        """Give all scores in full."""
        kinds = {unit: _KINDS[unit.partition("-")[0]] for unit in self.below}
        return measured(self.asked, self.teams, self.below, kinds)

    def held(self) -> HeldBack:
        """Give what is hidden."""
        return held_back(self.tree, self.organisation, self.scores(), THRESHOLD)

    def released(self) -> Released:
        """Give the scores in full, and as they may be shown."""
        scores = self.scores()
        return Released(scores, disclosed(self.tree, self.organisation, scores, THRESHOLD))

    def released_barely(self) -> Released:
        """Give the scores in full, and as they would be shown were the threshold the only rule."""
        scores = self.scores()
        few = {(unit, name) for unit, of in scores.items() for name, s in of.items() if 0 < s.people < THRESHOLD}
        return Released(scores, disclosed_but(self.tree, self.organisation, scores, HeldBack(frozenset(few))))


def enterprise(seed: int) -> Enterprise:
    """Give an organisation with its answers, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - to try much, not to keep a secret
    weights = {name: chance.choice((1, 1, 2, 3)) for name in ("one", "two", "three", "a", "b", "d")}
    asked = questionnaire(
        chance.choice(_TREES),
        weights=weights,
        minimum_answered=chance.choice((0.0, 0.5, 0.8)),
        unit_weighting=chance.choice(("equal", "equal", "respondents")),
        rule=chance.choice(("mean", "mean", "sum-of-levels")),
    )
    below = _units(chance)
    names = [question.id for question in asked.questions]
    teams = []
    small = chance.choice((0.05, 0.1, 0.4))
    for codes in below.values():
        taste = _taste(chance, small)
        teams += [_team(chance, code, names, taste) for code in codes if code.startswith("team")]
    return Enterprise(asked, tuple(teams), below)


def next_round(first: Enterprise, seed: int) -> Enterprise:
    """Give another round of the same teams."""
    chance = random.Random(seed)  # noqa: S311 - to try much, not to keep a secret
    names = [question.id for question in first.asked.questions]
    return replace(first, teams=tuple(_team(chance, team.unit, names, _taste(chance, 0.2)) for team in first.teams))


def corrected(first: Enterprise, seed: int) -> Enterprise:
    """Give the same round after some more people of some teams answered, few or many."""
    chance = random.Random(seed)  # noqa: S311 - to try much, not to keep a secret
    return replace(first, teams=tuple(_with_more(chance, team) for team in first.teams))


def released_again(first: Enterprise, second: Enterprise) -> Released:
    """Give what a revised release tells of the second answers: what stays as it was told tells nothing of them."""
    before, now = first.released(), second.released()
    same = {one.unit for one, other in zip(first.teams, second.teams, strict=True) if one == other}
    told = revised(first.tree, first.organisation, before.shown, now.shown, THRESHOLD, same)
    shown = {
        unit: {
            name: score
            if score is now.shown[unit][name] or unit in same
            else Score(unit, score.kind, name, hidden=True)
            for name, score in scores.items()
        }
        for unit, scores in told.items()
    }
    untold = {
        unit for unit in first.below if not any(score is now.shown[unit][name] for name, score in told[unit].items())
    }
    return Released(now.full, shown, untold)


def _units(chance: random.Random) -> dict[str, list[str]]:
    """Give the units below each; where a level is left out an ART is directly below the portfolio."""
    below: dict[str, list[str]] = {}
    streams = []
    arts = teams = 0
    for stream in range(chance.randint(2, 3)):
        mine = []
        for _ in range(chance.choice((1, 1, 2, 3))):
            size = chance.choice((1, 2, 3, 4, 5, 6, 6))
            below[f"art-{arts}"] = [f"team-{teams + n}" for n in range(size)]
            mine.append(f"art-{arts}")
            arts, teams = arts + 1, teams + size
        if len(mine) == 1 and chance.random() < 0.5:
            streams += mine
            continue
        if chance.random() < 0.1:
            mine.append(f"team-{teams}")
            teams += 1
        below[f"stream-{stream}"] = mine
        streams.append(f"stream-{stream}")
    return ({"top-0": streams} if chance.random() < 0.9 else {}) | below


@dataclass(frozen=True, slots=True)
class _Taste:
    """What the people of an ART choose, how careless they are, and how many of its teams are small."""

    levels: Sequence[int]
    careless: float
    small: float


def _taste(chance: random.Random, small: float) -> _Taste:
    levels = (0, 1, 2, 3, 4), (0, 1, 2, 3, 4), (1, 2, 3), (1, 2, 3), (1, 2, 2, 3, 3), (2, 3, 4), (3, 4, 4, 4), (0, 0, 1)
    return _Taste(chance.choice(levels), chance.choice((0, 0, 0, 0.1, 0.3)), small)


def _team(chance: random.Random, code: str, questions: Iterable[str], taste: _Taste) -> TeamAnswers:
    size = chance.randint(2, 4) if chance.random() < taste.small else chance.randint(5, 11)
    tallies = {}
    for question in questions:
        nobody = chance.random() < taste.careless / 3
        out = size if nobody else sum(chance.random() < taste.careless for _ in range(size))
        not_applicable = chance.randint(0, out)
        levels = [0] * 5
        for _ in range(size - out):
            levels[chance.choice(taste.levels)] += 1
        tallies[question] = Tally(tuple(levels), not_applicable, out - not_applicable)
    return TeamAnswers(code, "team", size + chance.choice((0, 0, 1, 3)), tallies)


def _with_more(chance: random.Random, team: TeamAnswers) -> TeamAnswers:
    more = chance.choice((0, 0, 0, 0, 1, 2, 4, 5, 8, 9))
    if not more:
        return team
    tallies = {}
    for name, tally in team.tallies.items():
        levels = list(tally.levels)
        for _ in range(more):
            levels[chance.randrange(5)] += 1
        tallies[name] = replace(tally, levels=tuple(levels))
    return replace(team, asked=team.asked + more, tallies=tallies)
