"""What the tests of the questionnaire begin with: tiny files, one for each behaviour."""

from pathlib import Path

from assessment.questionnaire.check import examine, load
from assessment.questionnaire.model import Questionnaire

FILES = Path(__file__).parent.parent / "questionnaires"
VALID = sorted((FILES / "valid").glob("*.yaml"))
DOUBTFUL = sorted((FILES / "doubtful").glob("*.yaml"))
INVALID = sorted((FILES / "invalid").glob("*.yaml"))
SMALLEST = (FILES / "valid" / "smallest.yaml").read_text("utf-8")
EVERY_KEY = (FILES / "valid" / "every-key.yaml").read_text("utf-8")


def changed(text: str, *changes: tuple[str, str]) -> str:
    """Give a text with each of the old words, which must be there once, replaced by the new ones."""
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
        text = text.replace(old, new)
    return text


def questionnaire(text: str = SMALLEST, *changes: tuple[str, str]) -> Questionnaire:
    """Give the questionnaire of a text with changes."""
    return load(changed(text, *changes).encode())


def said(content: str | bytes, name: str = "f") -> list[str]:
    """Give what the linter says, a line each."""
    _, findings = examine(content.encode() if isinstance(content, str) else content)
    return [finding.line(name) for finding in findings]
