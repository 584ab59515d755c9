"""Codes by mail, to a real SMTP server: one each, made on the way, kept as a hash; no address is kept anywhere."""

import re
import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import func, select

from assessment.errors import Conflict, Invalid, Refused
from assessment.services import mailing
from assessment.services.answering import open_form, ticket_of
from assessment.services.mailing import MailServer
from assessment.store import tables
from assessment.store.database import Database
from tests.services.given import BASE, NOW, ON_SQLITE, open_round

FILE = b"team,address\nfalcon,one@example.org\nfalcon,two@example.org\nheron,three@example.org\n"


class Mailbox:
    """What a server took; it takes nothing for addresses that begin with `refused`."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []

    async def handle_RCPT(  # noqa: N802 - the server's own names
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take or refuse an address."""
        if address.startswith("refused"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take a mail."""
        content = envelope.content
        assert isinstance(content, bytes)
        mail = message_from_bytes(content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        return "250 OK"


@pytest.fixture
def box() -> Mailbox:
    """An empty mailbox."""
    return Mailbox()


@pytest.fixture
def server(box: Mailbox) -> Iterator[MailServer]:
    """An SMTP server that puts mails into the box."""
    with socket.socket() as probe:  # the controller wants to know its port beforehand
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield mailing.server_of(f"smtp://127.0.0.1:{port}", "lace@example.org")
    controller.stop()


def codes_in(box: Mailbox) -> list[str]:
    """Give the code of each mail."""
    found = [re.search(r"#([0-9A-Z-]{19})", mail.get_content()) for mail in box.mails]
    return [one[1] for one in found if one]


def count(database: Database) -> int:
    """Give how many codes there are."""
    with database.reading() as session:
        return session.scalars(select(func.count()).select_from(tables.AccessCode)).one()


def test_everybody_gets_a_code_of_their_own(database: Database, box: Mailbox, server: MailServer) -> None:
    open_round(database)
    sent = mailing.send_codes(database, "PI-1", FILE, server, BASE)
    assert (sent.number, sent.faults) == (3, ())
    assert [mail["To"] for mail in box.mails] == ["one@example.org", "two@example.org", "three@example.org"]
    assert box.mails[0]["Subject"] == "PI-1: your code for Falcon"
    made = codes_in(box)
    assert len(set(made)) == count(database) == 3
    assert [open_form(database, ticket_of(code, None), NOW).entry.unit for code in made] == [
        "falcon",
        "falcon",
        "heron",
    ]


@ON_SQLITE
def test_no_address_and_no_code_is_in_the_database(
    database: Database, box: Mailbox, server: MailServer, tmp_path: Path
) -> None:
    open_round(database)
    mailing.send_codes(database, "PI-1", FILE, server, BASE)
    held = b"".join(path.read_bytes() for path in tmp_path.rglob("*.sqlite*"))
    assert len(held) > 10_000
    assert b"@example.org" not in held
    assert not any(code.encode() in held for code in codes_in(box))


def test_a_mail_that_is_not_taken_leaves_no_code(database: Database, box: Mailbox, server: MailServer) -> None:
    open_round(database)
    content = b"team,address\nfalcon,refused@example.org\nheron,three@example.org\n"
    sent = mailing.send_codes(database, "PI-1", content, server, BASE)
    assert sent.number == len(box.mails) == count(database) == 1
    assert sent.faults == ("row 2: the mail was not taken (SMTPRecipientsRefused)",)


@ON_SQLITE
@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"team,address\nnobody,a@example.org\n", "row 2, column team: the round asks no team"),
        (b"team,address\nfalcon,nonsense\n", "row 2, column address: this is no e-mail address"),
        (b'team,address\nfalcon,"a@example.org\r\nBcc: b@example.org"\n', "row 2, column address"),
        (b"team,address\n" + b"falcon,a@example.org\n" * 100, "more than the"),
    ],
)
def test_what_cannot_be_sent_is_told_before_the_first_mail(
    database: Database, box: Mailbox, server: MailServer, content: bytes, fault: str
) -> None:
    open_round(database)
    with pytest.raises(Invalid, match="no mail was sent") as refusal:
        mailing.send_codes(database, "PI-1", content, server, BASE)
    assert any(fault in one for one in refusal.value.faults)
    assert not box.mails
    assert count(database) == 0


@ON_SQLITE
def test_a_file_without_people_a_shared_link_and_a_server_that_is_not_there_are_refused(
    database: Database, server: MailServer
) -> None:
    open_round(database)
    with pytest.raises(Invalid, match="names nobody"):
        mailing.send_codes(database, "PI-1", b"team,address\n", server, BASE)
    nowhere = mailing.server_of("smtp://127.0.0.1:1", "lace@example.org")
    with pytest.raises(Refused, match=r"the mail server 127\.0\.0\.1 cannot be used: ConnectionRefusedError"):
        mailing.send_codes(database, "PI-1", FILE, nowhere, BASE)
    assert count(database) == 0
    open_round(database, "PI-2", mode="link")
    with pytest.raises(Conflict, match="one link a team"):
        mailing.send_codes(database, "PI-2", FILE, server, BASE)


@pytest.mark.parametrize(
    ("url", "sender", "sentence"),
    [
        ("", "lace@example.org", "ASSESSMENT_SMTP_URL should read like"),
        ("http://mail.example.org", "lace@example.org", "ASSESSMENT_SMTP_URL should read like"),
        ("smtp://mail.example.org", "", "ASSESSMENT_MAIL_FROM should be"),
    ],
)
def test_how_mails_go_out_is_to_be_said(url: str, sender: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        mailing.server_of(url, sender)


def test_a_server_has_its_usual_port_and_its_password_is_in_no_repr() -> None:
    server = mailing.server_of("smtps://me%40example.org:s3cret@mail.example.org", "lace@example.org")
    assert (server.port, server.user, server.password) == (465, "me@example.org", "s3cret")
    assert mailing.server_of("smtp://mail.example.org", "lace@example.org").port == 587
    assert "s3cret" not in repr(server)
