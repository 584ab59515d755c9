"""Hashes: of all that a questionnaire says, and of what it measures."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from assessment.questionnaire.model import (
    AllOf,
    AnyOf,
    AnyQuestion,
    Choice,
    Comparison,
    Dimension,
    Multiple,
    NumberQuestion,
    Questionnaire,
    Rating,
    Text,
    YesNo,
)


def content_hash(content: bytes) -> str:
    """Give the SHA-256 of a file's bytes, in hexadecimal: equal only when nothing at all differs."""
    return hashlib.sha256(content).hexdigest()


def scoring_hash(questionnaire: Questionnaire) -> str:
    """Give the hash over what is measured: ids, the words in the source language, values, weights, conditions, rules.

    Titles, help, notes, introductions, translations, evidence and questions that neither are scored nor decide whether
    a scored one is asked are not in it, nor is the order of dimensions and questions, on which no score depends: they
    may change without breaking a trend.
    """
    hashes = question_hashes(questionnaire)
    return _digest(
        {
            "audience": questionnaire.audience,
            "scoring": _rules(questionnaire),
            "dimensions": _nodes(questionnaire.dimensions, hashes),
            "of-roles": {question.id: hashes[question.id] for question in questionnaire.of_roles},
        }
    )


def question_hashes(
    questionnaire: Questionnaire,
    names: Mapping[str, str] | None = None,
    *,
    with_words: bool = True,
    known: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Give the hash over what each question asks, by its id; the id itself and the weight are not in it.

    `names` maps ids to those by which conditions are to call them: two versions are compared by the names of one.
    Without words it is over all that a rewording leaves alone: the type, what answers count, roles, conditions, ways
    out. `known` has the hashes of questions that are taken to ask what another version's ask.
    """
    found: dict[str, str] = {}
    for question in questionnaire.questions:  # a condition rests on earlier questions only
        asked = _asked(question, questionnaire, found, names or {})
        digest = _digest(asked if with_words else _without_words(asked))
        found[question.id] = (known or {}).get(question.id, digest)
    return found


def rules_hash(questionnaire: Questionnaire) -> str:
    """Give the hash over how answers become scores, whatever is asked: the rules, without the tree and its weights."""
    return _digest(_rules(questionnaire))


def _rules(questionnaire: Questionnaire) -> dict[str, Any]:
    """Give the rules of scoring; what bands and stages are called is not in them."""
    scoring = questionnaire.scoring
    return {
        "rule": scoring.rule,
        "minimum-answered": scoring.minimum_answered,
        "unit-weighting": scoring.unit_weighting,
        "smallest-change": scoring.smallest_change,
        "bands": [[band.start, band.to] for band in scoring.bands],
        "stages": [
            [stage.id, stage.require.model_dump(mode="json") if stage.require else None]
            for stage in questionnaire.stages
        ],
    }


def _nodes(nodes: Sequence[Dimension], hashes: Mapping[str, str]) -> dict[str, Any]:
    return {
        node.id: {
            "weight": node.weight,
            "dimensions": _nodes(node.dimensions, hashes),
            "questions": {question.id: [question.weight, hashes[question.id]] for question in node.scored()},
        }
        for node in nodes
    }


def _asked(
    question: AnyQuestion, questionnaire: Questionnaire, earlier: Mapping[str, str], names: Mapping[str, str]
) -> dict[str, Any]:
    return {
        "type": question.type,
        "text": _words(question.text, questionnaire),
        "not-applicable": bool(question.not_applicable),
        "dont-know": question.dont_know,
        "roles": sorted(question.roles),
        "show-if": _condition(question.show_if, earlier, names),
        **_choices(question, questionnaire),
    }


def _without_words(asked: dict[str, Any]) -> dict[str, Any]:
    """Give what is asked without its statement, anchors, labels and unit."""
    kept = {key: value for key, value in asked.items() if key not in {"text", "anchors", "unit"}}
    for choices in {"levels", "options"} & kept.keys():
        kept[choices] = [[value, score] for value, _, score in kept[choices]]
    return kept


def _choices(question: AnyQuestion, questionnaire: Questionnaire) -> dict[str, Any]:
    match question:
        case Rating():
            return {
                "anchors": [[value, _words(text, questionnaire)] for value, text in sorted(question.anchors.items())],
                "levels": _levels(question, questionnaire),
            }
        case Choice() | Multiple():
            return {
                "options": [
                    [option.id, _words(option.label, questionnaire), getattr(option, "score", None)]
                    for option in question.options
                ]
            }
        case YesNo():
            return {"scores": [question.scores.yes, question.scores.no] if question.scores else None}
        case NumberQuestion():
            return {"unit": _words(question.unit, questionnaire) if question.unit else None}
    return {}


def _levels(question: Rating, questionnaire: Questionnaire) -> list[list[float | str]]:
    scores = {level.answers[0]: level.score for level in questionnaire.levels_of(question)}
    return [
        [level.value, _words(level.label, questionnaire), scores[level.value]]
        for level in questionnaire.scale_of(question).levels
    ]


def _condition(
    condition: Comparison | AllOf | AnyOf | None, earlier: Mapping[str, str], names: Mapping[str, str]
) -> Any:  # noqa: ANN401 - JSON
    """Give a condition with what the questions ask that it rests on: others are asked when these ask something else."""
    match condition:
        case Comparison():
            name = names.get(condition.question, condition.question)
            return [name, earlier.get(condition.question), condition.op, _plain(condition.value)]
        case AllOf():
            return {"all": [_condition(part, earlier, names) for part in condition.all]}
        case AnyOf():
            return {"any": [_condition(part, earlier, names) for part in condition.any]}
    return None


def _plain(value: str | float | bool) -> str | float | bool:  # noqa: FBT001 - what a file compares with
    """Give a compared value so that `2`, `2.0` and `2e0` are the same."""
    return value if isinstance(value, str | bool) else float(value)


def _words(text: Text, questionnaire: Questionnaire) -> str:
    """Give a text in the source language without its line breaks: where a line ends in the file asks nothing else."""
    return " ".join(questionnaire.says(text).split())


def _digest(what: dict[str, Any]) -> str:
    canonical = json.dumps(what, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()
