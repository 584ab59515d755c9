"""Writing how far mails with codes are. To whom they go is in no table."""

from collections.abc import Sequence

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from assessment.store import tables
from assessment.store.writes.statement import add_rows, insert_into, plain, run


def start_mailing(session: Session, round_id: int, invitations: Sequence[tuple[str, int, int]]) -> None:
    """Begin the mails of a file, each as an id, its roster entry's id and its row; those of the file before go."""
    erase_mailing(session, round_id)
    run(session, insert_into(session, tables.Mailing).values(round_id=round_id, asked=len(invitations), sent=0))
    rows = [
        {"id": name, "round_id": round_id, "roster_entry_id": entry_id, "row": row}
        for name, entry_id, row in invitations
    ]
    add_rows(session, tables.Invitation, rows)


def put_on_the_way(session: Session, invitation_id: str, code_hash: str | None) -> None:
    """Say which code is being mailed now; None: none any more."""
    table = plain(tables.Invitation)
    run(session, update(table).where(table.c.id == invitation_id).values(code_hash=code_hash))


def count_sent(session: Session, round_id: int, invitation_id: str) -> None:
    """Count a mail as sent: what was known of it goes."""
    invitation, mailing = plain(tables.Invitation), plain(tables.Mailing)
    run(session, delete(invitation).where(invitation.c.id == invitation_id))
    run(session, update(mailing).where(mailing.c.round_id == round_id).values(sent=mailing.c.sent + 1, trouble=None))


def give_up_mail(session: Session, invitation_id: str, reason: str) -> None:
    """Say why a mail is not sent."""
    table = plain(tables.Invitation)
    run(session, update(table).where(table.c.id == invitation_id).values(code_hash=None, reason=reason))


def put_trouble(session: Session, round_id: int, trouble: str) -> None:
    """Say why the mail server takes nothing just now."""
    table = plain(tables.Mailing)
    run(session, update(table).where(table.c.round_id == round_id).values(trouble=trouble))


def erase_mailing(session: Session, round_id: int) -> None:
    """Delete all that is known of a round's mails."""
    for model in (tables.Invitation, tables.Mailing):
        table = plain(model)
        run(session, delete(table).where(table.c.round_id == round_id))
