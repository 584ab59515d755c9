"""Codes by mail, to a real SMTP server: one each, made on the way, kept as a hash; no address is kept anywhere."""

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from sqlalchemy import func, select

from assessment.errors import Conflict, Invalid, Refused
from assessment.services import mailing
from assessment.services.answering import open_form, ticket_of
from assessment.services.mailing import MailServer
from assessment.store import tables
from assessment.store.database import Database
from tests.mail_server import Mailbox, mail_server, settings_of
from tests.services.given import BASE, NOW, ON_SQLITE, open_round

FILE = b"team,address\nfalcon,one@example.org\nfalcon,two@example.org\nheron,three@example.org\n"


@pytest.fixture
def box() -> Mailbox:
    """An empty mailbox."""
    return Mailbox()


@pytest.fixture
def server(box: Mailbox) -> Iterator[MailServer]:
    """An SMTP server that puts mails into the box."""
    with mail_server(box) as url:
        yield settings_of(url)


def codes_in(box: Mailbox) -> list[str]:
    """Give the code of each mail."""
    return [code for codes in box.codes().values() for code in codes]


def count(database: Database) -> int:
    """Give how many codes there are."""
    with database.reading() as session:
        return session.scalars(select(func.count()).select_from(tables.AccessCode)).one()


def test_everybody_gets_a_code_of_their_own(database: Database, box: Mailbox, server: MailServer) -> None:
    open_round(database)
    sent = mailing.send_codes(database, "PI-1", FILE, server, BASE)
    assert (sent.number, sent.faults) == (3, ())
    made = box.codes()
    teams = {"one@example.org": "falcon", "two@example.org": "falcon", "three@example.org": "heron"}
    assert {mail["To"]: mail["Subject"] for mail in box.mails} == {
        address: f"PI-1: your code for {team.title()}" for address, team in teams.items()
    }
    assert len(set(codes_in(box))) == count(database) == 3
    units = {address: open_form(database, ticket_of(code, None), NOW).entry.unit for address, (code,) in made.items()}
    assert units == teams


@ON_SQLITE
def test_codes_are_made_in_another_order_than_the_files(database: Database, box: Mailbox, server: MailServer) -> None:
    open_round(database)
    addresses = [f"a{number}@example.org" for number in range(8)]
    rows = "".join(f"{team},{address}\n" for address in addresses for team in ("falcon", "heron", "ibex"))
    mailing.send_codes(database, "PI-1", f"team,address\n{rows}".encode(), server, BASE)
    order = [(mail["Subject"], mail["To"]) for mail in box.mails]
    assert order != sorted(order, key=lambda one: addresses.index(one[1]))  # by chance in 1 of 10 to the 17th
    assert len(order) == 24


@ON_SQLITE
def test_a_line_that_is_cut_costs_one_mail_and_no_other(database: Database, server: MailServer) -> None:
    open_round(database)
    content = b"team,address\nfalcon,drops@example.org\nfalcon,two@example.org\nheron,three@example.org\n"
    sent = mailing.send_codes(database, "PI-1", content, server, BASE)
    assert sent.faults == ("row 2: the mail was not taken (SMTPServerDisconnected)",)
    assert sent.number == count(database) == 2


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
def test_a_title_that_looks_encoded_adds_no_header(database: Database, box: Mailbox, server: MailServer) -> None:
    open_round(database, title="PI =?utf-8?q?=0d=0aBcc:_x=40example.org=0d=0a=0d=0aOther_words?=")
    mailing.send_codes(database, "PI-1", b"team,address\nfalcon,a@example.org\n", server, BASE)
    (mail,) = box.mails
    assert (mail["Bcc"], mail["To"]) == (None, "a@example.org")
    assert "Other_words" in mail["Subject"]


@ON_SQLITE
@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"team,address\nnobody,a@example.org\n", "row 2, column team: the round asks no team"),
        (b"team,address\nfalcon,nonsense\n", "row 2, column address: this is no e-mail address"),
        (b'team,address\nfalcon,"a@example.org\r\nBcc: b@example.org"\n', "row 2, column address"),
        (b"team,address\nfalcon,<a@example.org>\n", "row 2, column address: this is no e-mail address"),
        (b"team,address\nfalcon,a@example.org\nfalcon,a@example.org(x)\n", "row 3, column address: this is no"),
        (b"team,address\n" + b"falcon,a@example.org\n" * 100, "more than the"),
        (b"team,address\nfalcon,a@example.org\nfalcon,A@example.org\n", "row 3, column address: the same as in row 2"),
        (b"team,address\nfalcon," + b"a" * 250 + b"@example.org\n", "row 2, column address: this is no e-mail address"),
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


def self_signed(folder: Path) -> ssl.SSLContext:
    """Give what a server proves its name with to whoever believes it anything."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "both.pem").write_bytes(private + certificate.public_bytes(Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "both.pem")
    return context


def test_a_server_that_cannot_prove_its_name_gets_no_mail(
    database: Database, box: Mailbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_round(database)
    with mail_server(box, proof=self_signed(tmp_path)) as url:
        with pytest.raises(Refused, match=r"the mail server 127\.0\.0\.1 cannot be used: SSLCertVerificationError"):
            mailing.send_codes(database, "PI-1", FILE, settings_of(url), BASE)
        assert (box.mails, count(database)) == ([], 0)
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "both.pem"))  # where the system trusts it
        assert mailing.send_codes(database, "PI-1", FILE, settings_of(url), BASE).number == 3
    assert len(box.mails) == 3
