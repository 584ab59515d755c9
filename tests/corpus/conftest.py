"""Where the real files lie."""

from pathlib import Path

import pytest

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of the real files; whoever asks for it is skipped where it is absent."""
    if not CORPUS.is_dir():
        pytest.skip("the real files are not here: ../shared/corpus is no folder")
    return CORPUS
