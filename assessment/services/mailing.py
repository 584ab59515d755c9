"""Codes by mail: each is made while its mail is being sent, stored as a hash, and kept nowhere else.

Neither is to whom it went: addresses are read, used and forgotten. Where a mail is not taken, its code is void.
"""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import make_msgid
from urllib.parse import unquote, urlsplit

from assessment.errors import Conflict, Invalid, NotFound, Refused
from assessment.services import codes, csv_files
from assessment.services.links import SINGLE_USE
from assessment.services.rounds import needed
from assessment.store import queries, writes
from assessment.store.database import Database
from assessment.store.records import RosterEntry, RoundRecord

PATIENCE = 30  # seconds that a mail server may take to answer
_NOT_TAKEN = (smtplib.SMTPException, OSError)


@dataclass(frozen=True, slots=True)
class MailServer:
    """An SMTP server and whom mails come from; `scheme` is `smtp`, with STARTTLS where offered, or `smtps`."""

    scheme: str
    host: str
    port: int
    user: str
    password: str = field(repr=False)
    sender: str


@dataclass(frozen=True, slots=True)
class Invitation:
    """A row of the file: its number, the team, and who is to be written to."""

    row: int
    entry: RosterEntry
    address: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Sent:
    """How many mails were taken, and what was wrong with the others: sentences that name rows and no address."""

    number: int
    faults: tuple[str, ...]


def server_of(url: str, sender: str) -> MailServer:
    """Read where mails go out; raises `Refused` for what is no such address."""
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise Refused("ASSESSMENT_SMTP_URL should read like smtp://user:password@mail.example.org:587")
    if "@" not in sender:
        raise Refused("ASSESSMENT_MAIL_FROM should be the address that mails come from, like lace@example.org")
    port = parts.port or (465 if parts.scheme == "smtps" else 587)
    return MailServer(
        parts.scheme, parts.hostname, port, unquote(parts.username or ""), unquote(parts.password or ""), sender
    )


def send_codes(database: Database, code: str, content: bytes, server: MailServer, base_url: str) -> Sent:
    """Send everybody in a CSV file (columns `team,address`) a code of their own for a round in mode `codes`.

    All rows are checked before the first mail goes out. Raises `Invalid` naming rows, and `Refused` where the server
    takes no mail at all.
    """
    with database.reading() as session:
        round_ = _collecting_by_code(needed(session, code))
        entries = {entry.unit: entry for entry in queries.roster(session, round_.id)}
        counts = queries.code_counts(session, round_.id)
    invited = _read(content, entries, counts)
    faults = []
    with _connected(server) as connection:
        for one in invited:
            fault = _send(database, connection, round_, one, server.sender, base_url)
            if fault:
                faults.append(fault)
    return Sent(len(invited) - len(faults), tuple(faults))


def _collecting_by_code(round_: RoundRecord) -> RoundRecord:
    if round_.mode != SINGLE_USE:
        raise Conflict(f"the round {round_.code} has one link a team: put it into a mail of your own")
    if round_.closed_at is not None:
        raise Conflict(f"the round {round_.code} is closed; its codes are gone")
    return round_


def _read(content: bytes, entries: dict[str, RosterEntry], counts: dict[int, int]) -> list[Invitation]:
    invited: list[Invitation] = []
    faults: list[str] = []
    left = {entry.id: entry.headcount - counts.get(entry.id, 0) for entry in entries.values()}
    for _, row in csv_files.rows(content, ("team", "address")):
        entry = entries.get(row["team"])
        if entry is None:
            faults.append(row.fault("team", f"the round asks no team “{row['team'][:40]}”"))
        elif not _is_address(row["address"]):
            faults.append(row.fault("address", "this is no e-mail address"))
        else:
            left[entry.id] -= 1
            invited.append(Invitation(row.number, entry, row["address"]))
    faults += [
        f"team {entry.unit}: {-left[entry.id]} more than the {entry.headcount} people it has a code for"
        for entry in entries.values()
        if left[entry.id] < 0
    ]
    if faults:
        raise Invalid("no mail was sent", tuple(faults))
    if not invited:
        raise Invalid("the file names nobody")
    return invited


def _is_address(words: str) -> bool:
    try:
        found = Address(addr_spec=words)
    except (ValueError, IndexError):
        return False
    return bool(found.username and found.domain) and words.isprintable()


@contextmanager
def _connected(server: MailServer) -> Iterator[smtplib.SMTP]:
    kind = smtplib.SMTP_SSL if server.scheme == "smtps" else smtplib.SMTP
    try:
        connection = kind(server.host, server.port, timeout=PATIENCE)
        connection.ehlo()
        if server.scheme == "smtp" and connection.has_extn("starttls"):
            connection.starttls()
        if server.user:
            connection.login(server.user, server.password)
    except _NOT_TAKEN as error:
        raise Refused(f"the mail server {server.host} cannot be used: {type(error).__name__}") from error
    try:
        yield connection
    finally:
        with suppress(*_NOT_TAKEN):  # what was taken before is taken, however the connection ends
            connection.quit()


def _send(  # noqa: PLR0913, PLR0917 - what a mail is made of
    database: Database,
    connection: smtplib.SMTP,
    round_: RoundRecord,
    one: Invitation,
    sender: str,
    base_url: str,
) -> str:
    """Make a code and mail it; give what went wrong, and leave no code then."""
    made = codes.new_code()
    with database.writing() as session:
        if needed(session, round_.code, for_update=True).closed_at is not None:
            raise NotFound(f"the round {round_.code} closed while mails were sent")
        writes.add_codes(session, round_.id, [(one.entry.id, codes.hash_of(made), None)])
    try:
        connection.send_message(_mail(round_, one, made, sender, base_url))
    except _NOT_TAKEN as error:
        with database.writing() as session:
            writes.delete_code(session, codes.hash_of(made))
        return f"row {one.row}: the mail was not taken ({type(error).__name__})"
    return ""


def _mail(round_: RoundRecord, one: Invitation, code: str, sender: str, base_url: str) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = f"{round_.title}: your code for {one.entry.name}"
    mail["From"] = sender
    mail["To"] = one.address
    mail["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(
        f"Hello,\n\nhow do we work together, and what should get better next?\n"
        f"Please answer for your team, {one.entry.name}:\n\n"
        f"{base_url}/#{code}\n\n"
        f"or enter this code at {base_url}/ :\n\n    {code}\n\n"
        "The code can be used once. Which code went to whom is kept nowhere; your answers are stored without it.\n"
    )
    return mail
