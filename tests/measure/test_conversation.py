"""What a team may begin its conversation with."""

from collections.abc import Mapping, Sequence

from assessment.measure.conversation import conversation
from assessment.measure.outline import outline
from assessment.measure.scoring import TeamAnswers, team_scores
from assessment.measure.tally import tally
from tests.measure.given import questionnaire

ASKED = questionnaire({"one": ["a", "b", "c"], "two": ["d", "e", "f"]})


def of(forms: Sequence[Mapping[str, float]]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Give strengths, splits and topics of a team's forms."""
    tree = outline(ASKED)
    team = TeamAnswers("team", "team", len(forms), tally(ASKED, forms), len(forms))
    found = conversation(tree, team_scores(tree, ASKED.scoring, team))
    return found.strengths, found.splits, found.topics


def test_what_divides_a_team_comes_first_then_what_is_low() -> None:
    forms = [{"a": 5, "b": 4, "c": 1 if n < 4 else 5, "d": 2, "e": 3, "f": 4} for n in range(8)]
    assert of(forms) == (("a", "b", "f"), ("c",), ("c", "d"))


def test_of_two_splits_the_deeper_comes_first_and_wide_spread_before_low_scores() -> None:
    forms = [{"a": 1 if n < 4 else 5, "b": 2 if n % 2 else 4, "c": 1 + n % 5, "d": 1, "e": 3, "f": 3} for n in range(8)]
    strengths, splits, topics = of(forms)
    assert splits[0] == "a"
    assert "b" in splits or "b" not in topics[:1]
    assert topics[0] == "a"
    assert "a" not in strengths
    united = [{"a": 4, "b": 3, "c": 1 + n % 5, "d": 2, "e": 4, "f": 4} for n in range(10)]
    assert of(united)[2] == ("c", "d")


def test_where_all_is_alike_there_are_topics_still_and_without_answers_there_is_nothing() -> None:
    assert of([dict.fromkeys("abcdef", 3) for _ in range(6)]) == (("a", "b", "c"), (), ("d", "e"))
    assert of([]) == ((), (), ())
