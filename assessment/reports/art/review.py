"""The LACE's review: its own reading of some scores, beside the self-assessed ones."""

from assessment.measure.maturity import name_of
from assessment.measure.outline import OVERALL
from assessment.reports.art.document import Review, ReviewRow
from assessment.reports.art.facts import Facts, figure_of
from assessment.reports.figures import MINUS
from assessment.reports.words import listed, number_word

_OVERALL = "Overall maturity"


def review(facts: Facts) -> Review:
    """Give the reviewed scores in the questionnaire's order, the overall one first."""
    reviews = facts.material.reviews
    names = [name for name in facts.tree.names() if name in reviews]
    if not names:
        who = "those asked" if facts.itself else "the teams"
        return Review("The LACE did not review this round", f"The scores stand as {who} gave them.", (), "")
    rows = tuple(_row(facts, name, value) for name in names if (value := reviews[name].value) is not None)
    accepted = [name for name in names if reviews[name].value is None]
    return Review(
        title=_title(len(rows), len(names)),
        subtitle="Its reading stands beside the self-assessed score and replaces nothing" if rows else "",
        rows=rows,
        accepted=f"Accepted as they are: {listed([_with_figure(facts, name) for name in accepted])}."
        if accepted
        else "",
    )


def _row(facts: Facts, name: str, value: float) -> ReviewRow:
    score = facts.score(name)
    level = facts.called if name == OVERALL else ""
    reason = facts.material.reviews[name].reason or ""
    return ReviewRow(
        name=facts.titles.get(name, _OVERALL),
        own=f"{figure_of(score)}, {level}" if level else figure_of(score),
        reading=level_words(facts, name, value),
        reason=" ".join(reason.split()),
    )


def level_words(facts: Facts, name: str, value: float) -> str:
    """Write what the LACE set a dimension's score to: `2, Taking shape`; a figure without a name stands alone."""
    called = name_of(facts.questionnaire, name, value)
    figure = f"{value:g}".replace("-", MINUS)
    return figure if called is None else f"{figure}, {facts.questionnaire.says(called)}"


def _with_figure(facts: Facts, name: str) -> str:
    return f"{facts.titles.get(name, _OVERALL)} ({figure_of(facts.score(name))})"


def _title(different: int, reviewed: int) -> str:
    every = {1: "the score", 2: "both scores"}.get(reviewed, f"all {number_word(reviewed)} scores")
    if not different:
        return f"The LACE accepted {every} it reviewed"
    if different == reviewed:
        return f"The LACE reads {every} it reviewed differently"
    return f"The LACE reads {number_word(different)} of the {number_word(reviewed)} scores it reviewed differently"
