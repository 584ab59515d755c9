"""A whole round: every team's and every ART's scores, as they may be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessment.measure.disclosure import agreed_forms, disclosed
from assessment.measure.hiding import Organisation
from assessment.measure.outline import outline
from assessment.measure.scoring import Scores, TeamAnswers, team_scores, unit_scores
from assessment.questionnaire.model import Questionnaire

AGREED = "team"  # the mode in which a team gives one form, openly


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
) -> dict[str, Scores]:
    """Give a round's scores as they may be shown."""
    if terms.mode == AGREED:
        return agreed_forms(scores)
    organisation = Organisation(arts, by_respondents=questionnaire.scoring.unit_weighting == "respondents")
    return disclosed(outline(questionnaire), organisation, scores, terms.threshold)
