"""Drafts: a form that is not sent yet, sealed so that whoever has the database has not read it.

A draft is kept under a key that its writer holds: the single-use code, the code of a team's link or, where many share
a link, a code of one's own. The database has the key's hash alone. The form is encrypted with AES-256-GCM under a key
derived from that code (HKDF with SHA-256, RFC 5869; no salt, for the code is 80 random bits) and bound to the hash it
is stored by, so that a draft put under another one does not open.
"""

import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from assessment.questionnaire.versions import Turn
from assessment.services import codes

_PURPOSE = b"assessment draft 1"
_NONCE = 12  # bytes, as GCM wants them


@dataclass(frozen=True, slots=True)
class Draft:
    """A form that is not sent yet: its answers, and for those that a tab sent by itself at which of its turns."""

    answers: dict[str, Any] = field(default_factory=dict)
    turns: dict[str, Turn] = field(default_factory=dict)


def seal(code: str, key_hash: str, draft: Draft) -> bytes:
    """Give a form that only whoever holds the code can open."""
    nonce = secrets.token_bytes(_NONCE)
    whole = [draft.answers, draft.turns]
    words = json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return nonce + _cipher(code).encrypt(nonce, words, key_hash.encode())


def unseal(code: str, key_hash: str, sealed: bytes) -> Draft:
    """Give a form back; nothing where it was not sealed under this code, for then it is not this person's."""
    try:
        words = _cipher(code).decrypt(sealed[:_NONCE], sealed[_NONCE:], key_hash.encode())
    except (InvalidTag, ValueError):
        return Draft()
    found = json.loads(words.decode("utf-8", "surrogatepass"))
    answers, turns = found if isinstance(found, list) else (found, {})  # sealed before turns were counted
    return Draft(answers, {question: Turn(*turn) for question, turn in turns.items()})


def _cipher(code: str) -> AESGCM:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE)
    return AESGCM(derived.derive(codes.normalised(code).encode("utf-8", "replace")))
