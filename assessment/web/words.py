"""Figures, dates and names as pages print them."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from flask import Flask

from assessment.reports.charts import Sparkline, heat_class, sparkline
from assessment.reports.figures import one_decimal, percent, qualified, signed
from assessment.services.round_state import state_of
from assessment.store.records import RoundRecord
from assessment.web import access
from assessment.web.workplace import workplace

_LOCALE = "en_GB"
_MODES = {"codes": "single-use codes", "link": "one link a team", "team": "one agreed form a team"}


def day(moment: datetime) -> str:
    """Give a day in the organisation's zone: 22 November 2026."""
    return format_date(moment.astimezone(_zone()), "d MMMM y", locale=_LOCALE)


def moment(when: datetime) -> str:
    """Give a moment in the organisation's zone, with the zone named: 22 November 2026, 17:00 (UTC)."""
    zone = _zone()
    return f"{format_datetime(when.astimezone(zone), 'd MMMM y, HH:mm', locale=_LOCALE)} ({zone.key})"


def closing(when: datetime) -> str:
    """Give the moment something closes; midnight is the end of the day before: the end of 11 December 2026 (UTC)."""
    zone = _zone()
    local = when.astimezone(zone)
    if local.time() != time.min:
        return moment(when)
    return f"the end of {format_date(local.date() - timedelta(days=1), 'd MMMM y', locale=_LOCALE)} ({zone.key})"


def state(round_: RoundRecord) -> str:
    """Give a round's state now."""
    return state_of(round_, workplace().now())


def heat(value: float, ends: tuple[float, float]) -> int:
    """Give which of the heatmap's five colours a score between two ends has, 1 to 5."""
    return heat_class(value, *ends) + 1


def course(values: Sequence[float | None], ends: tuple[float, float]) -> str:
    """Draw scores over the rounds between two ends, small."""
    told = ", ".join("none" if value is None else one_decimal(value) for value in values)
    return sparkline(Sparkline(f"Over the rounds: {told}", values, *ends))


def mode(name: str) -> str:
    """Give in words how a round collects its answers."""
    return _MODES[name]


def without_link(sentence: str) -> tuple[None, str]:
    """Give a problem that belongs to no field, for an error summary."""
    return None, sentence


def install(app: Flask) -> None:
    """Give every template these filters, who is signed in and where they start."""
    app.jinja_env.filters.update(
        day=day,
        moment=moment,
        closing=closing,
        state=state,
        qualified=qualified,
        signed=signed,
        percent=percent,
        heat=heat,
        course=course,
        mode=mode,
        without_link=without_link,
    )
    app.context_processor(lambda: {"person": access.person, "home_of": access.home_of})


def _zone() -> ZoneInfo:
    return workplace().settings.timezone
