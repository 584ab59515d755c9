"""XLSForm's rows become questions in sections, one after the other: a condition speaks of earlier ones alone."""

from dataclasses import dataclass, field, replace

from assessment.questionnaire.finding import shown
from assessment.questionnaire.importers.conditions import Known, NotCarried, ShowIf, both, known_of, show_if
from assessment.questionnaire.importers.conversion import Loss, Plain
from assessment.questionnaire.importers.naming import Ids
from assessment.questionnaire.importers.result import Size
from assessment.questionnaire.importers.sections import DEEPEST_DIMENSION, Section
from assessment.questionnaire.importers.wording import Text, cut, joined, named
from assessment.questionnaire.importers.xlsform_choices import Choices, Given, NoChoices
from assessment.questionnaire.importers.xlsform_conditions import condition
from assessment.questionnaire.importers.xlsform_limits import limits_of, quoted
from assessment.questionnaire.importers.xlsform_sheets import Record
from assessment.questionnaire.importers.xlsform_texts import Texts
from assessment.questionnaire.importers.xlsform_types import Type, type_of
from assessment.questionnaire.model import LONGEST_TEXT

_TRUE, _FALSE = {"yes", "true", "true()", "1"}, {"", "no", "false", "false()", "0"}
_OF_NOTES = {"type", "name", "label", "appearance", "readonly", "disabled"}
_OF_GROUPS = {"type", "name", "label", "hint", "relevant", "disabled"}
_OF_QUESTIONS = {"type", "name", "label", "hint", "required", "relevant", "constraint", "disabled", "readonly"}
_OF_RANGES = {"parameters"}  # told by itself where something of it is not carried over
_LABELS_ALONE = {"label"}  # an appearance: the row shows the labels of the rows below it, and asks nothing
_NAMED = {"integer": "number", "decimal": "number", "range": "number", "percentage": "number", "text": "text"}


MOST_OF_EXPRESSIONS = 200_000  # characters of all of a form together: what is read well within a second


class LeftOut(Exception):  # noqa: N818 - the reason is the message
    """A question that cannot be asked; carries why."""


@dataclass(slots=True)
class _Group:
    """A group that is open: its section, and the condition of all that is in it."""

    section: Section
    show_if: ShowIf | None
    row: Record | None = None


@dataclass(slots=True)
class Survey:
    """The survey sheet while it is read from top to bottom."""

    texts: Texts
    choices: Choices
    ids: Ids
    losses: list[Loss]
    top: Section
    introduction: Text = ""
    _known: dict[str, Known] = field(default_factory=dict)
    _names: set[str] = field(default_factory=set)
    _open: list[_Group] = field(default_factory=list)
    _size: Size = field(default_factory=Size)
    _expressions_left: int = MOST_OF_EXPRESSIONS
    _skipped: int = 0  # how many groups deep in a block that is left out as a whole

    def read(self, records: tuple[Record, ...]) -> None:
        """Take all rows; the top section then has the questions."""
        self._open = [_Group(self.top, None)]
        for record in records:
            self._take(record, type_of(record["type"]))
        for group in self._open[1:]:
            if group.row:
                self._lose(group.row, "the group is never ended; it is taken to reach to the end")

    def _take(self, record: Record, kind: Type) -> None:
        if self._skipped:
            self._skipped += {"begin": 1, "end": -1}.get(kind.kind, 0)
        elif record["disabled"].lower() not in _FALSE:
            self._leave_out_disabled(record, kind)
        elif kind.kind == "begin":
            self._begin(record, kind)
        elif kind.kind == "end":
            self._end(record)
        elif kind.kind == "note" or (kind.choices and record["appearance"].lower() in _LABELS_ALONE):
            self._note(record)
        else:
            self._ask(record, kind)

    def _leave_out_disabled(self, record: Record, kind: Type) -> None:
        name = shown(record["name"] or record["type"])
        if kind.kind == "begin":
            self._skipped = 1
            self._lose(record, f"the group {name} is disabled; it is left out with all that is in it")
        else:
            self._lose(record, f"{name} is disabled; it is left out")

    def _begin(self, record: Record, kind: Type) -> None:
        name = record["name"] or "group"
        if kind.repeats:
            self._skipped = 1
            self._lose(record, f"repeats are not carried over: {shown(name)} is left out with all that is in it")
            return
        try:
            shown_if = both(self._open[-1].show_if, self._condition(record))
        except (LeftOut, NotCarried) as reason:
            self._skipped = 1
            self._lose(record, f"the group {shown(name)} is left out with all that is in it: {reason}")
            return
        if len(self._open) > DEEPEST_DIMENSION:
            sentence = f"groups are nested at most {DEEPEST_DIMENSION} deep: the questions stand in the group around it"
            self._lose(record, f"the group {shown(name)} is not carried over, since {sentence}")
            self._open.append(_Group(self._open[-1].section, shown_if))
            return
        section = self._section(record, name)
        self._open[-1].section.items.append(section)
        self._open.append(_Group(section, shown_if, record))
        self._tell_rest(record, _OF_GROUPS | ({"required"} if record["required"].lower() in _FALSE else set()))

    def _section(self, record: Record, name: str) -> Section:
        title = self.texts.text(record, "label")
        if not title:
            title = named(name.replace("_", " ")) or "?"
            self._lose(record, f"the group has no label; its name {shown(name)} stands for it")
        return Section(name, title, self.texts.text(record, "hint"))

    def _end(self, record: Record) -> None:
        if len(self._open) == 1:
            self._lose(record, "it ends a group that was not begun; it is passed over")
            return
        group = self._open.pop()
        if group.row and not group.section.items:
            self._lose(group.row, "nothing in the group can be asked; it is left out")

    def _note(self, record: Record) -> None:
        """Make a note the introduction or its group's help, where no question stands before it."""
        section = self._open[-1].section
        text = self.texts.text(record, "label")
        if not text:
            self._lose(record, "the note has no text; it is left out")
            return
        if section.items or record["relevant"]:
            self._lose(record, f"notes between questions are not carried over: {shown(_first(text))} is left out")
            return
        before = self.introduction if section is self.top else section.help
        whole, shortened = cut(joined(before, text, "\n\n"))
        if shortened:
            self._lose(
                record, f"with the notes before it the note is longer than {LONGEST_TEXT:,} characters; it is cut"
            )
        if section is self.top:
            self.introduction = whole
        else:
            section.help = whole
        self._tell_rest(record, _OF_NOTES)

    def _ask(self, record: Record, kind: Type) -> None:
        name = record["name"]
        try:
            question = self._question(record, kind)
        except (LeftOut, NoChoices, NotCarried) as reason:
            subject = shown(name) if name else "the question"
            self._lose(record, f"{subject} is left out: {reason}")
            return
        self._open[-1].section.items.append(question)
        self._size.take(question, record.place)
        told = {"appearance"} if question["type"] == "rating" and record["appearance"].lower() == "likert" else set()
        self._tell_rest(record, _OF_QUESTIONS | told | (_OF_RANGES if kind.kind == "range" else set()))

    def _question(self, record: Record, kind: Type) -> Plain:
        if kind.refused:
            raise LeftOut(kind.refused)
        if record["choice_filter"]:
            raise LeftOut(f"choice filters are not carried over ({quoted(record['choice_filter'])})")
        if record["readonly"].lower() not in _FALSE:
            raise LeftOut("it is read-only, so it asks nothing")
        shown_if = both(self._open[-1].show_if, self._condition(record))
        given = self._given(record, kind)
        question: Plain = {"id": "", "type": given.type}
        question |= {key: value for key, value in given.keys.items() if key == "scale"}
        question["text"] = self._text(record)
        if hint := self.texts.text(record, "hint"):
            question["help"] = hint
        question |= {key: value for key, value in given.keys.items() if key != "scale"}
        self._spend(record["constraint"])
        limits, remarks = limits_of(record, kind, given)
        question |= limits
        for remark in remarks:
            self._lose(record, remark)
        if self._is_required(record):
            question["required"] = True
        if shown_if is not None:
            question["show-if"] = shown_if
        if kind.or_other:
            self._lose(record, "`or_other` is not carried over: no field for another answer is offered")
        question["id"] = self._name(record, known_of(question, given.answers))
        return question

    def _given(self, record: Record, kind: Type) -> Given:
        if kind.kind == "one":
            return self.choices.one(kind.choices, likert=record["appearance"].lower() == "likert")
        if kind.kind == "multiple":
            return self.choices.several(kind.choices)
        return Given(_NAMED[kind.kind], {}, {})

    def _text(self, record: Record) -> Text:
        text = self.texts.text(record, "label")
        if not text:
            text = named(record["name"].replace("_", " "))
            if not text:
                raise LeftOut("it has neither a name nor a label")
            self._lose(record, f"it has no label; its name {shown(record['name'])} stands for it")
        return text

    def _name(self, record: Record, known: Known) -> str:
        """Give the question's id, and remember it by the name by which later rows refer to it."""
        name = record["name"]
        found = self.ids.give(name or _first(self._text(record)), "question")
        if not name:
            self._lose(record, f"it has no name; its id is made of its label: {shown(found)}")
        elif name in self._names:
            self._lose(record, f"the name {shown(name)} is used a second time; the id is {shown(found)} here")
            self._known.pop(name, None)  # no condition can say which of the two it means
        else:
            self._known[name] = replace(known, id=found)
        self._names.add(name)
        return found

    def _condition(self, record: Record) -> ShowIf | None:
        expression = record["relevant"]
        if not expression or expression.lower() in {"true", "true()"}:
            return None
        self._spend(expression)
        try:
            return show_if(condition(expression, self._known), self._known)
        except NotCarried as reason:
            raise LeftOut(f"its condition {quoted(expression)} is not carried over, since {reason}") from reason

    def _spend(self, expression: str) -> None:
        """Count an expression that is read; raises `LeftOut` where those up to here are too long together."""
        self._expressions_left -= len(expression)
        if self._expressions_left < 0:
            raise LeftOut(f"the conditions and constraints up to here have over {MOST_OF_EXPRESSIONS:,} characters")

    def _is_required(self, record: Record) -> bool:
        words = record["required"].lower().replace(" ", "")
        if words not in _TRUE | _FALSE:
            self._lose(record, f"the condition {quoted(words)} of `required` is not carried over; it is not required")
        return words in _TRUE

    def _tell_rest(self, record: Record, carried: set[str]) -> None:
        """Say which columns of a row are not carried over."""
        rest = {name: words for name, words in record.names().items() if name not in carried}
        if rest:
            listed = ", ".join(f"`{name}` ({shown(words)})" for name, words in rest.items())
            self._lose(record, f"not carried over: {listed}")

    def _lose(self, record: Record, sentence: str) -> None:
        self.losses.append(Loss(record.place, sentence))


def _first(text: Text) -> str:
    return text if isinstance(text, str) else next(iter(text.values()))
