"""Rules about scales and what answers count: levels in order, described, in use, and without codes among them."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from assessment.questionnaire.model import Choice, Questionnaire, YesNo
from assessment.questionnaire.rules.places import Remark, figure, questions, ratings, scale_if_known, scales

# What statistics programs have for "no answer": -1, 8 and 9 in a row of any length, 98 and its like.
_CODES = frozenset({8.0, 9.0, 88.0, 98.0, 99.0, 888.0, 998.0, 999.0, 8888.0, 9998.0, 9999.0, 99999.0})
_A_LITTLE = 1e-9


def level_order(questionnaire: Questionnaire) -> Iterator[Remark]:
    """Levels stand in the order of their values, and no two have the same."""
    for path, scale, about in scales(questionnaire):
        for index, (lower, upper) in enumerate(pairwise(scale.levels), start=1):
            here = (*path, "levels", index, "value")
            if upper.value == lower.value:
                yield Remark(here, f"two levels have the value {figure(upper.value)}", about)
            elif upper.value < lower.value:
                yield Remark(here, f"the value {figure(upper.value)} comes after {figure(lower.value)}", about)


def missing_anchor(questionnaire: Questionnaire) -> Iterator[Remark]:
    """Two people mean the same by a level when it says what one would see; its ends at least."""
    for path, question in ratings(questionnaire):
        scale = scale_if_known(question, questionnaire)
        if scale is None:
            continue
        missing = [end for end in (scale.low, scale.high) if end not in question.anchors]
        if missing:
            levels = "levels " if len(missing) > 1 else "level "
            levels += " and ".join(map(figure, missing))
            yield Remark(path, f"`{question.id}` has no anchor for {levels}", question.id)


def unused_scale(questionnaire: Questionnaire) -> Iterator[Remark]:
    """A scale that nothing is rated on was forgotten, or the question was."""
    used = {question.scale for _, question in ratings(questionnaire) if isinstance(question.scale, str)}
    for name in questionnaire.scales:
        if name not in used:
            yield Remark(("scales", name), f"no question is rated on the scale `{name}`", name, of_key=True)


def sentinel_value(questionnaire: Questionnaire) -> Iterator[Remark]:
    """A code for *no answer* among the levels would enter every mean as a figure."""
    for path, scale, about in scales(questionnaire):
        for index in _sentinels(scale.values):
            here = (*path, "levels", index, "value")
            yield Remark(here, _like_a_code(scale.values[index]), about)
    for path, question in questions(questionnaire):
        if isinstance(question, Choice):
            scored = [
                (index, option.score) for index, option in enumerate(question.options) if option.score is not None
            ]
            for place in _sentinels([score for _, score in scored]):
                index, score = scored[place]
                yield Remark((*path, "options", index, "score"), _like_a_code(score), question.id)


def same_score(questionnaire: Questionnaire) -> Iterator[Remark]:
    """Answers that count the same cannot be told apart in a score."""
    for path, question in questions(questionnaire):
        if isinstance(question, Choice):
            seen: dict[float, str] = {}
            for index, option in enumerate(question.options):
                if option.score is None:
                    continue
                if option.score in seen:
                    sentence = f"`{option.id}` counts {figure(option.score)}, as `{seen[option.score]}` does"
                    yield Remark((*path, "options", index, "score"), sentence, question.id)
                seen.setdefault(option.score, option.id)
        elif isinstance(question, YesNo) and question.scores and question.scores.yes == question.scores.no:
            sentence = f"yes and no both count {figure(question.scores.yes)}"
            yield Remark((*path, "scores"), sentence, question.id, of_key=True)


def scores_not_monotone(questionnaire: Questionnaire) -> Iterator[Remark]:
    """Options are read as a ladder: their scores rise or fall with them."""
    for path, question in questions(questionnaire):
        if not isinstance(question, Choice):
            continue
        scores = [option.score for option in question.options if option.score is not None]
        steps = [upper - lower for lower, upper in pairwise(scores)]
        if any(step > 0 for step in steps) and any(step < 0 for step in steps):
            sentence = f"the scores of `{question.id}` neither rise nor fall with its options"
            yield Remark((*path, "options"), sentence, question.id, of_key=True)


def _like_a_code(value: float) -> str:
    return f"{figure(value)} looks like a code for *no answer*; `not-applicable` and `dont-know` offer that"


def _sentinels(values: Sequence[float]) -> list[int]:
    """Give the places of values that look like codes and lie further out than the others lie from each other."""
    body = sorted({value for value in values if not (value < 0 or value in _CODES)})
    if len(body) < 2:  # noqa: PLR2004 - one value has no distance from others
        return []
    widest = max(upper - lower for lower, upper in pairwise(body)) * (1 + _A_LITTLE)
    above = [body[-2], body[-1], *sorted({value for value in values if value > body[-1]})]
    below = [body[1], body[0], *sorted({value for value in values if value < body[0]}, reverse=True)]
    odd = _out_of_step(above, widest) | _out_of_step(below, widest)
    return [index for index, value in enumerate(values) if value in odd]


def _out_of_step(outwards: Sequence[float], widest: float) -> set[float]:
    """Give the values, from the third outwards, from the first one on that lies too far from its neighbour."""
    for place in range(2, len(outwards)):
        before, last, value = outwards[place - 2 : place + 1]
        grows_evenly = before != 0 and abs(value * before - last * last) < _A_LITTLE  # 1, 3, 9
        if abs(value - last) > widest and not grows_evenly:
            return set(outwards[place:])
    return set()
