"""The questionnaire's words in one language, and how a page in another one marks them."""

from dataclasses import dataclass

from markupsafe import Markup

from assessment.questionnaire.model import Questionnaire, Text
from assessment.reports.prose import direction
from assessment.wording import spoken


@dataclass(frozen=True, slots=True)
class Wording:
    """A questionnaire as said in a language."""

    questionnaire: Questionnaire
    language: str

    def says(self, text: Text) -> str:
        """Give a text's words; those it was written in where it is not translated."""
        return self.questionnaire.says(text, self.language)

    def tongue(self, text: Text) -> Markup:
        """Give the attributes of an element that holds a text; none where the page itself is in that language."""
        source = self.questionnaire.source_language
        language = self.language if text.speaks(self.language, source) else source
        if _family(language) == _family(spoken()):
            return Markup("")
        return Markup(' lang="{}" dir="{}"').format(language, direction(language))

    def quoted(self, text: Text) -> Markup:
        """Give a text's words, to stand between quotation marks in a sentence of the page."""
        words, tongue = self.says(text), self.tongue(text)
        return Markup("<span{}>{}</span>").format(tongue, words) if tongue else Markup("{}").format(words)


def _family(language: str) -> str:
    return language.partition("-")[0].lower()
