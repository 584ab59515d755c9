"""Rules about names: each stands for one thing, and leads to something that is there."""

from collections import Counter
from collections.abc import Iterable, Iterator

from assessment.questionnaire.asking import WAYS_OUT
from assessment.questionnaire.finding import shown
from assessment.questionnaire.model import Choice, Multiple, Questionnaire
from assessment.questionnaire.reader import Path
from assessment.questionnaire.rules.places import (
    Remark,
    conditions,
    dimensions,
    figure,
    questions,
    ratings,
    scale_if_known,
    there_is,
)

TEAM = "team"  # the column of a file of answers that names who answered


def duplicate_id(questionnaire: Questionnaire) -> Iterator[Remark]:
    """Ids are what answers and scores hang on: each stands for one thing."""
    stages = [(("stages", index), stage.id) for index, stage in enumerate(questionnaire.stages)]
    roles = [(("roles", index), role.id) for index, role in enumerate(questionnaire.roles)]
    for named in (_ids(questionnaire), stages, roles):
        for path, identifier in _repeated(named):
            yield Remark((*path, "id"), f"the id `{identifier}` is used a second time", identifier)


def duplicate_option(questionnaire: Questionnaire) -> Iterator[Remark]:
    """An answer is stored by its option's id: two options of a question have two ids."""
    for path, question in questions(questionnaire):
        if isinstance(question, Choice | Multiple):
            options = [((*path, "options", index), option.id) for index, option in enumerate(question.options)]
            for here, identifier in _repeated(options):
                sentence = f"`{question.id}` has a second option `{identifier}`"
                yield Remark((*here, "id"), sentence, question.id)


def reserved_id(questionnaire: Questionnaire) -> Iterator[Remark]:
    """Files of answers have a column for the team beside those of the questions, and words that are no option's."""
    for path, question in questions(questionnaire):
        if question.id == TEAM:
            sentence = f"the id `{TEAM}` is taken: files of answers have a column of that name for the team"
            yield Remark((*path, "id"), sentence, question.id)
        for index, option in enumerate(question.options if isinstance(question, Choice | Multiple) else ()):
            if option.id in WAYS_OUT:
                words = {"na": "does not apply", "dk": "don't know"}[option.id]
                sentence = f"the id `{option.id}` is taken: as an answer it means *{words}*"
                yield Remark((*path, "options", index, "id"), sentence, question.id)


def unknown_scale(questionnaire: Questionnaire) -> Iterator[Remark]:
    """A rating needs a scale that the file has."""
    for path, question in ratings(questionnaire):
        if isinstance(question.scale, str) and question.scale not in questionnaire.scales:
            sentence = f"there is no scale `{question.scale}`; {there_is(questionnaire.scales)}"
            yield Remark((*path, "scale"), sentence, question.id)


def unknown_level(questionnaire: Questionnaire) -> Iterator[Remark]:
    """An anchor describes a level of the question's scale."""
    for path, question in ratings(questionnaire):
        scale = scale_if_known(question, questionnaire)
        for value in question.anchors if scale else ():
            if scale and value not in scale.values:
                name = f"the scale `{question.scale}`" if isinstance(question.scale, str) else "its scale"
                sentence = f"{name} has no level {figure(value)}"
                yield Remark((*path, "anchors", value), sentence, question.id)


def unknown_role(questionnaire: Questionnaire) -> Iterator[Remark]:
    """A question is asked of roles that the file names, for one of these is what somebody chooses."""
    known = {role.id for role in questionnaire.roles}
    for path, question in questions(questionnaire):
        for index, role in enumerate(question.roles):
            if role not in known:
                sentence = f"there is no role `{role}`; {there_is(one.id for one in questionnaire.roles)}"
                yield Remark((*path, "roles", index), sentence, question.id)


def unknown_question(questionnaire: Questionnaire) -> Iterator[Remark]:
    """A condition rests on a question that the file has."""
    for path, question, comparison in conditions(questionnaire):
        if comparison.question not in questionnaire.by_id:
            yield Remark((*path, "question"), f"there is no question `{comparison.question}`", question.id)


def later_question(questionnaire: Questionnaire) -> Iterator[Remark]:
    """What somebody is asked can rest only on what they were asked before."""
    order: dict[str, int] = {}
    for number, question in enumerate(questionnaire.questions):
        order.setdefault(question.id, number)
    for path, question, comparison in conditions(questionnaire):
        known = order.get(comparison.question)
        if known is not None and known >= order[question.id]:
            word = "itself" if comparison.question == question.id else f"`{comparison.question}`, which comes later"
            yield Remark((*path, "question"), f"`{question.id}` cannot rest on {word}", question.id)


def unknown_dimension(questionnaire: Questionnaire) -> Iterator[Remark]:
    """A stage takes scores of dimensions that the file has."""
    known = {node.id for node in questionnaire.nodes}
    for index, stage in enumerate(questionnaire.stages):
        for name in stage.require.dimensions if stage.require else ():
            if name not in known:
                path: Path = ("stages", index, "require", "dimensions", name)
                yield Remark(path, f"there is no dimension `{name}`", stage.id, of_key=True)


def unknown_place(questionnaire: Questionnaire) -> Iterator[Remark]:
    """A warning is silenced at something that the file has."""
    known = {questionnaire.id, *questionnaire.scales}
    known |= {identifier for _, identifier in _ids(questionnaire)}
    known |= {role.id for role in questionnaire.roles} | {stage.id for stage in questionnaire.stages}
    for index, entry in enumerate(questionnaire.silenced):
        if entry.at not in known:
            yield Remark(("silenced", index, "at"), f"nothing here has the id `{entry.at}`", entry.at)


def unknown_change(questionnaire: Questionnaire) -> Iterator[Remark]:
    """What is declared of the version before leads from questions that are gone to questions that are here."""
    changes = questionnaire.changes
    if changes is None:
        return
    about = questionnaire.id
    if changes.since == questionnaire.version:
        sentence = f"`{changes.since}` is this version; `from` names the one before"
        yield Remark(("changes", "from"), sentence, about)
    here = questionnaire.by_id
    for path, was, now in _led(questionnaire):
        if now not in here:
            yield Remark(path, f"there is no question {shown(now)} that `{was}` could have become", about)
        if was in here and was != now:
            sentence = f"`{was}` is still asked here, so it did not become {shown(now)}"
            yield Remark(path, sentence, about, of_key=True)
    for index, was in enumerate(changes.retired):
        if was in here:
            yield Remark(("changes", "retired", index), f"`{was}` is still asked here, so it is not retired", about)
    for index, now in enumerate(changes.editorial):
        if now not in here:
            yield Remark(("changes", "editorial", index), f"there is no question `{now}`", about)
    yield from _declared_twice(questionnaire)


def _declared_twice(questionnaire: Questionnaire) -> Iterator[Remark]:
    """Give what one question is declared to have become twice, and what two are declared to have become."""
    led = list(_led(questionnaire))
    gone = [(path, was) for path, was, _ in led]
    gone += [(("changes", "retired", index), was) for index, was in enumerate(_retired(questionnaire))]
    for path, was in _repeated(gone):
        yield Remark(path, f"what became of `{was}` is declared a second time", questionnaire.id, of_key=True)
    became = Counter(was for _, was, _ in led)
    for path, now in _repeated((path, now) for path, was, now in led if became[was] == 1):
        yield Remark(path, f"a second question is declared to have become `{now}`", questionnaire.id)


def _retired(questionnaire: Questionnaire) -> list[str]:
    return questionnaire.changes.retired if questionnaire.changes else []


def _led(questionnaire: Questionnaire) -> Iterator[tuple[Path, str, str]]:
    """Give what was renamed or is equivalent: the path, the older id, the newer one."""
    changes = questionnaire.changes
    for name, pairs in (("renamed", changes.renamed), ("equivalent", changes.equivalent)) if changes else ():
        for was, now in pairs.items():
            yield ("changes", name, was), was, now


def _repeated(named: Iterable[tuple[Path, str]]) -> Iterator[tuple[Path, str]]:
    """Give what has a name that stood before."""
    seen: set[str] = set()
    for path, name in named:
        if name in seen:
            yield path, name
        seen.add(name)


def _ids(questionnaire: Questionnaire) -> Iterator[tuple[Path, str]]:
    for path, node in dimensions(questionnaire):
        yield path, node.id
        for index, question in enumerate(node.questions):
            yield (*path, "questions", index), question.id
