"""The questionnaire's words in one language, and how a page in English marks them."""

from dataclasses import dataclass

from babel import Locale, UnknownLocaleError
from markupsafe import Markup

from assessment.questionnaire.model import Questionnaire, Text

PAGES_SPEAK = "en"


@dataclass(frozen=True, slots=True)
class Wording:
    """A questionnaire as said in a language."""

    questionnaire: Questionnaire
    language: str

    def says(self, text: Text) -> str:
        """Give a text's words."""
        return self.questionnaire.says(text, self.language)

    @property
    def tongue(self) -> Markup:
        """The attributes of an element that holds the questionnaire's words; none where they are English as well."""
        if self.language.split("-")[0] == PAGES_SPEAK:
            return Markup("")
        return Markup(' lang="{}" dir="{}"').format(self.language, _direction(self.language))

    def quoted(self, text: Text) -> Markup:
        """Give a text's words between quotation marks, to stand in a sentence of the page."""
        words = Markup("<span{}>{}</span>").format(self.tongue, self.says(text)) if self.tongue else self.says(text)
        return Markup("“{}”").format(words)


def language_for(questionnaire: Questionnaire) -> str:
    """Give the language in which a questionnaire is asked."""
    return questionnaire.source_language


def _direction(language: str) -> str:
    try:
        return Locale.parse(language, sep="-").text_direction
    except (UnknownLocaleError, ValueError):
        return "auto"
