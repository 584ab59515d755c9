"""What the tests of the blank form begin with: a questionnaire with every type of question, in two languages."""

from dataclasses import dataclass
from pathlib import Path

from assessment import resources
from assessment.questionnaire.check import load
from assessment.questionnaire.model import Questionnaire
from assessment.reports.form import FormSheet, QuestionSheet, form_sheet

SHIPPED = sorted(resources.folder("questionnaires").glob("*.yaml"))

EVERY_TYPE = """
format: 1
id: every-type
version: "3.1"
title: {en: How we work, de: Wie wir arbeiten}
languages: [en, de]
audience: team
roles: [product-owner, {id: tester, label: {en: Tester, de: Testerin oder Tester}}, night-shift.lead]
introduction: {en: "Think of the *last* PI.", de: "Denken Sie an das *letzte* PI."}
scales:
  three:
    levels:
      - {value: 1, label: {en: Low, de: Tief}}
      - {value: 2, label: {en: Middle, de: Mittel}}
      - {value: 3, label: {en: High, de: Hoch}}
  eleven:
    levels: [{value: 0, label: "0"}, {value: 1, label: "1"}, {value: 2, label: "2"}, {value: 3, label: "3"},
             {value: 4, label: "4"}, {value: 5, label: "5"}, {value: 6, label: "6"}, {value: 7, label: "7"},
             {value: 8, label: "8"}, {value: 9, label: "9"}, {value: 10, label: "10"}]
dimensions:
  - id: first
    title: {en: Flow, de: Fluss}
    help: {en: How work moves., de: Wie Arbeit fließt.}
    dimensions:
      - id: middle
        title: {en: Queues, de: Schlangen}
        help: {en: Of the whole train., de: Des ganzen Zuges.}
        dimensions:
          - id: leaf
            title: {en: Length, de: Länge}
            help: {en: In days., de: In Tagen.}
            questions:
              - id: short
                type: rating
                scale: three
                text: {en: Queues are short., de: Schlangen sind kurz.}
                help: {en: Those before testing., de: Die vor dem Test.}
                required: true
                anchors: {1: {en: A month., de: Ein Monat.}, 3: {en: A day., de: Ein Tag.}}
              - id: advice
                type: rating
                scale: eleven
                text: {en: We would advise others to work like us., de: Wir empfehlen unsere Arbeitsweise.}
          - id: second-leaf
            title: {en: Order, de: Reihenfolge}
            questions:
              - id: place
                type: choice
                text: {en: Where does work wait?, de: Wo wartet Arbeit?}
                options:
                  - {id: test, label: {en: Testing, de: Test}}
                  - {id: elsewhere, label: {en: Elsewhere, de: Woanders}}
                not-applicable: {reason: required}
  - id: second
    title: {en: Rest, de: Rest}
    questions:
      - id: reasons
        type: multiple
        text: {en: What holds it up?, de: Was hält auf?}
        at-least: 1
        at-most: 2
        options:
          - {id: people, label: {en: Too few people, de: Zu wenige Leute}}
          - {id: tools, label: {en: Old tools, de: Alte Werkzeuge}}
      - id: owner
        type: yes-no
        text: {en: Is there a Product Owner?, de: Gibt es einen Product Owner?}
        roles: [tester, product-owner, night-shift.lead]
      - id: days
        type: number
        text: {en: How many days?, de: Wie viele Tage?}
        minimum: 0.5
        maximum: 1000000
        unit: {en: days, de: Tage}
        evidence: {links: 5, comment: true}
      - id: why
        type: text
        text: {en: Why?, de: Warum?}
"""


@dataclass(frozen=True, slots=True)
class Form:
    """A blank form and what it was made from."""

    questionnaire: Questionnaire
    sheet: FormSheet

    @property
    def questions(self) -> dict[str, QuestionSheet]:
        """Every question on it, by its id."""
        return {asked.id: asked for part in self.sheet.parts for group in part.groups for asked in group.questions}


def form(text: str = EVERY_TYPE, language: str = "en") -> Form:
    """Give the form of a questionnaire's text in a language."""
    questionnaire = load(text.encode())
    return Form(questionnaire, form_sheet(questionnaire, language))


def shipped(path: Path, language: str) -> Form:
    """Give the form of a questionnaire that comes with the program."""
    return form(path.read_text("utf-8"), language)


def one_question(question: str, languages: str = "[en]") -> str:
    """Give a questionnaire that asks one question, which is in YAML's flow style."""
    return f"""
format: 1
id: one
version: "1"
title: One
languages: {languages}
scales:
  two:
    levels: [{{value: 1, label: Low}}, {{value: 2, label: High}}]
dimensions:
  - id: all
    title: All
    questions: [{question}]
"""
