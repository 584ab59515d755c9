"""A whole round: the scores of every unit that was asked and of every ART above, as they may be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessment.measure.disclosure import agreed_forms, disclosed
from assessment.measure.hiding import Organisation
from assessment.measure.outline import outline
from assessment.measure.roles import role_scores
from assessment.measure.scoring import Scores, TeamAnswers, team_scores, unit_scores
from assessment.measure.tally import Words
from assessment.questionnaire.model import Questionnaire

AGREED = "team"  # the mode in which a team gives one form, openly

Asked = Mapping[tuple[str, str], Mapping[str, Words]]
"""What was answered of what some roles alone are asked: by unit (its code and kind) and question."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a round was opened with, as far as it matters to what is shown."""

    mode: str
    threshold: int


def measured(
    questionnaire: Questionnaire, teams: Sequence[TeamAnswers], arts: Mapping[str, Sequence[str]]
) -> dict[str, Scores]:
    """Give every unit's scores in full, ARTs first; `arts` maps an ART's code to the codes of its teams.

    Nothing of this may be shown to anyone before `shown` has seen it.
    """
    tree = outline(questionnaire)
    by_team = {team.unit: (team, team_scores(tree, questionnaire.scoring, team)) for team in teams}
    by_art = {
        art: unit_scores(tree, questionnaire.scoring, (art, "art"), [by_team[code] for code in below])
        for art, below in arts.items()
    }
    return by_art | {code: scores for code, (_, scores) in by_team.items()}


def shown(
    questionnaire: Questionnaire,
    scores: Mapping[str, Scores],
    arts: Mapping[str, Sequence[str]],
    terms: Terms,
    of_roles: Asked | None = None,
) -> dict[str, Scores]:
    """Give a round's scores as they may be shown, each unit's of what some roles alone are asked behind its others."""
    if terms.mode == AGREED:
        told = agreed_forms(scores)
    else:
        organisation = Organisation(arts, by_respondents=questionnaire.scoring.unit_weighting == "respondents")
        told = disclosed(outline(questionnaire), organisation, scores, terms.threshold)
    threshold = None if terms.mode == AGREED else terms.threshold
    for unit, words in (of_roles or {}).items():
        told[unit[0]] = told[unit[0]] | role_scores(questionnaire, unit, words, threshold)
    return told
