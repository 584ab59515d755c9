"""What a team's own results page reads: where its link leads, its tally, what it takes up."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessment.store import tables
from assessment.store.queries.answers import TALLIES
from assessment.store.queries.rounds import ENTRY, ROUND
from assessment.store.records import ResultLink, RosterEntry, RoundRecord, TeamTallies


def results_place(session: Session, code_hash: str) -> tuple[RoundRecord, RosterEntry] | None:
    """Give the round and the team that a results link leads to."""
    link = tables.ResultLink
    statement = (
        select(ROUND, ENTRY)
        .select_from(link)
        .join(tables.Round, tables.Round.id == link.round_id)
        .join(tables.QuestionnaireVersion, tables.QuestionnaireVersion.id == tables.Round.questionnaire_version_id)
        .join(tables.RosterEntry, tables.RosterEntry.id == link.roster_entry_id)
        .where(link.code_hash == code_hash)
    )
    row = session.execute(statement).first()
    return None if row is None else (row[0], row[1])


def result_links(session: Session, round_id: int, unit: str | None = None) -> list[ResultLink]:
    """Give the results links that a round's teams have, or one of them has, in the order of the teams' codes."""
    link, entry = tables.ResultLink, tables.RosterEntry
    statement = (
        select(entry.unit_code, link.nonce, link.code_hash)
        .join(entry, entry.id == link.roster_entry_id)
        .where(link.round_id == round_id)
        .order_by(entry.unit_code)
    )
    if unit is not None:
        statement = statement.where(entry.unit_code == unit)
    return [ResultLink(unit, nonce, code_hash) for unit, nonce, code_hash in session.execute(statement)]


def tallies_of(session: Session, entry: RosterEntry) -> TeamTallies | None:
    """Give one team's tallies, None before its round closed."""
    tally, of_entry = tables.TeamTally, tables.RosterEntry
    statement = (
        select(TALLIES)
        .select_from(tally)
        .join(of_entry, of_entry.id == tally.roster_entry_id)
        .where(tally.round_id == entry.round_id, tally.roster_entry_id == entry.id)
    )
    return session.scalars(statement).first()


def initiatives(session: Session, entry: RosterEntry) -> Mapping[int, str]:
    """Give what a team takes up after a round, by its place."""
    table = tables.Initiative
    statement = select(table.position, table.title).where(
        table.round_id == entry.round_id, table.roster_entry_id == entry.id
    )
    return dict(session.execute(statement.order_by(table.position)).all())
