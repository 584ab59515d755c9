"""Codes by mail in the background: a file is checked as a whole, then each of its mails is sent by itself.

To whom a mail goes is in the job that sends it and nowhere else, and that job is forgotten when its mail is sent. Here
is kept that row 12 of the file is still to be sent, and the hash of its code while that is on the way: where the sender
is killed then, nobody knows whether the mail was taken. It is sent anew with another code, and the first one is void,
unless somebody has begun to answer with it: then it has come.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from assessment.errors import Conflict, Invalid
from assessment.services import codes, mailing
from assessment.services.mailing import NotTaken, Post
from assessment.services.rounds import needed
from assessment.store import queries, writes
from assessment.store.database import Database
from assessment.store.records import InvitationRecord, RoundRecord

ASKED_FOR = "codes by mail"  # what is noted of whoever uploaded a file

Hand = Callable[[int, Sequence[tuple[str, str]]], None]
"""Takes a round's id and its mails, each as the invitation's id and the address, to be sent later: all or none."""


@dataclass(frozen=True, slots=True)
class Handed:
    """A mail as it was handed over: its round's id, its invitation's, and to whom it goes."""

    round_id: int
    name: str
    address: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A mail that was not sent: its row in the file, its team, why."""

    row: int
    team: str
    reason: str


@dataclass(frozen=True, slots=True)
class Mails:
    """How far the mails of a round's newest file are; `trouble` is why the mail server takes none just now."""

    asked: int
    sent: int
    waiting: int
    refused: tuple[Refusal, ...]
    trouble: str


@dataclass(frozen=True, slots=True)
class _OnTheWay:
    """A code that was made to be mailed now."""

    round: RoundRecord
    invitation: InvitationRecord
    code: str


def invite(database: Database, code: str, content: bytes, now: datetime, by: str, hand: Hand) -> int:  # noqa: PLR0913, PLR0917 - all of them differ
    """Hand the mails of a CSV file (columns `team,address`) over to be sent, and give how many.

    All rows are checked first. Raises `Invalid` naming rows; then nothing is handed over and nothing is stored.
    """
    round_, invited = mailing.read(database, code, content)
    named = [(secrets.token_hex(16), one) for one in invited]
    with database.writing() as session:
        mailing.collecting_by_code(needed(session, code, for_update=True))
        waiting = [one for one in queries.invitations(session, round_.id) if one.reason is None]
        if waiting:
            raise Conflict(f"{len(waiting)} mails of the file before are still to be sent; wait until they are")
        faults = mailing.too_many(invited, queries.code_counts(session, round_.id))
        if faults:
            raise Invalid("no mail was sent", tuple(faults))
        writes.start_mailing(session, round_.id, [(name, one.entry.id, one.row) for name, one in named])
        writes.record_audit(session, now, by, ASKED_FOR, code)
        # Whoever sends them waits for the round, which is held here: no mail goes out before this is committed.
        hand(round_.id, [(name, one.address) for name, one in named])
    return len(named)


def mails(database: Database, code: str) -> Mails | None:
    """Give how far the mails of a round are, None where none were asked for."""
    with database.reading() as session:
        round_ = needed(session, code)
        found = queries.mailing(session, round_.id)
        if found is None:
            return None
        left = queries.invitations(session, round_.id)
    refused = tuple(Refusal(one.row, one.entry.name, one.reason) for one in left if one.reason is not None)
    return Mails(found.asked, found.sent, len(left) - len(refused), refused, found.trouble or "")


def deliver(database: Database, post: Post, base_url: str, mail: Handed, *, last: bool) -> bool:
    """Make the code of an invitation and mail it. False: not now, but it may go another time, unless this was the last.

    Nothing is done where it was sent before, or its round is closed.
    """
    try:
        post.open()
    except NotTaken as fault:
        return _not_now(database, mail, fault, last=last)
    ready = _make_code(database, mail)
    if ready is None:
        return True
    try:
        entry = ready.invitation.entry
        post.send(mailing.compose(ready.round, entry, mail.address, ready.code, post.sender, base_url))
    except NotTaken as fault:
        return _not_now(database, mail, fault, last=last or fault.lasting, code_hash=codes.hash_of(ready.code))
    with database.writing() as session:
        if _held(session, mail, codes.hash_of(ready.code)) is not None:
            writes.count_sent(session, ready.round.id, mail.name)
    return True


def give_up(database: Database, mail: Handed, reason: str) -> None:
    """Send this mail no more; what it had on the way is void unless it came."""
    with database.writing() as session:
        held = _held(session, mail)
        if held is not None and not _has_come(session, *held):
            writes.give_up_mail(session, mail.name, reason)


def _make_code(database: Database, mail: Handed) -> _OnTheWay | None:
    """Make the code that is mailed next; None where there is nothing to mail."""
    with database.writing() as session:
        held = _held(session, mail)
        if held is None or _has_come(session, *held):
            return None
        round_, invitation = held
        if mailing.has_enough(session, invitation.entry):
            writes.give_up_mail(session, mail.name, mailing.ENOUGH)
            return None
        made = codes.new_code()
        writes.add_codes(session, round_.id, [(invitation.entry.id, codes.hash_of(made), None)])
        writes.put_on_the_way(session, mail.name, codes.hash_of(made))
        return _OnTheWay(round_, invitation, made)


def _held(session: Session, mail: Handed, code_hash: str | None = None) -> tuple[RoundRecord, InvitationRecord] | None:
    """Hold the round of a mail that is to be sent still, and give both; None where there is no such mail any more.

    The round is held first: whoever hands the mail over holds it until the invitation is stored.
    """
    round_ = queries.round_by_id(session, mail.round_id, for_update=True)
    found = queries.invitation(session, mail.name)
    if round_ is None or found is None or found.reason is not None or round_.closed_at is not None:
        return None
    if code_hash is not None and found.code_hash != code_hash:
        return None
    return round_, found


def _has_come(session: Session, round_: RoundRecord, invitation: InvitationRecord) -> bool:
    """Whether the code that was on the way has come: somebody has begun to answer with it. Else it is void now."""
    if invitation.code_hash is None:
        return False
    if queries.has_begun(session, invitation.code_hash):
        writes.count_sent(session, round_.id, invitation.id)
        return True
    writes.delete_code(session, invitation.code_hash)
    writes.put_on_the_way(session, invitation.id, None)
    return False


def _not_now(database: Database, mail: Handed, fault: NotTaken, *, last: bool, code_hash: str | None = None) -> bool:
    """Note why a mail was not taken. True where it is done with: given up, gone meanwhile, or come all the same."""
    with database.writing() as session:
        held = _held(session, mail, code_hash)
        if held is None or _has_come(session, *held):
            return True
        if last:
            writes.give_up_mail(session, mail.name, f"the mail server did not take it ({fault.kind})")
        else:
            writes.put_trouble(session, mail.round_id, fault.kind)
        return last
