"""Figures, dates and names as pages print them."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime
from flask import Flask

from assessment.reports.charts import Sparkline, heat_class, sparkline
from assessment.reports.figures import one_decimal, percent, qualified, signed
from assessment.services.round_state import state_of
from assessment.store.records import RoundRecord
from assessment.web import access
from assessment.web.workplace import workplace
from assessment.wording import direction, figure, locale, spoken, to_type
from assessment.wording import gettext as _
from assessment.wording import install as install_wording

_MODES = {"codes": "single-use codes", "link": "one link a team", "team": "one agreed form a team"}


def day(moment: datetime) -> str:
    """Give a day in the organisation's zone: 22 November 2026."""
    return _day(moment.astimezone(_zone()))


def moment(when: datetime) -> str:
    """Give a moment in the organisation's zone, with the zone named: 22 November 2026, 17:00 (UTC)."""
    zone = _zone()
    local = when.astimezone(zone)
    time_of_day = format_datetime(local, "HH:mm", locale=locale())
    return _("%(day)s, %(time)s (%(zone)s)", day=_day(local), time=time_of_day, zone=zone.key)


def closing(when: datetime) -> str:
    """Give the moment something closes; midnight is the end of the day before: the end of 11 December 2026 (UTC)."""
    zone = _zone()
    local = when.astimezone(zone)
    if local.time() != time.min:
        return moment(when)
    return _("the end of %(day)s (%(zone)s)", day=_day(local.date() - timedelta(days=1)), zone=zone.key)


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


def native_name(language: str) -> str:
    """Give what a language calls itself: `Deutsch` for `de`; its code where that is not known."""
    try:
        name = Locale.parse(language, sep="-").get_display_name()
    except (UnknownLocaleError, ValueError):
        name = None
    return name[:1].upper() + name[1:] if name else language


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
        native_name=native_name,
        figure=figure,
        to_type=to_type,
    )
    install_wording(app.jinja_env)
    app.jinja_env.globals.update(spoken=spoken, direction=direction)
    app.context_processor(lambda: {"person": access.person, "home_of": access.home_of})


def _day(when: date) -> str:
    return format_date(when, "long", locale=locale())


def _zone() -> ZoneInfo:
    return workplace().settings.timezone
