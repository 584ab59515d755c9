"""`assessment convert` makes a questionnaire file of another tool's, whole or not at all."""

import io
import json
import os
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from assessment.cli.main import assessment
from assessment.questionnaire.check import load
from assessment.questionnaire.model import Questionnaire
from tests.questionnaire.importers import test_samm

SURVEY = {
    "elements": [
        {"type": "rating", "name": "mood", "title": "How is it?"},
        {"type": "rating", "name": "pace", "title": "How fast is it?", "correctAnswer": 3},
    ]
}
LIMESURVEY = b"class\ttype/scale\tname\trelevance\ttext\nG\t\tPart\t1\t\nQ\tS\twhy\t1\tWhy?\n"
XLSFORM_CSV = b"survey,,,\n,type,name,label\n,text,why,Why?\n"
TEMPLATE_CSV = b"dimension,id,type,question\nPart,why,text,Why?\n"


def convert(*arguments: str | Path) -> Result:
    return CliRunner().invoke(assessment, ["convert", *map(str, arguments)])


def survey(folder: Path, name: str = "mood-check.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(SURVEY), "utf-8")
    return path


def workbook(sheet: str, *rows: tuple[str, ...]) -> bytes:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = sheet
    for row in rows:
        page.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def made(path: Path) -> Questionnaire:
    return load(path.read_bytes())


def refused(result: Result) -> list[str]:
    assert (result.exit_code, result.stdout) == (1, "")
    return result.stderr.splitlines()


def test_losses_and_warnings_go_to_standard_error_and_a_summary_to_standard_output(tmp_path: Path) -> None:
    source, out = survey(tmp_path), tmp_path / "out.yaml"
    result = convert(source, "-o", out)
    assert result.exit_code == 0, result.output
    assert result.stdout == f"{out} is written: 2 questions, 1 dimension, 1 loss.\n"
    first, *others = result.stderr.splitlines()
    assert first == f"{source}: $.elements[1].correctAnswer: `correctAnswer` is not carried over"
    assert [line for line in others if "of the linter" not in line] == []
    assert [question.id for question in made(out).questions] == ["mood", "pace"]
    assert out.read_text("utf-8").startswith(
        "# yaml-language-server: $schema=questionnaire-1.json\nformat: 1\nid: mood-check\n"
    )


def test_the_command_check_has_as_many_warnings_as_are_told(tmp_path: Path) -> None:
    out = tmp_path / "out.yaml"
    told = convert(survey(tmp_path), "-o", out).stderr
    checked = CliRunner().invoke(assessment, ["check", str(out)])
    assert checked.exit_code == 0
    number = len(checked.stdout.splitlines())
    assert f"{number} warning{'s' if number != 1 else ''} of the linter: run `assessment check {out}`" in told


SOURCES = {
    "survey.JSON": json.dumps(SURVEY).encode(),
    "survey.tsv": LIMESURVEY,
    "survey.txt": LIMESURVEY,
    "form.csv": XLSFORM_CSV,
    "form.xlsx": workbook("survey", ("type", "name", "label"), ("text", "why", "Why?")),
    "own.csv": TEMPLATE_CSV,
    "own.xlsx": workbook("questions", ("dimension", "id", "type", "question"), ("Part", "why", "text", "Why?")),
}


@pytest.mark.parametrize("name", SOURCES)
def test_what_a_source_is_is_told_by_its_ending_and_sheets(tmp_path: Path, name: str) -> None:
    source, out = tmp_path / name, tmp_path / "out.yaml"
    source.write_bytes(SOURCES[name])
    assert convert(source, "-o", out).exit_code == 0
    assert [question.id for question in made(out).questions] in (["why"], ["mood", "pace"])


def test_a_folder_is_a_model_of_samm(tmp_path: Path) -> None:
    out = tmp_path / "out.yaml"
    result = convert(test_samm.model(tmp_path / "samm-1.5"), "-o", out)
    assert result.exit_code == 0, result.output
    assert (made(out).version, made(out).scoring.rule) == ("1.5", "sum-of-levels")


def test_a_format_that_is_named_goes_before_the_ending(tmp_path: Path) -> None:
    source, out = survey(tmp_path, "survey.odd"), tmp_path / "out.yaml"
    (sentence,) = refused(convert(source, "-o", out))
    assert sentence == (
        f"error: {source}: its ending does not say what it is; "
        "say it with --from (csv, xlsform, samm, surveyjs, limesurvey)"
    )
    assert convert(source, "--from", "surveyjs", "-o", out).exit_code == 0
    assert convert(source, "--from", "limesurvey", "-o", tmp_path / "no.yaml").exit_code == 1


def test_id_version_and_title_can_be_set(tmp_path: Path) -> None:
    out = tmp_path / "out.yaml"
    options = ("--id", "mine", "--version", "2026.2", "--title", "My check")
    assert convert(survey(tmp_path), "-o", out, *options).exit_code == 0
    found = made(out)
    assert (found.id, found.version, found.says(found.title)) == ("mine", "2026.2", "My check")


@pytest.mark.parametrize(
    ("option", "value", "sentence"),
    [
        ("--id", "not an id", "an id has letters"),
        ("--version", "", "a version has letters"),
        ("--title", " ", "is empty; a text is needed"),
        ("--title", "\x07", "which cannot be shown"),
        ("--title", "\udc80", "half a character"),
    ],
)
def test_a_name_that_no_file_may_have_is_refused(tmp_path: Path, option: str, value: str, sentence: str) -> None:
    out = tmp_path / "out.yaml"
    assert sentence in refused(convert(survey(tmp_path), "-o", out, option, value))[-1]
    assert not out.exists()


def test_a_file_that_is_there_is_written_over_only_by_force(tmp_path: Path) -> None:
    out = tmp_path / "out.yaml"
    out.write_text("mine", "utf-8")
    assert refused(convert(survey(tmp_path), "-o", out)) == [f"error: {out} is there already; --force writes over it"]
    assert out.read_text("utf-8") == "mine"
    assert convert(survey(tmp_path), "-o", out, "--force").exit_code == 0
    assert made(out).id == "mood-check"


def test_the_source_is_never_written_over(tmp_path: Path) -> None:
    source = survey(tmp_path)
    before = source.read_bytes()
    assert refused(convert(source, "-o", source, "--force")) == [
        f"error: {source} is the source itself; give another file to write"
    ]
    assert source.read_bytes() == before


def test_a_source_of_which_nothing_can_be_made_leaves_nothing_behind(tmp_path: Path) -> None:
    source, out = tmp_path / "bad.json", tmp_path / "out.yaml"
    source.write_text('{"pages": [{"elements": [{"type": "file", "name": "a"}]}]}', "utf-8")
    why = "there is no question of type `file` here; answers have no files"
    assert refused(convert(source, "-o", out)) == [
        f"error: {source} cannot be converted",
        f"error: {source}: $: asks nothing that can be asked here",
        f"error: {source}: $.pages[0].elements[0]: `a` is left out: {why}",
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["bad.json"]


def test_where_nothing_can_be_written_nothing_is_left_behind(tmp_path: Path) -> None:
    out = tmp_path / "nowhere" / "out.yaml"
    result = convert(survey(tmp_path), "-o", out)
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"error: {out} cannot be written: No such file or directory" in result.stderr.splitlines()
    assert [path.name for path in tmp_path.iterdir()] == ["mood-check.json"]


def test_what_is_no_file_ends_in_a_sentence(tmp_path: Path) -> None:
    out = tmp_path / "out.yaml"
    pipe, missing = tmp_path / "pipe.json", tmp_path / "missing.json"
    os.mkfifo(pipe)
    (tmp_path / "empty").mkdir()
    found = {
        (missing,): f"error: {missing} cannot be read: No such file or directory",
        (pipe,): f"error: {pipe} is neither a file nor a folder",
        (tmp_path, "--from", "surveyjs"): f"error: {tmp_path} is a folder; what is converted from surveyjs is a file",
        (survey(tmp_path), "--from", "samm"): (
            f"error: {tmp_path / 'mood-check.json'} is a file; what is converted from samm is the folder of the model"
        ),
        (tmp_path / "empty",): f"error: {tmp_path / 'empty'} cannot be converted",
        ("a\0b",): "error: a\N{REPLACEMENT CHARACTER}b cannot be read: embedded null byte",
    }
    for arguments, sentence in found.items():
        assert refused(convert(*arguments, "-o", out))[0] == sentence


def test_a_source_over_5_mb_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "big.json"
    source.write_bytes(b" " * (5 * 1024 * 1024 + 1))
    assert refused(convert(source, "-o", tmp_path / "out.yaml")) == [
        f"error: {source} is larger than 5 MB, the most that is read"
    ]


def test_a_questionnaire_that_would_be_too_large_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "long.json"
    elements = [{"type": "text", "name": f"q{number}", "title": "x" * 3000} for number in range(100)]
    source.write_text(json.dumps({"elements": elements}), "utf-8")
    found = refused(convert(source, "-o", tmp_path / "out.yaml"))
    assert found[0] == f"error: {source} cannot be converted"
    assert "larger than 256 KiB" in found[1]
