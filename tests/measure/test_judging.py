"""What may be said of changes: the overall first, then the uppermost dimensions; nothing of what is hidden is used."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from assessment.measure.carrying import carried, common_outline, rows_of_people, rows_of_teams
from assessment.measure.change_tests import Estimate, Shuffles
from assessment.measure.judging import (
    Measured,
    Own,
    Rounds,
    above,
    measured_change,
    of_people,
    told_of,
    verdicts,
)
from assessment.measure.outline import OVERALL, outline
from assessment.measure.score import Score
from assessment.measure.scoring import team_scores
from assessment.measure.trend import (
    FEW_PEOPLE,
    FEW_SHOWN,
    INTERVAL_ONLY,
    NO_ART_TESTED,
    NOT_REACHED,
    ONE_FORM,
    Standing,
    Step,
    step,
)
from assessment.questionnaire.answers import Answers
from assessment.questionnaire.diff import Difference
from tests.measure.given import questionnaire, team

ASKED = questionnaire({"leading": {"goals": ["g1", "g2"], "limits": ["l1"]}, "flow": ["f1", "f2"]})
TREE = outline(ASKED)
ALIKE = Difference("comparable", "", (), {})
NAMES = list(TREE.levels)
Levels = Mapping[str, float]


def people(of_team: int, number: int, moved: Levels | None = None, by: float = 0.0, seed: int = 0) -> list[Answers]:
    """Give the forms of a team: around 3, some questions moved."""
    chance = np.random.default_rng(100 * of_team + seed)
    levels = chance.normal(3.0, 0.5, (number, 1)) + chance.normal(0, 0.6, (number, len(NAMES)))
    wanted = levels + [(moved or {}).get(name, by) for name in NAMES]
    return [
        {name: float(level) for name, level in zip(NAMES, row, strict=True)} for row in np.clip(np.rint(wanted), 1, 5)
    ]


def a_round(teams: Mapping[str, Sequence[Answers]], hidden: frozenset[str] = frozenset()) -> tuple[Standing, Own]:
    """Give an ART as it is released, with people's own scores."""
    exact = {code: team_scores(TREE, ASKED.scoring, team(ASKED, code, forms)) for code, forms in teams.items()}
    told = {
        code: {
            name: Score(code, "team", name, hidden=True) if code in hidden else scores[name] for name in TREE.children
        }
        for code, scores in exact.items()
    }
    means = {
        name: Score(
            "art",
            "art",
            name,
            value=float(np.mean([scores[name].value or 0.0 for scores in exact.values()])),
            n=sum(len(forms) for forms in teams.values()),
        )
        for name in TREE.children
    }
    own = {
        code: carried(TREE, ASKED.scoring.minimum_answered, rows_of_people(TREE, ASKED, forms))
        for code, forms in teams.items()
    }
    return Standing(means, told, forms={code: len(forms) for code, forms in teams.items()}), own


def judged_steps(before: tuple[Standing, Own], now: tuple[Standing, Own]) -> dict[str, Step]:
    rounds = Rounds(before[0], now[0], before[1], now[1], ALIKE)
    found = {name: measured_change(TREE, name, rounds) for name in TREE.children}
    return verdicts(TREE, found, ALIKE, with_parts=True)


def six(by: float = 0.0, seed: int = 0, moved: Levels | None = None) -> dict[str, list[Answers]]:
    return {f"t{place}": people(place, 9, moved, by, seed) for place in range(6)}


BEFORE = a_round(six())


# Many at once


def test_a_persons_own_score_is_that_of_a_team_of_one() -> None:
    forms: list[Answers] = [
        {"g1": 5, "g2": "na", "l1": 2, "f1": 1},
        {"g1": "dk", "g2": "dk", "l1": 4, "f1": 3, "f2": 3},
        {"g1": "na", "g2": "na", "l1": "na", "f1": 2, "f2": 5},
        {},
        *people(1, 3),
    ]
    for asked in (ASKED, questionnaire({"flow": ["f1", "f2"]}, weights={"f1": 3}, rule="sum-of-levels")):
        tree = outline(asked)
        found = carried(tree, 0.5, rows_of_people(tree, asked, forms))
        for row, form in enumerate(forms):
            alone = team_scores(tree, asked.scoring, team(asked, "x", [form]))
            for name in tree.children:
                expected = alone[name].value
                assert found[name][row] == pytest.approx(np.nan if expected is None else expected, nan_ok=True)


def test_teams_many_at_once_have_the_scores_they_have_alone() -> None:
    teams = [team(ASKED, code, forms, asked=12) for code, forms in six().items()]
    teams.append(team(ASKED, "few", [{"g1": 3, "g2": "dk", "l1": "dk", "f1": "dk", "f2": 2}] * 5))
    rows = rows_of_teams(TREE, [(one.asked, one.tallies) for one in teams])
    found = carried(TREE, ASKED.scoring.minimum_answered, rows)
    for row, one in enumerate(teams):
        for name in TREE.children:
            expected = team_scores(TREE, ASKED.scoring, one)[name].value
            assert found[name][row] == pytest.approx(np.nan if expected is None else expected, nan_ok=True)


def test_an_outline_of_some_questions_has_the_dimensions_that_hold_them() -> None:
    some = common_outline(TREE, {"g1": "g1", "f2": "f2"})
    assert list(some.levels) == ["g1", "f2"]
    assert list(some.children) == ["", "leading", "goals", "flow"]
    assert some.questions[""] == ("g1", "f2")


# An ART


def test_one_team_s_people_are_tested_by_welch_s_t_where_teams_move_alike() -> None:
    forms = people(1, 12)
    moved = [{name: min(float(level) + 1, 5) for name, level in form.items()} for form in people(1, 12)]
    before, now = a_round({"a": forms, "b": forms}), a_round({"a": moved, "b": moved})
    found = measured_change(TREE, OVERALL, Rounds(before[0], now[0], before[1], now[1], ALIKE)).estimate
    assert found is not None
    old, new = before[1]["a"][OVERALL], now[1]["a"][OVERALL]
    error = float(np.sqrt((old.var(ddof=1) + new.var(ddof=1)) / 12 / 2))
    assert error <= found.error <= 1.1 * error  # rounded up to two digits
    assert found.freedom == pytest.approx(2 * stats.ttest_ind(new, old, equal_var=False).df)


def test_a_change_in_everything_is_told_overall_and_of_the_uppermost_dimensions() -> None:
    found = judged_steps(BEFORE, a_round(six(by=1.0, seed=1)))
    assert {name: one.verdict for name, one in found.items()} == {
        "": "improved",
        "leading": "improved",
        "flow": "improved",
        "goals": "no-detectable-change",
        "limits": "no-detectable-change",
    }
    assert (found["goals"].reason, found["leading"].reason) == (INTERVAL_ONLY, "")
    for one in found.values():
        assert one.change is not None
        assert one.low is not None
        assert one.high is not None
        assert one.smallest is not None
        assert one.low < one.change < one.high


def test_behind_a_closed_gate_nothing_has_a_verdict() -> None:
    found = judged_steps(BEFORE, a_round(six(moved={"f1": 1.0, "f2": 1.0, "g1": -1.0, "g2": -1.0, "l1": -1.0})))
    assert {one.verdict for one in found.values()} == {"no-detectable-change"}
    assert (found[""].reason, found["flow"].reason) == ("", NOT_REACHED)


def test_swapping_the_rounds_turns_the_sign() -> None:
    now = a_round(six(by=0.6, seed=1))
    one, other = judged_steps(BEFORE, now), judged_steps(now, BEFORE)
    turned = {"improved": "worsened"}
    for name, found in one.items():
        assert other[name].verdict == turned.get(found.verdict, found.verdict)
        assert other[name].change == pytest.approx(-(found.change or 0.0))
        assert other[name].smallest == pytest.approx(found.smallest)


def test_the_order_of_teams_does_not_matter() -> None:
    other = dict(reversed(six(by=0.6, seed=1).items()))
    one, again = judged_steps(BEFORE, a_round(six(by=0.6, seed=1))), judged_steps(BEFORE, a_round(other))
    for name, found in one.items():
        assert found.verdict == again[name].verdict
        assert found.low == pytest.approx(again[name].low)


HIDDEN = frozenset({"t3", "t4", "t5"})


def test_what_hidden_teams_answered_changes_nothing() -> None:
    before, now = a_round(six(), HIDDEN), a_round(six(by=0.5, seed=1), HIDDEN)
    other = a_round(six(by=0.5, seed=1) | {code: people(7, 9, by=-2.0) for code in HIDDEN}, HIDDEN)
    same_release = replace(other[0], scores=now[0].scores), other[1]
    assert judged_steps(before, same_release) == judged_steps(before, now)


def test_with_fewer_than_two_teams_shown_there_is_no_test() -> None:
    hidden = frozenset({"t1", "t2", "t3", "t4", "t5"})
    found = judged_steps(a_round(six(), hidden), a_round(six(by=1.0, seed=1), hidden))
    assert {(one.verdict, one.reason, one.low) for one in found.values()} == {("not-comparable", FEW_SHOWN, None)}
    assert found[""].change is not None


def test_people_of_small_teams_are_used_where_they_protect_each_other() -> None:
    def freedom(*sizes: int) -> float:
        teams = [{f"t{at}": people(at, size, seed=seed) for at, size in enumerate(sizes)} for seed in (0, 1)]
        before, now = (a_round(of_round) for of_round in teams)
        found = measured_change(TREE, OVERALL, Rounds(before[0], now[0], before[1], now[1], ALIKE)).estimate
        assert found is not None
        return found.freedom

    assert freedom(6, 6) == 1  # the teams' changes are all there is
    assert freedom(6, 6, 6) > 15
    assert freedom(6, 6, 12) <= 22


# A unit above ARTs


def a_measured(change: float, error: float, arts: int = 1) -> Measured:
    found = Step(change, 5, "comparable", "no-detectable-change", "")
    return Measured(found, Estimate(change, error, 20), arts)


def test_a_unit_above_arts_has_the_mean_of_their_changes() -> None:
    untested = Measured(Step(None, 0, "comparable", "not-comparable", FEW_SHOWN))
    found = above([a_measured(0.5, 0.1), untested, a_measured(0.3, 0.1, 2)], [1.0, 1.0, 1.0], ALIKE)
    told = verdicts(TREE, {"": found, "flow": found}, ALIKE, with_parts=False)
    assert told[""].change == pytest.approx(0.4)
    assert (told[""].teams, told[""].verdict) == (3, "improved")
    assert (told["flow"].verdict, told["flow"].reason) == ("no-detectable-change", INTERVAL_ONLY)
    assert above([untested], [1.0], ALIKE).step.reason == NO_ART_TESTED


# A team


def of_team(before: Sequence[Answers], now: Sequence[Answers], *, agreed: bool = False) -> Step:
    rounds = [a_round({"x": forms}) for forms in (before, now)]
    scores = [standing.teams["x"] for standing, _ in rounds]
    found = step(OVERALL, Standing(scores[0], {}), Standing(scores[1], {}), ALIKE)
    told = told_of(TREE, (scores[0][OVERALL], scores[1][OVERALL]), Shuffles("a"), agreed=agreed)
    return of_people(found, (rounds[0][1]["x"][OVERALL], rounds[1][1]["x"][OVERALL]), told, ALIKE)


def test_a_team_is_told_its_change_with_its_interval() -> None:
    found = of_team(people(1, 10), people(1, 9, by=1.0, seed=1))
    assert (found.verdict, found.reason) == ("improved", "")
    assert found.low is not None
    assert found.effect is not None
    assert found.low > 0
    assert found.effect > 0.5
    assert found == of_team(people(1, 10), people(1, 9, by=1.0, seed=1))


def test_of_few_people_the_verdict_is_told_and_nothing_else() -> None:
    found = of_team(people(1, 10), people(1, 7, by=1.0, seed=1))
    assert found.verdict == "improved"
    assert (found.low, found.high, found.smallest, found.effect) == (None, None, None, None)


def test_of_too_few_people_there_is_no_test() -> None:
    found = of_team(people(1, 10), people(1, 2, seed=1))
    assert (found.verdict, found.reason) == ("not-comparable", FEW_PEOPLE)


def test_one_agreed_form_has_no_chance_to_be_told_from() -> None:
    found = of_team(people(1, 10), people(1, 10, by=1.0, seed=1), agreed=True)
    assert (found.verdict, found.reason, found.low) == ("no-detectable-change", ONE_FORM, None)
