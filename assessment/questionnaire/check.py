"""Bytes become a questionnaire, or every reason why not."""

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
    return [
        Finding(document.place(remark.path), severity, remark.sentence, name_of(rule))
        for rule, severity in RULES.items()
        for remark in rule(questionnaire)
        if severity == "error" or (name_of(rule), remark.about) not in silenced
    ] + _unknown_rules(questionnaire, document)


def _unknown_rules(questionnaire: Questionnaire, document: Document) -> list[Finding]:
    names = {name_of(rule) for rule, severity in RULES.items() if severity == "warning"}
    return [
        Finding(
            document.place(("silenced", index, "rule")),
            "error",
            f"there is no warning {shown(entry.rule)} to silence",
            "unknown-rule",
        )
        for index, entry in enumerate(questionnaire.silenced)
        if entry.rule not in names
    ]


def _in_order(findings: list[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: (finding.position, finding.rule, finding.sentence))
