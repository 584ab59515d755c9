"""Languages as people name them in spreadsheets: `English (en)`, `Español`, `de`."""

import re
from functools import lru_cache

from babel import Locale, UnknownLocaleError

_IN_BRACKETS = re.compile(r".*\(\s*([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*)\s*\)\s*")
_CODE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")
# Those whose own names are known too; every language is known by its English name.
_BY_OWN_NAME = (
    *("ar", "bg", "bn", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu", "id", "it"),
    *("ja", "ko", "lt", "lv", "ms", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "sw", "th", "tr", "uk"),
    *("ur", "vi", "zh"),
)


def language_code(name: str) -> str | None:
    """Give the code of a language named in any of these ways; None where it is not known."""
    if found := _IN_BRACKETS.fullmatch(name):
        return _written(found[1])
    by_name = _names().get(name.strip().casefold())
    if by_name:
        return by_name
    if _CODE.fullmatch(name.strip()) and _language(name.strip()) in _codes():
        return _written(name.strip())
    return None


def _written(code: str) -> str:
    """Give a code as files of format 1 have it: `pt-BR`."""
    first, *more = re.split("[-_]", code)
    return "-".join([first.lower(), *(part.upper() if len(part) == 2 else part for part in more)])  # noqa: PLR2004 - a country


def _language(code: str) -> str:
    return re.split("[-_]", code)[0].lower()


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    return frozenset(str(code) for code in Locale("en").languages)


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    names = {name.casefold(): code.replace("_", "-") for code, name in Locale("en").languages.items()}
    for code in _BY_OWN_NAME:
        try:
            own = Locale(code).language_name
        except UnknownLocaleError:
            continue
        if own:
            names[own.casefold()] = code
    return names
