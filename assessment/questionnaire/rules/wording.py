"""Rules about words: statements that ask one thing, briefly, and none that another one asks already."""

import re
from collections.abc import Iterator, Mapping

from assessment.questionnaire.finding import shown
from assessment.questionnaire.model import Questionnaire
from assessment.questionnaire.rules.places import Remark, questions, ratings, texts

LONGEST_STATEMENT = 200

# By language: words that join two things, and set phrases in which they join one.
_JOINING: Mapping[str, frozenset[str]] = {
    "da": frozenset({"og", "eller", "samt"}),
    "de": frozenset({"und", "oder", "sowie", "beziehungsweise", "bzw"}),
    "en": frozenset({"and", "or"}),
    "es": frozenset({"y", "e", "o", "u"}),
    "fr": frozenset({"et", "ou"}),
    "it": frozenset({"e", "ed", "o", "od"}),
    "nl": frozenset({"en", "of"}),
    "no": frozenset({"og", "eller", "samt"}),
    "pl": frozenset({"i", "oraz", "lub", "albo"}),
    "pt": frozenset({"e", "ou"}),
    "sv": frozenset({"och", "eller", "samt"}),
}
_SET_PHRASES: Mapping[str, tuple[str, ...]] = {
    "de": ("ab und zu", "früher oder später", "mehr oder weniger", "nach und nach"),
    "en": ("again and again", "inspect and adapt", "more or less", "sooner or later"),
}

_NEGATIONS: Mapping[str, frozenset[str]] = {
    "da": frozenset({"ikke", "aldrig", "ingen", "intet", "uden"}),
    "de": frozenset({"nicht", "nie", "niemals", "niemand", "nichts", "ohne", "weder"}),
    "en": frozenset({"not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "cannot", "without"}),
    "es": frozenset({"no", "nunca", "jamás", "nadie", "nada", "ningún", "ninguno", "ninguna", "sin"}),
    "fr": frozenset({"ne", "n", "pas", "jamais", "aucun", "aucune", "rien", "sans"}),
    "it": frozenset({"non", "mai", "nessuno", "nessuna", "nessun", "niente", "nulla", "senza"}),
    "nl": frozenset({"niet", "geen", "nooit", "niemand", "niets", "zonder"}),
    "no": frozenset({"ikke", "aldri", "ingen", "ingenting", "uten"}),
    "pl": frozenset({"nie", "nigdy", "nikt", "nic", "żaden", "żadna", "bez"}),
    "pt": frozenset({"não", "nunca", "jamais", "ninguém", "nada", "nenhum", "nenhuma", "sem"}),
    "sv": frozenset({"inte", "aldrig", "ingen", "inget", "utan"}),
}
_NEGATIVE_BEGINNINGS: Mapping[str, tuple[str, ...]] = {"de": ("kein",)}

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_SCRIPTS = {
    "Latin": re.compile("[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]"),
    "Greek": re.compile("[\u0370-\u03ff]"),
    "Cyrillic": re.compile("[\u0400-\u04ff]"),
}
_OTHER_SCRIPTS = re.compile("[\u0370-\u03ff\u0400-\u04ff]")


def two_questions_in_one(questionnaire: Questionnaire) -> Iterator[Remark]:
    """Who agrees with one half of a statement and not with the other has no answer to give."""
    language = _language(questionnaire)
    joining = _JOINING.get(language, frozenset())
    for path, question in ratings(questionnaire):
        statement = " ".join(questionnaire.says(question.text).lower().split())
        for phrase in _SET_PHRASES.get(language, ()):
            statement = statement.replace(phrase, "")
        found = next((word for word in _WORD.findall(statement) if word in joining), None)
        if found:
            sentence = f"`{question.id}` may ask two things at once: its statement has `{found}`"
            yield Remark((*path, "text"), sentence, question.id)


def negation_on_reversed_scale(questionnaire: Questionnaire) -> Iterator[Remark]:
    """To disagree with a negation where low is good takes three turns in the head."""
    language = _language(questionnaire)
    for path, question in ratings(questionnaire):
        found = _negation(questionnaire.says(question.text), language) if question.reverse else None
        if found:
            sentence = f"low is good at `{question.id}`, and its statement has the negation {shown(found)}"
            yield Remark((*path, "text"), sentence, question.id)


def long_statement(questionnaire: Questionnaire) -> Iterator[Remark]:
    """A statement is read in one go; what needs more room belongs into the help."""
    for path, question in questions(questionnaire):
        length = len(" ".join(questionnaire.says(question.text).split()))
        if length > LONGEST_STATEMENT:
            sentence = f"the text of `{question.id}` has {length:,} characters; up to {LONGEST_STATEMENT} read well"
            yield Remark((*path, "text"), sentence, question.id)


def mixed_scripts(questionnaire: Questionnaire) -> Iterator[Remark]:
    """A letter of another script that looks the same is found by no search, and read aloud as something else."""
    for path, text, about in texts(questionnaire):
        for words in text.root.values():
            if not words.isascii() and _OTHER_SCRIPTS.search(words) and (word := _of_two_scripts(words)):
                scripts = " and ".join(name for name, letters in _SCRIPTS.items() if letters.search(word))
                yield Remark(path, f"the word {shown(word)} mixes {scripts} letters", about)


def _language(questionnaire: Questionnaire) -> str:
    """Give the language that statements are written in, without its region."""
    language = questionnaire.source_language.partition("-")[0]
    return "no" if language in {"nb", "nn"} else language


def _negation(statement: str, language: str) -> str | None:
    known = _NEGATIONS.get(language, frozenset())
    beginnings = _NEGATIVE_BEGINNINGS.get(language, ())
    for word in _WORD.findall(statement):
        plain = word.lower().replace("’", "'")
        short = language == "en" and plain.endswith("n't")
        elided = language == "fr" and plain.startswith("n'")
        if short or elided or plain in known or plain.startswith(beginnings):
            return str(word)
    return None


def _of_two_scripts(words: str) -> str | None:
    for found in _LETTERS.finditer(words):
        if sum(letters.search(found[0]) is not None for letters in _SCRIPTS.values()) > 1:
            return found[0]
    return None
