"""Whether the process lives, and whether it can do its work."""

from flask import Blueprint

from assessment.services import installation
from assessment.web.access import everyone
from assessment.web.workplace import workplace

_PLAIN = {"Content-Type": "text/plain"}

blueprint = Blueprint("health", __name__)


@blueprint.get("/livez")
@everyone
def live() -> tuple[str, int, dict[str, str]]:
    """Say that the process answers."""
    return "ok\n", 200, _PLAIN


@blueprint.get("/readyz")
@everyone
def ready() -> tuple[str, int, dict[str, str]]:
    """Say whether the database can be written."""
    if installation.can_write(workplace().database):
        return "ok\n", 200, _PLAIN
    return "the database cannot be written\n", 503, _PLAIN
