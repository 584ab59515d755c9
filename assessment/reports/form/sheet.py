"""What stands on the blank form, in one language."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from assessment import wording
from assessment.questionnaire.model import (
    AnyQuestion,
    Choice,
    Dimension,
    FreeText,
    Multiple,
    NumberQuestion,
    Questionnaire,
    Rating,
    Text,
    YesNo,
)
from assessment.reports.form.conditions import as_list, in_words
from assessment.reports.form.layout import LONGEST_LABEL, abreast
from assessment.reports.form.roles import is_usual, role_name
from assessment.reports.prose import as_html, direction
from assessment.wording import figure, ngettext
from assessment.wording import gettext as _

LONGEST_IN_HALF = 48
FEWEST_IN_HALVES = 8
MOST_LINKS = 5


@dataclass(frozen=True, slots=True)
class Box:
    """One thing to tick: its label, and what one would see there; `own` says that the label is the application's."""

    label: str
    anchor: str = ""
    own: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """Room to write: what for, and how many lines."""

    label: str
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Guide:
    """Whether a question is for somebody: a sentence, or the beginning of one that a list of lines goes on with."""

    words: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionSheet:
    """One question; `layout` says how its boxes stand: in `columns`, in `rows`, in `halves` of rows, or in a `line`.

    `guides` say who is asked and under which condition, `remarks` how to answer. `starred` marks it as one that needs
    an answer; `several` boxes may be ticked; a `numeric` answer is written before its `unit`.
    """

    number: int
    id: str
    text: str
    help: str
    guides: tuple[Guide, ...]
    remarks: tuple[str, ...]
    starred: bool
    layout: str
    boxes: tuple[Box, ...]
    ways_out: tuple[str, ...]
    lines: tuple[Line, ...]
    several: bool
    numeric: bool
    unit: str


@dataclass(frozen=True, slots=True)
class GroupSheet:
    """The questions of one dimension; `title` is empty where it is the part's own."""

    title: str
    helps: tuple[str, ...]
    questions: tuple[QuestionSheet, ...]


@dataclass(frozen=True, slots=True)
class PartSheet:
    """A dimension at the top with all below it."""

    number: int
    title: str
    help: str
    groups: tuple[GroupSheet, ...]


@dataclass(frozen=True, slots=True)
class FormSheet:
    """A blank form: a questionnaire's words in one language, and the application's beside them.

    `words_language` is that of the application's words, empty where it is the questionnaire's. `lines` are filled in
    at the head and `ending` at the foot; `roles` are to tick where they decide which questions are for somebody.
    """

    title: str
    language: str
    direction: str
    words_language: str
    words_direction: str
    edition: str
    introduction: Markup
    advice: tuple[str, ...]
    lines: tuple[Line, ...]
    roles: tuple[Box, ...]
    parts: tuple[PartSheet, ...]
    ending: tuple[Line, ...]


def form_sheet(questionnaire: Questionnaire, language: str) -> FormSheet:
    """Give the blank form in a language; the application's words are in that one too, where it speaks it."""
    with wording.speaking(language):
        return _Sheet(questionnaire, language).whole()


class _Sheet:
    """Builds the form; numbers run through it, so that conditions can name a question by its number."""

    def __init__(self, questionnaire: Questionnaire, language: str) -> None:
        self._questionnaire = questionnaire
        self._language = language
        self._numbers = {question.id: number for number, question in enumerate(questionnaire.questions, 1)}
        self._needed = {question.id for question in questionnaire.questions if question.required}
        self._all_needed = len(self._needed) == len(self._numbers)

    def whole(self) -> FormSheet:
        questionnaire = self._questionnaire
        spoken = wording.spoken()
        foreign = spoken != _base(self._language)
        return FormSheet(
            title=self._says(questionnaire.title),
            language=self._language,
            direction=direction(self._language),
            words_language=spoken if foreign else "",
            words_direction=direction(spoken),
            edition=_("%(id)s, version %(version)s", id=questionnaire.id, version=questionnaire.version),
            introduction=as_html(self._says(questionnaire.introduction)) if questionnaire.introduction else Markup(""),
            advice=tuple(self._advice()),
            lines=tuple(self._head_lines()),
            roles=tuple(self._roles()) if questionnaire.asks_for_role else (),
            parts=tuple(self._part(number, node) for number, node in enumerate(questionnaire.dimensions, 1)),
            ending=(Line(_("Give this sheet to")), Line(_("by"))),
        )

    def _says(self, text: Text) -> str:
        return self._questionnaire.says(text, self._language)

    def _advice(self) -> Iterator[str]:
        questions = self._questionnaire.questions
        yield ngettext("%(num)s question.", "%(num)s questions.", len(questions))
        yield _("Tick one box a question, unless it says otherwise.")
        if self._all_needed:
            yield _("Please answer every question.")
        elif self._needed:
            yield _("Questions marked with a star * need an answer.")
        else:
            yield _("What you cannot answer may stay blank.")
        if any(question.required and question.not_applicable and question.dont_know for question in questions):
            yield _("“Does not apply” and “Don’t know” are answers too.")
        if any(_is_written(question) for question in questions):
            yield _("Please name nobody where you write: others may read it.")

    def _head_lines(self) -> Iterator[Line]:
        kinds = {
            "team": _("Team"),
            "art": _("Agile Release Train"),
            "value-stream": _("Value stream"),
            "portfolio": _("Portfolio"),
            "community": _("Community"),
            "lace": _("LACE"),
        }
        yield Line(kinds[self._questionnaire.audience])
        yield Line(_("Round"))

    def _roles(self) -> Iterator[Box]:
        for role in self._questionnaire.roles:
            name = role_name(role.id, self._questionnaire, self._language)
            yield Box(name, own=is_usual(role.id, self._questionnaire))
        yield Box(_("None of these"), own=True)

    def _part(self, number: int, top: Dimension) -> PartSheet:
        groups = tuple(self._groups(top, ()))
        return PartSheet(number, self._says(top.title), self._says(top.help) if top.help else "", groups)

    def _groups(self, node: Dimension, above: tuple[str, ...], helps: tuple[str, ...] = ()) -> Iterator[GroupSheet]:
        """Give the groups below a node: titles run from under the part's, help stands above what comes first."""
        if above and node.help:
            helps = (*helps, self._says(node.help))
        if node.questions:
            questions = tuple(self._question(question) for question in node.questions)
            yield GroupSheet(" · ".join(above), helps, questions)
        for place, below in enumerate(node.dimensions):
            yield from self._groups(below, (*above, self._says(below.title)), () if place else helps)

    def _question(self, question: AnyQuestion) -> QuestionSheet:
        boxes = tuple(self._boxes(question))
        return QuestionSheet(
            number=self._numbers[question.id],
            id=question.id,
            text=self._says(question.text),
            help=self._says(question.help) if question.help else "",
            guides=tuple(self._guides(question)),
            remarks=tuple(_remarks(question)),
            starred=question.required and not self._all_needed,
            layout=_layout(boxes),
            boxes=boxes,
            ways_out=tuple(_ways_out(question)),
            lines=tuple(_lines(question)),
            several=isinstance(question, Multiple),
            numeric=isinstance(question, NumberQuestion),
            unit=self._says(question.unit) if isinstance(question, NumberQuestion) and question.unit else "",
        )

    def _boxes(self, question: AnyQuestion) -> Iterator[Box]:
        match question:
            case Rating():
                for level in self._questionnaire.scale_of(question).levels:
                    anchor = question.anchors.get(level.value)
                    yield Box(self._says(level.label), self._says(anchor) if anchor else "")
            case Choice() | Multiple():
                for option in question.options:
                    yield Box(self._says(option.label))
            case YesNo():
                yield Box(_("Yes"), own=True)
                yield Box(_("No"), own=True)

    def _guides(self, question: AnyQuestion) -> Iterator[Guide]:
        if question.roles:
            names = [role_name(role, self._questionnaire, self._language) for role in question.roles]
            yield Guide(_("For: %(roles)s.", roles=", ".join(names)))
        if question.show_if is None:
            return
        about = (question.show_if, self._questionnaire, self._numbers, self._says)
        lines = as_list(*about)
        yield Guide(_("Only if"), lines) if lines else Guide(_("Only if %(condition)s.", condition=in_words(*about)))


def _remarks(question: AnyQuestion) -> Iterator[str]:
    if isinstance(question, Multiple):
        yield _how_many(question)
    if isinstance(question, NumberQuestion):
        yield from _limits(question)


def _layout(boxes: tuple[Box, ...]) -> str:
    """Give how boxes stand: short labels in a line, a few levels with what one would see in columns, else in rows."""
    labels = [box.label for box in boxes]
    if anchors := [box.anchor for box in boxes if box.anchor]:
        return "columns" if abreast(labels, anchors) else "rows"
    longest = max(map(len, labels), default=0)
    if longest <= LONGEST_LABEL:
        return "line"
    return "halves" if len(boxes) >= FEWEST_IN_HALVES and longest <= LONGEST_IN_HALF else "rows"


def _base(language: str) -> str:
    return language.lower().split("-", maxsplit=1)[0]


def _ways_out(question: AnyQuestion) -> Iterator[str]:
    if question.not_applicable:
        yield _("Does not apply")
    if question.dont_know:
        yield _("Don’t know")


def _is_written(question: AnyQuestion) -> bool:
    """Whether somebody may write in words of their own, about whom they please."""
    comment = question.evidence is not None and question.evidence.comment
    return isinstance(question, FreeText) or comment or question.not_applicable.reason != "none"


def _lines(question: AnyQuestion) -> Iterator[Line]:
    if isinstance(question, FreeText):
        yield Line("", 4)
    if question.not_applicable.reason == "required":
        yield Line(_("Why it does not apply (needed)"))
    elif question.not_applicable.reason == "optional":
        yield Line(_("Why it does not apply"))
    if question.evidence and question.evidence.links:
        links = question.evidence.links
        label = ngettext("What shows it (a link)", "What shows it (up to %(num)s links)", links)
        yield Line(label, min(links, MOST_LINKS))
    if question.evidence and question.evidence.comment:
        yield Line(_("Comment"), 2)


def _how_many(question: Multiple) -> str:
    least, most = question.at_least, question.at_most
    if most is not None and least == most:
        return ngettext("Tick %(num)s answer.", "Tick %(num)s answers.", most)
    if most is not None and least:
        return _("Tick %(least)s to %(most)s answers.", least=least, most=most)
    if most is not None:
        return ngettext("Tick %(num)s answer at the most.", "Tick %(num)s answers at the most.", most)
    if least:
        return ngettext("Tick %(num)s answer at least.", "Tick %(num)s answers at least.", least)
    return _("Tick all that apply.")


def _limits(question: NumberQuestion) -> Iterator[str]:
    low = "" if question.minimum is None else figure(question.minimum)
    high = "" if question.maximum is None else figure(question.maximum)
    match question.whole, bool(low), bool(high):
        case True, True, True:
            yield _("A whole number from %(low)s to %(high)s.", low=low, high=high)
        case False, True, True:
            yield _("A number from %(low)s to %(high)s.", low=low, high=high)
        case True, True, False:
            yield _("A whole number, %(low)s or more.", low=low)
        case False, True, False:
            yield _("A number, %(low)s or more.", low=low)
        case True, False, True:
            yield _("A whole number, %(high)s or less.", high=high)
        case False, False, True:
            yield _("A number, %(high)s or less.", high=high)
        case True, False, False:
            yield _("A whole number.")
