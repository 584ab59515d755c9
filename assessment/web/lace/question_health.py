"""How a round's questions fared, for whoever decides which to ask again."""

from flask import render_template

from assessment.measure.question_health import coefficient
from assessment.services import question_health as health
from assessment.web.access import staff
from assessment.web.lace import blueprint
from assessment.web.workplace import workplace

DECIDERS = ("admin", "lace")
"""The roles that decide what is asked in the next round."""


@blueprint.get("/rounds/<code>/questions")
@staff(*DECIDERS)
def question_health(code: str) -> str:
    """Show how a closed round's questions fared, and which to look at or to retire."""
    round_, sheet, why_not = health.look(workplace().database, code)
    return render_template(
        "lace/question_health.html", round=round_, sheet=sheet, why_not=why_not, coefficient=coefficient
    )
