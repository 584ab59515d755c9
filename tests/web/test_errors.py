"""What goes wrong inside stays inside: pages say so in a sentence, logs name the kind."""

import pytest

from assessment.services import reading
from assessment.store.database import Unreachable
from tests.services.given import ON_SQLITE
from tests.web.conftest import SignsIn

pytestmark = ON_SQLITE


@pytest.mark.parametrize(("kind", "status"), [(Unreachable, 503), (ValueError, 500)])
def test_neither_page_nor_log_tells_where_the_database_is(
    signs_in: SignsIn,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    kind: type[Exception],
    status: int,
) -> None:
    def fail(_database: object) -> None:
        raise kind("the database /srv/somewhere.sqlite cannot be used") from OSError("/srv/somewhere.sqlite")

    person = signs_in("lace")
    monkeypatch.setattr(reading, "overview", fail)
    page = person.get("/arts")
    assert page.status_code == status
    assert "/srv" not in page.text + caplog.text
    assert "nothing was stored" in person.words.lower()
    assert ("OSError" if kind is Unreachable else "ValueError at ") in caplog.text
