"""A page put together from kept pieces is the page that Jinja renders, byte for byte."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask, template_rendered
from markupsafe import Markup

from assessment import resources
from assessment.questionnaire.answers import Problem, beside, fields_beside
from assessment.questionnaire.check import load
from assessment.questionnaire.model import Questionnaire
from assessment.web.respond import skeleton
from assessment.web.respond.page import State, filling
from assessment.web.respond.parts import part
from assessment.wording import speaking
from tests.web.respond.conftest import Opens
from tests.web.respond.given import AWKWARD, EVERYTHING, PLAIN, form_of

SHIPPED = Path(resources.folder("questionnaires") / "lean-agile-maturity.yaml").read_text("utf-8")
HOSTILE = "</textarea><script>alert(\"1\")</script> & 'so'\n{{ 7 * 7 }}\x00"


@pytest.fixture
def app(opens: Opens) -> Iterator[Flask]:
    """The application, within a request."""
    app = opens().app
    with app.test_request_context("/form/1"):
        yield app


def filled_from(filled: skeleton.Filling) -> Callable[..., Markup]:
    """Give the slots that hold what varies, for rendering a page whole."""
    return lambda name, *which: Markup(filled.get(skeleton.key(name, *which), ""))  # noqa: S704 - who fills escapes


def states(questionnaire: Questionnaire, number: int) -> dict[str, State]:
    asked = [one for group in part(questionnaire, number, questionnaire.source_language).groups for one in group.asked]
    questions = [one.question for one in asked]
    words = {one.question.id: one.offered[-1].word if one.offered else HOSTILE for one in asked}
    words |= {beside(question.id, name): HOSTILE for question in questions for name in fields_beside(question)}
    problems = [
        Problem(question.id, f"Not <this>: {HOSTILE}", name)
        for question in questions
        for name in ("", *fields_beside(question))
    ]
    return {
        "empty": State({}),
        "filled": State(words, status="Saved. <b>"),
        "ways out": State(dict.fromkeys(words, "na")),
        "faulty": State(words, problems),
        "half faulty": State({}, problems[:1], refusal="Closed & <over>."),
        "refused": State(words, refusal=HOSTILE),
        "never offered": State(dict.fromkeys(words, '1" autofocus onfocus="alert(1)')),
    }


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(
    ("content", "role"),
    [(PLAIN, None), (AWKWARD, None), (SHIPPED, None), (EVERYTHING, "tester"), (EVERYTHING, None)],
    ids=["plain", "awkward", "shipped", "everything", "before a role is chosen"],
)
def test_a_joined_page_is_what_jinja_renders(content: str, role: str | None) -> None:
    questionnaire = load(content.encode())
    form = form_of(content, {"tools": ["board"], "hinders": {"text": HOSTILE}}, role=role)
    for language in questionnaire.languages:
        for number in range(1, len(questionnaire.dimensions) + 1):
            page = skeleton.page_of(questionnaire, language, number)
            for name, state in states(questionnaire, number).items():
                filled = filling(form, number, state)
                joined = skeleton.joined(page, filled)
                assert joined == skeleton.rendered(page, filled_from(filled)), (language, number, name)
                assert "<script>alert" not in joined


def test_a_page_is_rendered_once_for_everybody(app: Flask) -> None:
    questionnaire = load(PLAIN.encode())
    form = form_of(PLAIN)
    page = skeleton.page_of(questionnaire, "en", 1)
    rendered: list[object] = []
    template_rendered.connect(lambda _sender, **what: rendered.append(what["template"].name), app, weak=False)
    for word in ("1", "2", "3"):
        joined = skeleton.joined(page, filling(form, 1, State({"validate": word})))
        assert f'id="a-validate:{word}" value="{word}" checked>' in joined
    assert rendered == ["respond/page.html"]


@pytest.mark.usefixtures("app")
def test_another_questionnaire_of_the_same_name_is_another_page() -> None:
    one, other = load(PLAIN.encode()), load(PLAIN.replace("We check.", "We doubt.").encode())
    pages = [skeleton.joined(skeleton.page_of(each, "en", 1), {}) for each in (one, other)]
    assert ["We check." in page for page in pages] == [True, False]


def test_the_addresses_in_a_page_are_those_of_where_the_application_is_mounted(app: Flask) -> None:
    questionnaire = load(PLAIN.encode())
    for root in ("", "/maturity"):
        with app.test_request_context("/form/1", environ_overrides={"SCRIPT_NAME": root}):
            page = skeleton.joined(skeleton.page_of(questionnaire, "en", 1), {})
        assert f'action="{root}/form/1"' in page


@pytest.mark.usefixtures("app")
def test_words_in_another_language_than_the_page_say_so() -> None:
    questionnaire = load(AWKWARD.encode())
    german = skeleton.joined(skeleton.page_of(questionnaire, "de", 1), {})
    assert '<html lang="de">' in german
    assert "<h1>Oben &amp; &lt;unten&gt;</h1>" in german
    arabic = skeleton.joined(skeleton.page_of(questionnaire, "ar", 1), {})
    assert '<html lang="en">' in arabic, "the application speaks no Arabic"
    assert ' lang="ar" dir="rtl">منخفض</label>' in arabic
    assert '<h1 lang="de" dir="ltr">Oben &amp; &lt;unten&gt;</h1>' in arabic, "what is not translated"
    assert "lang=" not in skeleton.joined(skeleton.page_of(load(PLAIN.encode()), "en", 1), {}).replace('lang="en"', "")


@pytest.mark.usefixtures("app")
def test_a_page_speaks_its_own_language_whatever_is_spoken_around_it() -> None:
    questionnaire = load(SHIPPED.encode())
    with speaking("de"):
        english = skeleton.joined(skeleton.page_of(questionnaire, "en", 1), {})
    german = skeleton.joined(skeleton.page_of(questionnaire, "de", 1), {})
    assert ["Save and continue" in page for page in (english, german)] == [True, False]
    assert ["Speichern und weiter" in page for page in (english, german)] == [False, True]
