"""Of which units a round tells what: above teams there are ARTs; units of other kinds stand for themselves."""

from collections.abc import Iterable

from assessment.questionnaire.model import Questionnaire
from assessment.services.rounds import art_of, entries_by_art
from assessment.store.records import RosterEntry

TEAM = "team"
ART = "art"


def reviewed_kind(questionnaire: Questionnaire) -> str:
    """Give the kind of the units whose scores are reviewed: ARTs or, without teams, the units that were asked."""
    return ART if questionnaire.audience == TEAM else questionnaire.audience


def teams_in_arts(entries: Iterable[RosterEntry]) -> dict[str, list[RosterEntry]]:
    """Give every ART's code with its teams' roster entries, both in order; there is none above units of other kinds."""
    return entries_by_art(entry for entry in entries if entry.kind == TEAM)


def unit_of_roles(entry: RosterEntry) -> str | None:
    """Give the unit of which it is told what a role alone answered: a team's ART, None without one; else itself."""
    return art_of(entry) if entry.kind == TEAM else entry.unit
