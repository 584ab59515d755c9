"""Whatever a questionnaire may ask: reversed ratings, scored choices, yes-no, conditions, sums, nothing scored."""

import pytest

from assessment.measure.outline import outline
from assessment.measure.round_scores import Terms, measured, shown
from assessment.measure.score import Score
from assessment.measure.tally import Tally, tally, tally_of_words, words_of_roles
from assessment.questionnaire.answers import Answers
from assessment.questionnaire.check import load
from assessment.questionnaire.model import Questionnaire
from tests.measure.given import of_round, of_team, questionnaire, team, value

ANY = load(b"""
format: 1
id: any
version: "1"
title: Any
roles: [owner, master]
scales: {three: {levels: [{value: 1, label: a}, {value: 2, label: b}, {value: 3, label: c}]}}
dimensions:
  - id: ways
    title: Ways
    questions:
      - {id: busy, type: rating, scale: three, reverse: true, text: We are interrupted.}
      - id: tool
        type: choice
        text: Which board do you keep?
        options:
          - {id: digital, label: Digital, score: 3}
          - {id: paper, label: Paper, score: 3}
          - {id: none, label: None, score: 1}
      - {id: demo, type: yes-no, text: Is there a demo?, scores: {"yes": 3, "no": 1}}
      - id: often
        type: rating
        scale: three
        text: Customers come to it.
        show-if: {question: demo, op: "=", value: "yes"}
  - id: told
    title: Told
    questions:
      - {id: days, type: number, text: How many days?}
      - {id: trust, type: rating, scale: three, text: I decide., roles: [owner]}
      - id: kept
        type: multiple
        text: What do you keep?
        roles: [owner, master]
        options: [{id: x, label: X}, {id: y, label: Y}]
      - {id: why, type: text, text: Why?, roles: [owner]}
""")
FORMS: list[Answers] = [
    {"busy": 1, "tool": "paper", "demo": "yes", "often": 2, "trust": 3, "kept": ["x", "y"], "why": {"text": "So."}},
    {"busy": 3, "tool": "digital", "demo": "no", "often": 3, "days": {"number": 4}, "trust": "dk"},
    {"busy": "na", "tool": "none", "demo": "dk", "kept": ["x"]},
]


def test_answers_are_counted_by_what_they_count_the_lowest_score_first() -> None:
    assert tally(ANY, FORMS) == {
        "busy": Tally((1, 0, 1), not_applicable=1),  # a 1 on a reversed scale counts 3
        "tool": Tally((1, 2)),  # two options have one score
        "demo": Tally((1, 1), dont_know=1),
        "often": Tally((0, 1, 0), not_asked=2),  # an answer from before it was hidden counts as none
    }


def test_what_was_hidden_is_neither_blank_nor_asked() -> None:
    scores = of_team(ANY, team(ANY, "team", FORMS, asked=4))
    often = scores["often"]
    assert (often.value, often.n, often.N, often.coverage) == (2, 1, 2, 1)
    assert (often.low, often.high) == (1.5, 2.5)  # the fourth might have been asked
    assert scores["ways"].value == pytest.approx((2 + 7 / 3 + 2 + 2) / 4)
    assert "told" not in scores  # nothing in it is scored for everybody


def test_what_a_role_is_asked_is_counted_by_word_and_without_texts() -> None:
    words = words_of_roles(ANY, FORMS)
    assert words == {"trust": {"3": 1, "dk": 1}, "kept": {"x": 2, "y": 1}}
    assert tally_of_words(ANY, ANY.of_roles[0], words["trust"]) == Tally((0, 0, 1), dont_know=1)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({}, Score("art", "art", "trust", n=0, distribution=(0, 0, 0))),
        ({"3": 4}, Score("art", "art", "trust", hidden=True)),
        ({"2": 4, "1": 2}, Score("art", "art", "trust", value=1.7, n=6, split=False)),
        ({"3": 5, "na": 9}, Score("art", "art", "trust", value=2.5, qualifier=">=", n=5, split=False)),
    ],
)
def test_what_a_role_is_asked_is_told_of_its_unit_alone_as_far_as_answers_allow(
    words: dict[str, int], expected: Score
) -> None:
    teams = [team(ANY, "a", FORMS * 3)]
    scores = measured(ANY, teams, {"art": ["a"]})
    found = shown(ANY, scores, {"art": ["a"]}, Terms("codes", 5), {("art", "art"): {"trust": words}})
    assert found["art"]["trust"] == expected
    assert "trust" not in found["a"]
    without = shown(ANY, scores, {"art": ["a"]}, Terms("codes", 5))
    assert {name: score for name, score in found["art"].items() if name != "trust"} == without["art"]


def test_from_eight_answers_on_all_of_it_is_told_and_in_mode_team_from_the_first() -> None:
    scores = measured(ANY, [team(ANY, "a", FORMS)], {})
    many = shown(ANY, scores, {}, Terms("codes", 5), {("a", "art"): {"trust": {"1": 4, "3": 4}}})["a"]["trust"]
    assert (many.value, many.n, many.N, many.distribution) == (2, 8, None, (4, 0, 4))
    assert (many.agreement, many.ad, many.split) == (-1, 1, True)
    assert (many.coverage, many.low, many.high) == (None, None, None)
    open_ = shown(ANY, scores, {}, Terms("team", 5), {("a", "art"): {"trust": {"1": 1}}})["a"]["trust"]
    assert (open_.value, open_.distribution, open_.split) == (1, (1, 0, 0), None)


def sums(**details: object) -> Questionnaire:
    """Give a questionnaire that adds levels up: a dimension of 0 to 3, and one of 0 to 2 that counts double."""
    tree = {"one": ["a", "b", "c"], "two": ["d", "e"]}
    scales = dict.fromkeys("abcde", (0, 0.25, 0.5, 1))
    return questionnaire(tree, rule="sum-of-levels", weights={"two": 2}, scales=scales, **details)  # type: ignore[arg-type]


def test_levels_add_up_in_a_dimension_and_their_sums_are_averaged_above() -> None:
    asked = sums()
    scores = of_team(asked, team(asked, "team", [{"a": 1, "b": 0.5, "c": 0.25, "d": 1, "e": 1}] * 3, asked=4))
    assert value(scores, "one") == pytest.approx(1.75)
    assert value(scores, "two") == pytest.approx(2)
    assert value(scores) == pytest.approx((1.75 + 2 * 2) / 3)
    assert (scores["one"].low, scores["one"].high) == pytest.approx((3 * 1.75 / 4, (3 * 1.75 + 3) / 4))
    assert scores["one"].coverage == 1


def test_a_missing_answer_counts_in_a_sum_like_the_mean_of_the_others() -> None:
    asked = sums()
    scores = of_team(asked, team(asked, "team", [{"a": 1, "b": 0.5, "c": "na", "d": 1, "e": "dk"}] * 5))
    assert value(scores, "one") == pytest.approx(3 * 0.75)
    assert value(scores, "two") == pytest.approx(2)
    assert (scores["two"].low, scores["two"].high, scores["two"].coverage) == pytest.approx((1, 2, 0.5))


def test_weights_are_the_shares_in_a_sum() -> None:
    asked = questionnaire({"one": ["a", "b"]}, rule="sum-of-levels", weights={"a": 3})
    scores = of_team(asked, team(asked, "team", [{"a": 2, "b": 5}]))
    assert value(scores, "one") == value(scores) == 11  # 3 x 2 + 5
    assert outline(asked).ends("one") == outline(asked).ends("") == (4, 20)


def test_a_sum_has_other_ends_than_its_questions() -> None:
    tree = outline(sums())
    assert [tree.ends(name) for name in ("a", "one", "two", "")] == [(0, 1), (0, 3), (0, 2), (0, (3 + 2 * 2) / 3)]
    assert [tree.gap(name) for name in ("a", "one", "two")] == pytest.approx([1 / 3, 1, 2 / 3])


def test_a_sum_is_told_coarsely_within_half_a_level_of_its_ends() -> None:
    asked = sums()
    forms = [{"a": 1, "b": 1, "c": 0.5, "d": 0, "e": 0.25}] * 6
    told = shown(asked, measured(asked, [team(asked, "team", forms)], {}), {}, Terms("codes", 5))["team"]
    assert (told["one"].value, told["one"].qualifier) == (2.5, ">=")
    assert (told["two"].value, told["two"].qualifier) == (0.4, "<=")  # a third, rounded so that it stays true
    assert (told["c"].value, told["c"].qualifier) == (0.5, "")
    assert (told["a"].value, told["a"].qualifier) == (0.8, ">=")


def test_people_differ_in_levels_whatever_the_levels_add_up_to() -> None:
    forms = [{"a": 0, "b": 0, "c": 0, "d": 0, "e": 0}, {"a": 1, "b": 1, "c": 1, "d": 1, "e": 1}] * 4
    figures = []
    for rule in ("mean", "sum-of-levels"):
        asked = questionnaire({"one": ["a", "b"]}, rule=rule, scales=dict.fromkeys("ab", (0, 0.5, 1)))
        one = of_team(asked, team(asked, "team", [{"a": form["a"], "b": form["b"]} for form in forms]))["one"]
        figures.append((one.ad, one.agreement, one.rwg, one.split))
    assert figures[0] == figures[1] == (0.5, -1, 0, True)


def test_an_art_of_sums_is_the_mean_of_its_teams() -> None:
    asked = sums()
    forms: list[list[Answers]] = [[dict.fromkeys("abcde", 1)] * 3, [dict.fromkeys("abcde", 0.5)] * 6]
    scores = of_round(asked, *(team(asked, f"team-{n}", given) for n, given in enumerate(forms)))["art"]
    assert (value(scores, "one"), value(scores, "two")) == (2.25, 1.5)


def test_stages_leave_the_figures_as_they_are() -> None:
    forms: list[Answers] = [{"goals": 4, "limits": 2, "batch": "dk", "queue": 3}] * 3
    mean, staged = questionnaire(), questionnaire(rule="staged")
    assert of_team(mean, team(mean, "team", forms, 5)) == of_team(staged, team(staged, "team", forms, 5))


NOTHING = load(b"""
format: 1
id: nothing
version: "1"
title: Nothing
dimensions: [{id: open, title: Open, questions: [{id: why, type: text, text: Why?}]}]
""")


def test_where_nothing_is_scored_people_are_counted_and_nothing_is_hidden() -> None:
    teams = [team(NOTHING, "a", [{}] * 3, asked=7), team(NOTHING, "b", [], asked=5)]
    teams = [
        type(one)(one.unit, one.kind, one.asked, one.tallies, forms) for one, forms in zip(teams, (3, 0), strict=True)
    ]
    scores = measured(NOTHING, teams, {"art": ["a", "b"]})
    found = shown(NOTHING, scores, {"art": ["a", "b"]}, Terms("codes", 5))
    assert found == {
        "art": {"": Score("art", "art", "", n=3, N=12)},
        "a": {"": Score("a", "team", "", n=3, N=7)},
        "b": {"": Score("b", "team", "", n=0, N=5)},
    }
    assert outline(NOTHING).ends("") == (0, 1)


def test_a_choice_of_one_score_is_everybodys_score_and_says_nothing_of_spread() -> None:
    asked = load(b"""
format: 1
id: same
version: "1"
title: Same
dimensions:
  - id: one
    title: One
    questions:
      - {id: a, type: choice, text: Which?, options: [{id: x, label: X, score: 2}, {id: y, label: Y, score: 2}]}
""")
    found = of_team(asked, team(asked, "team", [{"a": "x"}, {"a": "y"}]))["a"]
    assert (found.value, found.distribution, found.agreement, found.ad, found.rwg) == (2, (2,), 1, 0, None)
