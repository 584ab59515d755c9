"""The report on an ART as a document: its editions, its tables, its HTML and JSON."""

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest

from assessment.reports import environment
from assessment.reports.art import ArtReport, Edition, assemble
from assessment.reports.art.document import DimensionRow, TeamRow
from assessment.reports.material import ArtMaterial
from tests.reports import materials
from tests.reports.building import SHIPPED, Round, Team, level_forms, material
from tests.reports.materials import NAMES, small

Make = Callable[[], ArtMaterial]

EVERY_MATERIAL = (
    materials.typical,
    materials.large,
    materials.first,
    materials.lone,
    materials.agreed,
    materials.long_names,
    materials.single,
    materials.two_levels,
    materials.equal,
    materials.changed,
    materials.hostile,
    materials.full,
)


def rte(made: ArtMaterial) -> ArtReport:
    """Give the edition with the teams."""
    return assemble(made, "rte")


def team_rows(made: ArtMaterial) -> tuple[TeamRow, ...]:
    """Give the rows of the heatmap."""
    band = rte(made).teams
    assert band is not None
    return band.heatmaps[0].rows


def dimension_rows(made: ArtMaterial) -> list[DimensionRow]:
    """Give the rows of the table of dimensions."""
    return [row for group in rte(made).dimensions.groups for row in group.rows]


class Page(HTMLParser):
    """What a browser makes of a page: its elements with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element."""
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Keep text."""
        self.text += data


@pytest.mark.parametrize("make", EVERY_MATERIAL)
@pytest.mark.parametrize("edition", ["rte", "viewer"])
def test_every_material_makes_a_document(make: Make, edition: Edition) -> None:
    report = assemble(make(), edition)
    page = Page(environment.art_html(report))
    assert report.title in page.text
    json.loads(environment.art_json(report))


# Editions


@pytest.mark.parametrize("make", [materials.typical, materials.large, materials.full, materials.hostile])
def test_the_viewer_s_edition_names_no_team_in_any_form(make: Make) -> None:
    made = make()
    report = assemble(made, "viewer")
    html = Page(environment.art_html(report, standalone=True)).text
    everything = html + environment.art_html(report) + environment.art_json(report)
    for team in made.teams:
        assert team.name not in everything
    codes = {team.code for team in made.teams} - {"t0", "t1", "t2", "t3"}
    assert not [code for code in codes if re.search(rf"\b{code}\b", everything)]


def test_the_viewer_s_trend_has_no_lines_of_teams() -> None:
    lines = [
        str(assemble(materials.typical(), edition).trend.chart).count("<polyline") for edition in ("rte", "viewer")
    ]
    assert lines[0] > lines[1] == 1
    assert "teams" not in assemble(materials.typical(), "viewer").trend.subtitle


def test_the_viewer_cannot_tell_which_team_is_hidden_by_its_place() -> None:
    blocks = [str(assemble(materials.typical(), edition).keys[3].chart) for edition in ("rte", "viewer")]
    assert blocks[0] != blocks[1]
    assert blocks[1].index("dasharray") > blocks[1].rindex("#0b5cad")


def test_the_viewer_gets_the_competencies_as_intervals_where_the_rte_gets_the_teams() -> None:
    report = assemble(materials.typical(), "viewer")
    assert report.teams is None
    assert len(report.evidence) == 2
    assert rte(materials.full()).evidence == ()


# Teams


def test_teams_stand_in_the_order_of_their_names() -> None:
    names = [row.name for row in team_rows(materials.large())]
    assert names == [*sorted(set(NAMES) - {"Wren"}), "Wren"]


def test_a_hidden_team_has_its_words_and_no_figure() -> None:
    row = next(row for row in team_rows(materials.typical()) if row.name == "Lynx")
    assert row.remark == "Hidden: fewer than 5 answers, or needed to protect such a team"
    assert row.hidden
    assert (row.cells, row.overall, row.rounds, row.answers) == ((), "", None, "4 of 11")


def test_teams_without_answers_share_a_line() -> None:
    silent = [Team(n, n, 8) for n in ("Zebra", "Aal", "Maus", "Dachs", "Ibis")]
    made = material([Round("PI", (Team("k", "Kestrel", 8, level_forms(8, 3)), *silent))])
    assert [(row.name, row.remark, row.answers) for row in team_rows(made)[1:]] == [
        ("Aal, Dachs, Ibis and Maus", "No answers in PI", "0 of 32"),
        ("Zebra", "No answers in PI", "0 of 8"),
    ]


def test_a_cell_shows_its_class_a_split_and_what_is_hidden() -> None:
    kestrel = next(row for row in team_rows(materials.typical()) if row.name == "Kestrel")
    assert [cell.split for cell in kestrel.cells] == [False, False, True, False, False, False, False]
    assert {cell.heat for cell in kestrel.cells} <= {1, 2, 3, 4, 5}
    some = {question.id: "na" for question in SHIPPED.dimensions[0].all_questions()}
    partly = tuple({**form, **(some if place > 2 else {})} for place, form in enumerate(level_forms(8, 3)))
    made = material([Round("PI", (Team("a", "A", 8, partly), Team("b", "B", 8, level_forms(8, 3))))])
    cells = team_rows(made)[0].cells
    assert cells[0].hidden
    assert cells[0].text == ""
    band = rte(made).teams
    assert band is not None
    assert "hidden" in {found.mark for found in band.legend}


def test_many_competencies_are_parted_over_several_tables() -> None:
    questionnaire = small(1, 5, dimensions=12)
    made = material([Round("PI", (Team("a", "A", 8, level_forms(8, 3, questionnaire)),), questionnaire)])
    report = rte(made)
    assert report.teams is not None
    assert [(len(heatmap.heads), heatmap.whole) for heatmap in report.teams.heatmaps] == [(9, True), (3, False)]
    assert report.stacked
    assert "<svg" in str(report.picture.chart if report.picture else "")


# Dimensions


def test_every_competency_is_followed_by_its_dimensions() -> None:
    rows = dimension_rows(materials.full())
    assert [row.depth for row in rows] == [0, 1, 1, 1] * 7
    assert [row.name for row in rows[:2]] == ["Lean-Agile leadership", "Leaders close to the work"]
    assert all(row.interval and row.rounds and row.spread for row in rows)
    assert {row.answers for row in rows} <= {"84 of 93", "83 of 93"}


def test_a_competency_without_dimensions_is_followed_by_its_questions() -> None:
    rows = dimension_rows(materials.two_levels())
    assert [row.depth for row in rows] == [0, 1, 1, 1, 1] * 2
    assert [row.span for row in rows[:2]] == [1, 3]
    assert rows[1].name.startswith("We can tell the others plainly")


def test_spreads_that_are_held_back_are_told_as_such() -> None:
    rows = dimension_rows(materials.first())
    assert {row.spread_words for row in rows} >= {"", "held back", "1 of 2"}
    nothing = rte(materials.lone()).dimensions
    assert not nothing.with_spread
    assert nothing.subtitle.endswith("How the answers spread is held back")


def test_a_first_round_has_no_column_of_changes_and_none_of_rounds() -> None:
    table = rte(materials.first()).dimensions
    assert not table.with_change
    assert not table.with_rounds
    assert "Changes" not in table.subtitle


def test_forms_are_not_called_people() -> None:
    table = rte(materials.agreed()).dimensions
    assert (table.spread_head, table.answers_head) == ("Forms by level", "Forms")
    assert not table.with_differ


# HTML


def test_the_document_for_paper_asks_for_its_style_sheet_alone() -> None:
    page = Page(environment.art_html(rte(materials.full())))
    assert [attributes for tag, attributes in page.elements if tag == "link"] == [
        {"rel": "stylesheet", "href": "report-sheet.css"}
    ]
    assert not [tag for tag, _ in page.elements if tag in {"script", "img", "style", "iframe", "a"}]


def test_the_document_for_a_browser_stands_alone() -> None:
    html = environment.art_html(rte(materials.full()), standalone=True)
    assert not [tag for tag, _ in Page(html).elements if tag in {"script", "link", "img"}]
    assert set(re.findall(r"url\(\"?([a-z]+:?)", html)) == {"data:"}
    assert set(re.findall(r"https?://[^\s\"<]+", html)) == {"http://www.w3.org/2000/svg"}


def test_nothing_is_styled_or_run_inline() -> None:
    page = Page(environment.art_html(rte(materials.full())))
    named = {name for _, attributes in page.elements for name in attributes}
    assert "style" not in named
    assert not [name for name in named if name.startswith("on")]


def test_names_are_text_whatever_they_look_like() -> None:
    html = environment.art_html(rte(materials.hostile()), standalone=True)
    page = Page(html)
    assert not [tag for tag, _ in page.elements if tag in {"script", "img", "b"}]
    assert "<script>alert(1)</script>" in page.text
    assert '"><svg onload=x>' in page.text
    assert "{{ 7*7 }}" in page.text


def test_every_class_is_the_report_s_own() -> None:
    page = Page(environment.art_html(rte(materials.full())))
    classes = {name for _, attributes in page.elements for name in (attributes.get("class") or "").split()}
    assert {name for name in classes if not name.startswith("report")} == {"chart"}


def test_words_of_the_questionnaire_are_marked_with_their_language() -> None:
    plain = environment.art_html(rte(materials.single()))
    assert 'lang="de"' not in plain
    content = SHIPPED.model_copy(update={"languages": ["de"]})
    teams = (Team("a", "A", 8, level_forms(8, 3)),)
    assert 'lang="de"' in environment.art_html(rte(material([Round("PI", teams, content)])))


def test_headings_and_drawings_tell_their_finding() -> None:
    report = rte(materials.full())
    page = Page(environment.art_html(report))
    assert [tag for tag, _ in page.elements if tag == "h1"] == ["h1"]
    assert f"<title>{report.trend.title}</title>" in report.trend.chart


def test_the_figures_of_a_drawing_stand_behind_it() -> None:
    report = rte(materials.typical())
    assert report.trend.table.rows[-1][:2] == ("PI 26.4", "2.8")
    assert report.picture is not None
    assert report.picture.table.heads == ("", "PI 26.4", "PI 26.3")


def test_what_no_drawing_can_write_is_numbered_with_a_key_beside() -> None:
    other = small(2, 5, 3, "ما يجب أن نفعله")
    made = material([Round("PI", (Team("a", "A", 8, level_forms(8, 3, other)),), other)])
    found = rte(made).picture
    assert found is not None
    assert found.key[0] == "1 ما يجب أن نفعله"
    assert "نفعله" not in re.sub(r"<title>.*?</title>", "", found.chart)


# JSON


def test_the_data_has_every_score_as_printed_and_in_full() -> None:
    made = materials.typical()
    data = json.loads(environment.art_json(rte(made)))
    assert data["maturity"] == "2.8"
    assert data["level"] == "Established"
    assert data["compared_with"] == "PI-26.3"
    assert data["findings"][0].startswith("Overall maturity is 2.8 of 5")
    overall = data["scores"][0]
    assert overall["dimension"] == ""
    assert overall["value"] == made.scores[""].value
    assert overall["change"]["verdict"] == "not-comparable"
    assert overall["change"]["printed"] == "+0.1"
    assert overall["review"] == {"decision": "accepted", "value": None, "reason": None}
    assert len(data["scores"]) == 1 + 7 + 21 + 42
    assert [round_["printed"] for round_ in data["trend"]] == ["2.6", "2.7", "2.8", "2.8"]


def test_the_data_of_a_team_is_what_was_released() -> None:
    data = json.loads(environment.art_json(rte(materials.typical())))
    states = {team["name"]: team["state"] for team in data["teams"]}
    assert states == {"Falcon": "hidden", "Heron": "silent", "Kestrel": "shown", "Lynx": "hidden", "Marlin": "hidden"}
    lynx = next(team for team in data["teams"] if team["name"] == "Lynx")
    assert {score["value"] for score in lynx["scores"]} == {None}
    assert json.loads(environment.art_json(assemble(materials.typical(), "viewer")))["teams"] is None


def test_the_same_material_makes_the_same_documents() -> None:
    one, other = rte(materials.typical()), rte(materials.typical.__wrapped__())
    assert one == other
    assert environment.art_html(one) == environment.art_html(other)
