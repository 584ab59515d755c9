"""Hashes: of all that a questionnaire says, and of what it measures."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from assessment.questionnaire.model import Dimension, FreeText, Questionnaire, Rating, Scale, Text


def content_hash(content: bytes) -> str:
    """Give the SHA-256 of a file's bytes, in hexadecimal: equal only when nothing at all differs."""
    return hashlib.sha256(content).hexdigest()


def scoring_hash(questionnaire: Questionnaire) -> str:
    """Give the hash over what is measured: ids, what is asked in the source language, values, weights, rules.

    Titles, help, introductions, translations and questions that are not scored are not in it, nor is the order of
    dimensions and questions, on which no score depends: they may change without breaking a trend.
    """
    return _digest(
        {
            "audience": questionnaire.audience,
            "scoring": questionnaire.scoring.model_dump(mode="json"),
            "dimensions": _nodes(questionnaire.dimensions, questionnaire),
        }
    )


def question_hash(question: Rating | FreeText, questionnaire: Questionnaire) -> str:
    """Give the hash over what one question asks; its id and weight are not in it."""
    return _digest(_asked(question, questionnaire))


def _nodes(nodes: Sequence[Dimension], questionnaire: Questionnaire) -> dict[str, Any]:
    return {
        node.id: {
            "weight": node.weight,
            "dimensions": _nodes(node.dimensions, questionnaire),
            "questions": {
                question.id: {"weight": question.weight, "asked": _asked(question, questionnaire)}
                for question in node.ratings()
            },
        }
        for node in nodes
    }


def _asked(question: Rating | FreeText, questionnaire: Questionnaire) -> dict[str, Any]:
    asked = {"type": question.type, "text": _words(question.text, questionnaire)}
    if isinstance(question, FreeText):
        return asked
    anchors = sorted(question.anchors.items())
    return asked | {
        "anchors": [[value, _words(text, questionnaire)] for value, text in anchors],
        "levels": _levels(questionnaire.scale_of(question), questionnaire),
        "not-applicable": question.not_applicable,
        "dont-know": question.dont_know,
    }


def _levels(scale: Scale, questionnaire: Questionnaire) -> list[list[float | str]]:
    return [[level.value, _words(level.label, questionnaire)] for level in scale.levels]


def _words(text: Text, questionnaire: Questionnaire) -> str:
    """Give a text in the source language without its line breaks: where a line ends in the file asks nothing else."""
    return " ".join(questionnaire.says(text).split())


def _digest(what: dict[str, Any]) -> str:
    canonical = json.dumps(what, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()
