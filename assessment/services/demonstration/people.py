"""What the demonstration's people answer: a level near where their ART, team and question stand, with some noise."""

import csv
import io
import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from assessment.questionnaire.model import Questionnaire, Rating
from assessment.store.records import UnitRecord

# What an ART does over the rounds, in levels a round: one rises, one stalls, one falls, one rises slowly.
_DRIFTS = (0.26, 0.0, -0.24, 0.12)
_STARTS = (2.2, 3.2, 3.9, 2.3)
_UNDECIDED = (("dk", 0.045), ("na", 0.025), ("", 0.01))
_SPLIT_QUESTIONS = 0.4  # the share of questions on which the split team falls into two camps


@dataclass(slots=True)
class Enterprise:
    """Where every ART, team and question stands; drawn once, so that rounds differ by what happened in between."""

    questionnaire: Questionnaire
    teams: Sequence[UnitRecord]
    arts: Sequence[str]
    chance: random.Random
    _offsets: dict[tuple[str, ...], float] = field(default_factory=dict)
    _split: str = ""
    _art_numbers: dict[str, int] = field(default_factory=dict)
    _competencies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Look up once what every answer asks for. The second team of the first ART is the one with two camps."""
        self._split = next(iter([team.code for team in self.teams if team.parent == self.arts[0]][1:2]), "")
        self._art_numbers = {code: number for number, code in enumerate(self.arts)}
        for top in self.questionnaire.dimensions:
            self._competencies |= {question.id: top.id for question in top.all_questions()}

    def answers(self, round_number: int, response: float, asked: Sequence[str] | None = None) -> bytes:
        """Give one round's answers as a CSV file, of all teams or of those of some ARTs."""
        file = io.StringIO()
        rated = [question for question in self.questionnaire.questions if isinstance(question, Rating)]
        writer = csv.writer(file)
        writer.writerow(["team", *(question.id for question in rated)])
        for team in self.teams:
            if asked is not None and team.parent not in asked:
                continue
            for person in range(self._answering(team, response, round_number)):
                row = (self._answer(team, question, round_number, person) for question in rated)
                writer.writerow([team.code, *row])
        return file.getvalue().encode()

    def _answering(self, team: UnitRecord, response: float, round_number: int) -> int:
        """Give how many of a team answer this time; some teams are busier than others."""
        likely = response + self._offset(-0.25, 0.12, "busy", team.code, str(round_number))
        return sum(self.chance.random() < likely for _ in range(team.headcount or 0))

    def _answer(self, team: UnitRecord, question: Rating, round_number: int, person: int) -> str:
        drawn = self.chance.random()
        for word, share in _UNDECIDED:
            if drawn < share:
                return word
            drawn -= share
        values = self.questionnaire.scale_of(question).values
        place = self._place(team, question, round_number)
        if team.code == self._split and self._offset(0, 1, "split", question.id) > 1 - _SPLIT_QUESTIONS:
            place = 1.3 if person % 2 else 4.7
        height = (place + self.chance.gauss(0, 0.7) - 1) / 4  # 0 to 1 on a scale of any values
        nearest = min(max(round(height * (len(values) - 1)), 0), len(values) - 1)
        return f"{values[nearest]:g}"

    def _place(self, team: UnitRecord, question: Rating, round_number: int) -> float:
        """Give where a team stands on a question, on a scale from 1 to 5."""
        art, competency = self._art_numbers[team.parent or ""], self._competencies[question.id]
        return (
            _STARTS[art % len(_STARTS)]
            + _DRIFTS[art % len(_DRIFTS)] * round_number * (0.4 + self._offset(0, 1.2, "pace", str(art), competency))
            + self._offset(-0.6, 0.6, "strength", str(art), competency)
            + self._offset(-0.35, 0.35, "team", team.code)
            + self._offset(-0.35, 0.35, "question", question.id)
        )

    def _offset(self, low: float, high: float, *name: str) -> float:
        if name not in self._offsets:
            self._offsets[name] = self.chance.uniform(low, high)
        return self._offsets[name]
