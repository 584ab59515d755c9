"""One page of the form as one person sees it: what is asked, what was saved or typed, and what could not be taken."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import get_template_attribute
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape

from assessment.questionnaire.answers import Answer, Problem, beside, by_question, fields_beside
from assessment.questionnaire.model import AnyQuestion, FreeText, Multiple, NumberQuestion
from assessment.services.answering import Form
from assessment.web.respond.fields import WAY, words_of
from assessment.web.respond.language import language_for
from assessment.web.respond.overview import answer_to
from assessment.web.respond.parts import asked_about, first_control, numbers
from assessment.web.respond.skeleton import Filling, joined, key, page_of
from assessment.web.respond.wording import Wording
from assessment.wording import gettext as _

_EVIDENCE = ("links", "comment")


@dataclass(frozen=True, slots=True)
class State:
    """What a page shows beside the questions: the words in its fields, what was wrong, what just happened.

    `refusal` says why the page as a whole was not taken; `look_at` is the question to begin with; `seen` are the
    versions of the answers it was made with before, where nothing was saved since.
    """

    words: Mapping[str, str]
    problems: Sequence[Problem] = ()
    refusal: str = ""
    status: str = ""
    look_at: str = ""
    seen: str | None = None


def saved_words(form: Form, number: int) -> dict[str, str]:
    """Give what was saved of a page, as the words of its fields."""
    return words_of(form.questions_on(number), form.answers)


def shown(form: Form, number: int, state: State) -> str:
    """Give a page of the form."""
    return joined(page_of(form.questionnaire, language_for(form.questionnaire), number), filling(form, number, state))


def filling(form: Form, number: int, state: State) -> Filling:
    """Give what stands in the slots of a page; what is asked follows from the form's answers."""
    questions, asked = form.questions_on(number), form.asked_on(number)
    ids = {question.id for question in asked}
    filled = {
        "csrf": str(escape(generate_csrf())),
        "context": str(escape(f"{form.entry.name} · {form.round.title}")),
        "status": str(escape(state.status)),
        "seen": str(escape(form.versions(number) if state.seen is None else state.seen)),
        "asked": str(len(asked)),
        "answered": str(len(ids & _with_words(state.words))),
        "earlier": str(escape(_earlier(form, number))),
        key("look-at", state.look_at): ' tabindex="-1" autofocus',
    }
    for name in by_question(state.words):
        filled |= _words(form.questionnaire.by_id[name], state.words)
    for question in questions if len(asked) < len(questions) else ():
        if question.id not in ids:
            filled[key("hidden", question.id)] = " hidden" + ("" if _is_of_role(question, form) else " data-never")
    if state.problems or state.refusal:
        filled |= _faults(form, number, state)
    return filled


def _words(question: AnyQuestion, words: Mapping[str, str]) -> Filling:
    """Give the slots that hold what was typed for a question and beside it, and what was chosen."""
    word = words.get(question.id, "")
    filled: dict[str, str] = {}
    if isinstance(question, NumberQuestion | FreeText):
        filled[key("text", question.id)] = str(escape(word))
    else:
        for one in word.split() if isinstance(question, Multiple) else [word]:
            filled[key("checked", question.id, one)] = " checked"
    for way in words.get(beside(question.id, WAY), "").split():
        filled[key("checked", question.id, way)] = " checked"
    for name in fields_beside(question):
        if typed := words.get(beside(question.id, name), ""):
            filled[key("text", question.id, name)] = str(escape(typed))
            filled |= {key("open", question.id): " open"} if name in _EVIDENCE else {}
    return filled


def _with_words(words: Mapping[str, str]) -> set[str]:
    """Give the questions to which something was chosen or typed, be it a way out."""
    return {
        question
        for question, said in by_question(words).items()
        if any(word.strip() for key, word in said.items() if key in {question, beside(question, WAY)})
    }


def _is_of_role(question: AnyQuestion, form: Form) -> bool:
    """Whether a question can come up while the page is answered: the role stays what it is."""
    return not (question.roles and form.takes_role) or form.role in question.roles


def _earlier(form: Form, number: int) -> str:
    """Give as JSON what earlier parts' answers say to this one's conditions, without anybody's own words."""
    about = asked_about(form.questions_on(number))
    answers = {question.id: form.answers.get(question.id) for question in form.asked if question.id in about}
    return json.dumps({name: _compared(answer) for name, answer in answers.items() if answer is not None})


def _compared(answer: Answer) -> Answer:
    if isinstance(answer, dict):
        return answer.get("number", True)
    return answer


def _faults(form: Form, number: int, state: State) -> Filling:
    """Give what the slots hold where something could not be taken, on top and beside the question."""
    summary = get_template_attribute("macros/page.html", "error_summary")
    sentences = {(problem.question, problem.beside): problem.sentence for problem in state.problems}
    links: list[tuple[str | None, str]] = [(None, state.refusal)] if state.refusal else []
    filled: dict[str, str] = {"title": str(escape(_("Error: ")))}
    count, answered = numbers(form.questionnaire), _with_words(state.words)
    for question in form.asked_on(number):
        for name in ("", *fields_beside(question)):
            if sentence := sentences.get((question.id, name)):
                blank = not name and question.id not in answered
                told = _please(question, form) if blank else _numbered(count[question.id], sentence)
                links.append((f"#{first_control(question, form.questionnaire, name)}", told))
                filled |= _fault(question, name, sentence)
    return filled | {"summary": summary(links)}


def _please(question: AnyQuestion, form: Form) -> Markup:
    wording = Wording(form.questionnaire, language_for(form.questionnaire))
    return answer_to(wording.quoted(question.text))


def _numbered(number: int, sentence: str) -> str:
    return _("Question %(number)s: %(sentence)s", number=number, sentence=sentence)


def _fault(question: AnyQuestion, name: str, sentence: str) -> Filling:
    """Give the slots of one problem; with a name it is about a field beside the answer."""
    problem = get_template_attribute("macros/questions.html", "problem")
    filled = {key("faulty", question.id): " question-faulty"}
    if name:
        about = beside(question.id, name)
        filled[key("problem", question.id, name)] = problem(about, sentence)
        described = Markup(' aria-describedby="e-{}" aria-invalid="true"')
        filled[key("described", question.id, name)] = described.format(about)
        filled |= {key("open", question.id): " open"} if name in _EVIDENCE else {}
    else:
        filled[key("problem", question.id)] = problem(question.id, sentence)
        filled[key("described", question.id)] = Markup(' aria-describedby="e-{}"').format(question.id)
        filled[key("described-too", question.id)] = f" e-{question.id}"
    return filled
