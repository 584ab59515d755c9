"""The harness that kills the server: it finds nothing where nothing is wrong, and what is wrong where something is."""

import pytest

from benchmarks.torture.__main__ import main


def test_what_was_acknowledged_outlives_the_server(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--kills", "3", "--seed", "1", "--workers", "1"]) == 0
    assert "lost 0, double 0, stranded 0" in capsys.readouterr().out


def test_a_planted_fault_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--kills", "0", "--plant", "no-guard", "--workers", "1"]) == 1
    assert "found: submissions double" in capsys.readouterr().out
