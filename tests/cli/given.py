"""What the tests of the command begin with: an installation in a folder of its own, and calls in it."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from assessment.cli import opening
from assessment.cli.main import assessment
from tests.services.given import QUESTIONNAIRE, UNITS, Row, as_csv

SECRET = "a secret of tests, which is long enough"


@dataclass(frozen=True, slots=True)
class Installation:
    """An installation with a SQLite database; `path` is where everything of it lies."""

    path: Path

    @property
    def environment(self) -> dict[str, str]:
        """The settings, as the environment gives them."""
        return {
            "ASSESSMENT_INSTANCE": str(self.path),
            "ASSESSMENT_DATABASE_URL": f"sqlite:///{self.path / 'assessment.sqlite'}",
            "ASSESSMENT_SECRET_KEY": SECRET,
            "ASSESSMENT_BASE_URL": "https://assessment.example.org",
            "ASSESSMENT_TIMEZONE": "Europe/Berlin",
        }

    def call(self, *arguments: str | Path, typed: str | None = None, **settings: str) -> Result:
        """Call the command in this process; keywords are further settings."""
        opening.settings.cache_clear()
        environment = self.environment | {f"ASSESSMENT_{name}".upper(): value for name, value in settings.items()}
        return CliRunner(env=environment).invoke(assessment, list(map(str, arguments)), input=typed)

    def done(self, *arguments: str | Path, typed: str | None = None) -> str:
        """Call the command, see that it did what it was asked, and give what it printed."""
        result = self.call(*arguments, typed=typed)
        assert (result.exit_code, result.stderr) == (0, ""), result.output
        return result.stdout

    def printed(self, *arguments: str | Path) -> Any:  # noqa: ANN401 - whatever JSON can hold
        """Give the one JSON document that a command prints."""
        return json.loads(self.done(*arguments, "--format", "json"))

    def file(self, name: str, content: bytes) -> Path:
        """Write a file."""
        path = self.path / name
        path.write_bytes(content)
        return path

    def stored(self) -> list[str]:
        """Give everything the database holds."""
        path = self.path / "assessment.sqlite"
        if not path.exists():
            return []
        connection = sqlite3.connect(path)
        try:
            return list(connection.iterdump())
        finally:
            connection.close()

    def open_round(self, code: str = "PI-1", *options: str) -> None:
        """Import the organisation and open a round."""
        self.done("units", "import", self.file("units.csv", UNITS))
        self.done("round", "open", self.file("check.yaml", QUESTIONNAIRE), "--code", code, *options)

    def release_round(self, rows: Sequence[Row], code: str = "PI-1") -> None:
        """Open, fill, close and release a round."""
        self.open_round(code)
        self.done("answers", "import", self.file("answers.csv", as_csv(rows)), "--round", code)
        self.done("round", "close", code)
        self.done("round", "release", code)
