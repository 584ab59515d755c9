"""How far a questionnaire is translated: which of its texts are there in a language, and which are not."""

from dataclasses import dataclass

from assessment.questionnaire.model import Questionnaire
from assessment.questionnaire.reader import Path
from assessment.questionnaire.rules.places import texts


@dataclass(frozen=True, slots=True)
class MissingText:
    """A text that is not there in a language: its path in the file, and what it says in the source language."""

    path: Path
    source: str


@dataclass(frozen=True, slots=True)
class Translation:
    """How far one language has come: how many texts there are, and which of them it lacks, in the file's order."""

    language: str
    declared: bool
    texts: int
    missing: tuple[MissingText, ...]

    @property
    def done(self) -> int:
        """How many texts are there."""
        return self.texts - len(self.missing)


def translation(questionnaire: Questionnaire, language: str) -> Translation:
    """Tell how far a questionnaire is translated into a language, also one that it does not name yet."""
    source = questionnaire.source_language
    found = [text for _, text, _ in texts(questionnaire)]
    missing = tuple(
        MissingText(path, questionnaire.says(text))
        for path, text, _ in texts(questionnaire)
        if not text.speaks(language, source)
    )
    return Translation(language, language in questionnaire.languages, len(found), missing)
