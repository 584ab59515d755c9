"""One tiny file for each thing the linter says, and for each it must not say."""

from pathlib import Path

import pytest

from assessment.questionnaire.check import examine, load
from assessment.questionnaire.finding import Unreadable
from assessment.questionnaire.rules import RULES, name_of
from tests.questionnaire.given import DOUBTFUL, FILES, INVALID, SMALLEST, VALID, changed, said


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_nothing_is_said_of_a_good_file(path: Path) -> None:
    questionnaire, findings = examine(path.read_bytes())
    assert findings == []
    assert questionnaire == load(path.read_bytes())


@pytest.mark.parametrize("path", [*DOUBTFUL, *INVALID], ids=lambda path: path.stem)
def test_exactly_this_is_said_of_a_file(path: Path) -> None:
    expected = path.with_suffix(".txt").read_text("utf-8").splitlines()
    assert said(path.read_bytes(), path.name) == expected
    assert expected


@pytest.mark.parametrize("path", DOUBTFUL, ids=lambda path: path.stem)
def test_a_file_with_warnings_alone_can_be_used(path: Path) -> None:
    questionnaire, findings = examine(path.read_bytes())
    assert {finding.severity for finding in findings} == {"warning"}
    assert questionnaire == load(path.read_bytes())


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_a_file_with_an_error_cannot_be_used(path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        load(path.read_bytes())
    questionnaire, findings = examine(path.read_bytes())
    assert questionnaire is None
    assert caught.value.findings == tuple(findings)
    assert str(caught.value)


def test_every_rule_has_a_file_that_breaks_it() -> None:
    texts = [path.with_suffix(".txt").read_text("utf-8") for path in [*DOUBTFUL, *INVALID]]
    for rule, severity in RULES.items():
        assert any(f"[{name_of(rule)}]\n" in text and f": {severity}: " in text for text in texts), name_of(rule)


def test_every_expectation_belongs_to_a_file() -> None:
    expectations = set(FILES.rglob("*.txt"))
    assert {path.with_suffix(".txt") for path in [*DOUBTFUL, *INVALID]} == expectations


def test_every_rule_says_why_it_is_one() -> None:
    assert all((rule.__doc__ or "").strip().endswith(".") for rule in RULES)


def test_an_error_cannot_be_silenced() -> None:
    silenced = "silenced:\n  - {rule: unknown-scale, at: first, reason: No.}\n"
    text = changed(SMALLEST + silenced, ("first, type: rating, scale: steps", "first, type: rating, scale: stairs"))
    assert [line.rpartition("[")[2] for line in said(text)] == ["unknown-scale]", "unknown-rule]"]


def test_findings_stand_in_the_order_of_the_file() -> None:
    for path in [*DOUBTFUL, *INVALID]:
        _, findings = examine(path.read_bytes())
        assert [finding.position for finding in findings] == sorted(finding.position for finding in findings)


def test_thousands_of_faults_are_told_as_fast_as_one() -> None:
    keys = "\n".join(f"k{number:x}: x" for number in range(9_000))
    assert len(said(changed(SMALLEST, ("title: Tiny", f"title: Tiny\n{keys}")))) == 9_000
