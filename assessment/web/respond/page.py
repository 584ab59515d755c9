"""One page of the form as one person sees it: what was saved or typed, and what could not be taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import get_template_attribute
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape

from assessment.questionnaire.answers import Problem, word_of
from assessment.questionnaire.model import FreeText
from assessment.services.answering import Form
from assessment.web.respond.parts import first_control
from assessment.web.respond.skeleton import Filling, joined, key, page_of
from assessment.web.respond.wording import language_for


@dataclass(frozen=True, slots=True)
class State:
    """What a page shows beside the questions: the words in them, what was wrong, what just happened.

    `refusal` says why the page as a whole was not taken.
    """

    words: Mapping[str, str]
    problems: Sequence[Problem] = ()
    refusal: str = ""
    status: str = ""


def saved_words(form: Form) -> dict[str, str]:
    """Give what was saved, as the words that a form has for it."""
    return {question: word_of(answer) for question, answer in form.answers.items()}


def shown(form: Form, number: int, state: State) -> str:
    """Give a page of the form."""
    return joined(page_of(form.questionnaire, language_for(form.questionnaire), number), filling(form, number, state))


def filling(form: Form, number: int, state: State) -> Filling:
    """Give what stands in the slots of a page."""
    filled = {
        "csrf": str(escape(generate_csrf())),
        "context": str(escape(f"{form.entry.name} · {form.round.title}")),
        "status": str(escape(state.status)),
    }
    answered = 0
    for question in form.questions_on(number):
        word = state.words.get(question.id, "")
        answered += bool(word.strip())
        if isinstance(question, FreeText):
            filled[key("text", question.id)] = str(escape(word))
        elif word:
            filled[key("checked", question.id, word)] = " checked"
    filled["answered"] = str(answered)
    if state.problems or state.refusal:
        filled |= _faults(form, number, state)
    return filled


def _faults(form: Form, number: int, state: State) -> dict[str, str]:
    """Give what the slots hold where something could not be taken: the same words on top and beside the question."""
    summary = get_template_attribute("macros/page.html", "error_summary")
    beside = get_template_attribute("macros/questions.html", "problem")
    sentences = {problem.question: problem.sentence for problem in state.problems}
    links: list[tuple[str | None, str]] = [(None, state.refusal)] if state.refusal else []
    filled = {"title": "Error: "}
    for place, question in enumerate(form.questions_on(number), 1):
        if question.id not in sentences:
            continue
        sentence = sentences[question.id]
        links.append((f"#{first_control(question, form.questionnaire)}", f"Question {place}: {sentence}"))
        filled[key("faulty", question.id)] = " question-faulty"
        filled[key("problem", question.id)] = beside(question.id, sentence)
        filled[key("described", question.id)] = Markup(' aria-describedby="e-{}"').format(question.id)
        filled[key("described-too", question.id)] = f" e-{question.id}"
    return filled | {"summary": summary(links)}
