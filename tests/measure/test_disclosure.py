"""What is shown: thresholds, what is hidden with a hidden score, rounding; and that nothing hidden follows from it."""

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest

from assessment import resources
from assessment.measure.disclosure import disclosed, disclosed_but
from assessment.measure.hiding import Cell, held_back
from assessment.measure.organisation import Organisation
from assessment.measure.outline import Branch, Outline, outline
from assessment.measure.round_scores import Terms, measured, shown
from assessment.measure.score import Score
from assessment.measure.scoring import Scores, TeamAnswers, with_spread
from assessment.questionnaire.check import load
from assessment.questionnaire.model import Questionnaire
from tests.measure.given import alike, of_round, questionnaire, team
from tests.measure.knowledge import ART, THRESHOLD, Art, derivable, moved, random_art, scored

ASKED = questionnaire()
EVERYWHERE = {"", "leading", "flow", "goals", "limits", "batch", "queue"}
TRIES = 25  # seeds a test; together 2,000 ARTs
CHUNKS = range(40)


def hidden_in(art: Art, threshold: int = THRESHOLD) -> set[Cell]:
    """Give what is not shown as it is in an ART."""
    held = held_back(art.tree, art.organisation, art.scores, threshold)
    return {*held.hidden, *held.as_ends}


def told(art: Art, threshold: int = THRESHOLD) -> dict[str, Scores]:
    """Give what is shown of an ART."""
    return disclosed(art.tree, art.organisation, art.scores, threshold)


def of_sizes(*sizes: int, asked: Questionnaire = ASKED, level: float = 3) -> Art:
    """Give an ART of teams in which everybody answered everything alike."""
    return scored(asked, [team(asked, f"team-{n}", alike(asked, size, level)) for n, size in enumerate(sizes)])


def hidden_teams(art: Art, name: str = "") -> list[int]:
    """Give the sizes of the teams that are hidden; 0 stands for the ART."""
    sizes = {ART: 0} | {answers.unit: answers.asked for answers in art.teams}
    return sorted(sizes[unit] for unit, of in hidden_in(art) if of == name)


@pytest.mark.parametrize(("threshold", "expected"), [(5, False), (6, True), (3, False)])
def test_a_score_with_fewer_answers_than_the_threshold_is_hidden(threshold: int, expected: bool) -> None:  # noqa: FBT001
    assert told(of_sizes(5), threshold)["team-0"][""].hidden is expected


def test_of_a_hidden_score_nothing_is_left() -> None:
    for name in EVERYWHERE:
        assert told(of_sizes(4))["team-0"][name] == Score("team-0", "team", name, hidden=True)


def test_who_did_not_answer_is_not_hidden() -> None:
    art = scored(ASKED, [team(ASKED, "silent", [], asked=6), team(ASKED, "here", alike(ASKED, 9, 3))])
    assert not hidden_in(art)
    assert told(art)["silent"][""] == Score("silent", "team", "", n=0, N=6, low=1, high=5)


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ((9, 9, 9), []),
        ((4, 9, 10, 11), [4, 9, 10]),  # two others beside any one that knows itself
        ((4, 4, 9, 10), [4, 4, 9]),
        ((3, 3, 3, 9, 9), [3, 3, 3]),  # whoever is one of them sees 6 answers of two others
        ((2, 2, 2, 9, 9), [2, 2, 2, 9]),  # 4 answers are too few
        ((4, 9), [0, 4]),  # all together would not do: the ART's own is told as an end, and the big team's stays
        ((4,), [0, 4]),
    ],
)
def test_what_is_hidden_together_still_protects_each_other(sizes: Sequence[int], expected: list[int]) -> None:
    assert hidden_teams(of_sizes(*sizes)) == expected


def test_hidden_teams_elsewhere_protect_nobody_here() -> None:
    teams = [team(ASKED, f"team-{n}", alike(ASKED, size, 3)) for n, size in enumerate((4, 4, 9, 9, 9, 9))]
    arts = {"first": ["team-0", "team-2", "team-3"], "second": ["team-1", "team-4", "team-5"]}
    held = held_back(outline(ASKED), Organisation(arts), measured(ASKED, teams, arts), THRESHOLD)
    assert {unit for unit, _ in held.hidden} == {f"team-{n}" for n in range(6)}


def test_where_one_question_is_hidden_its_siblings_are_and_the_rest_is_shown() -> None:
    few = [*alike(ASKED, 4, 3), *([{"limits": 3.0, "batch": 3.0, "queue": 3.0}] * 5)]
    art = scored(ASKED, [team(ASKED, "team", few), *of_sizes(9, 9, 9).teams])
    of_team = {name for unit, name in hidden_in(art) if unit == "team"}
    assert of_team == {"goals", "limits"}
    others = {unit for unit, name in hidden_in(art) if name == "goals"}
    assert others == {"team", "team-0", "team-1"}
    assert ART not in others


def test_what_is_below_a_hidden_dimension_is_hidden() -> None:
    asked = questionnaire({"top": {"one": ["a"], "two": ["b"]}, "flat": ["c"]}, minimum_answered=0.0)
    few = [*alike(asked, 4, 3), *([{"c": 3.0}] * 5)]
    art = scored(asked, [team(asked, "team", few)])
    assert {name for unit, name in hidden_in(art) if unit == "team"} == {"top", "one", "two", "a", "b", "flat", "c"}


def test_an_only_child_takes_its_parent_along() -> None:
    asked = questionnaire({"one": ["a"], "two": ["b", "c"]}, minimum_answered=0.0)
    art = scored(asked, [team(asked, "team", [*alike(asked, 4, 3), *([{"b": 3.0, "c": 3.0}] * 5)])])
    hidden = {name for unit, name in hidden_in(art) if unit == "team"}
    assert hidden == {"a", "one", "two", "b", "c"}  # and its parent's siblings, or the overall score would tell it


def test_a_dimension_without_a_score_protects_none_beside_it() -> None:
    asked = questionnaire({"one": ["a"], "two": ["b"]}, minimum_answered=0.6)
    forms = [*alike(asked, 4, 3), *([{"a": 3.0}] * 2), *([{}] * 3)]
    art = scored(asked, [team(asked, "team", forms)])
    assert art.scores["team"]["two"].value is None
    # The overall score is that of `one` alone, so it would go with it.
    assert hidden_in(art, threshold=7) >= {("team", "one"), ("team", "two"), ("team", "")}


def test_a_team_that_left_a_question_out_takes_the_arts_questions_along() -> None:
    whole, part = alike(ASKED, 4, 3), [{"goals": 3.0, "batch": 3.0, "queue": 3.0}] * 4
    art = scored(ASKED, [team(ASKED, f"team-{n}", forms) for n, forms in enumerate((whole, whole, whole, part))])
    hidden = hidden_in(art)
    assert {name for unit, name in hidden if unit == ART} == {"goals", "limits"}
    assert not derivable(art, hidden)
    assert derivable(art, hidden - {(ART, "goals"), (ART, "limits")})


@pytest.mark.parametrize("weighting", ["equal", "respondents"])
@pytest.mark.parametrize("chunk", CHUNKS)
def test_nothing_hidden_can_be_worked_out(chunk: int, weighting: str) -> None:
    for seed in range(chunk * TRIES, (chunk + 1) * TRIES):
        art = random_art(seed, weighting)
        hidden = hidden_in(art)
        if hidden:
            assert not derivable(art, hidden), f"seed {seed}"


def test_nothing_hidden_can_be_worked_out_of_sums() -> None:
    for seed in range(100):
        art = random_art(seed, "equal", "sum-of-levels")
        if hidden := hidden_in(art):
            assert not derivable(art, hidden), f"seed {seed}"


def test_nothing_hidden_can_be_worked_out_of_a_usual_art() -> None:
    shipped = load((resources.folder("questionnaires") / "lean-agile-maturity.yaml").read_bytes())
    chance = random.Random(7)  # noqa: S311 - an example, not a secret
    words = ["dk", "na", *range(1, 6)] + list(range(1, 6)) * 6
    teams = [
        team(shipped, f"team-{n}", [{q.id: chance.choice(words) for q in shipped.questions} for _ in range(people)])
        for n, people in enumerate((4, 6, 8, 10))
    ]
    art = scored(shipped, teams)
    hidden = hidden_in(art)
    assert ("team-0", "") in hidden
    assert not any(unit == ART for unit, _ in hidden)  # and it costs the ART nothing
    assert not derivable(art, hidden)


def test_the_search_finds_what_the_threshold_alone_gives_away() -> None:
    leaks = 0
    for seed in range(60):
        art = random_art(seed, "equal")
        bare = {(unit, name) for unit, of in art.scores.items() for name, s in of.items() if 0 < (s.n or 0) < THRESHOLD}
        leaks += bool(bare and derivable(art, bare))
    assert leaks >= 20


@pytest.mark.parametrize("rule", ["mean", "sum-of-levels"])
@pytest.mark.parametrize("weighting", ["equal", "respondents"])
def test_bounds_tell_nothing_that_the_shown_means_do_not(weighting: str, rule: str) -> None:
    for seed in range(120):
        art = random_art(seed, weighting, rule)
        other = moved(art, hidden_in(art), seed)
        if other is None:
            continue
        held = held_back(art.tree, art.organisation, art.scores, THRESHOLD)
        here, there = (disclosed_but(one.tree, one.organisation, one.scores, held) for one in (art, other))
        for unit, scores in here.items():
            for name, score in scores.items():
                assert (score.low, score.high) == pytest.approx((there[unit][name].low, there[unit][name].high)), seed


def test_spread_tells_nothing_that_the_told_distributions_do_not_and_these_leave_many_answers() -> None:
    for seed in range(150):
        art = random_art(seed, "equal")
        here = told(art)
        for scores in here.values():
            for name, score in with_spread(art.tree, scores).items():
                if not score.hidden and (score.n or 0) >= 8:
                    assert score.agreement == scores[name].agreement
                    assert (score.ad, score.rwg) == (scores[name].ad, scores[name].rwg)
        for name in art.tree.levels:
            unseen = [
                art.scores[unit][name].n or 0 for unit in _answering(art, name) if not here[unit][name].distribution
            ]
            if here[ART][name].distribution and unseen:
                assert len(unseen) > 2
                assert sum(unseen) - max(unseen) >= 8


def test_exact_bounds_would_have_told_more() -> None:
    found = 0
    for seed in range(120):
        art = random_art(seed, "equal")
        other = moved(art, hidden_in(art), seed)
        if other is None:
            continue
        for cell in _cells(art) - hidden_in(art):
            here, there = art.scores[cell[0]][cell[1]].low, other.scores[cell[0]][cell[1]].low
            found += here != pytest.approx(there)
    assert found > 100


@pytest.mark.parametrize("weighting", ["equal", "respondents"])
def test_told_bounds_hold_the_exact_ones(weighting: str) -> None:
    for seed in range(100):
        art = random_art(seed, weighting)
        for unit, scores in told(art).items():
            for name, score in scores.items():
                exact = art.scores[unit][name]
                if score.low is None or score.high is None or exact.low is None or exact.high is None:
                    continue
                assert score.low <= exact.low + 1e-9
                assert score.high >= exact.high - 1e-9
                assert score.value is None or score.low <= score.value <= score.high


def test_bounds_stay_as_they_are_where_nothing_is_hidden_or_all_answered() -> None:
    art = scored(ASKED, [team(ASKED, f"team-{n}", alike(ASKED, 8, n + 1), asked=9 + n) for n in range(3)])
    for unit, scores in told(art).items():
        assert scores == art.scores[unit]
    small = of_sizes(4, 8, 8, 8)
    assert (told(small)[ART][""].low, told(small)[ART][""].high) == (3, 3)


@pytest.mark.parametrize(
    ("level", "value", "qualifier"),
    [(3, 3, ""), (5, 4.5, ">="), (1, 1.5, "<="), (4.5, 4.5, ">="), (1.5, 1.5, "<=")],
)
def test_under_eight_answers_a_mean_is_told_coarsely(level: float, value: float, qualifier: str) -> None:
    forms = alike(ASKED, 6, level)
    if level % 1:
        forms = alike(ASKED, 3, level - 0.5) + alike(ASKED, 3, level + 0.5)
    found = told(scored(ASKED, [team(ASKED, "team", forms)]))["team"][""]
    assert (found.value, found.qualifier) == (value, qualifier)


def test_under_eight_answers_nothing_but_mean_counts_and_split_is_told() -> None:
    forms = alike(ASKED, 5, 2) + alike(ASKED, 2, 3)
    found = told(scored(ASKED, [team(ASKED, "team", forms, asked=9)]))["team"]
    assert found["goals"] == Score("team", "team", "goals", value=2.3, n=7, N=9, coverage=1, split=False)
    assert found[""] == Score("team", "team", "", value=2.3, n=7, N=9, coverage=1, split=False)


def test_from_eight_answers_everything_is_told() -> None:
    art = of_sizes(8, level=2)
    assert told(art)["team-0"] == art.scores["team-0"]
    assert told(art)[ART]["goals"].distribution == (0, 8, 0, 0, 0)


def test_a_split_in_a_small_team_is_told() -> None:
    forms = alike(ASKED, 3, 1) + alike(ASKED, 3, 5)
    found = told(scored(ASKED, [team(ASKED, "team", forms)]))["team"]["goals"]
    assert (found.value, found.split, found.agreement, found.distribution) == (3, True, None, None)


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ((9, 9), True),
        ((9, 6), False),  # what is left of the sum are the six
        ((9, 6, 6), False),
        ((9, 6, 6, 6), True),  # whoever is one of them sees 12 answers of two others
        ((9, 9, 9, 4), False),  # with hidden teams, sums of answers would be one equation more
    ],
)
def test_the_sum_of_answers_is_told_where_it_tells_of_no_team(sizes: Sequence[int], expected: bool) -> None:  # noqa: FBT001
    found = told(of_sizes(*sizes))[ART]["goals"]
    assert (found.distribution is not None) is expected
    assert (found.agreement is not None) is expected
    assert (found.value, found.n) == (3, sum(sizes))
    assert found.split is False


def test_agreement_above_questions_is_that_on_the_questions_of_which_it_is_told() -> None:
    forms = alike(ASKED, 4, 1) + alike(ASKED, 4, 5)
    del forms[0]["limits"]
    found = told(scored(ASKED, [team(ASKED, "team", forms)]))["team"]
    assert found["limits"].agreement is None
    assert found["leading"].agreement == found["goals"].agreement == -1
    assert found["leading"].split is True
    assert found["leading"].rwg == found["goals"].rwg


def test_mode_team_shows_everything_but_the_spread() -> None:
    teams = [team(ASKED, f"team-{n}", alike(ASKED, 1, n + 1)) for n in range(3)]
    scores = of_round(ASKED, *teams)
    arts = {ART: [answers.unit for answers in teams]}
    found = shown(ASKED, scores, arts, Terms("team", THRESHOLD))
    for unit, of_unit in found.items():
        for name, score in of_unit.items():
            bare = replace(scores[unit][name], agreement=None, ad=None, rwg=None, rwg_star=None, split=None)
            assert score == bare
    assert (found["team-0"][""].value, found[ART][""].value) == (1, 2)


def test_a_round_is_held_back_by_the_weighting_of_its_questionnaire() -> None:
    ends_of_art = []
    for weighting in ("equal", "respondents"):
        asked = questionnaire(unit_weighting=weighting)
        uneven = [*alike(asked, 5, 3), {"goals": 3.0, "batch": 3.0, "queue": 3.0}]
        forms = [alike(asked, 4, 3), uneven, alike(asked, 7, 3), alike(asked, 9, 3)]
        teams = [team(asked, f"team-{n}", given) for n, given in enumerate(forms)]
        arts = {ART: [answers.unit for answers in teams]}
        found = shown(asked, measured(asked, teams, arts), arts, Terms("codes", THRESHOLD))
        assert found == told(scored(asked, teams))
        ends_of_art.append({name for name, score in found[ART].items() if score.qualifier})
    assert ends_of_art == [set(), {"goals", "limits"}]


@pytest.mark.parametrize("mode", ["codes", "link"])
def test_the_other_modes_hide(mode: str) -> None:
    teams = [TeamAnswers("small", "team", 4, of_sizes(4).teams[0].tallies)]
    arts = {ART: ["small"]}
    assert shown(ASKED, measured(ASKED, teams, arts), arts, Terms(mode, THRESHOLD))["small"][""].hidden


def _answering(art: Art, name: str) -> list[str]:
    return [answers.unit for answers in art.teams if art.scores[answers.unit][name].n]


def _cells(art: Art) -> set[Cell]:
    return {(unit, name) for unit, scores in art.scores.items() for name in scores}


def test_who_answers_twice_over_a_shared_link_does_not_lift_a_small_team_over_the_threshold() -> None:
    score = Score("t", "team", "q", value=1.8, n=5, N=2)
    assert score.people == 2
    assert replace(score, N=9).people == 5
    assert replace(score, n=0).people == 0
    tree = Outline({"": (Branch("q", 1.0),)}, {"q": (1.0, 2.0, 3.0, 4.0, 5.0)}, {"": ("q",)})
    scores = {"t": {"": replace(score, dimension=""), "q": score}}
    assert held_back(tree, Organisation({}), scores, 5).hidden == {("t", ""), ("t", "q")}
