"""Figures as they are rounded for print."""

from decimal import Decimal

import pytest

from assessment.measure.rounding import printed, rounded


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (2.25, "2.3"),
        (2.35, "2.4"),
        (2.45, "2.5"),
        (0.1 + 0.2, "0.3"),
        (2.04999999999, "2.1"),
        (3, "3.0"),
        (-2.25, "-2.3"),
    ],
)
def test_halves_are_printed_away_from_nothing_and_free_of_the_dust_of_binary_fractions(
    value: float, expected: str
) -> None:
    assert str(printed(value)) == expected


def test_there_is_no_minus_nothing() -> None:
    assert str(printed(-0.04)) == "0.0"


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_figure_is_not_rounded(value: float) -> None:
    with pytest.raises(ValueError, match="not a figure"):
        rounded(value, Decimal(1))
