"""Codes by mail from the round's page: the file is checked, the queue takes it, the page tells how far it is."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from assessment.app import create_app
from assessment.jobs.queue import queue_of
from assessment.services import accounts, closing, inviting, mailing
from assessment.store.database import Database
from tests import served
from tests.jobs.given import raw, told, until, working
from tests.mail_server import Mailbox, mail_server
from tests.services.given import NOW, ON_SQLITE, SECRET, open_round
from tests.web.conftest import SignsIn
from tests.web.respond.given import Respondent

FILE = b"team,address\nfalcon,one@example.org\nheron,two@example.org\nheron,refused@example.org\n"


@pytest.fixture
def lace(database: Database, database_url: str, tmp_path: Path) -> Respondent:
    """Somebody of the LACE, where a mail server is set."""
    settings = replace(
        served.settings(tmp_path, database_url), smtp_url="smtp://127.0.0.1:1", mail_from="lace@example.org"
    )
    somebody = Respondent(create_app(settings, database).test_client())
    accounts.add_account(database, "lace@example.org", served.PASSWORD, "lace", None, datetime.now(UTC))
    somebody.get("/sign-in")
    somebody.post("/sign-in", {"email": "lace@example.org", "password": served.PASSWORD})
    return somebody


def upload(person: Respondent, content: bytes | None, name: str = "people.csv") -> TestResponse:
    """Send a file from the round's page."""
    person.get("/rounds/PI-1")
    given = {"csrf_token": person.token} | ({} if content is None else {"people": (BytesIO(content), name)})
    answer = person.client.post("/rounds/PI-1/mails", data=given, content_type="multipart/form-data")
    person.seen = answer
    return answer


def waiting(database: Database, folder: Path) -> int:
    """Give how many jobs wait."""
    with queue_of(database, folder) as queue:
        return int(queue.pending_count())


def test_a_file_goes_into_the_queue_and_the_page_follows_its_mails(
    database: Database, lace: Respondent, tmp_path: Path
) -> None:
    open_round(database)
    assert upload(lace, FILE).status_code == 303
    lace.follow()
    assert "3 mails are on their way." in lace.words or "3 mails are on their way." in (lace.seen or "").text  # type: ignore[union-attr]
    assert "0 of 3 mails sent , 3 still to be sent ." in lace.words or "3 still to be sent" in lace.words
    assert lace.seen is not None
    assert 'data-follow="/rounds/PI-1/mails"' in lace.seen.text
    assert 'name="people"' not in lace.seen.text  # one file at a time
    assert waiting(database, tmp_path) == 3
    box = Mailbox()
    with mail_server(box) as url, working(database, tmp_path, url):
        until(lambda: told(database).waiting == 0)
    told_alone = lace.get("/rounds/PI-1/mails").text
    assert "<html" not in told_alone
    assert "2 of 3 mails sent" in " ".join(told_alone.split())
    page = lace.get("/rounds/PI-1").text
    assert re.search(r"2 of 3 mails sent\s*, 1 not taken", page)
    assert re.search(r"4</th><td>Heron</td><td>the mail server did not take it \(SMTPRecipientsRefused\)", page)
    assert "example.org<" not in page.replace("lace@example.org<", "")
    assert not any(code in page for codes in box.codes().values() for code in codes)
    assert 'name="people"' in page


@ON_SQLITE
@pytest.mark.parametrize(
    ("content", "sentences"),
    [
        (None, ["Choose a CSV file first."]),
        (b"", ["the file is empty; its first row names the columns (team, address at least)"]),
        (b"\x89PNG\r\n\x1a\n", ["line 1 is not UTF-8 (byte 0x89); save the file as UTF-8"]),
        (b"team;address\nfalcon;one@example.org\n", ["the columns are separated by semicolons"]),
        (b"team,mail\nfalcon,one@example.org\n", ["row 1: the column address is missing"]),
        (
            b"team,address\nfalcon,one@example.org\nnobody,two@example.org\nheron,three\n",
            [
                "no mail was sent",
                "row 3, column team: the round asks no team “nobody”",
                "row 4, column address: this is no e-mail address",
            ],
        ),
        (
            b"team,address\n" + b"".join(b"falcon,a%d@example.org\n" % number for number in range(10)),
            ["team falcon: 2 more than the 8 people it has a code for"],
        ),
        (
            b"team,address\nfalcon,one@example.org\nfalcon,ONE@example.org\n",
            ["row 3, column address: the same as in row 2, for the same team"],
        ),
        (b"team,address\n" + b"nobody,one@example.org\n" * 30, ["and 10 more"]),
    ],
)
def test_a_faulty_file_is_told_row_by_row_and_nothing_is_stored(
    database: Database, lace: Respondent, tmp_path: Path, content: bytes | None, sentences: list[str]
) -> None:
    open_round(database)
    assert upload(lace, content).status_code == 422
    for sentence in sentences:
        assert sentence in lace.words
    assert "one@example.org" not in lace.words
    assert "Error: PI-1" in (lace.seen.text if lace.seen else "")
    assert inviting.mails(database, "PI-1") is None
    assert waiting(database, tmp_path) == 0


@ON_SQLITE
def test_a_person_in_two_teams_gets_two_codes(database: Database, lace: Respondent, tmp_path: Path) -> None:
    open_round(database)
    assert upload(lace, b"team,address\nfalcon,one@example.org\nheron,one@example.org\n").status_code == 303
    assert waiting(database, tmp_path) == 2


@ON_SQLITE
def test_a_file_that_is_too_large_and_one_too_early_are_refused(
    database: Database, lace: Respondent, tmp_path: Path
) -> None:
    open_round(database)
    large = b"team,address\n" + b"falcon,one@example.org\n" * 220_000  # 5 MB
    lace.seen = lace.client.post("/rounds/PI-1/mails", data=large, content_type="multipart/form-data; boundary=x")
    assert lace.seen.status_code == 413
    assert "What was sent is larger than 1 MiB; nothing was stored." in lace.words
    assert upload(lace, FILE).status_code == 303
    assert upload(lace, FILE).status_code == 409
    assert "3 mails of the file before are still to be sent; wait until they are" in lace.words
    assert waiting(database, tmp_path) == 3


@ON_SQLITE
def test_a_round_that_closed_meanwhile_takes_no_file(database: Database, lace: Respondent, tmp_path: Path) -> None:
    open_round(database)
    lace.get("/rounds/PI-1")
    closing.close(database, "PI-1", NOW + timedelta(days=1), secret_key=SECRET)
    assert upload(lace, FILE).status_code == 409
    assert "the round PI-1 is closed; its codes are gone" in lace.words
    assert waiting(database, tmp_path) == 0


@ON_SQLITE
def test_a_close_from_the_page_drops_what_waits(database: Database, lace: Respondent, tmp_path: Path) -> None:
    open_round(database)
    upload(lace, FILE)
    lace.get("/rounds/PI-1")
    assert lace.post("/rounds/PI-1/close", {"sure": "yes"}).status_code == 303
    assert waiting(database, tmp_path) == 0
    assert b"@example.org" not in raw(database, tmp_path)


@ON_SQLITE
def test_a_queue_that_takes_nothing_is_told_and_nothing_is_stored(
    database: Database, lace: Respondent, tmp_path: Path
) -> None:
    open_round(database)
    (tmp_path / "jobs.sqlite").mkdir()
    assert upload(lace, FILE).status_code == 503
    assert "Nothing was stored." in lace.words
    assert inviting.mails(database, "PI-1") is None


@ON_SQLITE
def test_without_a_mail_server_the_page_says_which_setting_it_needs(database: Database, signs_in: SignsIn) -> None:
    open_round(database)
    person = signs_in("lace")
    person.get("/rounds/PI-1")
    assert "Codes can be mailed from here once a mail server is set: ASSESSMENT_SMTP_URL" in person.words
    assert upload(person, FILE).status_code == 400
    assert "ASSESSMENT_SMTP_URL should read like" in person.words


@ON_SQLITE
def test_who_hands_out_to_one_art_mails_nobody(database: Database, signs_in: SignsIn) -> None:
    open_round(database)
    person = signs_in("rte", "rail")
    person.get("/rounds/PI-1")
    assert "By mail" not in person.words
    assert upload(person, FILE).status_code == 403
    assert person.get("/rounds/PI-1/mails").status_code == 403


@ON_SQLITE
def test_a_round_with_a_shared_link_mails_no_codes(database: Database, lace: Respondent) -> None:
    open_round(database, mode="link", secret_key=served.SECRET)
    lace.get("/rounds/PI-1")
    assert "By mail" not in lace.words
    assert upload(lace, FILE).status_code == 409


def test_the_password_of_the_mail_server_is_in_no_repr() -> None:
    post = mailing.Post(mailing.server_of("smtp://me:s3cret@mail.example.org", "lace@example.org"))
    assert "s3cret" not in repr(post) + repr(vars(post))
