"""Settings: read once from the environment, frozen; a wrong one stops the start with a sentence."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from assessment import resources
from assessment.errors import Refused

SHORTEST_SECRET = 32


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs from one installation to the next."""

    instance: Path
    database_url: str
    questionnaires: Path | None
    base_url: str
    timezone: ZoneInfo
    secret_key: str = field(repr=False)

    @property
    def secure(self) -> bool:
        """Whether people reach the application over HTTPS, so that cookies may insist on it."""
        return self.base_url.startswith("https://")


def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; raises `Refused` naming the variable that is wrong."""
    given = os.environ if environment is None else environment
    instance = Path(given.get("ASSESSMENT_INSTANCE") or resources.instance_folder()).absolute()
    return Settings(
        instance=instance,
        database_url=given.get("ASSESSMENT_DATABASE_URL") or f"sqlite:///{instance / 'assessment.sqlite'}",
        questionnaires=_questionnaires(given.get("ASSESSMENT_QUESTIONNAIRES")),
        base_url=_base_url(given.get("ASSESSMENT_BASE_URL") or "http://127.0.0.1:8000"),
        timezone=_timezone(given.get("ASSESSMENT_TIMEZONE") or "UTC"),
        secret_key=_secret_key(given.get("ASSESSMENT_SECRET_KEY"), instance),
    )


def _questionnaires(value: str | None) -> Path | None:
    if not value:
        return None
    if not Path(value).is_dir():
        raise Refused(f"ASSESSMENT_QUESTIONNAIRES names {value}, which is no folder")
    return Path(value).absolute()


def _base_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
        raise Refused(f"ASSESSMENT_BASE_URL is {value!r}; it should read like https://assessment.example.org")
    return value.rstrip("/")


def _timezone(value: str) -> ZoneInfo:
    try:
        return ZoneInfo(value)
    except (KeyError, ValueError, OSError) as error:
        raise Refused(f"ASSESSMENT_TIMEZONE is {value!r}; it should read like Europe/Berlin") from error


def _secret_key(value: str | None, instance: Path) -> str:
    if value is None or not value:
        return _kept_secret(instance)
    if len(value) < SHORTEST_SECRET:
        raise Refused(f"ASSESSMENT_SECRET_KEY is too short: {SHORTEST_SECRET} characters at the least")
    return value


def _kept_secret(instance: Path) -> str:
    """Give the secret kept in the instance folder, made there at the first start."""
    place = instance / "secret-key"
    try:
        instance.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return place.read_text("ascii").strip()
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            secret = secrets.token_urlsafe(48)
            file.write(secret)
    except OSError as error:
        raise Refused(f"the instance folder {instance} cannot be written: {error.strerror}") from error
    return secret
