"""SurveyJS's texts: a string, or a map of locale to string in which `default` is the survey's own."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from assessment.questionnaire.importers.room import markup_lost
from assessment.questionnaire.importers.wording import Text, cut, in_languages, plain
from assessment.questionnaire.model import LONGEST_TEXT, MOST_LANGUAGES

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_DEFAULT = "default"
_MOST_LISTED = 10
_LONGEST_CODE = 20
_PIPED = re.compile(r"\{[A-Za-z_][\w.\[\]]*\}")

# The keys whose values may be in several languages; others are maps of something else.
_TEXTS = frozenset(
    {"title", "description", "text", "html", "labelTrue", "labelFalse", "minRateDescription", "maxRateDescription"}
)


class Texts:
    """The texts of one survey, in its languages; losses are told to `lose`, by path."""

    def __init__(self, survey: Mapping[str, Any], lose: Callable[[str, str], None]) -> None:
        self._lose = lose
        locale = survey.get("locale")
        self.source = locale if isinstance(locale, str) and _LANGUAGE.fullmatch(locale) else "en"
        found = tuple(dict.fromkeys([self.source, *sorted(self._languages(survey))]))
        self.languages = found[:MOST_LANGUAGES]
        if more := found[MOST_LANGUAGES:]:
            listed = ", ".join(code[:_LONGEST_CODE] for code in more[:_MOST_LISTED])
            listed += f" and {len(more) - _MOST_LISTED:,} more" if len(more) > _MOST_LISTED else ""
            lose("$", f"has texts in more than {MOST_LANGUAGES} languages; those in {listed} are not carried over")

    def _languages(self, survey: Mapping[str, Any]) -> set[str]:
        found: set[str] = set()
        waiting: list[tuple[str, Any]] = [("", survey)]
        while waiting:
            key, value = waiting.pop()
            if isinstance(value, dict):
                if key in _TEXTS:
                    found |= {code for code, words in value.items() if _is_text(words) and plain(str(words))}
                waiting += value.items()
            elif isinstance(value, list):
                waiting += [("", one) for one in value]
        for code in sorted(found - {_DEFAULT}):
            if not _LANGUAGE.fullmatch(code):
                self._lose("$", f"`{code[:20]}` is no language code, so the texts in it are not carried over")
        return {code for code in found if _LANGUAGE.fullmatch(code)} - {_DEFAULT}

    def of(self, element: Mapping[str, Any], key: str, path: str) -> Text:
        """Give the text under a key of an element; empty where there is none."""
        value = element.get(key) if key else None
        if value is None:
            return ""
        place = f"{path}.{key}"
        if isinstance(value, dict):
            words = {code: self._plain(one, f"{place}.{code[:_LONGEST_CODE]}") for code, one in value.items()}
            words = {code: one for code, one in words.items() if one}
            if _DEFAULT in words:
                words.setdefault(self.source, words[_DEFAULT])
            return self._short(in_languages(words, self.languages), place) if words.keys() & {*self.languages} else ""
        return self._short(self._plain(value, place), place)

    def plain(self, words: str, place: str) -> Text:
        """Give a string as a text of the first language."""
        return self._short(self._plain(words, place), place)

    def _plain(self, value: object, place: str) -> str:
        """Give a value as plain words; tells what is none, and what they lose."""
        if not _is_text(value):
            self._lose(place, "is no text, so it is not carried over")
            return ""
        if sentence := markup_lost(str(value)):
            self._lose(place, sentence)
        return plain(str(value))

    def _short(self, text: Text, place: str) -> Text:
        if any(_PIPED.search(words) for words in (text.values() if isinstance(text, dict) else [text])):
            self._lose(place, "quotes an answer in braces; here the braces are shown as they are")
        short, longer = cut(text)
        if longer:
            self._lose(place, f"is longer than {LONGEST_TEXT} characters; its end is cut off")
        return short


def _is_text(value: object) -> bool:
    return isinstance(value, str | int | float) and not isinstance(value, bool)
