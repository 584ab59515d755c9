"""A whole round: the scores of every unit that was asked and of every unit above, as they may be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessment.measure.disclosure import agreed_forms, disclosed
from assessment.measure.organisation import Below, Organisation, upwards
from assessment.measure.outline import outline
from assessment.measure.roles import role_scores
from assessment.measure.scoring import NEWEST, Method, Scores, TeamAnswers, team_scores, unit_scores
from assessment.measure.tally import Words
from assessment.questionnaire.model import Questionnaire

ART = "art"
AGREED = "team"  # the mode in which a team gives one form, openly

Asked = Mapping[tuple[str, str], Mapping[str, Words]]
"""What was answered of what some roles alone are asked: by unit (its code and kind) and question."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a round was opened with, as far as it matters to what is shown."""

    mode: str
    threshold: int


def measured(
    questionnaire: Questionnaire,
    teams: Sequence[TeamAnswers],
    below: Below,
    kinds: Mapping[str, str] | None = None,
    method: Method = NEWEST,
) -> dict[str, Scores]:
    """Give every unit's scores in full, those above first.

    `below` maps the code of each unit above to those of the units directly below it, teams or others; `kinds` to its
    kind, which is an ART's where none is named. Nothing of this may be shown to anyone before `shown` has seen it.
    """
    tree = outline(questionnaire)
    of_teams = {team.unit: team_scores(tree, questionnaire.scoring, team) for team in teams}
    told = told_units(below, kinds or {}, method)
    found = dict(of_teams)
    for unit in upwards(told):
        own = (unit, (kinds or {}).get(unit, ART))
        found[unit] = unit_scores(tree, questionnaire.scoring, own, [found[code] for code in told[unit]])
    return {unit: found[unit] for unit in told} | of_teams


def told_units(below: Below, kinds: Mapping[str, str], method: Method) -> Below:
    """Give the units above that a method scores, in their order."""
    if method.units_above:
        return below
    return {unit: codes for unit, codes in below.items() if kinds.get(unit, ART) == ART}


def shown(  # noqa: PLR0913, PLR0917 - what a round was asked with, what came in, and how it is told
    questionnaire: Questionnaire,
    scores: Mapping[str, Scores],
    below: Below,
    terms: Terms,
    of_roles: Asked | None = None,
    method: Method = NEWEST,
) -> dict[str, Scores]:
    """Give a round's scores as they may be shown, each unit's of what some roles alone are asked behind its others."""
    if terms.mode == AGREED:
        told = agreed_forms(scores)
    else:
        by_respondents = questionnaire.scoring.unit_weighting == "respondents"
        organisation = Organisation(
            {unit: codes for unit, codes in below.items() if unit in scores}, by_respondents=by_respondents
        )
        told = disclosed(outline(questionnaire), organisation, scores, terms.threshold, method)
    threshold = None if terms.mode == AGREED else terms.threshold
    for unit, words in (of_roles or {}).items():
        told[unit[0]] = told[unit[0]] | role_scores(questionnaire, unit, words, threshold)
    return told
