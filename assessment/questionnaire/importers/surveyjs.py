"""A SurveyJS form (JSON) becomes a questionnaire: pages and titled panels are dimensions, elements are questions.

What is not said here is told by JSON path. An element whose condition cannot be carried over is left out with it, so
that nobody is asked what should be hidden.
"""

from collections.abc import Mapping
from itertools import chain
from pathlib import PurePath
from typing import Any

from assessment.questionnaire.finding import shown
from assessment.questionnaire.importers.conditions import Known, NotCarried, ShowIf, both, show_if
from assessment.questionnaire.importers.conversion import Conversion, Loss, Unconvertible
from assessment.questionnaire.importers.guarded_json import read_json
from assessment.questionnaire.importers.naming import Ids, as_id
from assessment.questionnaire.importers.result import finished
from assessment.questionnaire.importers.room import Losses, Room
from assessment.questionnaire.importers.scale_names import Scales
from assessment.questionnaire.importers.sections import Section, dimensions
from assessment.questionnaire.importers.surveyjs_conditions import condition
from assessment.questionnaire.importers.surveyjs_keys import LOOKS, OF_HTML, OF_SECTION, OF_SURVEY, OFF, of_element
from assessment.questionnaire.importers.surveyjs_questions import LeftOut, Made, Questions
from assessment.questionnaire.importers.surveyjs_texts import Texts
from assessment.questionnaire.importers.wording import Text, as_marked, joined

_LONGEST_KEY = 60  # in a path
_LISTS = ("elements", "questions")


def from_surveyjs(name: str, content: bytes) -> Conversion:
    """Give the questionnaire of a SurveyJS form; `name` is its file's.

    Raises `Unconvertible` where it is no such form or asks nothing that can be asked here.
    """
    survey = read_json(content)
    if not isinstance(survey, dict):
        raise Unconvertible(Loss("$", "a SurveyJS form is an object with `pages` or `elements`"))
    if not any(isinstance(survey.get(key), list) for key in ("pages", *_LISTS)):
        raise Unconvertible(Loss("$", "has neither `pages` nor `elements`, so it is no SurveyJS form"))
    return _Survey(PurePath(name).stem, survey).conversion()


class _Survey:
    """One form on its way."""

    def __init__(self, stem: str, survey: Mapping[str, Any]) -> None:
        self._stem = stem
        self._survey = survey
        self._losses = Losses()
        self._looks: set[str] = set()
        self._known: dict[str, Known] = {}
        self._room = Room()
        self._introduction: Text = ""
        self._ids = Ids()
        self._scales = Scales()
        self._texts = Texts(survey, self._lose)
        self._questions = Questions(self._texts, self._ids, self._scales, self._lose)

    def conversion(self) -> Conversion:
        """Give the questionnaire and what was lost."""
        self._tell_unknown(self._survey, OF_SURVEY, "$")
        title = self._texts.of(self._survey, "title", "$") or self._stem or "Survey"
        self._introduce(self._texts.of(self._survey, "description", "$"))
        made = dimensions(self._sections(title), self._ids)
        if self._looks:
            self._lose("$", f"how it looks is not carried over: {', '.join(sorted(self._looks))}")
        if not made:
            none = Loss("$", "asks nothing that can be asked here")
            raise Unconvertible(none, *self._losses.all())
        document: dict[str, Any] = {
            "format": 1,
            "id": as_id(self._stem) or "survey",
            "version": "1",
            "title": title,
            "languages": list(self._texts.languages),
        }
        if self._introduction:
            document["introduction"] = self._introduction
        if self._scales.shared:
            document["scales"] = self._scales.shared
        return finished(document | {"dimensions": made}, self._losses.all())

    def _lose(self, path: str, sentence: str) -> None:
        self._losses.add(path, sentence)

    def _sections(self, title: Text) -> list[Section]:
        sections: list[Section] = []
        pages = self._survey.get("pages")
        if pages is not None and not isinstance(pages, list):
            self._lose("$.pages", "is no list")
        for place, page in enumerate(pages if isinstance(pages, list) else []):
            path = f"$.pages[{place}]"
            if not isinstance(page, dict):
                self._lose(path, "is no page")
                continue
            words = self._texts.of(page, "title", path) or self._texts.of(page, "name", path) or f"Page {place + 1}"
            name = page.get("name") or f"page-{place + 1}"
            section = Section(str(name), words, self._texts.of(page, "description", path))
            self._tell_unknown(page, OF_SECTION, path)
            if self._fill(section, page, path, None):
                self._tell_empty(section, page, path)
            sections.append(section)
        if any(isinstance(self._survey.get(key), list) for key in _LISTS):
            section = Section("questions", title)
            self._fill(section, self._survey, "$", None)
            sections.append(section)
        return sections

    def _tell_empty(self, section: Section, holder: Mapping[str, Any], path: str) -> None:
        """Tell the words over a page or panel that goes with them because nothing in it is asked."""
        words = [key for key in ("title", "description") if holder.get(key)]
        if words and next(section.questions(), None) is None:
            self._lose(path, f"asks nothing that can be asked here, so what it says is left out: {', '.join(words)}")

    def _fill(self, section: Section, holder: Mapping[str, Any], path: str, above: ShowIf | None) -> bool:
        """Put a page's or panel's elements into a section; `above` is the condition of what it lies in.

        Gives whether it is shown at all; why it is not has been told.
        """
        try:
            found = both(above, self._condition(holder)) if path != "$" else None
        except NotCarried as error:
            self._lose(
                f"{path}.visibleIf", f"the condition is not carried over, for {error}; what it shows is left out"
            )
            return False
        if holder.get("visible") is False and path != "$":
            self._lose(path, "is hidden (`visible: false`) until something shows it; it is left out")
            return False
        for key in _LISTS:
            elements = holder.get(key)
            if elements is not None and not isinstance(elements, list):
                self._lose(f"{path}.{key}", "is no list")
                continue
            for place, element in enumerate(elements or []):
                self._element(section, element, f"{path}.{key}[{place}]", found)
        return True

    def _condition(self, holder: Mapping[str, Any]) -> ShowIf | None:
        expression = holder.get("visibleIf")
        if expression is None or expression == "":
            return None
        if not isinstance(expression, str):
            raise NotCarried("it is no text")
        self._room.take_condition(expression)
        return show_if(condition(expression), self._known)

    def _element(self, section: Section, element: Any, path: str, above: ShowIf | None) -> None:  # noqa: ANN401 - JSON
        if not isinstance(element, dict):
            self._lose(path, "is no element")
        elif element.get("type") == "panel":
            self._panel(section, element, path, above)
        elif element.get("type") == "html":
            self._html(element, path, above)
        else:
            self._question(section, element, path, above)

    def _panel(self, section: Section, panel: Mapping[str, Any], path: str, above: ShowIf | None) -> None:
        self._tell_unknown(panel, OF_SECTION, path)
        title = self._texts.of(panel, "title", path)
        if not title:
            if panel.get("description"):
                self._lose(f"{path}.description", "the panel has no title, so its description has no place here")
            self._fill(section, panel, path, above)
            return
        name = panel.get("name")
        inner = Section(name if isinstance(name, str) else "panel", title, self._texts.of(panel, "description", path))
        if self._fill(inner, panel, path, above):
            self._tell_empty(inner, panel, path)
        section.items.append(inner)

    def _html(self, element: Mapping[str, Any], path: str, above: ShowIf | None) -> None:
        self._tell_unknown(element, OF_HTML, path)
        words = self._texts.of(element, "html", path)
        if self._room.questions or above or element.get("visibleIf") or element.get("visible") is False:
            self._lose(path, f"the text {shown(_first(words))} between questions has no place here")
        elif words:
            self._introduce(words)

    def _introduce(self, words: Text) -> None:
        if words:
            self._introduction = joined(self._introduction, as_marked(words), "\n\n" if self._introduction else "")

    def _question(self, section: Section, element: Mapping[str, Any], path: str, above: ShowIf | None) -> None:
        try:
            found = both(above, self._condition(element))
        except NotCarried as error:
            self._lose(f"{path}.visibleIf", f"the condition is not carried over, for {error}; the question is left out")
            return
        try:
            made = self._questions.of(element, path)
        except LeftOut as error:
            self._lose(path, f"{shown(element.get('name') or element.get('type'))} is left out: {error}")
            return
        kind = made[0].question["type"]
        self._tell_unknown(element, of_element(element["type"], kind), path)
        for one in made:
            if found:
                one.question["show-if"] = found
            self._tell_repeated(one, path)
            self._room.take(one.question, path)
            self._known |= dict.fromkeys(one.names, one.known())
            section.items.append(one.question)

    def _tell_repeated(self, made: Made, path: str) -> None:
        for name in made.names:
            if name in self._known:
                sentence = f"{shown(name)} is also an earlier question; this one becomes {shown(made.question['id'])}"
                self._lose(path, f"{sentence}, and conditions from here on ask for this one")

    def _tell_unknown(self, holder: Mapping[str, Any], carried: frozenset[str], path: str) -> None:
        for key, value in holder.items():
            if key in carried:
                continue
            if key in LOOKS:
                self._looks.add(key)
            elif not (value in (None, "", [], {}) or (value is False and key in OFF)):
                self._lose(f"{path}.{key[:_LONGEST_KEY]}", f"{shown(key)} is not carried over")


def _first(words: Text) -> str:
    return words if isinstance(words, str) else next(chain(words.values(), [""]))
