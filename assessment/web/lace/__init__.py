"""The LACE's pages: the ARTs and their scores, the rounds, the review, the questionnaires."""

from flask import Blueprint

blueprint = Blueprint("lace", __name__)

from assessment.web.lace import (  # noqa: E402 - they hang their views on the blueprint
    arts,  # noqa: F401
    cockpit,  # noqa: F401
    mails,  # noqa: F401
    question_health,  # noqa: F401
    questionnaires,  # noqa: F401
    rounds,  # noqa: F401
)

__all__ = ["blueprint"]
