"""Staff to look at pages as."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assessment.app import create_app
from assessment.services import accounts
from assessment.store.database import Database
from tests import served
from tests.web.respond.given import Respondent

SignsIn = Callable[..., Respondent]


@pytest.fixture
def somebody_new(database: Database, database_url: str, tmp_path: Path) -> Respondent:
    """Somebody whose browser has seen nothing of the application yet."""
    return Respondent(create_app(served.settings(tmp_path, database_url), database).test_client())


@pytest.fixture
def signs_in(database: Database, somebody_new: Respondent) -> SignsIn:
    """Signs somebody in who has a role, everywhere or in a unit."""

    def sign_in(role: str, unit: str | None = None) -> Respondent:
        email = f"{role}@example.org"
        accounts.add_account(database, email, served.PASSWORD, role, unit, datetime.now(UTC))
        somebody_new.get("/sign-in")
        answer = somebody_new.post("/sign-in", {"email": email, "password": served.PASSWORD})
        assert answer.status_code == 303
        return somebody_new

    return sign_in
