"""A team around a screen."""

import pytest

from tests.web.facilitate.given import Workshop
from tests.web.respond.conftest import Opens, opens

__all__ = ["opens"]


@pytest.fixture
def workshop(opens: Opens) -> Workshop:
    """A team that has opened its room."""
    return Workshop.opened(opens(mode="team"))
