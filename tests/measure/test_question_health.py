"""How questions fared: shares, camps, how they go together, and what is made of it in words."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.measure.consistency import covariances, cronbach_alpha, item_rest, upper_end, without
from assessment.measure.question_health import (
    FEWEST_PEOPLE,
    QuestionHealth,
    RoundHealth,
    advice,
    coefficient,
    question_health,
)
from assessment.measure.round_scores import Terms, measured, shown
from assessment.questionnaire.answers import Answers
from assessment.questionnaire.check import load
from assessment.questionnaire.model import Questionnaire
from tests.measure.given import FIVE, questionnaire, team

Arts = Mapping[str, Sequence[str]]

ONE = questionnaire({"flow": ["batch", "queue", "limits"]})
FILE = b"""
format: 1
id: check
version: "1"
title: Check
scales: {five: {levels: [{value: 1, label: a}, {value: 2, label: b}, {value: 3, label: c}, {value: 4, label: d},
                         {value: 5, label: e}]}}
dimensions:
  - id: flow
    title: Flow
    questions:
      - {id: batch, type: rating, scale: five, text: Batches are small.}
      - {id: queue, type: rating, scale: five, text: Queues are short.}
      - {id: limits, type: rating, scale: five, text: Limits are clear.}
"""
HEALTHY = QuestionHealth("batch", "flow", 100, 90, 0.2, 0.1, 0.05, 0.05, 9, 1, 90, 0.5, 0.7)


def of_round(
    asked_of: Questionnaire, forms: Mapping[str, Sequence[Answers]], mode: str = "codes", arts: Arts | None = None
) -> RoundHealth:
    """Give how the questions of a round with these teams fared; all are of one ART where nothing else is said."""
    teams = [team(asked_of, code, of_team) for code, of_team in forms.items()]
    below = {"art": list(forms)} if arts is None else arts
    told = shown(asked_of, measured(asked_of, teams, below), below, Terms(mode, 5))
    return question_health(asked_of, teams, told, below, [form for of_team in forms.values() for form in of_team])


def of_question(health: RoundHealth, name: str = "batch") -> QuestionHealth:
    """Give how one question fared."""
    return next(question for question in health.questions if question.question == name)


def rows(*levels: int | str) -> list[Answers]:
    """Give a form for each level, which is given to every question."""
    return [dict.fromkeys(("batch", "queue", "limits"), level) for level in levels]


def test_shares_are_of_answers_at_the_ends_and_of_forms_without_one() -> None:
    forms = [*rows(5, 5, 5, 1, 3, 3, 3, 4, "na", "na", "dk", "dk", "dk", "dk"), {}, {}]
    found = of_question(of_round(ONE, {"falcon": forms}))
    assert (found.asked, found.n) == (16, 8)
    assert (found.ceiling, found.floor) == (3 / 8, 1 / 8)
    assert (found.not_applicable, found.dont_know) == (2 / 16, 4 / 16)


def test_nothing_is_told_of_fewer_than_eight_answers() -> None:
    few = of_question(of_round(ONE, {"falcon": rows(5, 5, 5, 5, 5, 5, 5)}))
    assert (few.n, few.ceiling, few.floor, few.not_applicable) == (7, None, None, None)
    assert advice(few).verdict == "unknown"
    silent = of_question(of_round(ONE, {"falcon": rows(5, 5, *["na"] * 9)}))
    assert (silent.n, silent.ceiling, silent.not_applicable) == (2, None, 9 / 11)
    assert advice(silent).sentence == "to 82% it does not apply"


def test_what_two_teams_hold_back_is_in_no_share() -> None:
    large = {"falcon": rows(*[5] * 10), "heron": rows(*[5] * 10), "ibex": rows(*[5] * 10)}
    arts = {"rail": ["falcon", "heron", "ibex"], "road": ["lynx", "newt"]}
    found = of_question(of_round(ONE, large | {"lynx": rows(*[1] * 9), "newt": rows(*[1] * 4)}, arts=arts))
    assert found.n == 43
    assert found.ceiling in {1, 30 / 39}  # 30 of 43, less what is told of the others, would tell newt's
    several = {code: rows(*[1] * 6) for code in ("lynx", "newt", "otter")}
    arts["road"] = list(several)
    found = of_question(of_round(ONE, large | several, arts=arts))
    assert (found.n, found.ceiling) == (48, 30 / 48)


def test_an_art_that_tells_its_distribution_is_no_cover_for_others() -> None:
    told = {code: rows(*[3] * 6) for code in ("asp", "bat", "cat")}
    arts = {"rail": list(told), "road": ["lynx", "newt"]}
    found = of_question(of_round(ONE, told | {"lynx": rows(*[1] * 9), "newt": rows(*[1] * 5)}, arts=arts))
    assert found.ceiling == 0
    assert found.floor == 9 / 27  # and not 14 of 32, for what is told of rail and lynx would leave newt's


def test_agreed_forms_are_all_counted() -> None:
    forms = {f"team-{number}": rows(level) for number, level in enumerate([5, 5, 5, 4, 4, 4, 3, 1])}
    found = of_question(of_round(ONE, forms, mode="team"))
    assert (found.n, found.ceiling, found.teams) == (8, 3 / 8, 0)


def test_camps_are_counted_among_teams_of_eight_whose_score_is_shown() -> None:
    apart, together, few = rows(*[1, 5] * 5), rows(*[3] * 10), rows(*[1, 5] * 3)
    forms = {"falcon": apart, "heron": apart, "ibex": together, "lynx": few, "newt": few, "otter": few}
    found = of_question(of_round(ONE, forms))
    assert (found.split_teams, found.teams) == (2, 3)
    assert advice(found).reasons[-1] == "2 of 3 teams fall into two camps: it may be read in two ways"


@given(
    st.integers(2, 6).flatmap(
        lambda size: st.lists(st.lists(st.sampled_from(FIVE), min_size=size, max_size=size), min_size=4, max_size=60)
    )
)
def test_alpha_and_the_rest_are_as_by_numpy(answers: list[list[int]]) -> None:
    columns = np.array(answers, dtype=float).T
    found = covariances(columns.tolist())
    assert np.allclose(found, np.cov(columns), rtol=0, atol=1e-9)
    _same(cronbach_alpha(found), _alpha(columns))
    for place in range(len(columns)):
        others = np.delete(columns, place, axis=0)
        _same(cronbach_alpha(without(found, place)), _alpha(others))
        rest = others.sum(axis=0)
        flat = not columns[place].std() or not rest.std()
        _same(item_rest(found, place), None if flat else float(np.corrcoef(columns[place], rest)[0, 1]))


def _alpha(columns: npt.NDArray[np.float64]) -> float | None:
    whole, size = columns.sum(axis=0).var(ddof=1), len(columns)
    if size < 2 or not whole:
        return None
    return float(size / (size - 1) * (1 - columns.var(axis=1, ddof=1).sum() / whole))


def _same(found: float | None, expected: float | None) -> None:
    assert (found is None) is (expected is None)
    assert found == pytest.approx(expected, abs=1e-9)


def _people(number: int) -> list[dict[str, int]]:
    chance = np.random.default_rng(1)
    skill = chance.normal(size=number)
    return [
        {name: int(np.clip(round(3 + own + chance.normal()), 1, 5)) for name in ("batch", "queue", "limits")}
        for own in skill
    ]


def test_how_questions_go_together_is_told_of_thirty_who_answered_them_all() -> None:
    people = _people(FEWEST_PEOPLE)
    health = of_round(ONE, {"falcon": people})
    assert health.dimensions[0].people == FEWEST_PEOPLE
    assert health.dimensions[0].alpha is not None
    for gap in ({}, {"batch": "dk"}, {"batch": "na"}):
        open_: Answers = {name: answer for name, answer in people[0].items() if name != "batch"} | gap
        health = of_round(ONE, {"falcon": [open_, *people[1:]]})
        found = of_question(health, "queue")
        assert (health.dimensions[0].people, health.dimensions[0].alpha) == (FEWEST_PEOPLE - 1, None)
        assert (found.people, found.item_rest, found.alpha_without) == (FEWEST_PEOPLE - 1, None, None)
        assert found.ceiling is not None


def test_a_question_by_itself_goes_with_nothing() -> None:
    alone = questionnaire({"flow": ["batch"]})
    health = of_round(alone, {"falcon": _people(40)})
    assert (health.dimensions[0].alpha, of_question(health).item_rest) == (None, None)
    assert advice(of_question(health)).verdict == "fine"


def test_a_reversed_question_is_taken_by_its_score() -> None:
    plainly = load(FILE)
    turned = load(FILE.replace(b"Batches are small.", b"Batches are large., reverse: true"))
    people = _people(60)
    mirrored = [form | {"batch": 6 - form["batch"]} for form in people]
    plain, other = (
        of_question(of_round(plainly, {"falcon": people})),
        of_question(of_round(turned, {"falcon": mirrored})),
    )
    assert other == plain
    against = of_question(of_round(plainly, {"falcon": mirrored}))
    assert against.item_rest == pytest.approx(-(plain.item_rest or 0))


def test_answers_to_a_question_that_was_not_asked_do_not_count() -> None:
    conditional = load(
        FILE.replace(b"Queues are short.", b"Queues are short., show-if: {question: batch, op: '>', value: 2}")
    )
    forms = [{"batch": 1 + number % 5, "queue": 3, "limits": 3} for number in range(50)]
    health = of_round(conditional, {"falcon": forms})
    assert (of_question(health, "queue").asked, health.dimensions[0].people) == (30, 30)


def test_figures_are_plain_json_and_come_back() -> None:
    health = of_round(ONE, {"falcon": _people(40)})
    assert RoundHealth.of(health.figures()) == health


@pytest.mark.parametrize(
    ("figures", "verdict", "sentence"),
    [
        ({}, "fine", "fine"),
        ({"ceiling": 0.86}, "retire", "nearly everyone is at the top (86%): it no longer tells teams apart"),
        ({"floor": 0.9}, "look", "nearly everyone is at the bottom (90%): it does not tell teams apart yet"),
        ({"dont_know": 0.34}, "look", "34% do not know"),
        ({"not_applicable": 0.5}, "look", "to 50% it does not apply"),
        ({"item_rest": 0.08}, "retire", "does not go with the rest of its dimension (r = 0.08)"),
        ({"item_rest": -0.001}, "retire", "does not go with the rest of its dimension (r = 0.00)"),
        ({"item_rest": 0.12, "people": 900}, "look", "goes but little with the rest of its dimension (r = 0.12)"),
        (
            {"item_rest": -0.4},
            "look",
            "runs against the rest of its dimension (r = −0.40): is it worded the other way round?",
        ),
        ({"item_rest": 0.12, "people": 30}, "fine", "fine"),  # it may be chance
        ({"item_rest": 0.29, "people": 90}, "fine", "fine"),
        ({"split_teams": 5}, "look", "5 of 9 teams fall into two camps: it may be read in two ways"),
        ({"split_teams": 1, "teams": 1}, "fine", "fine"),
        ({"asked": 7}, "unknown", "too few answers to tell"),
        (
            {"ceiling": 0.8, "dont_know": 0.4},
            "retire",
            "nearly everyone is at the top (80%): it no longer tells teams apart; 40% do not know",
        ),
    ],
)
def test_what_is_to_be_done_is_said_in_words(figures: dict[str, Any], verdict: str, sentence: str) -> None:
    found = advice(replace(HEALTHY, **figures))
    assert (found.verdict, found.sentence) == (verdict, sentence)


def test_the_interval_of_a_correlation() -> None:
    assert upper_end(0.5, 103) == pytest.approx(0.6323, abs=5e-5)  # tanh(0.5493 + 0.1960)
    assert upper_end(1.0, 30) == 1
    assert -1 <= upper_end(-1.0, 30) < 0


def test_coefficients_have_two_decimals_and_no_minus_zero() -> None:
    assert [coefficient(figure) for figure in (0.456, -0.456, -0.001, 1.0)] == ["0.46", "−0.46", "0.00", "1.00"]
