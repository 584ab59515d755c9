"""Paper as an answer: a document, printed, under a name one finds again."""

import re

from flask import Response

from assessment.web.workplace import workplace

_ODD = re.compile(r"[^A-Za-z0-9._-]+")  # what file names had better not hold


def printed(html: str, *names: str) -> Response:
    """Give a document of `environment` as PDF, to be looked at or kept; its file is called after `names`."""
    response = Response(workplace().printer.print(html), mimetype="application/pdf")
    response.headers.set("Content-Disposition", "inline", filename=_ODD.sub("-", f"{'-'.join(names)}.pdf"))
    return response
