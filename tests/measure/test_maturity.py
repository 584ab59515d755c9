"""A score in words: the level nearest to the figure in print."""

import pytest

from assessment.measure.maturity import band
from assessment.questionnaire.model import Scale
from tests.measure.given import questionnaire

FIVE = questionnaire().scales["five"]


def called(value: float, scale: Scale = FIVE, qualifier: str = "") -> float:
    """Give the value of the level a score is called by."""
    return band(value, scale, qualifier).value


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1, 1),
        (1.44, 1),
        (1.45, 2),
        (1.5, 2),
        (2.4, 2),
        (2.449999, 2),
        (2.5, 3),
        (3.05, 3),
        (4.49, 5),
        (4.44, 4),
        (5, 5),
    ],
)
def test_a_score_is_called_by_the_level_nearest_to_what_is_printed(value: float, expected: float) -> None:
    assert called(value) == expected


@pytest.mark.parametrize(("qualifier", "value", "expected"), [(">=", 4.5, 5), ("<=", 1.5, 1)])
def test_an_end_of_the_scale_has_that_ends_level(qualifier: str, value: float, expected: float) -> None:
    assert called(value, qualifier=qualifier) == expected


def test_levels_need_not_be_one_apart() -> None:
    uneven = questionnaire({"one": ["a"]}, scales={"a": (-1, 0, 10)}).scales["of-a"]
    assert [called(value, uneven) for value in (-1, -0.5, 4.9, 5.0, 9)] == [-1, 0, 0, 10, 10]
