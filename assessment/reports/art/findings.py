"""The sentences at the top: how the ART is doing, whether that is different, what is strongest and weakest."""

from collections.abc import Sequence

from assessment.measure.outline import OVERALL
from assessment.measure.score import Score
from assessment.reports.art.changes import mark_of, moved_by, over_teams, why_no_change
from assessment.reports.art.document import Run, Sentence
from assessment.reports.art.facts import Facts, figure_of, furthest, in_words, tone_of
from assessment.reports.art.titles import ends
from assessment.reports.figures import printed, signed
from assessment.reports.words import capitalised, listed, number_word

_MOST_NAMED = 2
_TWO = 2


def headline(facts: Facts) -> Sentence:
    """Answer how the ART is doing, and whether that is really different from the round before."""
    overall = facts.overall
    if overall is None or overall.value is None:
        return (Run(no_score(facts, overall)),)
    level = f", “{facts.called}”" if facts.called else ""
    start = (Run("Overall maturity is "), Run(f"{in_words(overall)} of {facts.best}{level}", strong=True))
    return (*start, *_comparison(facts))


def no_score(facts: Facts, score: Score | None) -> str:
    """Say why there is no overall score."""
    if score is not None and score.hidden:
        return f"The overall maturity in {facts.now} is hidden: {hidden_reason(facts)}."
    if not any(part.forms for part in facts.material.asked):
        return f"Nobody of {facts.material.name} answered in {facts.now}, so there is no score."
    if not facts.parts:
        return "This questionnaire scores no question, so there is no maturity to tell."
    return f"There is no overall maturity for {facts.now}: too few of the questions were answered."


def hidden_reason(facts: Facts) -> str:
    """Say why a score is hidden."""
    few = f"fewer than {facts.material.threshold} answers"
    return few if facts.itself else f"{few}, or needed to protect such a team"


def _comparison(facts: Facts) -> Sentence:
    step = facts.step(OVERALL)
    if step is None or step.verdict == "first" or facts.previous is None:
        return (Run(". It is the first round, so there is nothing to compare it with yet."),)
    since = f" since {facts.before}"
    if step.verdict == "no-detectable-change":
        change = "" if step.change is None else f" ({signed(step.change)})"
        return (Run(", with "), Run("no clear change", strong=True), Run(f"{since}{change}{over_teams(step)}."))
    if step.change is None:
        return (Run(f". It cannot be compared with {facts.before}: {why_no_change(facts, OVERALL)}."),)
    if tone_of(step):
        surely = Run(f"{mark_of(step)} {moved_by(step)}", strong=True, tone=tone_of(step))
        return (Run(", "), surely, Run(f"{since}{over_teams(step)}: more than chance."))
    if not printed(step.change):
        return (Run(f", unchanged to one decimal{since}{over_teams(step)} ({step.reason})."),)
    moved = Run(signed(step.change), strong=True)
    return (Run(", "), moved, Run(f"{since}{over_teams(step)}: {step.reason}."))


def strongest_and_weakest(facts: Facts, names: Sequence[str], what: str) -> str | None:
    """Tell the strongest and the weakest of some dimensions; None where there are not two scores to compare."""
    scores = scored(facts, names)
    if len(scores) < _TWO or not facts.have_one_scale(names):
        return None
    strongest, weakest = _ends(facts, scores)
    if _overlap(strongest, weakest):
        return _alike(scores)
    return f"Strongest {_named(facts, strongest, what)}, weakest {_named(facts, weakest, what)}"


def picture_title(facts: Facts, names: Sequence[str]) -> str:
    """Give the finding of the drawing of all uppermost dimensions."""
    scores = scored(facts, names)
    if not scores:
        return f"No {facts.part} has a score that can be shown"
    if len(scores) == 1:
        return f"{facts.titles[scores[0].dimension]} is at {in_words(scores[0])}"
    if not facts.have_one_scale(names):
        return f"{capitalised(number_word(len(scores)))} scores, which add up to different sums"
    strongest, weakest = _ends(facts, scores)
    if _overlap(strongest, weakest):
        return _alike(scores)
    return f"Strongest in {_titles(facts, strongest)}, weakest in {_titles(facts, weakest)}"


def _ends(facts: Facts, scores: Sequence[Score]) -> tuple[list[Score], list[Score]]:
    """Give the strongest and the weakest of some scores on one scale."""
    return furthest(facts.tree, scores, up=True), furthest(facts.tree, scores, up=False)


def questions_title(facts: Facts, names: Sequence[str]) -> str:
    """Say between which figures some questions lie."""
    scores = scored(facts, names)
    if not scores:
        return "No question has a score that can be shown"
    low, high = (figure_of(score) for score in ends(scores))
    count = capitalised(number_word(len(scores)))
    if low == high:
        return f"{count} questions are all at {low}"
    return f"{count} questions lie between {low} and {high}"


def scored(facts: Facts, names: Sequence[str]) -> list[Score]:
    """Give the ART's scores of some dimensions or questions, those without a value left out."""
    found = (facts.score(name) for name in names)
    return [score for score in found if score is not None and score.value is not None]


def _named(facts: Facts, scores: Sequence[Score], what: str) -> str:
    verb = "is" if len(scores) == 1 else "are"
    figures = {figure_of(score) for score in scores}
    if len(scores) > _MOST_NAMED:
        at = f" at {in_words(scores[0])}" if len(figures) == 1 else ""
        return f"{verb} {number_word(len(scores))} {what}{at}"
    if len(figures) == 1:
        return f"{verb} {listed([facts.titles[score.dimension] for score in scores])} ({in_words(scores[0])})"
    return f"{verb} {listed([f'{facts.titles[score.dimension]} ({in_words(score)})' for score in scores])}"


def _titles(facts: Facts, scores: Sequence[Score]) -> str:
    if len(scores) > _MOST_NAMED:
        return f"{number_word(len(scores))} of {len(facts.parts)}"
    return listed([facts.titles[score.dimension] for score in scores])


def _alike(scores: Sequence[Score]) -> str:
    count = "Both" if len(scores) == _TWO else f"All {number_word(len(scores))}"
    figures = {figure_of(score) for score in scores}
    if len(figures) == 1:
        return f"{count} scores are at {in_words(scores[0])}"
    return f"{count} scores lie too close to the end of the scale to tell them apart"


def _overlap(one: Sequence[Score], other: Sequence[Score]) -> bool:
    return not {score.dimension for score in one}.isdisjoint(score.dimension for score in other)
