"""Tallies: how many people of a team chose what. All that scoring needs."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessment.questionnaire.answers import DONT_KNOW, NOT_APPLICABLE, Answers, word_of
from assessment.questionnaire.asking import asked
from assessment.questionnaire.model import Questionnaire, Scored

Words = Mapping[str, int]  # how often each answer was given, as the word that files have for it


@dataclass(frozen=True, slots=True)
class Tally:
    """One team's answers to one question: a count for each score it can have, the lowest first, and who gave none.

    `not_asked` are those from whom a condition hid the question.
    """

    levels: tuple[int, ...]
    not_applicable: int = 0
    dont_know: int = 0
    blank: int = 0
    not_asked: int = 0

    @property
    def n(self) -> int:
        """How many gave an answer that counts."""
        return sum(self.levels)


def tally(questionnaire: Questionnaire, forms: Sequence[Answers]) -> dict[str, Tally]:
    """Count one team's forms: a tally for every scored question. Forms were validated when they came in."""
    hidden = _hidden(questionnaire, forms)
    return {
        question.id: _count(questionnaire, question, forms, hidden.get(question.id, frozenset()))
        for question in questionnaire.scored
    }


def words_of_roles(questionnaire: Questionnaire, forms: Sequence[Answers]) -> dict[str, dict[str, int]]:
    """Count the answers to what some roles alone are asked, but for written ones: by question, then by word.

    Nobody knows who was asked, for roles are not kept; so there is no count of those who did not answer.
    """
    found: dict[str, Counter[str]] = {question.id: Counter() for question in questionnaire.questions if question.roles}
    for form in forms:
        for question in found.keys() & form.keys():
            answer = form[question]
            if not (isinstance(answer, dict) and "text" in answer):
                found[question].update(
                    [word_of(one) for one in answer] if isinstance(answer, list) else [word_of(answer)]
                )
    return {question: dict(sorted(words.items())) for question, words in found.items() if words}


def tally_of_words(questionnaire: Questionnaire, question: Scored, words: Words) -> Tally:
    """Give the tally of a scored question from its answers as words."""
    levels = questionnaire.levels_of(question)
    return Tally(
        tuple(sum(words.get(word_of(answer), 0) for answer in level.answers) for level in levels),
        not_applicable=words.get(NOT_APPLICABLE, 0),
        dont_know=words.get(DONT_KNOW, 0),
    )


def _count(questionnaire: Questionnaire, question: Scored, forms: Sequence[Answers], hidden: frozenset[int]) -> Tally:
    name = question.id
    given = Counter(form.get(name) for place, form in enumerate(forms) if place not in hidden)
    return Tally(
        tuple(sum(given[answer] for answer in level.answers) for level in questionnaire.levels_of(question)),
        not_applicable=given[NOT_APPLICABLE],
        dont_know=given[DONT_KNOW],
        blank=given[None],
        not_asked=len(hidden),
    )


def _hidden(questionnaire: Questionnaire, forms: Sequence[Answers]) -> dict[str, frozenset[int]]:
    """Give, of every scored question that is under a condition, the places of the forms from which it was hidden."""
    conditional = [question.id for question in questionnaire.scored if question.show_if is not None]
    if not conditional:
        return {}
    shown = [{question.id for question in asked(questionnaire, form)} for form in forms]
    return {name: frozenset(place for place, names in enumerate(shown) if name not in names) for name in conditional}
