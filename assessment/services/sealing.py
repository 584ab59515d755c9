"""The seal of a release: what shows that neither its figures nor what they were made of was changed.

The hash printed on reports is over what was released alone: few answers behind a hidden score could be found from a
hash over tallies by trying. The seal is over both, under a key that only this installation has, and is never printed.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, astuple, dataclass
from datetime import UTC, datetime

from assessment.store.records import RoundRecord, TeamTallies, UnitTallies

_line = json.JSONEncoder(allow_nan=False, separators=(",", ":"), sort_keys=True).encode


@dataclass(frozen=True, slots=True)
class Made:
    """What a release says of itself; `hash` stands for its scores and steps."""

    number: int
    made_at: datetime
    method: str
    hash: str
    reason: str | None
    libraries: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sealing:
    """What seals the releases of one round: the key, and the digest of what they are made of.

    The digest is kept nowhere: whoever had it could try out tallies.
    """

    key: bytes
    inputs: bytes

    def seal(self, made: Made) -> str:
        """Give the seal of a release: HMAC-SHA256 (RFC 2104), as 64 hexadecimal digits."""
        says = asdict(made) | {"made_at": made.made_at.astimezone(UTC).isoformat()}
        return hmac.new(self.key, self.inputs + _line(says).encode(), "sha256").hexdigest()

    def fits(self, seal: str, made: Made) -> bool:
        """Whether a seal is that of a release."""
        return hmac.compare_digest(seal, self.seal(made))


def sealing(
    secret_key: str, round_: RoundRecord, tallies: Sequence[TeamTallies], of_roles: Sequence[UnitTallies]
) -> Sealing:
    """Give what seals a round's releases; the key is derived from the installation's secret key for this alone."""
    found = hashlib.sha256()
    begin = (round_.code, round_.mode, round_.threshold, round_.questionnaire, round_.version, round_.content_hash)
    found.update(_line(begin).encode() + b"\n")
    for team in sorted(tallies, key=lambda team: team.entry.unit):
        counts = {question: astuple(tally) for question, tally in team.tallies.items()}
        entry = (team.entry.unit, team.entry.name, team.entry.kind, team.entry.headcount)
        path = [astuple(step) for step in team.entry.path]
        found.update(_line((*entry, path, team.forms, counts)).encode() + b"\n")
    for unit in sorted(of_roles, key=lambda unit: unit.unit):
        found.update(_line((unit.unit, {name: dict(words) for name, words in unit.words.items()})).encode() + b"\n")
    return Sealing(hmac.digest(secret_key.encode(), b"release seal\x00", "sha256"), found.digest())
