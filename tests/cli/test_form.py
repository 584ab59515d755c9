"""`assessment form` writes the blank form of a questionnaire, on paper or in one file."""

import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.cli.given import Installation
from tests.questionnaire.given import EVERY_KEY, FILES


@pytest.fixture
def questionnaire(here: Installation) -> Path:
    """A questionnaire in English and German."""
    return here.file("every-key.yaml", EVERY_KEY.encode())


def refused(here: Installation, *arguments: str | Path) -> str:
    """Give why it is refused; see that nothing was written."""
    before = sorted(here.path.rglob("*"))
    result = here.call("form", *arguments)
    assert (result.exit_code, result.stdout) == (1, ""), result.output
    assert "Traceback" not in result.stderr
    assert sorted(here.path.rglob("*")) == before
    return result.stderr


def test_a_pdf_in_the_first_language(here: Installation, questionnaire: Path) -> None:
    output = here.path / "form.pdf"
    assert here.done("form", questionnaire, "-o", output) == f"{output} is written.\n"
    reader = PdfReader(io.BytesIO(output.read_bytes()))
    words = " ".join(reader.pages[0].extract_text().split())
    assert reader.metadata is not None
    assert reader.metadata.title == "Every key"
    assert all(said in words for said in ("Think of the last PI.", "First.", "Nothing.", "Some.", "All.", "Don’t know"))


def test_another_language_is_one_of_the_questionnaire(here: Installation, questionnaire: Path) -> None:
    output = here.path / "form.html"
    here.done("form", questionnaire, "--language", "de", "-o", output)
    html = output.read_text("utf-8")
    assert '<html lang="de" dir="ltr">' in html
    assert all(said in html for said in ("Jeder Schlüssel", "Erstens.", "Weiß nicht", "Vielen Dank."))


def test_html_is_one_file_that_fetches_nothing(here: Installation, questionnaire: Path) -> None:
    output = here.path / "FORM.HTML"
    here.done("form", questionnaire, "-o", output)
    html = output.read_text("utf-8")
    assert "@font-face" in html
    assert not [word for word in ("<link", "<script", "<img", "@import", "src=", 'url("fonts') if word in html]


@pytest.mark.parametrize("name", ["form.txt", "form", "pdf"])
def test_a_wrong_ending_is_refused(here: Installation, questionnaire: Path, name: str) -> None:
    assert "there are .pdf, .html" in refused(here, questionnaire, "-o", here.path / name)


@pytest.mark.parametrize("language", ["fr", "EN", ""])
def test_an_unknown_language_is_refused(here: Installation, questionnaire: Path, language: str) -> None:
    said = refused(here, questionnaire, "--language", language, "-o", here.path / "form.pdf")
    assert said == f"error: the questionnaire has no language “{language}”; it has en, de\n"


def test_a_broken_file_is_refused_with_its_errors(here: Installation) -> None:
    broken = FILES / "invalid" / "level-order.yaml"
    said = refused(here, broken, "-o", here.path / "form.pdf").splitlines()
    assert said == [
        f"error: {broken} is not a questionnaire that can be used",
        f"error: {broken}:10:17: error: the value 1 comes after 2 [level-order]",
        f"error: {broken}:11:17: error: two levels have the value 1 [level-order]",
    ]


def test_a_missing_file_is_refused(here: Installation) -> None:
    missing = here.path / "missing.yaml"
    said = refused(here, missing, "-o", here.path / "form.pdf")
    assert said == f"error: {missing} cannot be read: No such file or directory\n"


@pytest.mark.parametrize("name", ["missing/form.pdf", "every-key.yaml/form.html"])
def test_a_place_that_cannot_be_written_to_is_refused(here: Installation, questionnaire: Path, name: str) -> None:
    output = here.path / name
    assert refused(here, questionnaire, "-o", output).startswith(f"error: {output} cannot be written: ")


def test_a_form_that_is_there_is_replaced_whole(here: Installation, questionnaire: Path) -> None:
    output = here.file("form.html", b"old")
    here.done("form", questionnaire, "-o", output)
    assert output.read_bytes().startswith(b"<!doctype html>")
    assert [path.name for path in here.path.iterdir() if path.name.startswith(".")] == []


def test_a_form_is_not_written_over_its_questionnaire(here: Installation) -> None:
    same = here.file("same.html", EVERY_KEY.encode())
    assert "the questionnaire itself" in refused(here, same, "-o", same)
    assert same.read_bytes() == EVERY_KEY.encode()
