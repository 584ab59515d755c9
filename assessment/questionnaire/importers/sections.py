"""Sections of other tools, nested as they like, become dimensions: three deep, each with questions or dimensions."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from assessment.questionnaire.importers.naming import Ids
from assessment.questionnaire.importers.wording import Text

DEEPEST_DIMENSION = 3
Plain = dict[str, Any]


@dataclass(slots=True)
class Section:
    """A part of a form under a title: questions, as a file has them, and sections, in the order of the form."""

    name: str
    title: Text
    help: Text = ""
    items: list["Plain | Section"] = field(default_factory=list)

    def questions(self) -> Iterator[Plain]:
        """Give all questions in it, in order."""
        for item in self.items:
            if isinstance(item, Section):
                yield from item.questions()
            else:
                yield item


def dimensions(sections: list[Section], ids: Ids) -> list[Plain]:
    """Give the dimensions of a form's sections; a section without a question becomes none."""
    return [_dimension(section, ids, 1) for section in sections if _asks(section)]


def _dimension(section: Section, ids: Ids, depth: int) -> Plain:
    made: Plain = {"id": ids.give(section.name, "part"), "title": section.title}
    if section.help:
        made["help"] = section.help
    items = [item for item in section.items if not isinstance(item, Section) or _asks(item)]
    if depth == DEEPEST_DIMENSION or not any(isinstance(item, Section) for item in items):
        return made | {"questions": list(section.questions())}
    below: list[Plain] = []
    for of_sections, run in groupby(items, key=lambda item: isinstance(item, Section)):
        parts = list(run)
        if not of_sections:  # questions between sections: a section of their own, under the same title
            parts = [Section(section.name, section.title, items=parts)]
        below += [_dimension(part, ids, depth + 1) for part in parts if isinstance(part, Section)]
    return made | {"dimensions": below}


def _asks(section: Section) -> bool:
    return next(section.questions(), None) is not None
