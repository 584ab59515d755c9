"""What `assessment check --translations` tells of one file: how far it is translated into a language."""

from collections.abc import Iterator
from dataclasses import asdict

from assessment.cli.findings import Told, told
from assessment.questionnaire.check import examine
from assessment.questionnaire.finding import Finding
from assessment.questionnaire.reader import read
from assessment.questionnaire.translations import Translation, translation

_LONGEST_QUOTE = 70


def translation_of(file: str, content: bytes, language: str) -> Told:
    """Tell which texts are missing in a language; of a file with errors, the errors."""
    questionnaire, found = examine(content)
    if questionnaire is None:
        return told(file, [finding for finding in found if finding.severity == "error"])
    made = translation(questionnaire, language)
    missing = list(_missing(made, content))
    entry = {
        "file": file,
        "language": language,
        "declared": made.declared,
        "texts": made.texts,
        "translated": made.done,
        "missing": [{**asdict(finding.position), "sentence": finding.sentence} for finding in missing],
    }
    return Told([*(finding.line(file) for finding in missing), _summary(file, made)], [entry], failed=False)


def _missing(made: Translation, content: bytes) -> Iterator[Finding]:
    document = read(content)
    for text in made.missing:
        words = " ".join(text.source.split())
        quoted = words if len(words) <= _LONGEST_QUOTE else words[: _LONGEST_QUOTE - 1] + "…"
        yield Finding(
            document.place(text.path), "warning", f"not in `{made.language}`: {quoted}", "missing-translation"
        )


def _summary(file: str, made: Translation) -> str:
    percent = 100 * made.done // made.texts
    unnamed = "" if made.declared else f"; `languages` does not name `{made.language}`"
    return f"{file}: {made.done} of {made.texts} texts are in `{made.language}` ({percent}%){unnamed}"
