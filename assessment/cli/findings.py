"""What `assessment check` tells of one file: lines for people, entries for programs."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from assessment.questionnaire.check import examine
from assessment.questionnaire.finding import Finding


@dataclass(frozen=True, slots=True)
class Told:
    """Lines for people, the same as entries for programs, and whether there is an error among them."""

    lines: Sequence[str]
    entries: Sequence[dict[str, Any]]
    failed: bool


def findings_in(file: str, content: bytes) -> Told:
    """Tell every finding of the linter."""
    return told(file, examine(content)[1])


def told(file: str, findings: Sequence[Finding]) -> Told:
    """Tell some findings of a file."""
    return Told(
        [finding.line(file) for finding in findings],
        [_entry(file, finding) for finding in findings],
        any(finding.severity == "error" for finding in findings),
    )


def _entry(file: str, finding: Finding) -> dict[str, Any]:
    return {
        "file": file,
        **asdict(finding.position),
        "severity": finding.severity,
        "sentence": finding.sentence,
        "rule": finding.rule,
    }
