"""The rounds: how they go, closing them, reviewing and releasing their scores."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from assessment.errors import Invalid
from assessment.services import closing, reading, releasing
from assessment.services import rounds as the_rounds
from assessment.services.accounts import FOLLOWERS
from assessment.store.records import ReviewRecord
from assessment.web.access import signed_in_person, staff
from assessment.web.lace import blueprint
from assessment.web.workplace import workplace

_REVIEWERS = ("lace",)
# Not the empty word: a line that was empty when the page was made says nothing about a reading made since.
WITHDRAWN = "none"

Page = str | Response | tuple[str, int]


@blueprint.get("/rounds")
@staff(*FOLLOWERS)
def rounds() -> str:
    """Show all rounds, newest first."""
    found = the_rounds.all_rounds(workplace().database)
    return render_template("lace/rounds.html", rounds=found[::-1])


@blueprint.get("/rounds/<code>")
@staff(*FOLLOWERS)
def round_(code: str) -> str:
    """Show how many of each team, or of each unit of another kind, have answered."""
    here = workplace()
    progress = the_rounds.progress(here.database, code, here.now())
    return render_template(
        "lace/round.html",
        progress=progress,
        audience=reading.audience(here.database, code),
        may_close=signed_in_person().has_role(*_REVIEWERS),
    )


@blueprint.post("/rounds/<code>/close")
@staff(*_REVIEWERS)
def close(code: str) -> Response:
    """Close a round for good."""
    here = workplace()
    if request.form.get("sure") != "yes":
        raise Invalid("Tick the box first: a closed round never opens again.")
    closing.close(here.database, code, here.now(), by=signed_in_person().email)
    flash("The round is closed. Its preliminary scores can be reviewed now.")
    return redirect(url_for("lace.review", code=code), 303)


@blueprint.get("/rounds/<code>/review")
@staff(*_REVIEWERS)
def review(code: str) -> str:
    """Show a closed round's preliminary scores by ART and dimension."""
    return render_template("lace/review.html", sheet=reading.review_sheet(workplace().database, code))


@blueprint.get("/rounds/<code>/review/<art>")
@staff(*_REVIEWERS)
def review_art(code: str, art: str) -> str:
    """Show one ART's preliminary scores, to accept or to set beside."""
    sheet = reading.review_sheet(workplace().database, code)
    return render_template(
        "lace/review_art.html", sheet=sheet, art=art, readings=sheet.of_art(art), typed={}, faults=()
    )


@blueprint.post("/rounds/<code>/review/<art>")
@staff(*_REVIEWERS)
def keep_review(code: str, art: str) -> Page:
    """Keep the readings of one ART's scores, all or none."""
    here = workplace()
    sheet = reading.review_sheet(here.database, code)
    readings = sheet.of_art(art)
    try:
        releasing.review(here.database, code, _given(art, readings), _withdrawn(art, readings))
    except Invalid as error:
        page = render_template(
            "lace/review_art.html",
            sheet=sheet,
            art=art,
            readings=readings,
            typed=request.form,
            faults=error.faults or (error.sentence,),
        )
        return page, int(error.status)
    flash(f"The review of {readings[0].score.unit_name} is saved.")
    return redirect(url_for("lace.review", code=code), 303)


@blueprint.post("/rounds/<code>/release")
@staff(*_REVIEWERS)
def release(code: str) -> Response:
    """Freeze and release a closed round's scores."""
    here = workplace()
    if request.form.get("sure") != "yes":
        raise Invalid("Tick the box first: a release is frozen, and every report reads it from then on.")
    releasing.release(here.database, code, here.now(), by=signed_in_person().email)
    flash("The scores are released. Every page and report reads them from now on.")
    return redirect(url_for("lace.arts"), 303)


def _given(art: str, readings: tuple[reading.ArtReading, ...]) -> list[ReviewRecord]:
    """Read the form: for each dimension nothing, "accepted", a level with a reason, or that its reading is withdrawn.

    Fields are named by a prefix and the dimension's id: `d-` for the decision, `r-` for the reason.
    """
    here, reviewer = workplace(), signed_in_person().email
    given: list[ReviewRecord] = []
    for entry in readings:
        name = entry.score.dimension
        decision = _decision(name)
        if decision in {"", WITHDRAWN} or entry.score.value is None:
            continue
        value = None if decision == "accepted" else _level(decision)
        given.append(
            ReviewRecord(
                unit=art,
                dimension=name,
                decision="accepted" if value is None else "set",
                value=value,
                reason=None if value is None else request.form.get(f"r-{name}", "").strip() or None,
                reviewer=reviewer,
                reviewed_at=here.now(),
            )
        )
    return given


def _withdrawn(art: str, readings: tuple[reading.ArtReading, ...]) -> list[tuple[str, str]]:
    """Read the form: the dimensions whose reading is taken back, each with the ART."""
    names = [entry.score.dimension for entry in readings]
    return [(art, name) for name in names if _decision(name) == WITHDRAWN]


def _decision(name: str) -> str:
    """Give what was chosen for a dimension; the button that accepts all speaks for those without a reading."""
    chosen = request.form.get(f"d-{name}", "")
    return request.form.get("all", chosen) if chosen in {"", WITHDRAWN} else chosen


def _level(word: str) -> float:
    try:
        return float(word)
    except ValueError as error:
        raise Invalid(f"“{word[:20]}” is no level.") from error
