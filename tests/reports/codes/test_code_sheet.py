"""Sheets of codes: every code in print and in a drawing that a camera reads, on paper that can be cut apart."""

from collections.abc import Sequence
from io import BytesIO

import pypdfium2
import pytest
import zxingcpp
from pypdf import PdfReader

from assessment.reports import environment, pdf
from assessment.reports.codes import Occasion, TeamCodes, code_sheet

ADDRESS = "https://maturity.example.org/"
CODES = tuple(f"TR73-9SHX-VWSW-NRM{letter}" for letter in "0123456789AB")
LONG = "Everybody who works on what customers see before they have signed in"


def paper(mode: str, *teams: TeamCodes, language: str = "en") -> bytes:
    """Give the printed sheet."""
    occasion = Occasion(language, "PI 27.1", "Lean-Agile maturity", mode, "31 March 2027")
    return pdf.render(environment.codes_html(code_sheet(occasion, teams)))


def seen(document: bytes) -> list[list[str]]:
    """Give what a camera reads from every page."""
    pages = pypdfium2.PdfDocument(document)
    return [
        sorted(found.text for found in zxingcpp.read_barcodes(page.render(scale=2).to_pil()))  # 144 dots an inch
        for page in pages
    ]


def printed(document: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(document)).pages]


def addresses(codes: Sequence[str]) -> list[str]:
    return sorted(f"{ADDRESS}#{code}" for code in codes)


def test_every_code_can_be_scanned_and_read_ten_slips_a_page() -> None:
    document = paper("codes", TeamCodes("Kingfisher", ADDRESS, CODES))
    assert seen(document) == [addresses(CODES[:10]), addresses(CODES[10:])]
    for page, codes in zip(printed(document), (CODES[:10], CODES[10:]), strict=True):
        assert all(page.count(code) == 1 for code in codes)
        assert page.count(ADDRESS) == len(codes)


def test_a_team_begins_on_a_page_of_its_own_and_a_long_name_fits() -> None:
    document = paper("codes", TeamCodes(LONG, ADDRESS, CODES[:2]), TeamCodes("Heron", ADDRESS, CODES[2:3]))
    assert seen(document) == [addresses(CODES[:2]), addresses(CODES[2:3])]
    assert "Heron" not in printed(document)[0]


@pytest.mark.parametrize(("mode", "promise"), [("link", "please answer once"), ("team", "answered openly")])
def test_a_team_that_shares_a_link_gets_a_poster(mode: str, promise: str) -> None:
    document = paper(mode, TeamCodes("Kingfisher", f"{ADDRESS}#{CODES[0]}", CODES[:1]))
    assert seen(document) == [addresses(CODES[:1])]
    (page,) = printed(document)
    assert promise in " ".join(page.split())
    assert "Open until 31 March 2027." in page


def test_a_team_without_people_has_no_slips() -> None:
    sheet = code_sheet(Occasion("en", "PI 27.1", "Q", "codes"), [TeamCodes("Nobody", ADDRESS, ())])
    assert sheet.teams == ()


def test_the_slip_is_in_the_language_of_the_questionnaire() -> None:
    document = paper("codes", TeamCodes("Eisvogel", ADDRESS, CODES[:1]), language="de")
    assert "Ihre Antworten werden ohne ihn gespeichert" in " ".join(printed(document)[0].split())


def test_names_are_words_and_nothing_else() -> None:
    document = paper("codes", TeamCodes("<script>{{ 7*7 }}</script>", ADDRESS, CODES[:1]))
    assert "<script>{{ 7*7 }}</script>" in printed(document)[0]
