"""Ten send the same form at the same moment, a hundred times: the real server, two workers, one file."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import func, select

from assessment.store import tables
from assessment.store.database import Database
from benchmarks.browser import Answer, Connection, Somebody
from benchmarks.serving import answers, application, entered, environment, free_port, opened_round

CODES, TOGETHER = 100, 10
LEVELS = [3] * 60


def sent_together(port: int, person: Somebody, pool: ThreadPoolExecutor) -> list[Answer]:
    """Let ten connections send somebody's form at once."""
    request = person.posting("/form/check", {})
    lines = [Connection(port) for _ in range(TOGETHER)]
    found = list(pool.map(lambda line: line.ask(request), lines))
    for line in lines:
        line.close()
    return found


@pytest.mark.enable_socket
def test_of_ten_that_send_a_form_at_once_one_is_stored_and_all_are_answered(tmp_path: Path) -> None:
    port = free_port()
    settings = environment(tmp_path, port)
    codes = opened_round(settings, 12, 9)[:CODES]
    server = application(port, settings, tmp_path / "server.log", workers=2).start().wait()
    line = Connection(port)
    try:
        with ThreadPoolExecutor(TOGETHER) as pool:
            for code in codes:
                person = entered(Somebody(line), code)
                person.get("/form/1")
                assert person.post("/form/1", answers(LEVELS)).location.endswith("/form/check")
                for answer in sent_together(port, person, pool):
                    assert (answer.status, answer.location[-13:]) == (303, "/form/receipt")
                page = person.get("/form/receipt").body.decode()
                assert len(re.findall(r'class="reference">([^<]+)<', page)) == 1
    finally:
        line.close()
        server.stop()
    base = Database(f"sqlite:///{tmp_path / 'instance' / 'assessment.sqlite'}")
    with base.reading() as session:
        stored = session.scalars(select(func.count()).select_from(tables.Submission)).one()
        received = session.scalars(select(func.count()).select_from(tables.Receipt)).one()
    base.dispose()
    assert (stored, received) == (CODES, CODES)
    assert (tmp_path / "server.log").read_text().count("\n") <= 2  # where it serves, and nothing else
