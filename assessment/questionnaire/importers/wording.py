"""Texts of other tools become texts of a questionnaire: without tags, in the languages it has."""

import html
import re
from collections.abc import Iterator, Mapping, Sequence

from assessment.questionnaire.model import LONGEST_TEXT

Text = str | dict[str, str]

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)(?:[\s/][^<>]*)?>")
_BLOCKS = frozenset({"address", "blockquote", "br", "div", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p"})
_MORE_BLOCKS = frozenset({"pre", "section", "table", "td", "th", "tr", "ul"})
_UNSEEN = frozenset({"script", "style"})
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff\u2028\u2029\ud800-\udfff]")
_BLANKS = re.compile(r"[ \t\u00a0]+")
_LONG_REFERENCE = re.compile(r"&(?=#(?:[0-9]{12}|[xX][0-9A-Fa-f]{12}))")  # no character has so long a number
_LINE_ENDS = re.compile(r"\r\n?|\n")
_AROUND_LINE_ENDS = re.compile(r" ?\n ?")
_MARKS = re.compile(r"([\\`*_\[\]<>#&])")
_YES_NO = frozenset(
    {("yes", "no"), ("ja", "nein"), ("oui", "non"), ("sí", "no"), ("si", "no"), ("sì", "no"), ("sim", "não")}
)


def plain(words: str) -> str:
    """Give a text without HTML, control characters and blanks around it; paragraphs become lines.

    A reference to a character by a number that none has stays as it is.
    """
    text = "".join(_without_tags(_LINE_ENDS.sub("\n", words)))
    text = _CONTROL.sub("", html.unescape(_LONG_REFERENCE.sub("&amp;", text)))
    text = _AROUND_LINE_ENDS.sub("\n", _BLANKS.sub(" ", text))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _without_tags(words: str) -> Iterator[str]:
    end, unseen = 0, ""
    for tag in _TAG.finditer(words):
        if not unseen:
            yield words[end : tag.start()]
        end, name = tag.end(), tag[2].lower()
        if name in _UNSEEN:
            unseen = "" if tag[1] else name
        elif name in _BLOCKS or name in _MORE_BLOCKS:
            yield "\n"
    if not unseen:
        yield words[end:]


def as_marked(text: Text) -> Text:
    """Give a plain text that means the same where marks have a meaning (CommonMark)."""
    if isinstance(text, str):
        return _MARKS.sub(r"\\\1", text)
    return {language: _MARKS.sub(r"\\\1", words) for language, words in text.items()}


def in_languages(words: Mapping[str, str], languages: Sequence[str]) -> Text:
    """Give a text as a file has it: a string where it is there in the first language alone, else a map.

    The first language is never missing: the next one that is there stands in for it.
    """
    there = {language: words[language] for language in languages if words.get(language)}
    first = languages[0]
    if set(there) <= {first}:
        return there.get(first, "")
    return {first: next(iter(there.values()))} | there


def cut(text: Text) -> tuple[Text, bool]:
    """Give a text that is no longer than a questionnaire takes, and whether something was cut off."""
    if isinstance(text, dict):
        return {language: words[:LONGEST_TEXT].rstrip() for language, words in text.items()}, any(
            len(words) > LONGEST_TEXT for words in text.values()
        )
    return text[:LONGEST_TEXT].rstrip(), len(text) > LONGEST_TEXT


def named(name: str) -> str:
    """Give a name as the text that stands where there is none."""
    return plain(name)[:LONGEST_TEXT].rstrip()


def joined(first: Text, second: Text, between: str) -> Text:
    """Give two texts as one, in every language that one of them has."""
    if isinstance(first, str) and isinstance(second, str):
        return f"{first}{between}{second}" if first and second else first or second
    languages = [*first] if isinstance(first, dict) else [*second]
    return {language: f"{_in(first, language)}{between}{_in(second, language)}" for language in languages}


def _in(text: Text, language: str) -> str:
    if isinstance(text, str):
        return text
    return text.get(language) or next(iter(text.values()))


def yes_or_no(label: Text) -> str:
    """Give `yes` or `no` where an answer's label says just that in each of its languages, else nothing."""
    words = [one.casefold().strip(" .!") for one in (label.values() if isinstance(label, dict) else [label])]
    for place, answer in enumerate(("yes", "no")):
        if all(word in {pair[place] for pair in _YES_NO} for word in words):
            return answer
    return ""
