"""A round in which codes can be drawn, served, and providers to sign in at."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assessment.app import create_app
from assessment.store.database import Database
from tests import provider, served
from tests.provider import Odd
from tests.services.given import open_round
from tests.web.draw.given import Drawer

Draws = Callable[..., Drawer]


@pytest.fixture(scope="session")
def issuer() -> Iterator[str]:
    """A real provider."""
    with provider.running() as found:
        yield found


@pytest.fixture
def odd() -> Iterator[Odd]:
    """A provider that says what a test wants."""
    with provider.odd() as found:
        yield found


@pytest.fixture
def draws(database: Database, database_url: str, tmp_path: Path) -> Draws:
    """Gives somebody with a browser of their own, before a site that knows a provider, with an open round."""

    def drawer(issuer: str, *, mode: str = "codes", opens: float = -1, closes: float = 7) -> Drawer:
        now = datetime.now(UTC)
        begins, ends = now + timedelta(days=opens), now + timedelta(days=closes)
        open_round(database, now=now + timedelta(days=min(opens, 0)), mode=mode, opens_at=begins, closes_at=ends)
        settings = served.settings(tmp_path, database_url)
        known = replace(settings, oidc_issuer=issuer, oidc_client_id=provider.CLIENT, oidc_client_secret="hidden")
        return Drawer(create_app(known, database))

    return drawer
