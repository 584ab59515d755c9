"""What holds for every score, whatever was asked and answered."""

from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assessment.measure.outline import outline
from assessment.measure.scoring import Scores
from assessment.questionnaire.model import Dimension, Questionnaire
from tests.measure.given import Tree, of_round, of_team, questionnaire, team

Form = dict[str, Any]

TREES: tuple[Tree, ...] = (
    {"one": ["a"]},
    {"one": ["a", "b"], "two": ["c"]},
    {"top": {"one": ["a", "b"], "two": ["c", "d"]}, "flat": ["e"]},
)
ANSWER = st.sampled_from((1, 2, 3, 4, 5, "na", "dk", None))
LEVEL = st.integers(1, 5)
DUST = 1e-9


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """Give a small questionnaire with weights and rules of any kind."""
    tree = draw(st.sampled_from(TREES))
    weights = {name: draw(st.sampled_from((1, 2, 5))) for name in ("one", "two", "flat", "a", "b", "c")}
    minimum = draw(st.sampled_from((0.0, 0.5, 1.0)))
    weighting = draw(st.sampled_from(("equal", "respondents")))
    rule = draw(st.sampled_from(("mean", "sum-of-levels", "staged")))
    return questionnaire(tree, weights=weights, minimum_answered=minimum, unit_weighting=weighting, rule=rule)


def reversed_(asked: Questionnaire, name: str) -> Questionnaire:
    """Give the same questionnaire, in which a low answer to one question is a good one."""
    return asked.model_copy(update={"dimensions": [_turned(node, name) for node in asked.dimensions]})


@st.composite
def forms(draw: st.DrawFn, asked: Questionnaire, answer: st.SearchStrategy[object] = ANSWER) -> list[Form]:
    """Give the forms of one team."""
    names = [question.id for question in asked.questions]
    given = draw(st.lists(st.lists(answer, min_size=len(names), max_size=len(names)), max_size=4))
    return [{name: said for name, said in zip(names, one, strict=True) if said is not None} for one in given]


@settings(max_examples=60)
@given(st.data())
def test_a_score_stays_in_its_scale_and_in_its_bounds(data: st.DataObject) -> None:
    asked = data.draw(questionnaires())
    teams = data.draw(st.lists(forms(asked), min_size=1, max_size=3))
    absent = data.draw(st.integers(0, 2))
    scored = of_round(asked, *(team(asked, f"team-{n}", given, len(given) + absent) for n, given in enumerate(teams)))
    tree = outline(asked)
    for scores in scored.values():
        for name, score in scores.items():
            # A mean of sums whose parts are missing lies between the ends of the sums that are there.
            parts = [name] if name in tree.sums or name in tree.levels else tree.sums or [name]
            ends = [tree.ends(part) for part in parts]
            least, most = min(low for low, _ in ends), max(high for _, high in ends)
            if score.low is not None and score.high is not None:
                assert least - DUST <= score.low <= score.high <= most + DUST
            if score.value is not None and score.low is not None and score.high is not None:
                assert score.low - DUST <= score.value <= score.high + DUST
            if score.coverage is not None:
                assert 0 <= score.coverage <= 1 + DUST


@settings(max_examples=40)
@given(st.data())
def test_the_order_of_forms_and_teams_does_not_matter(data: st.DataObject) -> None:
    asked = data.draw(questionnaires())
    first, second = data.draw(forms(asked)), data.draw(forms(asked))
    shuffled = data.draw(st.permutations(first))
    before = of_round(asked, team(asked, "first", first), team(asked, "second", second))
    after = of_round(asked, team(asked, "second", second), team(asked, "first", shuffled))
    assert before["first"] == after["first"]
    for name, score in before["art"].items():
        assert score.value == pytest.approx(after["art"][name].value)
        assert score.low == pytest.approx(after["art"][name].low)


@settings(max_examples=60)
@given(st.data())
def test_raising_an_answer_never_lowers_a_score(data: st.DataObject) -> None:
    asked = data.draw(questionnaires())
    given = data.draw(forms(asked))
    levels = [(n, name) for n, form in enumerate(given) for name, said in form.items() if isinstance(said, int)]
    assume(levels)
    place, name = data.draw(st.sampled_from(levels))
    raised = [dict(form) for form in given]
    raised[place][name] = data.draw(st.integers(given[place][name], 5))
    other = team(asked, "other", data.draw(forms(asked)))
    before = of_round(asked, team(asked, "team", given), other)
    after = of_round(asked, team(asked, "team", raised), other)
    for unit, scores in before.items():
        _assert_not_lower(scores, after[unit])


@settings(max_examples=60)
@given(st.data())
def test_raising_an_answer_never_raises_a_score_where_low_is_good(data: st.DataObject) -> None:
    asked = data.draw(questionnaires())
    name = data.draw(st.sampled_from([question.id for question in asked.questions]))
    asked = reversed_(asked, name)
    given = data.draw(forms(asked))
    levels = [n for n, form in enumerate(given) if isinstance(form.get(name), int)]
    assume(levels)
    place = data.draw(st.sampled_from(levels))
    raised = [dict(form) for form in given]
    raised[place][name] = data.draw(st.integers(given[place][name], 5))
    before = of_round(asked, team(asked, "team", given))
    after = of_round(asked, team(asked, "team", raised))
    for unit, scores in before.items():
        _assert_not_lower(after[unit], scores)


@settings(max_examples=60)
@given(st.data())
def test_a_question_that_applies_to_nobody_leaves_every_mean_among_the_rest(data: st.DataObject) -> None:
    asked = data.draw(questionnaires())
    name = data.draw(st.sampled_from([question.id for question in asked.questions]))
    given = [form | {name: "na"} for form in data.draw(forms(asked, LEVEL))]
    scores, tree = of_team(asked, team(asked, "team", given)), outline(asked)
    assert (scores[name].value, scores[name].N) == (None, 0)
    for above, branches in tree.children.items():
        rest = [value for branch in branches if (value := scores[branch.name].value) is not None]
        if (mean := scores[above].value) is not None:
            times = tree.sums.get(above, 1.0)
            assert times * min(rest) - DUST <= mean <= times * max(rest) + DUST


@settings(max_examples=60)
@given(st.data())
def test_an_answer_taken_back_as_not_applicable_leaves_the_score_among_the_rest(data: st.DataObject) -> None:
    asked = data.draw(questionnaires())
    given = data.draw(forms(asked, LEVEL))
    assume(len(given) > 1)
    place = data.draw(st.integers(0, len(given) - 1))
    name = data.draw(st.sampled_from([question.id for question in asked.questions]))
    without = [dict(form) for form in given]
    without[place][name] = "na"
    rest = [form[name] for form in without if form[name] != "na"]
    score = of_team(asked, team(asked, "team", without))[name]
    assert score.value is not None
    assert min(rest) - DUST <= score.value <= max(rest) + DUST
    assert score.low == score.high == score.value  # whoever it applies to has answered


@settings(max_examples=40)
@given(st.data())
def test_bounds_meet_where_everybody_answered_everything(data: st.DataObject) -> None:
    asked = data.draw(questionnaires())
    teams = data.draw(st.lists(forms(asked, LEVEL).filter(bool), min_size=1, max_size=3))
    scored = of_round(asked, *(team(asked, f"team-{n}", given) for n, given in enumerate(teams)))
    for scores in scored.values():
        for score in scores.values():
            assert score.low == pytest.approx(score.value)
            assert score.high == pytest.approx(score.value)
            assert score.coverage == pytest.approx(1)


@settings(max_examples=30)
@given(st.data())
def test_every_name_of_the_outline_has_a_score(data: st.DataObject) -> None:
    asked = data.draw(questionnaires())
    scored = of_round(asked, team(asked, "team", data.draw(forms(asked))))
    names = list(outline(asked).names())
    assert {unit: sorted(scores) for unit, scores in scored.items()} == {"art": sorted(names), "team": sorted(names)}


def _turned(node: Dimension, name: str) -> Dimension:
    return node.model_copy(
        update={
            "dimensions": [_turned(below, name) for below in node.dimensions],
            "questions": [
                question.model_copy(update={"reverse": True}) if question.id == name else question
                for question in node.questions
            ],
        }
    )


def _assert_not_lower(before: Scores, after: Scores) -> None:
    for name, score in before.items():
        raised = after[name]
        for was, now in ((score.value, raised.value), (score.low, raised.low), (score.high, raised.high)):
            assert (was is None) == (now is None)
            assert was is None or now is None or now >= was - DUST
