"""The application's own words in the reader's language: English in code and templates, translations beside them.

Messages are translated by `gettext` and `ngettext`, in templates by `_(…)` and `{% trans %}`, into the language that
`speak` or `speaking` has set; where nothing is set, or no translation is there, they stay English. A translation is a
catalogue `translations/<language>.po`, read as it is: nothing needs to be compiled.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Protocol

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, get_decimal_symbol
from babel.support import NullTranslations, Translations

SOURCE = "en"
_LOCALES = {"en": "en_GB"}  # the day before the month

_FOLDER = Path(__file__).parent / "translations"
_language: ContextVar[str] = ContextVar("language", default=SOURCE)


class Templates(Protocol):
    """A Jinja environment. It is not imported: what knows no templates speaks, too."""

    def add_extension(self, extension: str) -> None:
        """Add an extension by its name."""


@cache
def languages() -> tuple[str, ...]:
    """Give the languages the application speaks, English first."""
    return (SOURCE, *sorted(path.stem for path in _FOLDER.glob("*.po")))


def nearest(language: str) -> str:
    """Give the language the application speaks for one that a questionnaire has: `de` for `de-AT`, else English."""
    known = {code.lower(): code for code in languages()}
    wanted = language.lower()
    return known.get(wanted) or known.get(wanted.split("-", maxsplit=1)[0]) or SOURCE


def spoken() -> str:
    """Give the language that is spoken now."""
    return _language.get()


def locale() -> str:
    """Give the locale of the language that is spoken now, for figures and dates."""
    return _LOCALES.get(spoken(), spoken().replace("-", "_"))


def direction() -> str:
    """Give the direction in which the language that is spoken now is written: `ltr` or `rtl`."""
    return Locale.parse(locale()).text_direction


def figure(value: float) -> str:
    """Give a number as people write it in the language spoken now: `1,000`, `0.5`; German `1.000`, `0,5`."""
    return format_decimal(value, format="#,##0.######", locale=locale())


def to_type(value: float) -> str:
    """Give a number as people type it in the language spoken now, without marks between thousands: `1000`, `0,5`."""
    plain = int(value) if value == int(value) else value
    return marked(repr(plain))


def marked(printed: str) -> str:
    """Give a number that was printed with a decimal point as the language spoken now marks it: `2.0`; German `2,0`."""
    return printed.replace(".", get_decimal_symbol(locale()))


def speak(language: str) -> None:
    """Speak a language, or the nearest one there is, from now on."""
    _language.set(nearest(language))


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language, or the nearest one there is, until the end of the block."""
    before = _language.set(nearest(language))
    try:
        yield
    finally:
        _language.reset(before)


def gettext(message: str, **values: Any) -> str:  # noqa: ANN401 - whatever can be formatted
    """Give a message in the language spoken now, with values put in for `%(name)s`."""
    found = _translations(spoken()).ugettext(message)
    return found % values if values else found


def ngettext(one: str, many: str, number: int, **values: Any) -> str:  # noqa: ANN401 - whatever can be formatted
    """Give a message that depends on a number, which stands in it as `%(num)s`."""
    found = _translations(spoken()).ungettext(one, many, number)
    return found % ({"num": number} | values)


def install(environment: Templates) -> None:
    """Give templates `_(…)`, `gettext`, `ngettext` and `{% trans %}`."""
    environment.add_extension("jinja2.ext.i18n")
    environment.install_gettext_callables(_plain, _plain_plural, newstyle=True)  # type: ignore[attr-defined]


def _plain(message: str) -> str:
    return _translations(spoken()).ugettext(message)


def _plain_plural(one: str, many: str, number: int) -> str:
    return _translations(spoken()).ungettext(one, many, number)


@cache
def _translations(language: str) -> NullTranslations:
    if language == SOURCE:
        return NullTranslations()
    with (_FOLDER / f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language.replace("-", "_"))
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)
