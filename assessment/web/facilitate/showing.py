"""One question by itself: with what can be answered, or with how the room voted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import get_template_attribute
from markupsafe import Markup, escape

from assessment.questionnaire.answers import DONT_KNOW, NOT_APPLICABLE, Problem, beside, fields_beside
from assessment.questionnaire.model import AnyQuestion, Multiple, Questionnaire, Text
from assessment.services.votes import Distribution
from assessment.web.respond import parts
from assessment.web.respond.fields import WAY
from assessment.web.respond.language import language_for
from assessment.web.respond.skeleton import key
from assessment.web.respond.wording import Wording

BAR = 100  # a bar's length where all voted alike


@dataclass(frozen=True, slots=True)
class Share:
    """One row of a distribution; a label of the questionnaire, or a `word` of the pages: yes, no, na, dk."""

    word: str
    label: Text | None
    anchor: Text | None
    votes: int
    length: int


def shown(questionnaire: Questionnaire, question: AnyQuestion) -> dict[str, Any]:
    """Give what a template needs to show a question: itself as the form has it, the part it is in, its words."""
    language = language_for(questionnaire)
    wording = Wording(questionnaire, language)
    part = parts.part(questionnaire, parts.part_of(questionnaire, question.id), language)
    asked = next(one for group in part.groups for one in group.asked if one.question.id == question.id)
    return {
        "asked": replace(asked, question=question, show_if=""),
        "part": part,
        "says": wording.says,
        "tongue": wording.tongue,
    }


def slots(question: AnyQuestion, words: Mapping[str, str], problems: Sequence[Problem]) -> dict[str, Any]:
    """Give what fills the slots of the form's macros for a question: what was chosen and typed, what was wrong."""
    filled = _filled(question, words) | _faults(problems)
    return {"slot": lambda *names: Markup(filled.get(key(*names), ""))}  # noqa: S704 - escaped where it was filled


def shares(questionnaire: Questionnaire, found: Distribution) -> list[Share]:
    """Give a distribution's rows: every level that can be chosen, and the ways out that somebody took."""
    asked = shown(questionnaire, found.question)["asked"]
    offered = [(one.word, one.label, one.anchor) for one in asked.offered]
    ways = [(word, None, None) for word in (NOT_APPLICABLE, DONT_KNOW) if found.counts.get(word)]
    return [
        Share(word, label, anchor, votes, round(BAR * votes / found.voters))
        for word, label, anchor in (*offered, *ways)
        for votes in (found.counts.get(word, 0),)
    ]


def first_control(question: AnyQuestion, questionnaire: Questionnaire, name: str = "") -> str:
    """Give the link to the first control of a question, or of a field beside its answer."""
    return f"#{parts.first_control(question, questionnaire, name)}"


def _filled(question: AnyQuestion, words: Mapping[str, str]) -> dict[str, str]:
    word = words.get(question.id, "")
    chosen = word.split() if isinstance(question, Multiple) else [word]
    filled = {
        key("checked", question.id, one): " checked"
        for one in (*chosen, *words.get(beside(question.id, WAY), "").split())
    }
    for name in fields_beside(question):
        if typed := words.get(beside(question.id, name), ""):
            filled[key("text", question.id, name)] = str(escape(typed))
            filled[key("open", question.id)] = " open"
    return filled


def _faults(problems: Sequence[Problem]) -> dict[str, str]:
    filled: dict[str, str] = {}
    problem = get_template_attribute("macros/questions.html", "problem")
    for one in problems:
        names = (one.question, one.beside) if one.beside else (one.question,)
        described = Markup(' aria-describedby="e-{}"').format(one.key)
        filled |= {
            key("faulty", one.question): " question-faulty",
            key("problem", *names): problem(one.key, one.sentence),
            key("described", *names): described,
            key("described-too", one.question): f" e-{one.key}",
            key("open", one.question): " open",
        }
    return filled
