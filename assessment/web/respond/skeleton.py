"""A page of the form, rendered once for all: what does not vary is kept as strings, what does stands in slots.

Rendering a page's some fifty controls is nearly all the work of serving it, and they are the same for everybody who
is asked the same questionnaire. So Jinja renders each page once for a questionnaire version, language and part, with
a mark in each slot; the result is cut at the marks. Joining the pieces with what varies gives, byte for byte, what
Jinja would have given. A slot that nothing fills stays empty.
"""

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from flask import render_template, request
from markupsafe import Markup

from assessment.questionnaire.model import Questionnaire
from assessment.web.respond.parts import part
from assessment.web.respond.wording import Wording
from assessment.wording import speaking

Filling = Mapping[str, str]  # a slot's key to markup: whoever fills a slot escapes

# No questionnaire can contain what is drawn at random when the process starts.
_MARK = f"\x00{secrets.token_hex(8)}\x00"
_MARKED = re.compile(f"{_MARK}([^\x00]*)\x00")
_KEPT = 512


@dataclass(frozen=True, slots=True)
class Page:
    """Which page: a part of a questionnaire version, in a language."""

    # Equal bytes are parsed once and give the same object, which a kept page holds on to: its identity stands for
    # the version's content hash, without hashing the content for each request.
    version: int
    language: str
    number: int
    mounted_at: str  # the addresses in a page begin with where the application is mounted
    questionnaire: Questionnaire = field(compare=False, repr=False)


def page_of(questionnaire: Questionnaire, language: str, number: int) -> Page:
    """Name a page of this request's application."""
    return Page(id(questionnaire), language, number, request.script_root, questionnaire)


def key(name: str, *which: str) -> str:
    """Give a slot's key: its name, then the question and the word it is for."""
    return " ".join((name, *which))


def joined(page: Page, filling: Filling) -> str:
    """Give a page: the kept pieces, and between them what fills the slots."""
    pieces, places = _pieces(page)
    whole = list(pieces)
    for slot, markup in filling.items():
        for place in places.get(slot, ()):
            whole[place] = markup
    return "".join(whole)


def rendered(page: Page, slot: Callable[..., Markup]) -> str:
    """Give a page as Jinja renders it; `slot` is asked for what stands in each slot."""
    wording = Wording(page.questionnaire, page.language)
    with speaking(page.language):  # what is kept must follow from the page alone
        return render_template(
            "respond/page.html",
            questionnaire=page.questionnaire,
            part=part(page.questionnaire, page.number, page.language),
            says=wording.says,
            tongue=wording.tongue,
            languages=page.questionnaire.languages,
            language=page.language,
            slot=slot,
        )


@lru_cache(maxsize=_KEPT)
def _pieces(page: Page) -> tuple[tuple[str, ...], dict[str, list[int]]]:
    """Give the strings that stay with an empty one for each slot between them, and where each key's slots are."""
    marked = rendered(page, lambda name, *which: Markup(f"{_MARK}{key(name, *which)}\x00"))  # noqa: S704 - own mark
    pieces = _MARKED.split(marked)
    places: dict[str, list[int]] = {}
    for place in range(1, len(pieces), 2):
        places.setdefault(pieces[place], []).append(place)
        pieces[place] = ""
    return tuple(pieces), places
