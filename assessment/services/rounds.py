"""Rounds: opened over a roster, their links printed, their progress told, extended."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from assessment.errors import Conflict, Invalid, NotFound
from assessment.measure.disclosure import SMALLEST_THRESHOLD, USUAL_THRESHOLD
from assessment.services import links, questionnaires
from assessment.services.organisation import CODE, CODE_MAY_HAVE
from assessment.services.round_state import RoundState, state_of
from assessment.store import queries, writes
from assessment.store.database import Database
from assessment.store.records import MODES, PRELIMINARY, PathStep, RosterEntry, RosterUnit, RoundRecord, UnitRecord

AGREED = "team"
SHARED = "link"
COMMAND_LINE = "command line"  # who did it, where nobody is signed in

LONGEST_TITLE = 200
LARGEST_THRESHOLD = 1_000


@dataclass(frozen=True, slots=True)
class Opening:
    """What a round is opened with. `units` None asks all; naming a unit asks everyone below it."""

    code: str
    title: str | None = None
    units: tuple[str, ...] | None = None
    mode: str = "codes"
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    threshold: int = USUAL_THRESHOLD


@dataclass(frozen=True, slots=True)
class TeamProgress:
    """How many of a team have answered; `units` are its code and those of all units above it."""

    team: str
    name: str
    art_name: str
    submitted: int
    headcount: int
    units: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Progress:
    """How a round is going: counts only, which are no secret; `counted` says that closing it came to its end."""

    round: RoundRecord
    state: RoundState
    teams: tuple[TeamProgress, ...]
    counted: bool


def open_round(database: Database, content: bytes, opening: Opening, secret_key: str, now: datetime) -> RoundRecord:
    """Open a round on a questionnaire's bytes: its roster is the organisation as it stands now. All or nothing."""
    _check(opening, now)
    questionnaire = questionnaires.parsed(content)
    with database.writing() as session:
        if queries.round_by_code(session, opening.code) is not None:
            raise Conflict(f"there is a round {opening.code} already")
        roster = _roster(queries.units(session), questionnaire.audience, opening.units)
        round_id = writes.open_round(
            session,
            code=opening.code,
            title=opening.title or opening.code,
            questionnaire_version_id=questionnaires.keep(session, content, questionnaire),
            mode=opening.mode,
            threshold=opening.threshold,
            opens_at=opening.opens_at or now,
            closes_at=opening.closes_at,
            opened_at=now,
            roster=roster,
        )
        if opening.mode != links.SINGLE_USE:
            links.prepare(session, round_id, queries.roster(session, round_id), secret_key)
        return needed(session, opening.code)


def progress(database: Database, code: str, now: datetime) -> Progress:
    """Give how many of each team have answered."""
    with database.reading() as session:
        round_ = needed(session, code)
        submitted = queries.submitted_counts(session, round_.id)
        counted = queries.release(session, round_.id, PRELIMINARY) is not None
        teams = tuple(
            TeamProgress(
                entry.unit,
                entry.name,
                _art_name(entry),
                submitted.get(entry.id, 0),
                asked(entry, round_),
                frozenset({entry.unit, *(step.code for step in entry.path)}),
            )
            for entry in queries.roster(session, round_.id)
        )
    return Progress(round_, state_of(round_, now), teams, counted)


def all_rounds(database: Database) -> list[RoundRecord]:
    """Give all rounds, oldest first."""
    with database.reading() as session:
        return queries.rounds(session)


def extend(database: Database, code: str, closes_at: datetime, now: datetime) -> None:
    """Give a round that is not closed yet more time."""
    with database.writing() as session:
        round_ = needed(session, code, for_update=True)
        if round_.closed_at is not None:
            raise Conflict(f"the round {code} is closed and never opens again")
        if closes_at <= max(now, round_.opens_at):
            raise Invalid("the new end must lie in the future, after the round opens")
        writes.extend_round(session, round_.id, closes_at)


def needed(session: Session, code: str, *, for_update: bool = False) -> RoundRecord:
    """Give the round of that code; who is about to change it asks `for_update`. Raises `NotFound`."""
    round_ = queries.round_by_code(session, code, for_update=for_update)
    if round_ is None:
        raise NotFound(f"there is no round {code}")
    return round_


def entry_needed(session: Session, round_: RoundRecord, team: str) -> RosterEntry:
    """Give a team's entry in a round's roster. Raises `NotFound`."""
    entry = next((entry for entry in queries.roster(session, round_.id) if entry.unit == team), None)
    if entry is None:
        raise NotFound(f"the round {round_.code} asks no team {team}")
    return entry


def asked(entry: RosterEntry, round_: RoundRecord) -> int:
    """Give how many forms a team may give: one a person, or the one it agrees on."""
    return 1 if round_.mode == AGREED else entry.headcount


def art_of(entry: RosterEntry) -> str | None:
    """Give the code of the ART a team was in, None for a team outside of any."""
    step = _art_above(entry)
    return step.code if step else None


def entries_by_art(entries: Iterable[RosterEntry]) -> dict[str, list[RosterEntry]]:
    """Give every ART's code with its teams' roster entries, both in the order of their codes."""
    arts: dict[str, list[RosterEntry]] = {}
    for entry in sorted(entries, key=lambda entry: entry.unit):
        art = art_of(entry)
        if art is not None:
            arts.setdefault(art, []).append(entry)
    return dict(sorted(arts.items()))


def _art_above(entry: RosterEntry) -> PathStep | None:
    return next((step for step in reversed(entry.path) if step.kind == "art"), None)


def _art_name(entry: RosterEntry) -> str:
    step = _art_above(entry)
    return step.name if step else ""


def _check(opening: Opening, now: datetime) -> None:
    if not CODE.fullmatch(opening.code):
        raise Invalid(f"“{opening.code}” is no code for a round: {CODE_MAY_HAVE}")
    if opening.title is not None and not (opening.title.isprintable() and len(opening.title) <= LONGEST_TITLE):
        raise Invalid(f"the title must be one line of at most {LONGEST_TITLE} characters")
    if opening.mode not in MODES:
        raise Invalid(f"“{opening.mode}” is no mode; there are {', '.join(MODES)}")
    if opening.threshold < SMALLEST_THRESHOLD:
        raise Invalid(f"the threshold is {opening.threshold}; under {SMALLEST_THRESHOLD} people are recognised")
    if opening.threshold > LARGEST_THRESHOLD:
        raise Invalid(f"the threshold is {opening.threshold}; it may be {LARGEST_THRESHOLD:,} at the most")
    if opening.closes_at is not None and opening.closes_at <= (opening.opens_at or now):
        raise Invalid("the round would close before it opens")


def _roster(units: Sequence[UnitRecord], audience: str, wanted: tuple[str, ...] | None) -> list[RosterUnit]:
    by_code = {unit.code: unit for unit in units}
    unknown = [code for code in wanted or () if code not in by_code]
    if unknown:
        raise NotFound(f"there is no unit {', '.join(unknown)}")
    entries: list[RosterUnit] = []
    faults: list[str] = []
    for unit in units:
        path = _path(unit, by_code)
        if unit.kind != audience or not _among(wanted, unit, path):
            continue
        if not unit.headcount:
            faults.append(f"{unit.kind} {unit.code} ({unit.name}) has no headcount")
            continue
        entries.append(RosterUnit(unit.code, unit.name, unit.kind, path, unit.headcount))
    if faults:
        raise Invalid("a round needs to know how many people it asks", tuple(faults))
    if not entries:
        raise Invalid(f"there is no {audience} to ask; import the organisation first (assessment units import)")
    return entries


def _among(wanted: tuple[str, ...] | None, unit: UnitRecord, path: tuple[PathStep, ...]) -> bool:
    return wanted is None or unit.code in wanted or any(step.code in wanted for step in path)


def _path(unit: UnitRecord, by_code: Mapping[str, UnitRecord]) -> tuple[PathStep, ...]:
    path: list[PathStep] = []
    above = unit.parent
    while above is not None:
        parent = by_code[above]
        path.insert(0, PathStep(parent.code, parent.kind, parent.name))
        above = parent.parent
    return tuple(path)
