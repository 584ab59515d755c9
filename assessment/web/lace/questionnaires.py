"""The questionnaires: all of them, and each as people will see it: a part as on the screen, all of it as on paper."""

from flask import Response, get_template_attribute, render_template, request
from markupsafe import Markup

from assessment.questionnaire.finding import Finding
from assessment.questionnaire.model import Questionnaire
from assessment.reports import environment
from assessment.reports.form import form_sheet
from assessment.services.accounts import CHOOSERS
from assessment.services.catalogue import Catalogue, Entry, catalogue, language_of
from assessment.web.access import staff
from assessment.web.lace import blueprint
from assessment.web.lace.paper import printed
from assessment.web.respond.parts import part
from assessment.web.respond.wording import Wording
from assessment.web.workplace import workplace
from assessment.wording import nearest, speaking

_LEVEL = 2  # of the form's own heading on a page that has one
_AUDIENCES = {
    "team": "the people of teams",
    "art": "the leads of an Agile Release Train",
    "value-stream": "the leads of a value stream",
    "portfolio": "the people who steer a portfolio",
    "community": "the members of a community",
    "lace": "the members of the LACE",
}


@blueprint.get("/questionnaires")
@staff(*CHOOSERS)
def questionnaires() -> str:
    """Show every questionnaire there is, and the files that are none."""
    return render_template("lace/questionnaires.html", catalogue=_catalogue(), audiences=_AUDIENCES)


@blueprint.get("/questionnaires/<name>")
@staff(*CHOOSERS)
def questionnaire(name: str) -> str:
    """Show a questionnaire in one of its languages: its first part as on the screen, all of it as on paper."""
    known = _catalogue()
    entry, language = _wanted(known, name)
    return render_template(
        "lace/questionnaire.html",
        entry=entry,
        versions=known.versions(name),
        language=language,
        part=part(entry.questionnaire, 1, language),
        preview=_preview(entry.questionnaire, language),
        preview_language=nearest(language),
        form=environment.form_part(form_sheet(entry.questionnaire, language), _LEVEL),
        audiences=_AUDIENCES,
    )


@blueprint.get("/questionnaires/<name>/form.pdf")
@staff(*CHOOSERS)
def questionnaire_pdf(name: str) -> Response:
    """Give the same on paper, to be filled in by hand."""
    entry, language = _wanted(_catalogue(), name)
    asked = entry.questionnaire
    return printed(environment.form_html(form_sheet(asked, language)), asked.id, asked.version, language)


@blueprint.app_template_filter("place_and_sentence")
def place_and_sentence(finding: Finding) -> str:
    """Give a finding without its file: `10:17: error: sentence [rule]`."""
    return finding.line("").removeprefix(":")


def _preview(questionnaire: Questionnaire, language: str) -> Markup:
    """Give the questions of the first part as people see them in a language."""
    wording = Wording(questionnaire, language)
    questions = get_template_attribute("macros/questions.html", "questions")
    with speaking(language):
        return Markup(questions(part(questionnaire, 1, language), wording.says, wording.tongue, lambda *_: ""))  # noqa: S704


def _catalogue() -> Catalogue:
    here = workplace()
    return catalogue(here.database, here.settings.questionnaires)


def _wanted(known: Catalogue, name: str) -> tuple[Entry, str]:
    entry = known.entry(name, request.args.get("version"))
    return entry, language_of(entry.questionnaire, request.args.get("language"))
