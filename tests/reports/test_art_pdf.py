"""The report on an ART on paper: real PDF, read back."""

import io
import logging
import os
from collections.abc import Callable, Iterator
from functools import cache

import pytest
from pypdf import PdfReader

from assessment.reports import environment
from assessment.reports.art import Edition, assemble
from assessment.reports.material import ArtMaterial
from assessment.reports.pdf import NotPrinted, Printer, render
from tests.reports import materials
from tests.reports.building import Round, Team, forms, material

Make = Callable[[], ArtMaterial]

INTER = {"Inter", "Inter-Medium", "Inter-Semi-Bold", "Inter-Bold"}


@cache
def paper(make: Make, edition: Edition = "rte") -> bytes:
    """Print a material's report."""
    return render(environment.art_html(assemble(make(), edition)))


@cache
def printed(make: Make, edition: Edition = "rte") -> PdfReader:
    """Print a material's report and read it back."""
    return PdfReader(io.BytesIO(paper(make, edition)))


def text(reader: PdfReader) -> str:
    """Give the words of all pages, parted by single spaces."""
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@pytest.mark.parametrize(
    ("make", "edition"),
    [
        (materials.typical, "rte"),
        (materials.typical, "viewer"),
        (materials.full, "rte"),
        (materials.full, "viewer"),
        (materials.large, "rte"),
        (materials.first, "rte"),
        (materials.lone, "rte"),
        (materials.agreed, "viewer"),
        (materials.long_names, "rte"),
        (materials.changed, "rte"),
        (materials.single, "rte"),
        (materials.two_levels, "viewer"),
    ],
)
def test_two_pages_hold_it(make: Make, edition: Edition) -> None:
    assert len(printed(make, edition).pages) == 2


def test_many_teams_take_further_pages_with_the_heads_repeated() -> None:
    teams = tuple(Team(f"t{place:02}", f"Team {place:02}", 10, forms(9, 3, place)) for place in range(40))
    reader = PdfReader(io.BytesIO(render(environment.art_html(assemble(material([Round("PI", teams)]), "rte")))))
    assert len(reader.pages) > 2
    for page in reader.pages[:2]:
        assert "Lean-Agile leadership" in " ".join(page.extract_text().split())
    assert "Page 2 of" in reader.pages[1].extract_text()


def test_its_figures_are_words_one_can_find() -> None:
    words = text(printed(materials.typical))
    for figure in (
        "Overall maturity is 2.8 of 5, “Established”, +0.1 since PI 26.3",
        "too few of its teams are shown to tell a change from chance",
        "27 of 46 people answered",
        "Scores hidden: Falcon, Lynx and Marlin",
        "Hidden: fewer than 5 answers, or needed to protect such a team",
        "No answers in PI 26.4",
        "Steering with a light touch",
        "2, Taking shape",
        "release 1 of 22 November 2026 · 3f9a1c07be52",
        "Page 1 of 2",
        "Page 2 of 2",
    ):
        assert figure in words


@pytest.mark.parametrize("make", [materials.typical, materials.full, materials.large])
def test_the_viewer_s_paper_names_no_team(make: Make) -> None:
    words = text(printed(make, "viewer"))
    assert [team.name for team in make().teams if team.name in words] == []


def test_it_is_set_in_inter_alone_and_carries_it() -> None:
    fonts = {}
    for page in printed(materials.full).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            found = font.get_object()
            fonts[found["/BaseFont"].split("+")[1]] = found
    assert set(fonts) == INTER
    for font in fonts.values():
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor)


def test_it_says_what_it_is_and_how_it_is_built() -> None:
    reader = printed(materials.full)
    catalogue = reader.trailer["/Root"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Orion ART, PI 26.4: maturity report"
    assert "/CreationDate" not in reader.metadata
    assert catalogue["/Lang"] == "en"  # type: ignore[index]
    assert catalogue["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert b"pdfuaid" in catalogue["/Metadata"].get_data()  # type: ignore[index]


def test_every_drawing_has_words_in_its_place() -> None:
    tree = printed(materials.full).trailer["/Root"]["/StructTreeRoot"]  # type: ignore[index]
    alternatives = [element.get("/Alt") for element in _figures(tree)]
    assert len(alternatives) > 80
    assert all(alternatives)


@pytest.mark.parametrize("make", [materials.full, materials.long_names, materials.hostile])
def test_nothing_is_missing_or_misunderstood(make: Make, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        render(environment.art_html(assemble(make(), "rte")))
    assert [record.getMessage() for record in caplog.records if record.name.startswith("weasyprint")] == []


def test_the_same_report_is_the_same_to_the_byte() -> None:
    assert paper.__wrapped__(materials.typical) == paper(materials.typical)


def test_hostile_names_are_text_on_paper_too() -> None:
    words = text(printed(materials.hostile))
    for name in ("<script>alert(1)</script>", "file:///etc/passwd", "{{ 7*7 }}", '"><svg onload=x>'):
        assert name in words


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "https://example.org/picture.png",
        "https://packaged.invalid/../config.py",
        "https://packaged.invalid/site.css",
        "fonts/OFL.txt",
        "data:image/svg+xml,%3Csvg/%3E",
    ],
)
def test_nothing_is_fetched_but_what_the_package_serves(address: str) -> None:
    with pytest.raises(ValueError, match="asks for something else: Error fetching"):
        render(f'<!doctype html><html lang="en"><title>t</title><img alt="x" src="{address}">')


@pytest.fixture
def printer() -> Iterator[Printer]:
    """A printer that is closed again."""
    made = Printer()
    yield made
    made.close()


def test_a_printer_prints_the_same_as_one_would_oneself(printer: Printer) -> None:
    html = environment.art_html(assemble(materials.typical(), "viewer"))
    assert printer.print(html) == paper(materials.typical, "viewer")


def test_what_takes_too_long_is_refused_in_a_sentence() -> None:
    printer = Printer(seconds=0.01)
    try:
        with pytest.raises(NotPrinted, match=r"not ready within 0\.01 seconds; please try again"):
            printer.print(environment.art_html(assemble(materials.equal(), "viewer")))
    finally:
        printer.close()


def test_a_worker_that_dies_is_replaced(printer: Printer, monkeypatch: pytest.MonkeyPatch) -> None:
    html = environment.art_html(assemble(materials.equal(), "viewer"))
    with monkeypatch.context() as patched:
        patched.setattr("assessment.reports.pdf._render_in_time", _die)
        with pytest.raises(NotPrinted, match="could not be made this time"):
            printer.print(html)
    assert printer.print(html).startswith(b"%PDF")


def _die(_html: str, _seconds: float) -> bytes:
    os._exit(3)


def _figures(node: object) -> Iterator[dict[str, str]]:
    found = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(found, list):
        for child in found:
            yield from _figures(child)
    if isinstance(found, dict):
        if found.get("/S") == "/Figure":
            yield found
        if "/K" in found:
            yield from _figures(found["/K"])
