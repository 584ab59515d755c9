"""The ARTs: all of them, one of them, and the same on paper."""

from dataclasses import replace
from typing import Literal

from flask import Response, render_template, request

from assessment.errors import Forbidden
from assessment.reports import environment
from assessment.reports.art import assemble
from assessment.reports.material import ArtMaterial
from assessment.services import reading, reporting
from assessment.services.accounts import READERS
from assessment.web.access import signed_in_person, staff
from assessment.web.lace import blueprint
from assessment.web.lace.paper import printed
from assessment.web.workplace import workplace

Edition = Literal["rte", "viewer"]


@blueprint.get("/arts")
@staff(*READERS)
def arts() -> str:
    """Show the ARTs with their maturity in the newest released round, and the units of other kinds in theirs."""
    overview = reading.overview(workplace().database)
    somebody = signed_in_person()
    visible = [
        art
        for art in (overview.arts if overview else ())
        if somebody.may_see({art.code, *(above.code for above in art.path)})
    ]
    absent = [art for art in (overview.absent if overview else ()) if somebody.may_see({art.code})]
    others = [
        replace(other, units=units)
        for other in reading.other_units(workplace().database)
        if (units := tuple(unit for unit in other.units if somebody.may_see({unit.code, *unit.above})))
    ]
    return render_template("lace/arts.html", overview=overview, arts=visible, absent=absent, others=others)


@blueprint.get("/arts/<code>")
@staff(*READERS)
def art(code: str) -> str:
    """Show one ART: its scores, its teams, its trend."""
    material, edition = _material(code)
    report = assemble(material, edition)
    return render_template("lace/art.html", report=report, material=material, edition=edition)


@blueprint.get("/arts/<code>/report.pdf")
@staff(*READERS)
def art_pdf(code: str) -> Response:
    """Give the same as two pages of A4."""
    material, edition = _material(code)
    html = environment.art_html(assemble(material, edition))
    return printed(html, material.code, material.round_code, edition)


def _material(code: str) -> tuple[ArtMaterial, Edition]:
    """Give an ART's material and the edition its reader may see; what is above it is what was in that round."""
    here = workplace()
    somebody = signed_in_person()
    material = reporting.art_material(here.database, code, request.args.get("round"), here.settings.timezone)
    units = {material.code, *material.above}
    if not somebody.may_see(units):
        raise Forbidden("Your account may not see this ART.")
    wants_viewer = request.args.get("edition") == "viewer"
    edition: Edition = "viewer" if wants_viewer or not somebody.may_see_teams(units) else "rte"
    return material, edition
