"""The linter's rules: what a careful colleague would say of a questionnaire that can be read.

Each rule is a function from a questionnaire to `Remark`s; its name, with dashes, is the rule's name. A remark names
its place by path, so that a rule needs to know nothing of files.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from assessment.questionnaire.finding import Severity, shown
from assessment.questionnaire.model import SOURCE, Dimension, Questionnaire, Rating, Text
from assessment.questionnaire.reader import Path

DEEPEST_DIMENSION = 3
RESERVED = "team"  # the column of a file of answers that names who answered
_MOST_LISTED = 8


@dataclass(frozen=True, slots=True)
class Remark:
    """A rule's sentence about one place; `about` is the id it can be silenced by."""

    path: Path
    sentence: str
    about: str = ""


Rule = Callable[[Questionnaire], Iterator[Remark]]


def duplicate_id(questionnaire: Questionnaire) -> Iterator[Remark]:
    """Ids are what answers and scores hang on: each stands for one thing."""
    seen: set[str] = set()
    for path, identifier in _ids(questionnaire):
        if identifier in seen:
            yield Remark((*path, "id"), f"the id `{identifier}` is used a second time", identifier)
        seen.add(identifier)


def reserved_id(questionnaire: Questionnaire) -> Iterator[Remark]:
    """A question's id is a column in files of answers, beside that of the team."""
    for path, identifier in _ids(questionnaire):
        if identifier == RESERVED and path[-2] == "questions":
            sentence = f"the id `{RESERVED}` is taken: files of answers have a column of that name for the team"
            yield Remark((*path, "id"), sentence, identifier)


def dimension_depth(questionnaire: Questionnaire) -> Iterator[Remark]:
    """A deeper tree has no place on a page or in a report."""
    for path, node in dimensions(questionnaire):
        if path.count("dimensions") == DEEPEST_DIMENSION + 1:
            yield Remark(path, f"`{node.id}` is nested {DEEPEST_DIMENSION + 1} deep; at most 3 are allowed", node.id)


def unknown_scale(questionnaire: Questionnaire) -> Iterator[Remark]:
    """A rating needs a scale that the file has."""
    for path, question in ratings(questionnaire):
        if question.scale not in questionnaire.scales:
            sentence = f"there is no scale `{question.scale}`; there is {_listed(questionnaire.scales)}"
            yield Remark((*path, "scale"), sentence, question.id)


def unknown_level(questionnaire: Questionnaire) -> Iterator[Remark]:
    """An anchor describes a level of the question's scale."""
    for path, question in ratings(questionnaire):
        scale = questionnaire.scales.get(question.scale)
        for value in question.anchors if scale else ():
            if scale and value not in scale.values:
                sentence = f"the scale `{question.scale}` has no level {value:g}"
                yield Remark((*path, "anchors", value), sentence, question.id)


def level_order(questionnaire: Questionnaire) -> Iterator[Remark]:
    """Levels stand in the order of their values, and no two have the same."""
    for name, scale in questionnaire.scales.items():
        pairs = zip(scale.levels, scale.levels[1:], strict=False)
        for index, (lower, upper) in enumerate(pairs, start=1):
            path: Path = ("scales", name, "levels", index, "value")
            if upper.value == lower.value:
                yield Remark(path, f"two levels have the value {upper.value:g}", name)
            elif upper.value < lower.value:
                yield Remark(path, f"the value {upper.value:g} comes after {lower.value:g}", name)


def unknown_language(questionnaire: Questionnaire) -> Iterator[Remark]:
    """A text's languages are among those the file names, and the first of these is there."""
    for path, text, about in texts(questionnaire):
        for language in text.root:
            if language and language not in questionnaire.languages:
                known = _listed(questionnaire.languages)
                yield Remark((*path, language), f"{shown(language)} is not among the languages ({known})", about)
        if not {SOURCE, questionnaire.source_language} & text.root.keys():
            sentence = f"the text is missing in `{questionnaire.source_language}`, the first language"
            yield Remark(path, sentence, about)


def missing_translation(questionnaire: Questionnaire) -> Iterator[Remark]:
    """Whoever chose a language should not meet another one half-way."""
    for path, text, about in texts(questionnaire):
        missing = [code for code in questionnaire.languages[1:] if code not in text.root]
        if missing:
            yield Remark(path, f"the text is missing in {_listed(missing)}", about)


def missing_anchor(questionnaire: Questionnaire) -> Iterator[Remark]:
    """Two people mean the same by a level when it says what one would see; its ends at least."""
    for path, question in ratings(questionnaire):
        scale = questionnaire.scales.get(question.scale)
        if scale is None:
            continue
        missing = [end for end in (scale.low, scale.high) if end not in question.anchors]
        if missing:
            levels = "levels " if len(missing) > 1 else "level "
            levels += " and ".join(f"{end:g}" for end in missing)
            yield Remark(path, f"`{question.id}` has no anchor for {levels}", question.id)


def single_question(questionnaire: Questionnaire) -> Iterator[Remark]:
    """One question is a thin ground for a dimension's score."""
    for path, node in dimensions(questionnaire):
        if node.questions and len(node.ratings()) == 1:
            yield Remark(path, f"`{node.id}` is scored from a single question", node.id)


def unscored_dimension(questionnaire: Questionnaire) -> Iterator[Remark]:
    """A dimension without a rated question never gets a score."""
    for path, node in dimensions(questionnaire):
        if node.questions and not node.ratings():
            yield Remark(path, f"`{node.id}` has no rated question, so it gets no score", node.id)


def no_way_out(questionnaire: Questionnaire) -> Iterator[Remark]:
    """Who must choose a level without knowing invents one."""
    for path, question in ratings(questionnaire):
        if not question.dont_know and not question.not_applicable:
            yield Remark(path, f"`{question.id}` offers neither not-applicable nor dont-know", question.id)


RULES: dict[Rule, Severity] = {
    duplicate_id: "error",
    reserved_id: "error",
    dimension_depth: "error",
    unknown_scale: "error",
    unknown_level: "error",
    level_order: "error",
    unknown_language: "error",
    missing_translation: "warning",
    missing_anchor: "warning",
    single_question: "warning",
    unscored_dimension: "warning",
    no_way_out: "warning",
}


def name_of(rule: Rule) -> str:
    """Give a rule's name as files and the documentation spell it."""
    return getattr(rule, "__name__", "").replace("_", "-")


def dimensions(questionnaire: Questionnaire) -> Iterator[tuple[Path, Dimension]]:
    """Give every dimension with its path, parents first."""
    for index, node in enumerate(questionnaire.dimensions):
        yield from _below(("dimensions", index), node)


def ratings(questionnaire: Questionnaire) -> Iterator[tuple[Path, Rating]]:
    """Give every rated question with its path."""
    for path, node in dimensions(questionnaire):
        for index, question in enumerate(node.questions):
            if isinstance(question, Rating):
                yield (*path, "questions", index), question


def texts(questionnaire: Questionnaire) -> Iterator[tuple[Path, Text, str]]:
    """Give every text that may be shown, with its path and the id of what it belongs to."""
    yield ("title",), questionnaire.title, questionnaire.id
    if questionnaire.introduction:
        yield ("introduction",), questionnaire.introduction, questionnaire.id
    for name, scale in questionnaire.scales.items():
        for index, level in enumerate(scale.levels):
            yield ("scales", name, "levels", index, "label"), level.label, name
    for path, node in dimensions(questionnaire):
        yield (*path, "title"), node.title, node.id
        if node.help:
            yield (*path, "help"), node.help, node.id
        for index, question in enumerate(node.questions):
            here = (*path, "questions", index)
            yield (*here, "text"), question.text, question.id
            if question.help:
                yield (*here, "help"), question.help, question.id
            for value, anchor in question.anchors.items() if isinstance(question, Rating) else ():
                yield (*here, "anchors", value), anchor, question.id


def _listed(names: Iterable[str]) -> str:
    """Give names in backticks; of very many, the first ones."""
    known = [f"`{name}`" for name in names]
    return ", ".join([*known[:_MOST_LISTED], "…"] if len(known) > _MOST_LISTED else known)


def _below(path: Path, node: Dimension) -> Iterator[tuple[Path, Dimension]]:
    yield path, node
    for index, below in enumerate(node.dimensions):
        yield from _below((*path, "dimensions", index), below)


def _ids(questionnaire: Questionnaire) -> Iterator[tuple[Path, str]]:
    for path, node in dimensions(questionnaire):
        yield path, node.id
        for index, question in enumerate(node.questions):
            yield (*path, "questions", index), question.id
