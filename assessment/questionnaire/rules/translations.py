"""Rules about languages: every text is there in the first one, and in those the file promises."""

from collections.abc import Iterator

from assessment.questionnaire.finding import shown
from assessment.questionnaire.model import SOURCE, Questionnaire
from assessment.questionnaire.rules.places import Remark, listed, texts


def unknown_language(questionnaire: Questionnaire) -> Iterator[Remark]:
    """A text's languages are among those the file names, and the first of these is there."""
    for path, text, about in texts(questionnaire):
        for language in text.root:
            if language and language not in questionnaire.languages:
                known = listed(questionnaire.languages)
                yield Remark((*path, language), f"{shown(language)} is not among the languages ({known})", about)
        if not {SOURCE, questionnaire.source_language} & text.root.keys():
            sentence = f"the text is missing in `{questionnaire.source_language}`, the first language"
            yield Remark(path, sentence, about)


def missing_translation(questionnaire: Questionnaire) -> Iterator[Remark]:
    """Whoever chose a language should not meet another one half-way."""
    for path, text, about in texts(questionnaire):
        missing = [code for code in questionnaire.languages[1:] if code not in text.root]
        if missing:
            yield Remark(path, f"the text is missing in {listed(missing)}", about)
