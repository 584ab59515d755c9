"""A round's codes on paper: what stands on the slips or posters, beside the codes that were just made."""

from collections.abc import Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime

from assessment.reports.codes import CodeSheet, Occasion, TeamCodes, code_sheet
from assessment.services import questionnaires
from assessment.services.links import TeamLink
from assessment.services.rounds import needed
from assessment.store import queries
from assessment.store.database import Database
from assessment.store.records import RoundRecord
from assessment.wording import nearest

_LOCALES = {"en": "en_GB"}  # the day before the month, as everywhere in the application


def sheet_of(database: Database, code: str, links: Sequence[TeamLink], timezone: ZoneInfo) -> CodeSheet:
    """Give the sheets of some teams' links, in the language of the round's questionnaire."""
    with database.reading() as session:
        round_ = needed(session, code)
        questionnaire = questionnaires.asked_in(session, round_)
        names = {entry.unit: entry.name for entry in queries.roster(session, round_.id)}
    language = nearest(questionnaire.source_language)
    occasion = Occasion(
        language=language,
        round_title=round_.title,
        questionnaire=questionnaire.says(questionnaire.title),
        mode=round_.mode,
        until=_until(round_, timezone, language),
    )
    return code_sheet(occasion, [TeamCodes(names[link.team], link.url, link.codes) for link in links])


def _until(round_: RoundRecord, timezone: ZoneInfo, language: str) -> str:
    """Give when the round ends, in words; midnight is the end of the day before."""
    if round_.closes_at is None:
        return ""
    local = round_.closes_at.astimezone(timezone)
    locale = _LOCALES.get(language, language)
    if local.hour or local.minute:
        return str(format_datetime(local, "long", locale=locale))
    return str(format_date(local.date() - timedelta(days=1), "long", locale=locale))
