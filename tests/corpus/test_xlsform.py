"""Workbooks that other people wrote for XLSForm: what each becomes, and what is said of the rest."""

from pathlib import Path
from typing import Any

import pytest

from assessment.questionnaire.check import examine
from assessment.questionnaire.importers.conversion import Conversion, Unconvertible
from assessment.questionnaire.importers.xlsform import from_xlsform
from assessment.questionnaire.model import Choice, Multiple, NumberQuestion, Questionnaire, Rating, YesNo
from assessment.questionnaire.writer import written

pytestmark = pytest.mark.corpus


def convert(corpus: Path, name: str) -> tuple[Questionnaire, Conversion]:
    made = from_xlsform(name, (corpus / "xlsform" / name).read_bytes())
    questionnaire, found = examine(written(made.document))
    assert questionnaire is not None, found
    return questionnaire, made


def losses(made: Conversion) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for loss in made.losses:
        found.setdefault(loss.place, []).append(loss.sentence)
    return found


def test_all_types(corpus: Path) -> None:
    questionnaire, made = convert(corpus, "all_types_survey.xlsx")
    said = losses(made)
    assert (questionnaire.id, questionnaire.version, questionnaire.languages) == ("all-types", "1", ["de"])
    assert [node.title.root[""] for node in questionnaire.nodes][:3] == [
        "Workshop-Feedback-Umfrage",
        "Persönliche Angaben",
        "Ausführliches Feedback",
    ]
    questions: dict[str, Any] = questionnaire.by_id
    assert isinstance(questions["q-likert"], Rating)
    assert isinstance(questions["q-select-one"], YesNo)
    assert isinstance(questions["q-select-multi"], Multiple)
    assert isinstance(questions["skill-python"], Choice)
    assert isinstance(questions["q-constraint"], NumberQuestion)
    assert (questions["q-constraint"].minimum, questions["q-constraint"].maximum) == (18, 120)
    assert questions["q-relevant"].show_if.question == "q-mandatory"
    assert questions["q-all-features"].required
    left_out = [*range(2, 10), 17, 18, 19, 22, 42]
    assert all("is left out" in said[f"sheet survey, row {row}"][0] for row in left_out)
    assert said["sheet survey, row 7"] == ["`calc1` is left out: calculations are not carried over"]
    assert len(questionnaire.questions) == 23


def test_widgets_of_an_old_workbook(corpus: Path) -> None:
    questionnaire, made = convert(corpus, "widgets.xls")
    questions: dict[str, Any] = questionnaire.by_id
    assert questionnaire.scale_of(questions["my-select1"]).values == tuple(range(1, 9))
    assert questions["my-int"].maximum == 9
    assert (questions["my-decimal"].minimum, questions["my-decimal"].maximum) == (10.51, 18.39)
    assert "`default` (`8`)" in losses(made)["sheet survey, row 8"][0]


def test_yes_or_no_in_a_single_csv(corpus: Path) -> None:
    questionnaire, made = convert(corpus, "yes_or_no_question.csv")
    assert isinstance(questionnaire.by_id["good-day"], YesNo)
    assert made.losses == ()


def test_choice_filters_and_other_answers_are_told(corpus: Path) -> None:
    questionnaire, made = convert(corpus, "choice_filter_test.xlsx")
    assert list(questionnaire.by_id) == ["state"]
    assert losses(made) == {
        "sheet survey, row 3": ["`county` is left out: choice filters are not carried over (`${state}=cf`)"],
        "sheet survey, row 4": ["`city` is left out: choice filters are not carried over (`${county}=cf`)"],
        "sheet choices, row 4": [
            "the column `cf`, here `washington`, is not carried over in any row",
            "no question that is carried over asks with the list `counties`; it is left out",
        ],
        "sheet choices, row 8": ["no question that is carried over asks with the list `cities`; it is left out"],
    }
    questionnaire, made = convert(corpus, "or_other.xlsx")
    assert list(questionnaire.by_id) == ["fav-color"]
    assert "or_other" in losses(made)["sheet survey, row 2"][0]
    assert any("`pastel`" in sentence for found in losses(made).values() for sentence in found)


def test_a_blank_second_row_is_told(corpus: Path) -> None:
    questionnaire, made = convert(corpus, "bad_blank_second_row.xls")
    assert list(questionnaire.by_id) == ["value"]
    assert losses(made) == {"sheet survey, row 2": ["the row under the headings is blank; it is passed over"]}


def test_duplicate_columns_are_refused(corpus: Path) -> None:
    with pytest.raises(Unconvertible) as caught:
        convert(corpus, "bad_duplicate_columns.xlsx")
    assert [(reason.place, reason.sentence) for reason in caught.value.reasons] == [
        (
            "sheet survey, row 1, column E",
            "the column `label` stands a second time; the first is column D",
        )
    ]
