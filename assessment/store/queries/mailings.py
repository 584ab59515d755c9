"""Mails with codes: how far they are, which are still to be sent, whether one has reached its reader."""

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from assessment.store import tables
from assessment.store.queries.record import Record
from assessment.store.queries.rounds import ENTRY
from assessment.store.records import InvitationRecord, MailingRecord

_MAILING = Record(MailingRecord, asked=tables.Mailing.asked, sent=tables.Mailing.sent, trouble=tables.Mailing.trouble)
_INVITATION = Record(
    InvitationRecord,
    id=tables.Invitation.id,
    entry=ENTRY,
    row=tables.Invitation.row,
    code_hash=tables.Invitation.code_hash,
    reason=tables.Invitation.reason,
)


def mailing(session: Session, round_id: int) -> MailingRecord | None:
    """Give how far the mails of a round are, None where none were asked for."""
    return session.scalars(select(_MAILING).where(tables.Mailing.round_id == round_id)).first()


def invitation(session: Session, invitation_id: str) -> InvitationRecord | None:
    """Give a mail that is still to be sent, or was not taken; None where it was sent, or its round is closed."""
    return session.scalars(_select_invitations().where(tables.Invitation.id == invitation_id)).first()


def invitations(session: Session, round_id: int) -> list[InvitationRecord]:
    """Give a round's mails that are still to be sent or were not taken, by their rows in the file."""
    statement = _select_invitations().where(tables.Invitation.round_id == round_id)
    return list(session.scalars(statement.order_by(tables.Invitation.row)))


def has_begun(session: Session, code_hash: str) -> bool:
    """Whether somebody has answered with a code, or begun to: it reached them."""
    draft, receipt = tables.Draft, tables.Receipt
    return bool(
        session.scalar(
            select(
                exists().where(draft.key_hash == code_hash) | exists().where(receipt.key_hash == code_hash),
            )
        )
    )


def _select_invitations() -> Select[InvitationRecord]:
    table = tables.Invitation
    return (
        select(_INVITATION).select_from(table).join(tables.RosterEntry, tables.RosterEntry.id == table.roster_entry_id)
    )
