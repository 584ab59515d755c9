"""What is wrong or doubtful in a questionnaire file, and where."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]

_MOST_SHOWN = 40


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a file, counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence about one place; `rule` is the name by which the documentation knows it."""

    position: Position
    severity: Severity
    sentence: str
    rule: str

    def line(self, file: str) -> str:
        """Give the finding as a compiler would: `file:line:column: severity: sentence [rule]`."""
        place = f"{file}:{self.position.line}:{self.position.column}"
        line = f"{place}: {self.severity}: {self.sentence} [{self.rule}]"
        return printable(line)


def printable(line: str) -> str:
    """Give a line that may quote what others wrote so that it neither breaks nor commands the terminal."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in line)


def shown(words: object) -> str:
    """Give words of a file as a sentence quotes them: in backticks, no more than is needed to recognise them."""
    text = str(words)
    return f"`{text if len(text) <= _MOST_SHOWN else text[: _MOST_SHOWN - 1] + '…'}`"


class Unreadable(Exception):  # noqa: N818 - the findings are the message
    """A file that is no questionnaire; carries every finding, errors first among them."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("; ".join(finding.sentence for finding in findings))
        self.findings = findings
