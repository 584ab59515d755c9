"""Settings: read once from the environment, frozen; a wrong one stops the start with a sentence."""

import os
import secrets
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from assessment import resources
from assessment.errors import Refused

SHORTEST_SECRET = 32

_NO_URL = "ASSESSMENT_BASE_URL is {!r}; it should read like https://assessment.example.org"

_OIDC = ("ASSESSMENT_OIDC_ISSUER", "ASSESSMENT_OIDC_CLIENT_ID", "ASSESSMENT_OIDC_CLIENT_SECRET")
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs from one installation to the next."""

    instance: Path
    database_url: str
    questionnaires: Path | None
    base_url: str
    timezone: ZoneInfo
    secret: str | None = field(repr=False)
    smtp_url: str = field(default="", repr=False)
    mail_from: str = ""
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = field(default="", repr=False)

    @property
    def oidc(self) -> bool:
        """Whether people can sign in at the organisation's OpenID Connect provider."""
        return bool(self.oidc_issuer)

    @property
    def secret_key(self) -> str:
        """What signs sessions and shared links: the one that was set, else the one kept in the instance folder."""
        return self.secret or _kept_secret(self.instance)

    @property
    def secure(self) -> bool:
        """Whether people reach the application over HTTPS, so that cookies may insist on it."""
        return self.base_url.startswith("https://")


def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; raises `Refused` naming the variable that is wrong."""
    given = os.environ if environment is None else environment
    instance = Path(given.get("ASSESSMENT_INSTANCE") or resources.instance_folder()).absolute()
    issuer, client_id, client_secret = _oidc({name: given.get(name) or "" for name in _OIDC})
    return Settings(
        instance=instance,
        database_url=given.get("ASSESSMENT_DATABASE_URL") or f"sqlite:///{instance / 'assessment.sqlite'}",
        questionnaires=_questionnaires(given.get("ASSESSMENT_QUESTIONNAIRES")),
        base_url=_base_url(given.get("ASSESSMENT_BASE_URL") or "http://127.0.0.1:8000"),
        timezone=_timezone(given.get("ASSESSMENT_TIMEZONE") or "UTC"),
        secret=_secret(given.get("ASSESSMENT_SECRET_KEY")),
        smtp_url=given.get("ASSESSMENT_SMTP_URL") or "",
        mail_from=given.get("ASSESSMENT_MAIL_FROM") or "",
        oidc_issuer=issuer,
        oidc_client_id=client_id,
        oidc_client_secret=client_secret,
    )


def _questionnaires(value: str | None) -> Path | None:
    if not value:
        return None
    if not Path(value).is_dir():
        raise Refused(f"ASSESSMENT_QUESTIONNAIRES names {value}, which is no folder")
    return Path(value).absolute()


def _base_url(value: str) -> str:
    try:
        parts = urlsplit(value)
    except ValueError as error:
        raise Refused(_NO_URL.format(value)) from error
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
        raise Refused(_NO_URL.format(value))
    return value.rstrip("/")


def _oidc(given: Mapping[str, str]) -> tuple[str, ...]:
    """Give issuer, client id and client secret: all three or none, for a part of them signs nobody in."""
    missing = [name for name, value in given.items() if not value]
    if missing and len(missing) < len(given):
        raise Refused(f"signing in by OpenID Connect needs {', '.join(given)}: {' and '.join(missing)} is missing")
    issuer = given[_OIDC[0]]
    if issuer and not _is_issuer(issuer):
        raise Refused(
            f"ASSESSMENT_OIDC_ISSUER is {issuer!r}; it should read like https://login.example.org/realms/ours,"
            " the way the provider writes it itself, and only on this machine begin with http://"
        )
    return tuple(given.values())


def _is_issuer(value: str) -> bool:
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _THIS_MACHINE)
    return safe and bool(parts.hostname) and not (parts.query or parts.fragment or parts.username)


def _timezone(value: str) -> ZoneInfo:
    try:
        return ZoneInfo(value)
    except (KeyError, ValueError, OSError) as error:
        raise Refused(f"ASSESSMENT_TIMEZONE is {value!r}; it should read like Europe/Berlin") from error


def _secret(value: str | None) -> str | None:
    if value and len(value) < SHORTEST_SECRET:
        raise Refused(f"ASSESSMENT_SECRET_KEY is too short: {SHORTEST_SECRET} characters at the least")
    return value or None


@lru_cache(maxsize=8)  # every form that is sent asks for it
def _kept_secret(instance: Path) -> str:
    """Give the secret kept in the instance folder, made there when it is first needed.

    It is written beside its place and linked there whole, so that no other process can find half of it.
    """
    place = instance / "secret-key"
    try:
        instance.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not place.exists():
            _write_secret(place)
        kept = place.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"the secret key {place} cannot be kept: {error}") from error
    if len(kept) < SHORTEST_SECRET:
        raise Refused(f"the secret key {place} is damaged; delete the file, then reissue the links of open rounds")
    return kept


def _write_secret(place: Path) -> None:
    descriptor, unfinished = tempfile.mkstemp(dir=place.parent, prefix=".secret-key-")
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
        with suppress(FileExistsError):  # another process was quicker: its key is the one
            os.link(unfinished, place)
    finally:
        Path(unfinished).unlink()
