"""The LACE's pages: the ARTs and their scores, the rounds, the review, the questionnaires."""

from flask import Blueprint

blueprint = Blueprint("lace", __name__)

from assessment.web.lace import arts, questionnaires, rounds  # noqa: E402, F401 - they hang their views on the blueprint

__all__ = ["blueprint"]
