"""The server with a planted fault, to see whether the harness finds it.

    TORTURE_PLANT=two-transactions|early-acknowledgement|no-guard python -m benchmarks.torture.planted serve …

The faults are put in from outside, before the application starts: it knows nothing of them. Each pauses where the
fault is, so that few kills find it.
"""

import os
import threading
import time
from typing import Any

from assessment.cli import main
from assessment.questionnaire import asking
from assessment.services import answering, codes
from assessment.store import tables, writes
from assessment.store.records import Receipt, SubmissionRecord
from assessment.store.writes.statement import insert_into, run

PLANT = "TORTURE_PLANT"
PAUSE = 0.05  # seconds


def two_transactions() -> None:
    """Commit the receipt by itself, before the form is stored."""

    def apart(database: Any, ticket: Any, now: Any, **_more: Any) -> Receipt:  # noqa: ANN401 - whatever is submitted
        form = answering.open_form(database, ticket, now)
        if form.receipt is not None:
            return form.receipt
        receipt = Receipt(codes.new_code()[:9], now)
        of_whom = {"key_hash": ticket.key_hash, "round_id": form.round.id, "roster_entry_id": form.entry.id}
        with database.writing() as session:
            kept = insert_into(session, tables.Receipt).on_conflict_do_nothing(index_elements=["key_hash"])
            is_first = run(session, kept, {**of_whom, "reference": receipt.reference, "received_at": now}).rowcount == 1
        time.sleep(PAUSE)
        if is_first:
            sent = SubmissionRecord(
                answering.new_submission_id(), form.entry.id, asking.only_asked(form.asked, form.answers)
            )
            with database.writing() as session:
                writes.add_submissions(session, form.round.id, [sent])
        return receipt

    answering.submit = apart


def early_acknowledgement() -> None:
    """Answer at once, and store the form afterwards."""
    submit = answering.submit

    def early(database: Any, ticket: Any, now: Any, **more: Any) -> Receipt:  # noqa: ANN401 - whatever is submitted
        more.pop("listen", None)  # it needs the request, which is over by then
        threading.Timer(PAUSE, submit, (database, ticket, now), more).start()
        return Receipt(codes.new_code()[:9], now)

    answering.submit = early


def no_guard() -> None:
    """Look first whether a form came in, and store it then whatever came in meanwhile."""

    def unguarded(database: Any, ticket: Any, now: Any, **_more: Any) -> Receipt:  # noqa: ANN401 - whatever is submitted
        form = answering.open_form(database, ticket, now)
        if form.receipt is not None:
            return form.receipt
        time.sleep(PAUSE)
        receipt = Receipt(codes.new_code()[:9], now)
        given = asking.only_asked(form.asked, form.answers)
        with database.writing() as session:
            form_id = answering.new_submission_id()
            of_whom = {"key_hash": ticket.key_hash, "round_id": form.round.id, "entry_id": form.entry.id}
            if not writes.submit(
                session, **of_whom, reference=receipt.reference, submission_id=form_id, answers=given, now=now
            ):
                writes.add_submissions(session, form.round.id, [SubmissionRecord(form_id, form.entry.id, given)])
        return receipt

    answering.submit = unguarded


PLANTS = {
    "two-transactions": two_transactions,
    "early-acknowledgement": early_acknowledgement,
    "no-guard": no_guard,
}

if __name__ == "__main__":
    PLANTS[os.environ[PLANT]]()
    main()
