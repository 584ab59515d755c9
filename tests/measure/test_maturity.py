"""A score in words: by stage, by band, by the level nearest to the figure in print; and what it may be read as."""

from typing import Any

import pytest

from assessment.measure.maturity import called, name_of, settable
from assessment.measure.score import Score
from assessment.questionnaire.model import Questionnaire, Stage
from tests.measure.given import questionnaire, score

BANDS = [
    {"from": 1.0, "to": 2.0, "label": "low"},
    {"from": 2.0, "label": "middle"},
    {"from": 3.5, "to": 5.0, "label": "high"},
]
STAGES = [
    {"id": "far", "label": "Far", "require": {"overall": 4.0, "every-dimension": 3.0}},
    {"id": "on-the-way", "label": "On the way", "require": {"dimensions": {"flow": 2.5}}},
    {"id": "start", "label": "Start"},
]


def staged() -> Questionnaire:
    """Give a questionnaire with three stages."""
    return questionnaire(rule="staged").model_copy(update={"stages": [Stage.model_validate(one) for one in STAGES]})


def words(asked: Questionnaire, value: float, qualifier: str = "", **others: Any) -> str | None:  # noqa: ANN401 - scores
    """Give what an overall score is called, beside those of some dimensions."""
    name = called(asked, {"": score(value=value, qualifier=qualifier), **others})
    return None if name is None else asked.says(name)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1, "1"),
        (1.44, "1"),
        (1.45, "2"),
        (1.5, "2"),
        (2.4, "2"),
        (2.449999, "2"),
        (2.5, "3"),
        (3.05, "3"),
        (4.49, "5"),
        (4.44, "4"),
        (5, "5"),
    ],
)
def test_a_score_is_called_by_the_level_nearest_to_what_is_printed(value: float, expected: str) -> None:
    assert words(questionnaire(), value) == expected


@pytest.mark.parametrize(("qualifier", "value", "expected"), [(">=", 4.5, "5"), ("<=", 1.5, "1")])
def test_an_end_of_the_scale_has_that_ends_level(qualifier: str, value: float, expected: str) -> None:
    assert words(questionnaire(), value, qualifier) == expected


def test_levels_need_not_be_one_apart() -> None:
    uneven = questionnaire({"one": ["a"]}, scales={"a": (-1, 0, 10)})
    assert [words(uneven, value) for value in (-1, -0.5, 4.9, 5.0, 9)] == ["-1", "0", "0", "10", "10"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [(1.0, "low"), (1.94, "low"), (1.95, "middle"), (3.44, "middle"), (3.45, "high"), (5.0, "high"), (5.4, "high")],
)
def test_a_band_holds_the_printed_figure_and_begins_where_the_one_before_ends(value: float, expected: str) -> None:
    assert words(questionnaire(bands=BANDS), value) == expected


def test_bands_name_the_overall_score_and_levels_the_dimensions() -> None:
    asked = questionnaire(bands=BANDS)
    assert [asked.says(name) for dimension in ("", "flow") if (name := name_of(asked, dimension, 4.0))] == ["high", "4"]


@pytest.mark.parametrize(
    ("overall", "leading", "flow", "expected"),
    [
        (4.0, score(value=3.0), score(value=5.0), "Far"),
        (3.95, score(value=2.95), score(value=5.0), "Far"),  # as printed: 4.0 and 3.0
        (3.94, score(value=3.0), score(value=5.0), "On the way"),
        (4.0, score(value=2.9), score(value=2.4), "Start"),
        (4.5, score(value=4.5, qualifier=">="), score(value=4.0), "Far"),  # at least so much is enough
        (4.0, score(hidden=True), score(value=5.0), None),  # whether it is Far cannot be told
        (4.0, score(n=3), score(value=5.0), None),
        (3.0, score(hidden=True), score(value=5.0), "On the way"),  # it is not Far, whatever is hidden
        (3.0, score(value=4.0), score(hidden=True), None),
    ],
)
def test_the_stage_is_the_first_whose_requirements_hold_on_what_is_told(
    overall: float, leading: Score, flow: Score, expected: str | None
) -> None:
    assert words(staged(), overall, leading=leading, flow=flow) == expected


def test_what_has_no_score_has_no_name() -> None:
    for asked in (questionnaire(), questionnaire(bands=BANDS), staged()):
        assert called(asked, {"": score(hidden=True), "flow": score(value=5.0)}) is None
        assert called(asked, {}) is None


def test_a_sum_lies_on_no_scale() -> None:
    asked = questionnaire(rule="sum-of-levels")
    assert words(asked, 4.0) is None
    assert words(questionnaire(rule="sum-of-levels", bands=[{"from": 2.0, "label": "some"}]), 4.0) == "some"


def test_a_score_may_be_read_as_a_level_or_in_steps_that_make_sense() -> None:
    assert settable(questionnaire(), "flow") == (1, 2, 3, 4, 5)
    sums = questionnaire({"one": ["a", "b", "c"]}, scales=dict.fromkeys("abc", (0, 0.25, 0.5, 1)), rule="sum-of-levels")
    assert settable(sums, "") == settable(sums, "one") == tuple(step * 0.25 for step in range(13))
    shares = questionnaire({"one": ["a"]}, scales={"a": (0, 1)}, rule="sum-of-levels")
    assert settable(shares, "") == (0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1)
    large = questionnaire({"one": ["a"]}, scales={"a": (0, 999_999)}, rule="sum-of-levels")
    assert settable(large, "") == (0, 999_999)
