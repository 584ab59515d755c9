"""An installation for the tests of the command."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from assessment.cli import opening
from tests.cli.given import Installation


@pytest.fixture
def here(tmp_path: Path, migrated_file: Path) -> Iterator[Installation]:
    """An installation whose database holds nothing yet."""
    folder = tmp_path / "here"
    folder.mkdir()
    shutil.copy(migrated_file, folder / "assessment.sqlite")
    yield Installation(folder)
    opening.settings.cache_clear()
