"""Codes: what opens a form. 80 random bits, written so that they survive being read aloud and typed.

A single-use code is random and stored as a hash only. The one code of a team's shared link is derived from the
installation's secret key and a stored nonce, so that it can be printed again though it is stored as a hash too.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: without I, L, O and U
_LOOK_ALIKE = str.maketrans("ILO", "110")
_LENGTH = 16  # 16 letters of 5 bits: 80 bits
_GROUP = 4


def new_code() -> str:
    """Give a new single-use code."""
    return _written(secrets.randbits(5 * _LENGTH))


def new_nonce() -> str:
    """Give what a shared code is derived from."""
    return secrets.token_hex(16)


def new_derived(derive: Callable[[str, str], str], secret_key: str) -> tuple[str, str]:
    """Give the hash of a new code that one of the functions below derives, and the nonce it is derived from."""
    nonce = new_nonce()
    return hash_of(derive(secret_key, nonce)), nonce


def derived_again(derive: Callable[[str, str], str], secret_key: str, nonce: str, code_hash: str) -> str:
    """Give the code that was derived from a nonce; `""` where that was done with another secret key."""
    code = derive(secret_key, nonce)
    return code if hash_of(code) == code_hash else ""


def shared_code(secret_key: str, nonce: str) -> str:
    """Give the code of a shared link."""
    return _derived(secret_key, b"shared link\x00", nonce)


def room_code(secret_key: str, nonce: str) -> str:
    """Give the code of the room in which a team votes."""
    return _derived(secret_key, b"workshop room\x00", nonce)


def results_code(secret_key: str, nonce: str) -> str:
    """Give the code of the link to a team's own results."""
    return _derived(secret_key, b"team results\x00", nonce)


def normalised(code: str) -> str:
    """Give a typed code as it was printed: case, spaces and dashes do not matter, look-alike letters are forgiven."""
    letters = "".join(letter for letter in code.upper() if letter.isalnum())
    return letters.translate(_LOOK_ALIKE)


def hash_of(code: str) -> str:
    """Give the hash a code is stored by. The code's 80 bits make a slow hash needless."""
    return hashlib.sha256(b"code\x00" + normalised(code).encode("utf-8", "replace")).hexdigest()


def _derived(secret_key: str, purpose: bytes, nonce: str) -> str:
    digest = hmac.digest(secret_key.encode(), purpose + nonce.encode(), "sha256")
    return _written(int.from_bytes(digest[:10]))


def _written(number: int) -> str:
    """Give 80 bits as they are printed."""
    letters = "".join(_ALPHABET[number >> 5 * place & 31] for place in range(_LENGTH))
    return "-".join(letters[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))
