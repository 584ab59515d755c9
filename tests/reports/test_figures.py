"""Figures as printed."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.reports.figures import one_decimal, percent, qualified, signed, stated

MINUS = "\N{MINUS SIGN}"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (2.8, "2.8"),
        (3, "3.0"),
        (2.75, "2.8"),
        (2.65, "2.7"),
        (2.25, "2.3"),
        (2.349999, "2.3"),
        (1.15, "1.2"),
        (0.05, "0.1"),
        (0.049, "0.0"),
        (-0.04, "0.0"),
        (-0.0, "0.0"),
        (-0.05, f"{MINUS}0.1"),
        (-1.25, f"{MINUS}1.3"),
        (100, "100.0"),
    ],
)
def test_a_figure_has_one_decimal_rounded_half_up(value: float, written: str) -> None:
    assert one_decimal(value) == written


@pytest.mark.parametrize("value", [(2.4 + 2.5) / 2, 0.1 + 0.2 + 2.15, 24.5 / 10, 2.45 - 1e-15, 2.45 + 1e-15])
def test_dust_of_floating_point_does_not_decide_how_a_half_is_rounded(value: float) -> None:
    assert one_decimal(value) == "2.5"


@pytest.mark.parametrize(
    ("change", "written"),
    [
        (0.3, "+0.3"),
        (0.25, "+0.3"),
        (0.0, "0.0"),
        (0.04, "0.0"),
        (-0.04, "0.0"),
        (-0.2, f"{MINUS}0.2"),
        (-12, f"{MINUS}12.0"),
    ],
)
def test_a_change_shows_its_sign_unless_it_reads_as_none(change: float, written: str) -> None:
    assert signed(change) == written


@pytest.mark.parametrize(
    ("share", "written"),
    [(0.75, "75%"), (0, "0%"), (1, "100%"), (0.005, "1%"), (0.0049, "0%"), (0.285, "29%"), (1.3, "130%")],
)
def test_a_share_is_written_in_whole_percent(share: float, written: str) -> None:
    assert percent(share) == written


def test_a_figure_of_which_only_an_end_is_told_says_so() -> None:
    assert qualified(4.5, ">=") == "≥\N{NO-BREAK SPACE}4.5"
    assert qualified(1.5, "<=") == "≤\N{NO-BREAK SPACE}1.5"
    assert qualified(3) == "3.0"


def test_where_there_is_no_figure_stands_its_text_or_a_dash() -> None:
    assert stated(2.84) == "2.8"
    assert stated(2.84, "about 3") == "about 3"
    assert stated(None, "hidden") == "hidden"
    assert stated(None) == "\N{EN DASH}"


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_never_printed(value: float) -> None:
    for write in (one_decimal, signed, percent):
        with pytest.raises(ValueError, match="can be printed"):
            write(value)


@given(st.floats(-1000, 1000))
def test_a_printed_figure_is_near_its_value_and_never_a_minus_zero(value: float) -> None:
    for written in (one_decimal(value), signed(value)):
        assert "-" not in written
        assert written not in {f"{MINUS}0.0", "+0.0"}
        assert abs(float(written.replace(MINUS, "-")) - value) <= 0.05 + 1e-8
