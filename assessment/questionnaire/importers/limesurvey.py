"""A LimeSurvey survey (its tab separated structure) becomes a questionnaire: groups are dimensions.

What is not said here is told by line. A question whose relevance cannot be carried over is left out with it, so that
nobody is asked what should be hidden.
"""

from pathlib import PurePath
from typing import Any

from assessment.questionnaire.finding import shown
from assessment.questionnaire.importers.conditions import Known, NotCarried, ShowIf, both
from assessment.questionnaire.importers.conversion import Conversion, Loss, Unconvertible
from assessment.questionnaire.importers.limesurvey_conditions import relevance
from assessment.questionnaire.importers.limesurvey_questions import LeftOut, Made, Questions
from assessment.questionnaire.importers.limesurvey_rows import Item, Structure, read_structure
from assessment.questionnaire.importers.naming import Ids, as_id
from assessment.questionnaire.importers.result import finished
from assessment.questionnaire.importers.room import Room
from assessment.questionnaire.importers.scale_names import Scales
from assessment.questionnaire.importers.sections import Section, dimensions
from assessment.questionnaire.importers.wording import Text, as_marked, cut, in_languages, joined, plain

# The columns that are carried over or say nothing of their own; every other one that is filled is told.
_KNOWN_COLUMNS = frozenset(
    [
        "class",
        "encrypted",
        "help",
        "hidden",
        "id",
        "language",
        "mandatory",
        "max_answers",
        "max_num_value_n",
        "min_answers",
        "min_num_value_n",
        "name",
        "num_value_int_only",
        "related_id",
        "relevance",
        "same_default",
        "text",
        "type/scale",
    ]
)
_NOT_SET = frozenset({"", "N", "0"})


def from_limesurvey(name: str, content: bytes) -> Conversion:
    """Give the questionnaire of a LimeSurvey structure; `name` is its file's.

    Raises `Unconvertible` where it is no such file or asks nothing that can be asked here.
    """
    return _Survey(PurePath(name).stem, read_structure(content)).conversion()


class _Survey:
    """One survey on its way."""

    def __init__(self, stem: str, structure: Structure) -> None:
        self._stem = stem
        self._structure = structure
        self._languages = structure.languages
        self._losses = list(structure.losses)
        self._known: dict[str, Known] = {}
        self._options: dict[str, tuple[str, str]] = {}
        self._introduction: Text = ""
        self._room = Room()
        self._ids = Ids()
        self._scales = Scales()
        scored = structure.settings.get("assessments") == "Y"
        self._questions = Questions(self._languages, self._ids, self._scales, self._lose, scored=scored)

    def conversion(self) -> Conversion:
        """Give the questionnaire and what was lost."""
        for setting in ("surveyls_description", "surveyls_welcometext"):
            self._introduce(self._setting(setting))
        sections = [section for group in self._structure.groups if (section := self._section(group))]
        made = dimensions(sections, self._ids)
        if not made:
            raise Unconvertible(Loss("the file", "asks nothing that can be asked here"), *self._losses)
        document: dict[str, Any] = {
            "format": 1,
            "id": as_id(self._stem) or "survey",
            "version": "1",
            "title": self._setting("surveyls_title") or plain(self._stem) or "Survey",
            "languages": self._languages,
        }
        if self._introduction:
            document["introduction"] = self._introduction
        if self._scales.shared:
            document["scales"] = self._scales.shared
        return finished(document | {"dimensions": made}, self._losses)

    def _setting(self, name: str) -> Text:
        words = {language: plain(one) for language, one in self._structure.titles.get(name, {}).items()}
        return cut(in_languages(words, self._languages))[0]

    def _lose(self, item: Item, sentence: str) -> None:
        self._losses.append(Loss(item.row.place, sentence))

    def _section(self, group: Item) -> Section | None:
        words = {language: plain(row["name"]) for language, row in group.by_language.items()}
        title = cut(in_languages(words, self._languages))[0] or "Questions"
        words_below = self._questions.text(group, "text")
        section = Section(group.code, title, "" if words_below == title else words_below)
        try:
            found = self._relevance(group)
        except NotCarried as error:
            self._lose(group, f"the group's condition is not carried over, for {error}; the group is left out")
            return None
        for item in group.items:
            self._fill(section, item, found)
        return section

    def _relevance(self, item: Item) -> ShowIf | None:
        return relevance(item.row["relevance"], self._known, self._options)

    def _fill(self, section: Section, item: Item, above: ShowIf | None) -> None:
        if item.row["type/scale"] == "X":
            self._display(item, above)
            return
        try:
            found = both(above, self._relevance(item))
        except NotCarried as error:
            self._lose(item, f"the condition of {shown(item.code)} is not carried over, for {error}; it is left out")
            return
        try:
            made = self._questions.of(item)
        except LeftOut as error:
            self._lose(item, f"{shown(item.code)} is left out: {error}")
            return
        self._tell_unknown(item)
        for one in made:
            self._add(section, item, one, found)

    def _add(self, section: Section, item: Item, made: Made, above: ShowIf | None) -> None:
        try:
            found = both(above, self._relevance(made.part)) if made.part else above
        except NotCarried as error:
            self._lose(
                made.part or item,
                f"the condition of {shown(made.name)} is not carried over, for {error}; it is left out",
            )
            return
        question = made.question
        if found:
            question["show-if"] = found
        self._room.take(question, item.row.place)
        section.items.append(question)
        self._known[made.name] = Known(question["id"], question["type"], made.answers, found)
        if question["type"] == "multiple":
            codes = (one.code for one in item.of_class("SQ"))
            self._options |= {f"{made.name}_{code}": (made.name, code) for code in codes}

    def _display(self, item: Item, above: ShowIf | None) -> None:
        words = self._questions.text(item, "text")
        if self._room.questions or above or item.row["relevance"] not in {"", "1"}:
            self._lose(item, f"the text {shown(item.code)} between questions has no place here")
        else:
            self._introduce(words)

    def _introduce(self, words: Text) -> None:
        if words:
            self._introduction = joined(self._introduction, as_marked(words), "\n\n" if self._introduction else "")

    def _tell_unknown(self, item: Item) -> None:
        if item.row["mandatory"] == "S":
            self._lose(item, "`mandatory: S` only reminds; here an answer is required or not, so it is not")
        filled = [column for column in item.row.cells if column and item.row[column] not in _NOT_SET]
        if unknown := [column for column in filled if column not in _KNOWN_COLUMNS]:
            self._lose(item, f"of {shown(item.code)} is not carried over: {', '.join(sorted(unknown))[:200]}")
