"""The rounds: all of them, closing one, reviewing and releasing its scores."""

from collections.abc import Mapping
from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from assessment.errors import Invalid
from assessment.services import closing, reading, releasing
from assessment.services import rounds as the_rounds
from assessment.services.accounts import FOLLOWERS
from assessment.store.records import ReviewRecord
from assessment.web.access import signed_in_person, staff
from assessment.web.lace import blueprint
from assessment.web.lace.cockpit import REVIEWERS, round_page
from assessment.web.workplace import workplace

# Not the empty word: a line that was empty when the page was made says nothing about a reading made since.
WITHDRAWN = "none"
ACCEPTED = "accepted"

_NOT_SURE_TO_CLOSE = "Tick the box first: a closed round never opens again."
_NOT_SURE_TO_RELEASE = "Tick the box first: a release is frozen, and every report reads it from then on."

Page = str | Response | tuple[str, int]


@blueprint.get("/rounds")
@staff(*FOLLOWERS)
def rounds() -> str:
    """Show all rounds, newest first."""
    found = the_rounds.all_rounds(workplace().database)
    return render_template("lace/rounds.html", rounds=found[::-1])


@blueprint.post("/rounds/<code>/close")
@staff(*REVIEWERS)
def close(code: str) -> Page:
    """Close a round for good."""
    here = workplace()
    if not _is_sure():
        return round_page(code, unsure=_NOT_SURE_TO_CLOSE), HTTPStatus.UNPROCESSABLE_ENTITY
    closing.close(here.database, code, here.now(), by=signed_in_person().email, secret_key=here.settings.secret_key)
    here.jobs.drop_mails(code)
    flash("The round is closed. Its preliminary scores can be reviewed now.")
    return redirect(url_for("lace.review", code=code), 303)


@blueprint.get("/rounds/<code>/review")
@staff(*REVIEWERS)
def review(code: str) -> str:
    """Show a closed round's preliminary scores by ART and dimension."""
    return _overview_page(code)


@blueprint.get("/rounds/<code>/review/<art>")
@staff(*REVIEWERS)
def review_art(code: str, art: str) -> str:
    """Show one ART's preliminary scores, to accept or to set beside."""
    return _art_page(reading.review_sheet(workplace().database, code), art)


@blueprint.post("/rounds/<code>/review/<art>")
@staff(*REVIEWERS)
def keep_review(code: str, art: str) -> Page:
    """Keep the readings of one ART's scores, all or none."""
    here = workplace()
    sheet = reading.review_sheet(here.database, code)
    readings = sheet.of_art(art)
    try:
        releasing.review(here.database, code, _given(art, readings), _withdrawn(art, readings))
    except Invalid as error:
        lacking = _without_reason(readings, sheet.titles())
        return _art_page(sheet, art, request.form, lacking, "" if lacking else error.sentence), int(error.status)
    flash(f"The review of {readings[0].score.unit_name} is saved.")
    return redirect(url_for("lace.review", code=code), 303)


@blueprint.post("/rounds/<code>/release")
@staff(*REVIEWERS)
def release(code: str) -> Page:
    """Freeze and release a closed round's scores."""
    here = workplace()
    if not _is_sure():
        return _overview_page(code, _NOT_SURE_TO_RELEASE), HTTPStatus.UNPROCESSABLE_ENTITY
    releasing.release(here.database, code, here.now(), by=signed_in_person().email, secret_key=here.settings.secret_key)
    flash("The scores are released. Every page and report reads them from now on.")
    return redirect(url_for("lace.arts"), 303)


def _overview_page(code: str, problem: str = "") -> str:
    """Give the review of all ARTs; `problem` is why the scores were not released."""
    sheet = reading.review_sheet(workplace().database, code)
    return render_template("lace/review.html", sheet=sheet, problem=problem)


def _art_page(
    sheet: reading.ReviewSheet,
    art: str,
    typed: Mapping[str, str] | None = None,
    lacking: Mapping[str, str] | None = None,
    refusal: str = "",
) -> str:
    """Give the review of one ART: what was typed, the sentence for each dimension that lacks a reason, or another."""
    return render_template(
        "lace/review_art.html",
        sheet=sheet,
        art=art,
        readings=sheet.of_art(art),
        typed=typed or {},
        lacking=lacking or {},
        refusal=refusal,
    )


def _is_sure() -> bool:
    return request.form.get("sure") == "yes"


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
        value = None if decision == ACCEPTED else _level(decision)
        given.append(
            ReviewRecord(
                unit=art,
                dimension=name,
                decision=ACCEPTED if value is None else "set",
                value=value,
                reason=None if value is None else _reason(name) or None,
                reviewer=reviewer,
                reviewed_at=here.now(),
            )
        )
    return given


def _withdrawn(art: str, readings: tuple[reading.ArtReading, ...]) -> list[tuple[str, str]]:
    """Read the form: the dimensions whose reading is taken back, each with the ART."""
    names = [entry.score.dimension for entry in readings]
    return [(art, name) for name in names if _decision(name) == WITHDRAWN]


def _without_reason(readings: tuple[reading.ArtReading, ...], titles: Mapping[str, reading.Title]) -> dict[str, str]:
    """Read the form: the dimensions that were given a level and no reason for it, each with what to do about it."""
    names = [entry.score.dimension for entry in readings if entry.score.value is not None]
    levels = {name: _decision(name) for name in names if _decision(name) not in {"", WITHDRAWN, ACCEPTED}}
    return {
        name: f"“{titles[name].words}”: the level {level[:20]} needs a reason."
        for name, level in levels.items()
        if not _reason(name)
    }


def _reason(name: str) -> str:
    """Give the reason written for a dimension's level, with the line breaks as they were typed."""
    return request.form.get(f"r-{name}", "").strip().replace("\r\n", "\n")


def _decision(name: str) -> str:
    """Give what was chosen for a dimension; the button that accepts all speaks for those without a reading."""
    chosen = request.form.get(f"d-{name}", "")
    return request.form.get("all", chosen) if chosen in {"", WITHDRAWN} else chosen


def _level(word: str) -> float:
    try:
        return float(word)
    except ValueError as error:
        raise Invalid(f"“{word[:20]}” is no level.") from error
