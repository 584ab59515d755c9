"""Where the packaged files are: in the installed package, or beside it in a checkout."""

import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """Give the folder `templates` or `questionnaires`: of the package, else of the checkout beside it."""
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def static_folder() -> Path:
    """Give the folder of the style sheets, the script and the fonts."""
    return _PACKAGE / "static"


def instance_folder() -> Path:
    """Give the default folder for data: `instance` in a checkout, in the environment's `var` where installed."""
    checkout = _PACKAGE.parent
    if (checkout / "pyproject.toml").is_file():
        return checkout / "instance"
    return Path(sys.prefix) / "var" / "assessment-instance"
