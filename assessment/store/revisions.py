"""The revisions of the tables that this version of the application knows."""

from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError

MIGRATIONS = "assessment.store:migrations"


def config(**attributes: object) -> Config:
    """Give Alembic's configuration; `attributes` are what `migrations/env.py` works with."""
    alembic = Config(attributes=attributes)
    alembic.set_main_option("script_location", MIGRATIONS)
    return alembic


def head() -> str:
    """Give the newest revision: the one this version works with."""
    (newest,) = _scripts().get_heads()
    return newest


def is_known(revision: str) -> bool:
    """Say whether this version can bring a database of that revision to the newest."""
    try:
        return _scripts().get_revision(revision) is not None
    except CommandError:
        return False


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(config())
