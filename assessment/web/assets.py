"""Packaged files: addresses with a version are kept by browsers for a year, the others for an hour."""

import hashlib
from functools import cache
from typing import Any

from flask import Flask, Response, request

from assessment import resources

# What a style sheet names itself (fonts, another sheet) has no version; fonts never change under their name.
_VERSIONED = (".css", ".js")
_KEPT = ("fonts/",)
_SHORT = "public, max-age=3600"


def install(app: Flask) -> None:
    """Add the version to every address that is made of such a file."""

    @app.url_defaults
    def add_version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and values.get("filename", "").endswith(_VERSIONED):
            values.setdefault("v", _version(values["filename"]))

    @app.after_request
    def keep_shortly(response: Response) -> Response:
        if request.endpoint == "static" and "v" not in request.args:
            name = (request.view_args or {}).get("filename", "")
            if not name.startswith(_KEPT):
                response.headers["Cache-Control"] = _SHORT
        return response


@cache
def _version(name: str) -> str:
    return hashlib.sha256((resources.static_folder() / name).read_bytes()).hexdigest()[:12]
