"""Codes by mail in the background: a real worker, a real SMTP server, SQLite and PostgreSQL."""

import signal
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta
from pathlib import Path

import pytest

from assessment.errors import Conflict, NotFound
from assessment.jobs.desk import Desk
from assessment.jobs.queue import queue_of
from assessment.services import closing, inviting, links
from assessment.services.answering import open_form, ticket_of
from assessment.services.inviting import Handed, Refusal, deliver
from assessment.services.mailing import Post
from assessment.store.database import Database
from tests.jobs.given import ask_for, codes_in, file_of, raw, told, until, working
from tests.mail_server import Mailbox, free_port, mail_server, settings_of
from tests.services.given import BASE, NOW, ON_SQLITE, SECRET, answered, open_round, sent

PEOPLE = [f"person-{number}@example.org" for number in range(12)]


@pytest.fixture
def box() -> Mailbox:
    """An empty mailbox."""
    return Mailbox()


def usable(database: Database, codes: list[str]) -> list[str]:
    """Give those codes that open a form."""
    found = []
    for code in codes:
        try:
            open_form(database, ticket_of(code, None), NOW)
        except NotFound:
            continue
        found.append(code)
    return found


def test_everybody_gets_one_code_and_no_trace_of_an_address_is_left(
    database: Database, box: Mailbox, tmp_path: Path
) -> None:
    open_round(database)
    ask_for(database, tmp_path, PEOPLE)
    assert raw(database, tmp_path).count(b"@example.org") >= len(PEOPLE)  # the attack works
    said: list[str] = []
    with mail_server(box) as url, working(database, tmp_path, url, said):
        until(lambda: told(database).waiting == 0)
        until(lambda: b"@example.org" not in raw(database, tmp_path))
    assert (told(database).asked, told(database).sent, told(database).refused) == (12, 12, ())
    made = box.codes()
    assert sorted(made) == sorted(PEOPLE)
    assert all(len(usable(database, codes)) == len(codes) == 1 for codes in made.values())
    assert codes_in(database) == len(PEOPLE)
    assert box.lines == 1  # one connection for all
    assert said == [""]


def test_a_worker_that_is_killed_leaves_everybody_one_usable_code(
    database: Database, box: Mailbox, tmp_path: Path
) -> None:
    open_round(database)
    people = [*PEOPLE, "holds@example.org"]
    ask_for(database, tmp_path, people)
    with mail_server(box) as url:
        with working(database, tmp_path, url) as worker:
            assert box.holding.wait(60)
            worker.send_signal(signal.SIGKILL)  # the mail was taken, and nobody has said so
        assert told(database).waiting >= 1
        with working(database, tmp_path, url):
            until(lambda: told(database).waiting == 0)
            until(lambda: b"@example.org" not in raw(database, tmp_path))
    made = box.codes()
    assert sorted(made) == sorted(people)
    assert {address: len(codes) for address, codes in made.items() if len(codes) > 1} == {"holds@example.org": 2}
    assert all(usable(database, codes) == codes[-1:] for codes in made.values())
    assert codes_in(database) == told(database).sent == len(people)


def test_whoever_has_begun_to_answer_gets_no_second_code(database: Database, box: Mailbox, tmp_path: Path) -> None:
    open_round(database)
    ask_for(database, tmp_path, ["holds@example.org"])
    with mail_server(box) as url:
        with working(database, tmp_path, url) as worker:
            assert box.holding.wait(60)
            worker.send_signal(signal.SIGKILL)
        ((code,),) = box.codes().values()
        answered(database, ticket_of(code, None))
        with working(database, tmp_path, url):
            until(lambda: told(database).waiting == 0)
    assert len(box.mails) == codes_in(database) == told(database).sent == 1
    sent(database, code)


def test_what_is_refused_is_told_by_row_and_leaves_no_code_and_no_address(
    database: Database, box: Mailbox, tmp_path: Path
) -> None:
    open_round(database)
    ask_for(database, tmp_path, ["refused@example.org", "later@example.org", "drops@example.org", "two@example.org"])
    said: list[str] = []
    with mail_server(box) as url, working(database, tmp_path, url, said):
        until(lambda: told(database).waiting == 0)
        until(lambda: b"@example.org" not in raw(database, tmp_path))
    assert told(database).refused == (Refusal(2, "Falcon", "the mail server did not take it (SMTPRecipientsRefused)"),)
    assert told(database).sent == codes_in(database) == 3
    made = box.codes()
    assert {address: len(codes) for address, codes in made.items()} == {
        "later@example.org": 1,
        "drops@example.org": 2,  # the first was taken and the line cut, so nobody knew; its code is void
        "two@example.org": 1,
    }
    assert all(usable(database, codes) == codes[-1:] for codes in made.values())
    assert "example.org" not in "".join(said)


def test_a_server_that_is_away_is_waited_for(database: Database, box: Mailbox, tmp_path: Path) -> None:
    open_round(database)
    ask_for(database, tmp_path, PEOPLE, pause=0.5)
    port = free_port()
    with working(database, tmp_path, f"smtp://127.0.0.1:{port}"):
        until(lambda: told(database).trouble == "ConnectionRefusedError")
        assert codes_in(database) == 0
        with mail_server(box, port):
            until(lambda: told(database).waiting == 0)
    assert told(database).sent == codes_in(database) == len(box.codes()) == len(PEOPLE)
    assert told(database).trouble == ""


@ON_SQLITE
def test_a_server_that_lets_nobody_sign_in_is_given_up_in_the_end(
    database: Database, box: Mailbox, tmp_path: Path
) -> None:
    open_round(database)
    ask_for(database, tmp_path, PEOPLE[:2], pause=0.01)
    said: list[str] = []
    with mail_server(box, locked=True) as url, working(database, tmp_path, url, said):
        until(lambda: told(database).waiting == 0)
        until(lambda: b"@example.org" not in raw(database, tmp_path))
    reason = "the mail server did not take it (SMTPAuthenticationError)"
    assert told(database).refused == (Refusal(2, "Falcon", reason), Refusal(3, "Heron", reason))
    assert (box.mails, codes_in(database), told(database).sent) == ([], 0, 0)
    assert "s3cret" not in "".join(said)


def test_a_close_drops_what_was_not_sent(database: Database, tmp_path: Path) -> None:
    open_round(database)
    ask_for(database, tmp_path, PEOPLE)
    with queue_of(database, tmp_path) as queue:
        queue.storage.add_to_schedule(queue.storage.enqueued_items()[0], NOW)  # one is to be tried again
        queue.storage.dequeue()  # and one in hand
    closing.close(database, "PI-1", NOW + timedelta(days=1), secret_key=SECRET)
    assert inviting.mails(database, "PI-1") is None
    desk = Desk(database, tmp_path)  # PostgreSQL may be looking after the tables itself just then
    until(lambda: desk.drop_mails("PI-1") and b"@example.org" not in raw(database, tmp_path))
    with queue_of(database, tmp_path) as queue:
        queue.take_back()
        assert (queue.pending_count(), queue.scheduled_count()) == (0, 0)
    with pytest.raises(Conflict, match="is closed; its codes are gone"):
        ask_for(database, tmp_path, PEOPLE)


def test_mails_of_a_closed_round_that_were_not_dropped_are_not_sent(
    database: Database, box: Mailbox, tmp_path: Path
) -> None:
    open_round(database)
    ask_for(database, tmp_path, PEOPLE)
    closing.close(database, "PI-1", NOW + timedelta(days=1), secret_key=SECRET)
    with mail_server(box) as url, working(database, tmp_path, url):
        until(lambda: b"@example.org" not in raw(database, tmp_path))
    assert (box.mails, codes_in(database)) == ([], 0)


def test_there_are_never_more_codes_than_people(database: Database, box: Mailbox, tmp_path: Path) -> None:
    open_round(database)
    ask_for(database, tmp_path, PEOPLE[:3])
    links.of_round(database, "PI-1", BASE, SECRET)  # meanwhile somebody prints codes for all
    before = codes_in(database)
    with mail_server(box) as url, working(database, tmp_path, url):
        until(lambda: told(database).waiting == 0)
    assert {one.reason for one in told(database).refused} == {"everybody of the team has a code by now"}
    assert (box.mails, codes_in(database)) == ([], before)


def test_a_second_file_waits_for_the_first(database: Database, tmp_path: Path) -> None:
    open_round(database)
    ask_for(database, tmp_path, PEOPLE[:3])
    with pytest.raises(Conflict, match="3 mails of the file before are still to be sent"):
        ask_for(database, tmp_path, PEOPLE[3:])
    with queue_of(database, tmp_path) as queue:
        assert queue.pending_count() == 3


def test_nothing_is_stored_where_the_queue_takes_nothing(database: Database) -> None:
    open_round(database)

    def full(_round_id: int, _jobs: object) -> None:
        raise Conflict("the disk is full")

    with pytest.raises(Conflict, match="the disk is full"):
        inviting.invite(database, "PI-1", file_of(PEOPLE), NOW, "lace@example.org", full)
    assert inviting.mails(database, "PI-1") is None


def test_a_worker_that_comes_before_all_is_stored_waits_for_it(database: Database, box: Mailbox) -> None:
    open_round(database)
    with mail_server(box) as url, ThreadPoolExecutor(1) as worker:
        post, sending = Post(settings_of(url)), []

        def begin_at_once(round_id: int, mails: Sequence[tuple[str, str]]) -> None:
            sending.append(worker.submit(deliver, database, post, BASE, Handed(round_id, *mails[0]), last=False))
            wait(sending, timeout=0.5)

        inviting.invite(database, "PI-1", file_of(PEOPLE[:1]), NOW, "lace@example.org", begin_at_once)
        assert sending[0].result()
        post.rest()
    assert told(database).sent == codes_in(database) == len(box.mails) == 1


def test_a_second_worker_stands_by_and_takes_over(database: Database, box: Mailbox, tmp_path: Path) -> None:
    open_round(database)
    ask_for(database, tmp_path, ["holds@example.org", *PEOPLE])
    with mail_server(box) as url, working(database, tmp_path, url) as one:
        assert box.holding.wait(60)
        with working(database, tmp_path, url) as another:
            one.send_signal(signal.SIGKILL)
            until(lambda: told(database).waiting == 0)
            assert another.poll() is None
    made = box.codes()
    assert all(usable(database, codes) == codes[-1:] for codes in made.values())
    assert codes_in(database) == len(made) == len(PEOPLE) + 1


@ON_SQLITE
def test_the_queue_is_for_its_owner_alone(database: Database, tmp_path: Path) -> None:
    with queue_of(database, tmp_path):
        pass
    assert (tmp_path / "jobs.sqlite").stat().st_mode & 0o777 == 0o600
