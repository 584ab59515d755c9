"""The application's own words: every message has its translation, with the same values in it."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from assessment import resources, wording

PACKAGE = Path(wording.__file__).parent
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}
VALUE = re.compile(r"%\((\w+)\)s")

Message = str | tuple[str, ...]


def messages() -> set[Message]:
    """Give every message of the code and the templates."""
    found: set[Message] = set()
    sources = [("python", path) for path in PACKAGE.rglob("*.py")]
    sources += [("jinja2.ext:babel_extract", path) for path in resources.folder("templates").rglob("*.html")]
    for method, path in sources:
        for _, message, _, _ in extract_from_file(method, path, keywords=KEYWORDS, options={"silent": "false"}):
            found.add(tuple(message) if isinstance(message, tuple | list) else message)
    return found


def catalogue(language: str) -> Catalog:
    with (PACKAGE / "translations" / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


TRANSLATED = [language for language in wording.languages() if language != wording.SOURCE]


def test_there_is_more_than_english() -> None:
    assert TRANSLATED == ["de"]
    assert len(messages()) > 40


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated_and_nothing_else(language: str) -> None:
    translated = {entry.id for entry in catalogue(language) if entry.id and not entry.fuzzy and all_of(entry.string)}
    assert translated == messages()


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_values_of_its_message(language: str) -> None:
    for entry in catalogue(language):
        wanted, given = (values_in(all_of(words)) for words in (entry.id, entry.string))
        assert wanted == given, entry.id


def test_the_nearest_language_is_spoken() -> None:
    assert [wording.nearest(language) for language in ("de", "de-AT", "DE", "fr", "en-GB")] == [
        "de",
        "de",
        "de",
        "en",
        "en",
    ]


def test_a_language_is_spoken_until_the_block_ends() -> None:
    with wording.speaking("de-CH"):
        assert wording.gettext("Don’t know") == "Weiß nicht"
        with wording.speaking("fr"):
            assert wording.gettext("Don’t know") == "Don’t know"
        assert wording.ngettext("%(num)s question.", "%(num)s questions.", 2) == "2 Fragen."
    assert wording.gettext("Don’t know") == "Don’t know"
    assert wording.spoken() == "en"


def values_in(forms: tuple[str, ...]) -> list[set[str]]:
    """Give the values in the singular and in the plural of a message."""
    return [set(VALUE.findall(form)) for form in forms]


def all_of(message: str | Sequence[str] | None) -> tuple[str, ...]:
    return (message,) if isinstance(message, str) else tuple(message or ())
