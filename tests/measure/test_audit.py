"""What can be worked out of what is shown: nothing, of any organisation; and that the audit would see it."""

from collections.abc import Mapping, Sequence

import pytest

from assessment.measure.audit import NOBODY, Finding, Released, audit
from assessment.measure.disclosure import disclosed, disclosed_but
from assessment.measure.hiding import Cell, HeldBack, held_back
from assessment.measure.organisation import Organisation
from assessment.measure.outline import outline
from assessment.measure.round_scores import measured
from assessment.measure.scoring import Scores, TeamAnswers
from assessment.questionnaire.model import Questionnaire
from tests.measure.enterprises import corrected, enterprise, next_round, released_again
from tests.measure.given import alike, questionnaire, team

ASKED = questionnaire()
FLAT = questionnaire({"one": ["a", "b"]})
THRESHOLD = 5
TRIES = 10  # organisations a test; together 500, `benchmarks.disclosure` looks at more
CHUNKS = range(50)

Below = Mapping[str, Sequence[str]]


def sized(*sizes: int, level: float = 3, asked: Questionnaire = ASKED) -> list[TeamAnswers]:
    """Give teams in which everybody answered everything alike."""
    return [team(asked, f"team-{n}", alike(asked, size, level)) for n, size in enumerate(sizes)]


def art_of(teams: Sequence[TeamAnswers]) -> Below:
    """Give one ART of some teams."""
    return {"art": [answers.unit for answers in teams]}


def found_in(
    teams: Sequence[TeamAnswers], below: Below, hidden: set[Cell] | None = None, asked: Questionnaire = ASKED
) -> tuple[Finding, ...]:
    """Audit an organisation; without `hidden` as it is shown."""
    tree, organisation = outline(asked), Organisation(below)
    scores = measured(asked, teams, below)
    if hidden is None:
        told = disclosed(tree, organisation, scores, THRESHOLD)
    else:
        told = disclosed_but(tree, organisation, scores, HeldBack(frozenset(hidden)))
    return audit(tree, organisation, [Released(scores, told)]).findings


def everywhere(*units: str) -> set[Cell]:
    """Give all scores of some units."""
    return {(unit, name) for unit in units for name in outline(ASKED).names()}


@pytest.mark.parametrize("chunk", CHUNKS)
def test_nothing_hidden_can_be_worked_out_or_narrowed_down(chunk: int) -> None:
    for seed in range(chunk * TRIES, (chunk + 1) * TRIES):
        made = enterprise(seed)
        assert not audit(made.tree, made.organisation, [made.released()]).findings, f"seed {seed}"


def test_nothing_follows_from_another_round_of_the_same_teams() -> None:
    for seed in range(0, 60, 4):
        made = next_round(enterprise(seed), seed)
        assert not audit(made.tree, made.organisation, [made.released()]).findings, f"seed {seed}"


def test_nothing_follows_from_two_releases_together() -> None:
    told_anew = 0
    for seed in range(25):
        made = enterprise(seed)
        again = released_again(made, corrected(made, seed))
        told_anew += any(unit not in again.untold for unit in made.below)
        assert not audit(made.tree, made.organisation, [made.released(), again]).findings, f"seed {seed}"
    assert told_anew >= 2


def test_the_bare_threshold_leaks_in_many_organisations() -> None:
    leaks = 0
    for seed in range(12):
        made = enterprise(seed)
        leaks += bool(audit(made.tree, made.organisation, [made.released_barely()]).findings)
    assert leaks >= 6


def test_a_single_hidden_team_is_worked_out_by_anybody() -> None:
    teams = sized(4, 9, 9)
    findings = found_in(teams, art_of(teams), everywhere("team-0"))
    assert {finding.insider for finding in findings} >= {NOBODY}
    found = next(finding for finding in findings if (finding.unit, finding.dimension) == ("team-0", ""))
    assert (found.low, found.high) == pytest.approx((3, 3))
    assert found.share == pytest.approx(0)


def test_two_hidden_teams_are_worked_out_by_each_other() -> None:
    teams = sized(9, 9, 9)
    findings = found_in(teams, art_of(teams), everywhere("team-0", "team-1"))
    assert {(finding.insider, finding.unit) for finding in findings} == {("team-0", "team-1"), ("team-1", "team-0")}


def test_three_hidden_teams_near_an_end_are_as_good_as_known() -> None:
    teams = sized(9, 9, 9, 9, level=5)
    hidden = everywhere("team-0", "team-1", "team-2")
    findings = found_in(teams, art_of(teams), hidden)
    assert ("", "team-0", "") in {(finding.insider, finding.unit, finding.dimension) for finding in findings}
    middling = sized(9, 9, 9, 9, level=3)
    assert not found_in(middling, art_of(middling), hidden)


def test_a_mean_near_an_end_is_hidden_with_its_teams() -> None:
    teams = sized(4, 9, 9, 9, level=5)
    scores = measured(ASKED, teams, art_of(teams))
    tree, organisation = outline(ASKED), Organisation(art_of(teams))
    assert ("art", "") in held_back(tree, organisation, scores, THRESHOLD)
    assert not found_in(teams, art_of(teams))


def test_what_is_told_coarsely_is_known_to_half_a_tenth_only() -> None:
    teams = sized(4, 6, 6, 6)
    shown = found_in(teams, art_of(teams), everywhere("team-0"))
    found = next(f for f in shown if (f.insider, f.unit, f.dimension) == (NOBODY, "team-0", ""))
    assert (found.low, found.high) == pytest.approx((2.85, 3.15))  # three teams to half a tenth each


def test_a_hidden_art_is_worked_out_from_the_portfolio() -> None:
    teams = sized(4, 9, 9, 9, 9, 9)
    below = {"top": ["one", "two", "three"], "one": ["team-0", "team-1"], "two": ["team-2", "team-3"]}
    below["three"] = ["team-4", "team-5"]
    findings = found_in(teams, below, everywhere("team-0", "one"))
    assert {"team-0", "one"} <= {finding.unit for finding in findings}
    assert not found_in(teams, below)


def test_a_known_difference_of_two_hidden_scores_is_a_finding() -> None:
    teams = [team(FLAT, f"team-{n}", alike(FLAT, size, 3)) for n, size in enumerate((4, 8, 6))]
    scores = measured(FLAT, teams, art_of(teams))
    tree, organisation = outline(FLAT), Organisation(art_of(teams))
    hidden = {(unit, name) for unit in scores for name in tree.names()}
    told = disclosed_but(tree, organisation, scores, HeldBack(frozenset(hidden)))
    assert not audit(tree, organisation, [Released(scores, told)]).findings
    # The mean counts teams once, the distribution people: 4x + 8y + 6z - 6 (x + y + z) is 2 (y - x).
    told["art"]["a"] = scores["art"]["a"]
    findings = audit(tree, organisation, [Released(scores, told)]).findings
    assert [(f.insider, f.unit, f.dimension, f.other) for f in findings if f.insider == NOBODY] == [
        (NOBODY, "team-0", "a", ("team-1", "a"))
    ]


def test_what_one_release_shows_is_known_in_all() -> None:
    teams = sized(4, 9, 9, 9)
    tree, organisation = outline(ASKED), Organisation(art_of(teams))
    scores = measured(ASKED, teams, art_of(teams))
    first = disclosed(tree, organisation, scores, THRESHOLD)
    second: dict[str, Scores] = first | {"team-1": scores["team-1"]}
    assert not audit(tree, organisation, [Released(scores, first)]).findings
    findings = audit(tree, organisation, [Released(scores, first), Released(scores, second)]).findings
    assert {finding.unit for finding in findings} >= {"team-0"}
    assert {finding.release for finding in findings} == {0, 1}


def test_where_nothing_is_hidden_there_is_nothing_to_find() -> None:
    teams = sized(9, 9)
    tree, organisation = outline(ASKED), Organisation(art_of(teams))
    scores = measured(ASKED, teams, art_of(teams))
    found = audit(tree, organisation, [Released(scores, scores)])
    assert (found.findings, found.checked, found.narrowest) == ((), 0, 1.0)
