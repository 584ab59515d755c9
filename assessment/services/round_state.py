"""A round's state: computed from facts by one ladder, stored nowhere."""

from datetime import datetime
from typing import Literal

from assessment.store.records import RoundRecord

RoundState = Literal["planned", "open", "ended", "closed", "released"]


def state_of(round_: RoundRecord, now: datetime) -> RoundState:
    """Give the state: `planned` before it opens, `ended` when its time is over but nobody has closed it yet."""
    if round_.released_at is not None:
        return "released"
    if round_.closed_at is not None:
        return "closed"
    if now < round_.opens_at:
        return "planned"
    if round_.closes_at is not None and now >= round_.closes_at:
        return "ended"
    return "open"
