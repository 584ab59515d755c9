"""`assessment check` lints files and folders, for people and for programs."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from assessment import resources
from assessment.cli.main import assessment
from tests.questionnaire.given import DOUBTFUL, FILES, INVALID, VALID

LEVEL_ORDER = FILES / "invalid" / "level-order.yaml"
SINGLE_QUESTION = FILES / "doubtful" / "single-question.yaml"
SMALLEST = FILES / "valid" / "smallest.yaml"


def check(*arguments: str | Path) -> Result:
    return CliRunner().invoke(assessment, ["check", *map(str, arguments)])


def in_a_process(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "assessment", "check", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")


def entries(result: Result) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found


def test_a_process_ends_with_0_and_silence_for_a_good_file() -> None:
    done = in_a_process(SMALLEST)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_process_ends_with_1_and_a_line_for_each_finding() -> None:
    done = in_a_process(LEVEL_ORDER, SINGLE_QUESTION)
    assert done.returncode == 1
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        f"{LEVEL_ORDER}:10:17: error: the value 1 comes after 2 [level-order]",
        f"{LEVEL_ORDER}:11:17: error: two levels have the value 1 [level-order]",
        f"{SINGLE_QUESTION}:10:5: warning: `one` is scored from a single question [single-question]",
    ]


def test_a_process_ends_with_2_and_the_usage_where_no_file_is_named() -> None:
    done = in_a_process()
    assert (done.returncode, done.stdout) == (2, "")
    assert "Usage:" in done.stderr


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_a_good_file_ends_with_0(path: Path) -> None:
    result = check(path)
    assert (result.exit_code, result.output) == (0, "")


@pytest.mark.parametrize("path", DOUBTFUL, ids=lambda path: path.stem)
def test_warnings_alone_end_with_0(path: Path) -> None:
    result = check(path)
    assert result.exit_code == 0
    assert result.stdout.count(": warning: ") == len(result.stdout.splitlines()) > 0


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_an_error_ends_with_1(path: Path) -> None:
    result = check(path)
    assert (result.exit_code, result.stderr) == (1, "")
    assert ": error: " in result.stdout


def test_one_bad_file_among_good_ones_ends_with_1() -> None:
    assert check(SMALLEST, LEVEL_ORDER, SMALLEST).exit_code == 1


def test_json_is_one_document_and_nothing_else() -> None:
    result = check("--format", "json", LEVEL_ORDER, SMALLEST, SINGLE_QUESTION)
    assert (result.exit_code, result.stderr) == (1, "")
    assert entries(result) == [
        {
            "file": str(LEVEL_ORDER),
            "line": 10,
            "column": 17,
            "severity": "error",
            "sentence": "the value 1 comes after 2",
            "rule": "level-order",
        },
        {
            "file": str(LEVEL_ORDER),
            "line": 11,
            "column": 17,
            "severity": "error",
            "sentence": "two levels have the value 1",
            "rule": "level-order",
        },
        {
            "file": str(SINGLE_QUESTION),
            "line": 10,
            "column": 5,
            "severity": "warning",
            "sentence": "`one` is scored from a single question",
            "rule": "single-question",
        },
    ]


def test_json_of_nothing_to_say_is_an_empty_list() -> None:
    result = check(SMALLEST, "--format", "json")
    assert (result.exit_code, entries(result)) == (0, [])


def test_json_and_text_say_the_same() -> None:
    lines = [
        f"{entry['file']}:{entry['line']}:{entry['column']}: {entry['severity']}: {entry['sentence']} [{entry['rule']}]"
        for entry in entries(check(FILES, "--format", "json"))
    ]
    printable = ["".join(letter if letter.isprintable() else "�" for letter in line) for line in lines]
    assert printable == check(FILES).stdout.splitlines()


def test_a_folder_stands_for_all_questionnaires_in_it_and_below(tmp_path: Path) -> None:
    for name in ("b.yaml", "a.yml", "deep/er/c.yaml", "not.txt", ".hidden.yaml", ".tool/d.yaml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(LEVEL_ORDER, tmp_path / name)
    (tmp_path / "folder.yaml").mkdir()
    files = [entry["file"] for entry in entries(check(tmp_path, "--format", "json"))]
    assert files == [str(tmp_path / name) for name in ("a.yml", "b.yaml", "deep/er/c.yaml") for _ in range(2)]


def test_a_folder_may_itself_be_hidden(tmp_path: Path) -> None:
    (tmp_path / ".own").mkdir()
    shutil.copy(LEVEL_ORDER, tmp_path / ".own")
    assert check(tmp_path / ".own").exit_code == 1


def test_a_folder_without_questionnaires_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("a: b", "utf-8")
    result = check(tmp_path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"error: {tmp_path} holds no questionnaire (.yaml)\n"


@pytest.mark.parametrize("format_", ["text", "json"])
def test_a_file_that_is_not_there_is_refused_and_the_others_are_checked(tmp_path: Path, format_: str) -> None:
    result = check(LEVEL_ORDER, tmp_path / "missing.yaml", "--format", format_)
    assert result.exit_code == 1
    assert result.stdout == check(LEVEL_ORDER, "--format", format_).stdout
    assert result.stderr == f"error: {tmp_path / 'missing.yaml'} cannot be read: No such file or directory\n"


def test_a_file_of_another_kind_is_told_by_its_first_odd_byte(tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    result = check(path)
    assert result.exit_code == 1
    assert result.stdout == f"{path}:1:1: error: byte 0x89 is not UTF-8; save the file as UTF-8 [encoding]\n"


def test_a_huge_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.truncate(2**32)
    result = check(path)
    assert result.exit_code == 1
    assert result.stdout == f"{path}:1:1: error: the file is larger than 256 KiB, the most that is read [file-size]\n"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a file's name is text")
def test_a_name_that_is_no_text_is_printed_as_well_as_it_can_be(tmp_path: Path) -> None:
    path = tmp_path / "a\udcff\n\x1b.yaml"
    shutil.copy(LEVEL_ORDER, path)
    assert check(tmp_path).stdout.startswith(f"{tmp_path}/a���.yaml:10:17: error: ")
    assert entries(check(tmp_path, "--format", "json"))[0]["file"] == f"{tmp_path}/a�\n\x1b.yaml"


def test_an_unknown_format_is_wrong_usage() -> None:
    assert check(SMALLEST, "--format", "xml").exit_code == 2


GERMAN = resources.folder("questionnaires") / "team-agility.yaml"


def test_a_translation_report_names_what_is_missing_and_counts_the_rest() -> None:
    half = FILES / "doubtful" / "missing-translation-everywhere.yaml"
    result = check("--translations", "de", half)
    *missing, summary = result.output.splitlines()
    assert result.exit_code == 0
    assert missing
    assert all(line.startswith(f"{half}:") and "warning: not in `de`: " in line for line in missing)
    [entry] = entries(check("--translations", "de", "--format", "json", half))
    assert (entry["language"], entry["declared"], len(entry["missing"])) == ("de", True, len(missing))
    assert entry["texts"] - entry["translated"] == len(missing)
    assert summary == f"{half}: {entry['translated']} of {entry['texts']} texts are in `de` (58%)"


def test_a_questionnaire_whole_in_a_language_lacks_nothing_there() -> None:
    [entry] = entries(check("--translations", "de", "--format", "json", GERMAN))
    assert entry["missing"] == []
    assert entry["translated"] == entry["texts"] > 80


def test_a_language_that_the_file_does_not_name_yet_lacks_every_text() -> None:
    [entry] = entries(check("--translations", "pt-BR", "--format", "json", GERMAN))
    assert (entry["declared"], entry["translated"]) == (False, 0)
    assert check("--translations", "pt-BR", GERMAN).output.endswith("(0%); `languages` does not name `pt-BR`\n")


def test_what_is_no_language_is_wrong_usage_and_a_faulty_file_still_an_error() -> None:
    assert check("--translations", "german", SMALLEST).exit_code == 2
    result = check("--translations", "de", LEVEL_ORDER)
    assert result.exit_code == 1
    assert "[level-order]" in result.output


def test_the_schema_for_editors_is_printed_or_written(tmp_path: Path) -> None:
    printed = CliRunner().invoke(assessment, ["schema"])
    assert json.loads(printed.stdout)["$schema"] == "http://json-schema.org/draft-07/schema#"
    written = tmp_path / "questionnaire-1.json"
    assert CliRunner().invoke(assessment, ["schema", "-o", str(written)]).exit_code == 0
    assert written.read_text("utf-8") == printed.stdout


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "f.yaml"
    os.mkfifo(pipe)
    result = check(pipe)
    assert (result.exit_code, result.stderr) == (1, f"error: {pipe} is no file\n")


def test_a_name_neither_breaks_the_line_nor_commands_the_terminal() -> None:
    result = check("no\x1b[31m\nerror: made up.yaml")
    assert result.stderr.count("\n") == 1
    assert "\x1b" not in result.stderr


def test_what_is_written_replaces_no_pipe_and_follows_a_link(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert CliRunner().invoke(assessment, ["schema", "-o", str(tmp_path / "pipe")]).exit_code == 1
    (tmp_path / "there.json").write_text("{}")
    (tmp_path / "link.json").symlink_to(tmp_path / "there.json")
    assert CliRunner().invoke(assessment, ["schema", "-o", str(tmp_path / "link.json")]).exit_code == 0
    assert (tmp_path / "link.json").is_symlink()
    assert "draft-07" in (tmp_path / "there.json").read_text("utf-8")
