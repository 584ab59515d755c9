"""Of which units a round tells what: above teams there are ARTs and more; units of other kinds stand for themselves."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assessment.measure.scoring import NEWEST, Method
from assessment.questionnaire.model import Questionnaire
from assessment.services.rounds import art_of, entries_by_art
from assessment.store.records import RosterEntry

TEAM = "team"
ART = "art"
ABOVE = ("portfolio", "value-stream", "solution-train", ART)  # kinds with scores of what is below them, the top first


@dataclass(frozen=True, slots=True)
class UnitsAbove:
    """The units above teams, by code: those directly below each, and its kind; portfolios first, ARTs last."""

    below: Mapping[str, Sequence[str]]
    kinds: Mapping[str, str]

    @property
    def parents(self) -> dict[str, str]:
        """The unit directly above each that has one."""
        return {code: unit for unit, below in self.below.items() for code in below}


def units_above(entries: Iterable[RosterEntry], method: Method = NEWEST) -> UnitsAbove:
    """Give the units above the teams of a roster that a method scores.

    They are those of the teams' paths, which may leave levels out.
    """
    teams = sorted((entry for entry in entries if entry.kind == TEAM), key=lambda entry: entry.unit)
    if not method.units_above:
        arts = {art: [entry.unit for entry in below] for art, below in teams_in_arts(teams).items()}
        return UnitsAbove(arts, dict.fromkeys(arts, ART))
    below: dict[str, dict[str, None]] = {}
    kinds: dict[str, str] = {}
    for entry in teams:
        path = [step for step in entry.path if step.kind in ABOVE]
        kinds |= {step.code: step.kind for step in path}
        codes = [*(step.code for step in path), entry.unit]
        for unit, directly_below in pairwise(codes):
            below.setdefault(unit, {})[directly_below] = None
    order = sorted(below, key=lambda unit: (ABOVE.index(kinds[unit]), unit))
    return UnitsAbove({unit: sorted(below[unit]) for unit in order}, kinds)


def reviewed_kind(questionnaire: Questionnaire) -> str:
    """Give the kind of the units whose scores are reviewed: ARTs or, without teams, the units that were asked."""
    return ART if questionnaire.audience == TEAM else questionnaire.audience


def teams_in_arts(entries: Iterable[RosterEntry]) -> dict[str, list[RosterEntry]]:
    """Give every ART's code with its teams' roster entries, both in order; there is none above units of other kinds."""
    return entries_by_art(entry for entry in entries if entry.kind == TEAM)


def unit_of_roles(entry: RosterEntry) -> str | None:
    """Give the unit of which it is told what a role alone answered: a team's ART, None without one; else itself."""
    return art_of(entry) if entry.kind == TEAM else entry.unit
