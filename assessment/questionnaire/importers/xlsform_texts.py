"""XLSForm's texts in the languages of its columns become texts of a questionnaire."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessment.questionnaire.finding import shown
from assessment.questionnaire.importers.conversion import Loss, Unconvertible
from assessment.questionnaire.importers.languages import language_code
from assessment.questionnaire.importers.wording import Text, cut, in_languages, plain
from assessment.questionnaire.importers.xlsform_sheets import UNTAGGED, Record, Table
from assessment.questionnaire.model import LONGEST_TEXT, MOST_LANGUAGES

_OTHERWISE = "en"
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_WOVEN_IN = re.compile(r"\$\{[^{}]*\}")


@dataclass(slots=True)
class Texts:
    """Gives a record's texts, and keeps what of them was not carried over.

    `codes` are the questionnaire's languages, the one it is written in first; `tagged` has the code of each language
    that headings name.
    """

    codes: Sequence[str]
    tagged: Mapping[str, str]
    losses: list[Loss]

    def text(self, record: Record, column: str) -> Text:
        """Give the text in a column, in every language in which it is there; empty where there is none."""
        by_code: dict[str, str] = {}
        found = record.texts(column)
        for tag in sorted(found, key=lambda tag: tag == UNTAGGED):  # a column that names its language goes first
            code = self.tagged.get(tag)
            words = self._plain(found[tag], record.place, column) if code else ""
            if code and words:
                by_code.setdefault(code, words)
        source = self.codes[0]
        if by_code and source not in by_code:
            self._lose(record.place, f"its `{column}` is missing in `{source}`; another language stands in for it")
        text, shortened = cut(in_languages(by_code, self.codes))
        if shortened:
            self._lose(record.place, f"its `{column}` is cut off after {LONGEST_TEXT:,} characters")
        return text

    def _plain(self, words: str, place: str, column: str) -> str:
        if _TAG.search(words):
            self._lose(place, f"the HTML in its `{column}` is not carried over")
        if woven := _WOVEN_IN.search(words):
            sentence = f"the answer {shown(woven[0])} in its `{column}` cannot be woven in; … stands there"
            self._lose(place, sentence)
        return plain(_WOVEN_IN.sub("…", words))

    def _lose(self, place: str, sentence: str) -> None:
        if Loss(place, sentence) not in self.losses[-4:]:  # not once for each language
            self.losses.append(Loss(place, sentence))


def texts_of(tables: Sequence[Table], default: str, losses: list[Loss]) -> Texts:
    """Give what reads the texts of a form; `default` is the settings' `default_language`."""
    tagged: dict[str, str] = {}
    named = {tag: place for table in reversed(tables) for tag, place in table.languages()}
    untagged = any(column.name == "label" and not column.language for table in tables for column in table.columns)
    for tag, place in sorted(named.items(), key=lambda entry: _order(tables, entry[0])):
        code = language_code(tag)
        if code is None and not untagged and len(named) == 1:
            code = _OTHERWISE
            losses.append(Loss(place, f"the language {shown(tag)} has no known code; its texts are taken as `{code}`"))
        elif code is None:
            losses.append(Loss(place, f"the language {shown(tag)} has no known code; its texts are not carried over"))
        elif code in tagged.values():
            sentence = f"the language {shown(tag)} is `{code}` like another one; its texts are not carried over"
            losses.append(Loss(place, sentence))
            code = None
        if code is not None:
            tagged[tag] = code
    first = language_code(default) if default else None
    if default and first is None and default.casefold() != "default":
        losses.append(Loss("sheet settings", f"the default language {shown(default)} has no known code"))
    if untagged or not tagged:
        tagged[UNTAGGED] = first or _OTHERWISE
        first = tagged[UNTAGGED]
    codes = list(dict.fromkeys(tagged.values()))
    codes.sort(key=lambda code: code != first)
    if len(codes) > MOST_LANGUAGES:
        sentence = f"the headings name {len(codes)} languages; a questionnaire has {MOST_LANGUAGES} at the most"
        raise Unconvertible(Loss(f"sheet {tables[0].name}, row 1", sentence))
    return Texts(codes, tagged, losses)


def _order(tables: Sequence[Table], tag: str) -> int:
    order = [found for table in tables for found, _ in table.languages()]
    return order.index(tag)
