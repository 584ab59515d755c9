"""The blank form on paper and in one file: real PDF, read back."""

import io
import logging
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from pypdf import PdfReader

from assessment.questionnaire.model import Choice, Multiple, Questionnaire, Rating
from assessment.reports import environment
from assessment.reports.pdf import render
from tests.reports.form.given import EVERY_TYPE, SHIPPED, Form, form, one_question, shipped

WEIGHTS = {"Inter", "Inter-Semi-Bold", "Inter-Bold"}
BOTH = pytest.mark.parametrize("language", ["en", "de"])
HOSTILE = '"><script>alert(1)</script><img src=https://elsewhere.example/x.png> {{ 7 * 7 }}'


def paper(made: Form) -> bytes:
    return render(environment.form_html(made.sheet))


def read(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


@cache
def every_type(language: str = "en") -> bytes:
    """Print the questionnaire with every type of question."""
    return paper(form(language=language))


def words_of(content: bytes) -> str:
    """Give the letters of all pages without what parts them: lines end where paper does, not where a text does."""
    return squeezed("".join(page.extract_text() for page in read(content).pages))


def squeezed(words: str) -> str:
    return re.sub(r"\s+", "", words)


def all_said(questionnaire: Questionnaire, language: str) -> Iterator[str]:
    """Give every word of a questionnaire that people are shown."""
    for node in questionnaire.nodes:
        yield questionnaire.says(node.title, language)
        if node.help:
            yield questionnaire.says(node.help, language)
    for question in questionnaire.questions:
        texts = [question.text]
        texts += [question.help] if question.help else []
        match question:
            case Rating():
                texts += [level.label for level in questionnaire.scale_of(question).levels]
                texts += question.anchors.values()
            case Choice() | Multiple():
                texts += [option.label for option in question.options]
        yield from (questionnaire.says(text, language) for text in texts)


@BOTH
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_all_of_a_shipped_questionnaire_stands_on_paper(
    path: Path, language: str, caplog: pytest.LogCaptureFixture
) -> None:
    made = shipped(path, language)
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        printed = words_of(paper(made))
    assert [words for words in all_said(made.questionnaire, language) if squeezed(words) not in printed] == []
    assert [record.getMessage() for record in caplog.records if record.name.startswith("weasyprint")] == []


@BOTH
def test_what_is_asked_of_whom_and_how_stands_there_too(language: str) -> None:
    printed = words_of(every_type(language))
    made = form(language=language)
    for asked in made.questions.values():
        guides = [words for guide in asked.guides for words in (guide.words, *guide.lines)]
        labels = [line.label for line in asked.lines]
        for words in (asked.text, asked.unit, *guides, *asked.remarks, *asked.ways_out, *labels):
            assert squeezed(words) in printed
    assert squeezed({"en": "Thank you.", "de": "Vielen Dank."}[language]) in printed
    assert squeezed({"en": "version 3.1", "de": "Version 3.1"}[language]) in printed


def test_it_is_set_in_inter_alone_and_carries_it() -> None:
    fonts = {}
    for page in read(every_type()).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            found = font.get_object()
            fonts[found["/BaseFont"].split("+")[1]] = found
    assert set(fonts) == WEIGHTS
    for font in fonts.values():
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor)


@BOTH
def test_it_says_what_it_is_and_how_it_is_built(language: str) -> None:
    reader = read(every_type(language))
    catalogue = reader.trailer["/Root"]
    assert reader.metadata is not None
    assert reader.metadata.title == {"en": "How we work", "de": "Wie wir arbeiten"}[language]
    assert "/CreationDate" not in reader.metadata
    assert catalogue["/Lang"] == language  # type: ignore[index]
    assert catalogue["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert b"pdfuaid" in catalogue["/Metadata"].get_data()  # type: ignore[index]
    assert {"/H1", "/H2", "/H3", "/P", "/L"} <= set(kinds(catalogue["/StructTreeRoot"]))  # type: ignore[index]


def test_the_same_form_is_the_same_to_the_byte() -> None:
    assert every_type.__wrapped__() == every_type()


def many(count: int) -> str:
    """Give a questionnaire of as many questions, each of which has one line of help, in groups of three."""
    head = EVERY_TYPE.partition("dimensions:")[0]
    groups = [
        f"""
  - id: g{group}
    title: Part {group} of many
    help: What part {group} is about.
    questions:"""
        + "".join(
            f"""
      - {{id: q{place}, type: rating, scale: three, text: Statement {place} of many., help: Help for {place} here.,
         anchors: {{1: "Low {place}.", 2: "Mid {place}.", 3: "End {place}."}}}}"""
            for place in range(group * 3, group * 3 + 3)
        )
        for group in range(count // 3)
    ]
    return head + "dimensions:" + "".join(groups)


@pytest.fixture(scope="module")
def long_form() -> list[str]:
    """The words on each page of a form of ninety questions."""
    return [squeezed(page.extract_text()) for page in read(paper(form(many(90)))).pages]


def test_no_question_is_split_between_pages(long_form: list[str]) -> None:
    assert len(long_form) > 8
    for place in range(90):
        parts = [f"Statement {place} of many.", f"Help for {place} here.", f"Low {place}.", f"End {place}."]
        (page,) = (page for page in long_form if squeezed(parts[0]) in page)
        assert all(squeezed(part) in page for part in parts), place


def test_no_heading_stays_behind(long_form: list[str]) -> None:
    for group in range(30):
        (page,) = (page for page in long_form if squeezed(f"Part {group} of many") in page)
        assert squeezed(f"What part {group} is about.") in page
        assert squeezed(f"Statement {group * 3} of many.") in page


def test_every_page_says_which_it_is(long_form: list[str]) -> None:
    for number, page in enumerate(long_form, 1):
        assert squeezed(f"every-type, version 3.1{number} / {len(long_form)}") in page


@pytest.mark.parametrize("standalone", [True, False])
def test_whatever_a_questionnaire_says_is_text(*, standalone: bool) -> None:
    quoted = f"'{HOSTILE}'"
    question = (
        f"{{id: q, type: choice, text: {quoted}, help: {quoted}, "
        f"options: [{{id: a, label: {quoted}}}, {{id: b, label: B}}], show-if: {{question: p, op: '=', value: x}}}}"
    )
    first = f"{{id: p, type: choice, text: P., options: [{{id: x, label: {quoted}}}, {{id: y, label: Y}}]}}"
    made = form(one_question(f"{first}, {question}"))
    html = environment.form_html(made.sheet, standalone=standalone)
    tags, _ = parts_of(html)
    assert not {"script", "img"} & tags
    assert "{{ 7 * 7 }}" in html
    if not standalone:
        assert words_of(render(html)).count(squeezed(HOSTILE)) == 5


def test_in_one_file_it_fetches_nothing() -> None:
    html = environment.form_html(form().sheet, standalone=True)
    tags, attributes = parts_of(html)
    assert not {"link", "script", "img", "iframe"} & tags
    assert not {"src", "href", "style"} & attributes
    addresses = re.findall(r"url\(([^)]{0,20})", html)
    assert len(addresses) == 3
    assert all(address.startswith('"data:font/woff2;') for address in addresses)
    assert "@import" not in html


def test_right_to_left_it_says_so_and_marks_its_own_words() -> None:
    text = one_question("{id: q, type: yes-no, text: {ar: هل نختبر كل يوم؟}}", "[ar]")
    html = environment.form_html(form(text, "ar").sheet)
    assert '<html lang="ar" dir="rtl">' in html
    assert '<span lang="en" dir="ltr">Does not apply</span>' in html
    assert '<span lang="en" dir="ltr">Yes</span>' in html
    assert len(read(render(html)).pages) == 1


def kinds(node: object) -> Iterator[str]:
    """Give the kind of every element of a structure tree."""
    found = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(found, list):
        for child in found:
            yield from kinds(child)
    if isinstance(found, dict):
        if "/S" in found:
            yield found["/S"]
        if "/K" in found:
            yield from kinds(found["/K"])


def parts_of(html: str) -> tuple[set[str], set[str]]:
    """Give the tags and the names of attributes that a browser finds in HTML."""
    tags: set[str] = set()
    attributes: set[str] = set()

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            tags.add(tag)
            attributes.update(name for name, _ in attrs)

    Reader().feed(html)
    return tags, attributes
