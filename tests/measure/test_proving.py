"""What the rules let through is audited before it is told, and told with more care where that finds something."""

import pytest

from assessment.measure.audit import Released, audit
from assessment.measure.disclosure import disclosed, disclosed_but
from assessment.measure.hiding import Care, held_back
from assessment.measure.organisation import Organisation
from assessment.measure.outline import outline
from assessment.measure.proving import too_telling
from assessment.measure.round_scores import measured
from tests.measure.enterprises import THRESHOLD, enterprise
from tests.measure.given import alike, questionnaire, team


@pytest.mark.parametrize("seed", [3, 5, 6, 13, 18390])
def test_where_the_rules_alone_say_too_much_more_care_is_taken(seed: int) -> None:
    made = enterprise(seed)
    scores = made.scores()
    rules_alone = disclosed_but(made.tree, made.organisation, scores, made.held())
    assert audit(made.tree, made.organisation, [Released(scores, rules_alone)]).findings
    around = too_telling(made.tree, made.organisation, scores, rules_alone)
    assert around
    assert {unit for unit, _ in around} <= made.below.keys()
    told = disclosed(made.tree, made.organisation, scores, THRESHOLD)
    assert not too_telling(made.tree, made.organisation, scores, told)


def test_care_is_taken_step_by_step() -> None:
    made = enterprise(3)
    cells = [(unit, name) for unit in made.below for name in made.tree.names()]
    care, ends, hidden = Care(), [], []
    for _ in range(4):
        held = held_back(made.tree, made.organisation, made.scores(), THRESHOLD, care)
        ends.append(len(held.as_ends))
        hidden.append(len(held.hidden))
        care = care.of_more(cells)
    assert ends[0] > 0 == ends[1] == ends[2] == ends[3]
    assert hidden[0] < hidden[3] >= hidden[2]
    assert care.of_more(cells) == care


def test_arts_of_several_teams_that_are_low_are_told_where_one_team_is_small() -> None:
    asked = questionnaire()
    sizes = {"one": (4, 9, 8, 7, 9), "two": (9, 8, 9, 3, 8)}
    below = {art: [f"{art}-{n}" for n in range(len(people))] for art, people in sizes.items()} | {"top": ["one", "two"]}
    teams = [
        team(asked, f"{art}-{n}", [*alike(asked, size - 1, 1), *alike(asked, 1, 2 + n % 3)])
        for art, people in sizes.items()
        for n, size in enumerate(people)
    ]
    tree, organisation = outline(asked), Organisation(below)
    scores = measured(asked, teams, below)
    told = disclosed(tree, organisation, scores, THRESHOLD)
    assert told["one-0"][""].hidden
    assert told["two-3"][""].hidden
    assert not any(told[unit][name].hidden for unit in below for name in tree.names())
    assert {told[unit][""].qualifier for unit in below} == {"<="}
