"""A LimeSurvey survey (its tab separated structure) becomes a questionnaire: groups are dimensions.

What is not said here is told by line. A question whose relevance cannot be carried over is left out with it, so that
nobody is asked what should be hidden.
"""

from pathlib import PurePath
from typing import Any

from assessment.questionnaire.finding import shown
from assessment.questionnaire.importers.conditions import Known, NotCarried, ShowIf, both, known_of
from assessment.questionnaire.importers.conversion import Conversion, Loss, Unconvertible
from assessment.questionnaire.importers.limesurvey_conditions import relevance
from assessment.questionnaire.importers.limesurvey_questions import LeftOut, Made, Questions
from assessment.questionnaire.importers.limesurvey_rows import Item, Row, Structure, read_structure
from assessment.questionnaire.importers.naming import Ids, as_id
from assessment.questionnaire.importers.result import finished
from assessment.questionnaire.importers.room import Room
from assessment.questionnaire.importers.scale_names import Scales
from assessment.questionnaire.importers.sections import Section, dimensions
from assessment.questionnaire.importers.wording import Text, as_marked, joined, plain

# The columns that are carried over or say nothing of their own, by class; every other one that is filled is told.
_EVERYWHERE = frozenset(["class", "id", "language", "name", "related_id", "text", "type/scale"])
_KNOWN_COLUMNS = {
    "G": _EVERYWHERE | {"relevance"},
    "Q": _EVERYWHERE | {"encrypted", "help", "hidden", "mandatory", "relevance", "same_default"},
    "SQ": _EVERYWHERE | {"relevance"},
    "A": _EVERYWHERE,
}
_OF_NUMBERS = frozenset(["max_num_value_n", "min_num_value_n", "num_value_int_only"])
_OF_SEVERAL = frozenset(["max_answers", "min_answers"])
_OF_TYPE = {"N": _OF_NUMBERS, "K": _OF_NUMBERS, "M": _OF_SEVERAL, "P": _OF_SEVERAL}
_NOT_SET = frozenset({"", "N", "0"})
_MOST_LISTED = 20
_LONGEST_NAME = 40


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
        self._losses = structure.losses
        self._known: dict[str, Known] = {}
        self._options: dict[str, tuple[str, str]] = {}
        self._introduction: Text = ""
        self._room = Room()
        self._ids = Ids()
        self._scales = Scales()
        assessments = structure.settings.get("assessments")
        self._scored = assessments is not None and assessments["text"] == "Y"
        self._questions = Questions(self._languages, self._ids, self._scales, self._lose, scored=self._scored)

    def conversion(self) -> Conversion:
        """Give the questionnaire and what was lost."""
        for setting in ("surveyls_description", "surveyls_welcometext"):
            self._introduce(self._setting(setting))
        sections = [section for group in self._structure.groups if (section := self._section(group))]
        made = dimensions(sections, self._ids)
        if not made:
            raise Unconvertible(Loss("the file", "asks nothing that can be asked here"), *self._losses.all())
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
        return finished(document | {"dimensions": made}, self._losses.all())

    def _setting(self, name: str) -> Text:
        rows = self._structure.titles.get(name, {})
        if not rows:
            return ""
        by_language = {language: (row, row["text"]) for language, row in rows.items()}
        return self._questions.words(next(iter(rows.values())), by_language)

    def _lose(self, where: Item | Row, sentence: str) -> None:
        self._losses.add(where.place, sentence)

    def _section(self, group: Item) -> Section | None:
        title = self._questions.text(group, "name") or "Questions"
        words_below = self._questions.text(group, "text")
        section = Section(group.code, title, "" if words_below == title else words_below)
        try:
            found = self._relevance(group)
        except NotCarried as error:
            self._lose(group, f"the group's condition is not carried over, for {error}; the group is left out")
            return None
        for item in group.items:
            self._fill(section, item, found)
        if not section.items:
            if group.code or words_below:
                self._lose(group, f"the group {shown(group.code)} asks nothing that can be asked here; it is left out")
            return None
        self._tell_unknown(group)
        return section

    def _relevance(self, item: Item) -> ShowIf | None:
        self._room.take_condition(item.row["relevance"])
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
        self._tell_parts(item)
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
        if made.name in self._known:
            sentence = f"{shown(made.name)} is also an earlier question; this one becomes {shown(question['id'])}"
            self._lose(made.part or item, f"{sentence}, and conditions from here on ask for this one")
        self._known[made.name] = known_of(question, made.answers)
        if question["type"] == "multiple":
            codes = (one.code for one in item.of_class("SQ"))
            self._options |= {f"{made.name}_{code}": (made.name, code) for code in codes}

    def _display(self, item: Item, above: ShowIf | None) -> None:
        words = self._questions.text(item, "text")
        self._tell_unknown(item, shown_alone=True)
        self._tell_parts(item)
        if self._room.questions or above or item.row["relevance"] not in {"", "1"} or item.row["hidden"] == "1":
            self._lose(item, f"the text {shown(item.code)} between questions has no place here")
        else:
            self._introduce(words)

    def _introduce(self, words: Text) -> None:
        if words:
            self._introduction = joined(self._introduction, as_marked(words), "\n\n" if self._introduction else "")

    def _tell_parts(self, item: Item) -> None:
        """Tell the subquestions and answers that have no place, and what the others say besides."""
        for part in item.items:
            if why := self._questions.takes(item, part):
                self._lose(part, why)
            else:
                self._tell_unknown(part)

    def _tell_unknown(self, item: Item, *, shown_alone: bool = False) -> None:
        """Tell the filled columns of an item that are not carried over: once, and where other languages fill more."""
        if item.row["mandatory"] == "S" and not shown_alone:
            self._lose(item, "`mandatory: S` only reminds; here an answer is required or not, so it is not")
        told: set[str] = set()
        for row in item.by_language.values():
            columns = {column for column in row.cells if row[column] not in _NOT_SET} - self._carried(item, shown_alone)
            if unknown := sorted(columns - told):
                self._lose(row, f"of {shown(item.code)} is not carried over: {_listed(unknown)}")
            told |= columns

    def _carried(self, item: Item, shown_alone: bool) -> frozenset[str]:  # noqa: FBT001
        known = _KNOWN_COLUMNS[item.row["class"]]
        if shown_alone:
            return known - {"help"}
        if item.row["class"] == "A" and self._scored:
            return known | {"relevance"}
        return known | (_OF_TYPE.get(item.row["type/scale"], frozenset()) if item.row["class"] == "Q" else frozenset())


def _listed(names: list[str]) -> str:
    more = len(names) - _MOST_LISTED
    return ", ".join(name[:_LONGEST_NAME] for name in names[:_MOST_LISTED]) + (f" and {more} more" if more > 0 else "")
