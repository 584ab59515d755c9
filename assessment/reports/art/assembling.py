"""The report on an ART is put together here; what each part says is decided by the part."""

from assessment.reports.art.changes import movements
from assessment.reports.art.dimensions import dimension_table, extremes
from assessment.reports.art.divisions import divisions
from assessment.reports.art.document import ArtReport, Edition, Run, Sentence
from assessment.reports.art.facts import Facts, facts
from assessment.reports.art.findings import headline, strongest_and_weakest
from assessment.reports.art.hints import footer, hints
from assessment.reports.art.keys import key_figures
from assessment.reports.art.layout import Parts, lay_out
from assessment.reports.art.machine import art_data
from assessment.reports.art.pictures import evidence, evidence_height, picture, picture_height, trend_figure
from assessment.reports.art.review import review
from assessment.reports.art.teams import teams_band
from assessment.reports.material import ArtMaterial

_EDITIONS = {"rte": "Report for the RTE and the LACE", "viewer": "Report without teams"}


def assemble(material: ArtMaterial, edition: Edition) -> ArtReport:
    """Give the report on an ART, ready to be printed; the viewer's edition names no team anywhere."""
    known = facts(material, edition)
    parts = _parts(known)
    layout = lay_out(parts)
    return ArtReport(
        edition=edition,
        language=material.questionnaire.source_language,
        document_title=f"{material.name}, {material.round_title}: maturity report",
        kicker=" · ".join([*material.path, known.questionnaire.says(known.questionnaire.title), _EDITIONS[edition]]),
        title=parts.title,
        lede=parts.lede,
        keys=parts.keys,
        trend=parts.trend,
        picture=parts.picture,
        stacked=parts.stacked,
        evidence=parts.evidence if layout.evidence else (),
        teams=parts.teams,
        divisions=parts.divisions,
        divisions_first=layout.divisions_first,
        hints_first=layout.hints_first,
        new_page=layout.new_page,
        dimensions=parts.dimensions,
        extremes=parts.extremes,
        review=parts.review,
        hints=parts.hints,
        footer=footer(known),
        data=art_data(known, tuple("".join(run.text for run in sentence) for sentence in parts.lede)),
    )


def _parts(known: Facts) -> Parts:
    drawn, stacked = picture(known)
    return Parts(
        title=f"{known.material.name}, {known.material.round_title}",
        lede=_lede(known),
        keys=key_figures(known),
        trend=trend_figure(known, wide=stacked),
        picture=drawn,
        stacked=stacked,
        picture_height=picture_height(known),
        teams=teams_band(known) if known.names_teams and known.material.teams else None,
        evidence=evidence(known),
        evidence_height=evidence_height(known),
        divisions=divisions(known),
        dimensions=dimension_table(known),
        extremes=extremes(known),
        review=review(known),
        hints=hints(known),
    )


def _lede(known: Facts) -> tuple[Sentence, ...]:
    moved = movements(known)
    ends = strongest_and_weakest(known, known.parts, known.parts_called)
    told = (headline(known), moved, (Run(f"{ends}."),) if ends else None)
    return tuple(sentence for sentence in told if sentence is not None)
