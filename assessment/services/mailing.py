"""Codes by mail: each is made while its mail is being sent, stored as a hash, and kept nowhere else.

Neither is to whom it went: addresses are read, used and forgotten. Where a mail is not taken, its code is void. This is
what mails are made of and how they are handed over; `inviting` sends those of a file in the background.
"""

import secrets
import smtplib
import ssl
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import make_msgid
from urllib.parse import unquote, urlsplit

from sqlalchemy.orm import Session

from assessment.errors import Conflict, Invalid, NotFound, Refused
from assessment.services import codes, csv_files
from assessment.services.links import SINGLE_USE
from assessment.services.rounds import needed
from assessment.store import queries, writes
from assessment.store.database import Database
from assessment.store.records import RosterEntry, RoundRecord

ENOUGH = "everybody of the team has a code by now"
PATIENCE = 30  # seconds that a mail server may take to answer
LONGEST_ADDRESS = 254
_DONE = 250
_LASTING = 500  # replies from here on stay the same however often one asks
_FAULTS = (smtplib.SMTPException, OSError, ValueError)


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
class Addressee:
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


class NotTaken(Exception):  # noqa: N818 - it is told, row by row
    """A mail was not taken: the kind of fault, never its text, which may name the address.

    `lasting`: the server will not take it another time either.
    """

    def __init__(self, kind: str, *, lasting: bool = False) -> None:
        super().__init__(kind)
        self.kind = kind
        self.lasting = lasting


class Post:
    """The way to a mail server: opened when it is needed, kept from one mail to the next.

    A server that could not be used is left alone for `pause` seconds; whoever comes meanwhile is told the same at once.
    """

    def __init__(self, server: MailServer | None) -> None:
        self._server = server
        self.pause = 0.0
        self._connection: smtplib.SMTP | None = None
        self._closed_until = 0.0
        self._trouble = ""

    @property
    def sender(self) -> str:
        """Whom mails come from."""
        return self._server.sender if self._server else ""

    def open(self) -> smtplib.SMTP:
        """Give the connection, made where there is none. Raises `NotTaken` where the server cannot be used."""
        if self._connection is not None and self._answers(self._connection):
            return self._connection
        if self._server is None:
            raise NotTaken("no mail server is set")
        if time.monotonic() < self._closed_until:
            raise NotTaken(self._trouble)
        try:
            self._connection = _connected(self._server)
        except _FAULTS as error:
            self._trouble = type(error).__name__
            self._closed_until = time.monotonic() + self.pause
            raise NotTaken(self._trouble) from None
        return self._connection

    def send(self, mail: EmailMessage) -> None:
        """Hand a mail over. Raises `NotTaken`."""
        connection = self.open()
        try:
            connection.send_message(mail)
        except _FAULTS as error:
            lasting = _is_lasting(error)
            if not lasting:
                self.rest()
            raise NotTaken(type(error).__name__, lasting=lasting) from None

    def rest(self) -> None:
        """Hang up until the next mail."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(*_FAULTS):  # what was taken before is taken, however the connection ends
                connection.quit()

    def _answers(self, connection: smtplib.SMTP) -> bool:
        with suppress(*_FAULTS):
            if connection.noop()[0] == _DONE:
                return True
        connection.close()
        self._connection = None
        return False


def send_codes(database: Database, code: str, content: bytes, server: MailServer, base_url: str) -> Sent:
    """Send everybody in a CSV file (columns `team,address`) a code of their own for a round in mode `codes`.

    All rows are checked before the first mail goes out. Raises `Invalid` naming rows, and `Refused` where the server
    takes no mail at all.
    """
    round_, invited = read(database, code, content)
    post = Post(server)
    try:
        post.open()
    except NotTaken as fault:
        raise Refused(f"the mail server {server.host} cannot be used: {fault.kind}") from None
    try:
        outcomes = [(one.row, _send(database, post, round_, one, base_url)) for one in invited]
    finally:
        post.rest()
    faults = tuple(f"row {row}: {fault}" for row, fault in sorted(outcomes) if fault)
    return Sent(len(invited) - len(faults), faults)


def read(database: Database, code: str, content: bytes) -> tuple[RoundRecord, list[Addressee]]:
    """Read whom a CSV file names, in an order that is not the file's: the codes are stored in the order they are made.

    Raises `Invalid` naming rows.
    """
    with database.reading() as session:
        round_ = collecting_by_code(needed(session, code))
        entries = {entry.unit: entry for entry in queries.roster(session, round_.id)}
        counts = queries.code_counts(session, round_.id)
    invited, faults = _read(content, entries)
    faults += too_many(invited, counts)
    if faults:
        raise Invalid("no mail was sent", tuple(faults))
    if not invited:
        raise Invalid("the file names nobody")
    secrets.SystemRandom().shuffle(invited)
    return round_, invited


def collecting_by_code(round_: RoundRecord) -> RoundRecord:
    """Give a round that takes codes by mail. Raises `Conflict` for others."""
    if round_.mode != SINGLE_USE:
        raise Conflict(f"the round {round_.code} has one link a team: put it into a mail of your own")
    if round_.closed_at is not None:
        raise Conflict(f"the round {round_.code} is closed; its codes are gone")
    return round_


def too_many(invited: Iterable[Addressee], counts: Mapping[int, int]) -> list[str]:
    """Say which teams would have more codes than people; `counts` are those they have, by the entry's id."""
    entries = {one.entry.id: one.entry for one in invited}
    mails = Counter(one.entry.id for one in invited)
    over = {entry: mails[entry] + counts.get(entry, 0) - entries[entry].headcount for entry in entries}
    return [
        f"team {entries[entry].unit}: {more} more than the {entries[entry].headcount} people it has a code for"
        for entry, more in over.items()
        if more > 0
    ]


def has_enough(session: Session, entry: RosterEntry) -> bool:
    """Whether there is a code for everybody of a team; asked while the round is held."""
    return queries.code_counts(session, entry.round_id).get(entry.id, 0) >= entry.headcount


def compose(  # noqa: PLR0913, PLR0917 - what a mail is made of
    round_: RoundRecord, entry: RosterEntry, address: str, code: str, sender: str, base_url: str
) -> EmailMessage:
    """Give the mail with somebody's code."""
    mail = EmailMessage(policy=SMTP)
    # A header's words that look encoded would be decoded, line breaks and all.
    mail["Subject"] = f"{round_.title}: your code for {entry.name}".replace("=?", "= ?")
    mail["From"] = sender
    mail["To"] = address
    mail["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(
        f"Hello,\n\nhow do we work together, and what should get better next?\n"
        f"Please answer for your team, {entry.name}:\n\n"
        f"{base_url}/#{code}\n\n"
        f"or enter this code at {base_url}/ :\n\n    {code}\n\n"
        "The code can be used once. If you got two such mails, the later one counts.\n"
        "Which code went to whom is kept nowhere; your answers are stored without it.\n"
    )
    return mail


def _connected(server: MailServer) -> smtplib.SMTP:
    trusted = ssl.create_default_context()  # a server that cannot prove its name gets neither password nor address
    if server.scheme == "smtps":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=PATIENCE, context=trusted)
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=PATIENCE)
    try:
        connection.ehlo()
        if server.scheme == "smtp" and connection.has_extn("starttls"):
            connection.starttls(context=trusted)
        if server.user:
            connection.login(server.user, server.password)
    except _FAULTS:
        connection.close()
        raise
    return connection


def _read(content: bytes, entries: Mapping[str, RosterEntry]) -> tuple[list[Addressee], list[str]]:
    invited: list[Addressee] = []
    faults: list[str] = []
    seen: dict[tuple[str, str], int] = {}
    for _, row in csv_files.rows(content, ("team", "address")):
        entry = entries.get(row["team"])
        if entry is None:
            faults.append(row.fault("team", f"the round asks no team “{row['team'][:40]}”"))
            continue
        if not _is_address(row["address"]):
            faults.append(row.fault("address", "this is no e-mail address"))
            continue
        first = seen.setdefault((entry.unit, row["address"].casefold()), row.number)
        if first != row.number:
            faults.append(row.fault("address", f"the same as in row {first}, for the same team"))
        invited.append(Addressee(row.number, entry, row["address"]))
    return invited, faults


def _is_address(words: str) -> bool:
    if len(words) > LONGEST_ADDRESS:
        return False
    try:
        found = Address(addr_spec=words)
    except (ValueError, IndexError, HeaderParseError):
        return False
    # Written otherwise, with a comment or needless quotes, one person could be named twice.
    return bool(found.username and found.domain) and found.addr_spec == words and words.isprintable()


def _is_lasting(error: Exception) -> bool:
    """Whether a server says of a mail, and not of itself, that it never takes it."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= _LASTING for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code >= _LASTING
    return isinstance(error, smtplib.SMTPNotSupportedError | ValueError)


def _send(database: Database, post: Post, round_: RoundRecord, one: Addressee, base_url: str) -> str:
    """Make a code and mail it; give what went wrong, and leave no code then."""
    made = codes.new_code()
    with database.writing() as session:
        if needed(session, round_.code, for_update=True).closed_at is not None:
            raise NotFound(f"the round {round_.code} closed while mails were sent")
        if has_enough(session, one.entry):
            return ENOUGH
        writes.add_codes(session, round_.id, [(one.entry.id, codes.hash_of(made), None)])
    try:
        post.send(compose(round_, one.entry, one.address, made, post.sender, base_url))
    except NotTaken as fault:
        with database.writing() as session:
            needed(session, round_.code, for_update=True)  # whoever answers with it now is waited for
            if queries.has_begun(session, codes.hash_of(made)):
                return ""
            writes.delete_code(session, codes.hash_of(made))
        return f"the mail was not taken ({fault.kind})"
    return ""
