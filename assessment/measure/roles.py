"""What some roles alone are asked: scored for a whole unit, beside its scores and in none of them.

A team has one product owner: their answer would be no team's score but theirs. So it is told of the unit above alone,
and is in no dimension's score, from which what everybody else answered could be taken off.
"""

from collections.abc import Mapping

from assessment.measure import agreement
from assessment.measure.disclosure import alone, without_spread
from assessment.measure.score import Score
from assessment.measure.scoring import Scores, with_own_spread
from assessment.measure.tally import Words, tally_of_words
from assessment.questionnaire.model import Questionnaire


def role_scores(
    questionnaire: Questionnaire, unit: tuple[str, str], words: Mapping[str, Words], threshold: int | None
) -> Scores:
    """Give a unit's (its code's and kind's) scores of what some roles alone are asked, as they may be shown.

    `words` are its answers by question. Nobody knows how many were asked, so there is no N, no coverage and no bounds.
    Without a threshold, where a team agreed on one form openly, nothing is hidden.
    """
    code, kind = unit
    scores: Scores = {}
    for question in questionnaire.of_roles:
        counts = tally_of_words(questionnaire, question, words.get(question.id, {})).levels
        levels = tuple(level.score for level in questionnaire.levels_of(question))
        value = agreement.mean(counts, levels)
        score = Score(code, kind, question.id, value=value, n=sum(counts), distribution=counts)
        scores[question.id] = (
            without_spread(score) if threshold is None else alone(with_own_spread(score, levels), levels, threshold)
        )
    return scores
