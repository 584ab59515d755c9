"""Bytes become a questionnaire, or every reason why not."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from pydantic import ValidationError

from assessment.questionnaire import sentences
from assessment.questionnaire.finding import Finding, Unreadable, shown
from assessment.questionnaire.model import Questionnaire
from assessment.questionnaire.reader import Document, read
from assessment.questionnaire.rules import RULES, name_of


def load(content: bytes) -> Questionnaire:
    """Give the questionnaire in a file's bytes; raises `Unreadable` with every error. Warnings are passed over."""
    questionnaire, found = examine(content)
    if questionnaire is None:
        raise Unreadable(tuple(found))
    return questionnaire


def examine(content: bytes) -> tuple[Questionnaire | None, list[Finding]]:
    """Give the questionnaire (None where the file has an error) and all findings in the order of the file."""
    try:
        document = read(content)
    except Unreadable as error:
        return None, _in_order(list(error.findings))
    if not isinstance(document.data, dict):
        kind = {list: "a list", type(None): "empty"}.get(type(document.data), "a single value")
        sentence = f"a questionnaire is a map of keys to values, this is {kind}"
        return None, [Finding(document.place(()), "error", sentence, "wrong-value")]
    try:
        questionnaire = Questionnaire.model_validate(document.data)
    except ValidationError as error:
        return None, _in_order(sentences.findings(error, document))
    found = _in_order(_linted(questionnaire, document))
    failed = any(finding.severity == "error" for finding in found)
    return None if failed else questionnaire, found


def _linted(questionnaire: Questionnaire, document: Document) -> list[Finding]:
    silenced = {(entry.rule, entry.at) for entry in questionnaire.silenced}
    used: set[tuple[str, str]] = set()
    found: list[Finding] = []
    for rule, severity in RULES.items():
        name = name_of(rule)
        for remark in rule(questionnaire):
            if severity == "warning" and (name, remark.about) in silenced:
                used.add((name, remark.about))
                continue
            place = document.place(remark.path, of_key=remark.of_key)
            found.append(Finding(place, severity, remark.sentence, name))
    return found + list(_about_silencing(questionnaire, document, used))


def _about_silencing(
    questionnaire: Questionnaire, document: Document, used: AbstractSet[tuple[str, str]]
) -> Iterator[Finding]:
    """Give what is wrong with `silenced` itself: which of it silenced something is known only in the end."""
    names = {name_of(rule) for rule, severity in RULES.items() if severity == "warning"}
    seen: set[tuple[str, str]] = set()
    for index, entry in enumerate(questionnaire.silenced):
        place = document.place(("silenced", index, "rule"))
        if entry.rule not in names:
            yield Finding(place, "error", f"there is no warning {shown(entry.rule)} to silence", "unknown-rule")
        elif (entry.rule, entry.at) in seen or (entry.rule, entry.at) not in used:
            sentence = f"there is nothing that `{entry.rule}` says of `{entry.at}`"
            yield Finding(place, "warning", sentence, "useless-silence")
        seen.add((entry.rule, entry.at))


def _in_order(findings: list[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: (finding.position, finding.rule, finding.sentence))
