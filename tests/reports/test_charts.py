"""The drawings: what holds for each of them, then what each one shows."""

import math
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.reports.charts import (
    ChangeBar,
    ChangePlot,
    ChangeRow,
    IntervalPlot,
    IntervalRow,
    LevelBar,
    LikertDiverging,
    LikertRow,
    LikertStatement,
    Radar,
    RadarAxis,
    ShareBar,
    Sparkline,
    TeamBlocks,
    TeamState,
    Trend,
    TrendPoint,
    Verdict,
    change_bar,
    change_plot,
    interval_plot,
    level_bar,
    likert_diverging,
    likert_row,
    missing,
    radar_chart,
    share_bar,
    sparkline,
    swatch,
    team_blocks,
    trend_axis,
    trend_chart,
)
from assessment.reports.charts.palette import BLUE, FAINT, GREY, INK, ORANGE, PALE, WHITE
from assessment.reports.charts.text import CAPITAL, DESCENT, Style, width

SVG = "{http://www.w3.org/2000/svg}"
TITLE = 'Strongest in <flow> & "team agility", it\'s said'
SMALLEST_TEXT = 7 / 0.75
DRAWN = {"title", "line", "polyline", "polygon", "rect", "circle", "text"}
ATTRIBUTES = {
    *("x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "width", "height", "points"),
    *("fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin"),
    *("font-size", "font-weight"),
}
ROOT_ATTRIBUTES = {"role", "class", "viewBox", "width", "height", "font-family"}

NAMES = [
    "Kontinuierliche Lern- und Verbesserungskultur im gesamten Unternehmen",
    "Τεχνική ευελιξία ομάδας",
    "Бережливое управление портфелем",
    "Organisationsentwicklungsgeschwindigkeit",
    "Łączenie",
    "DevOps/Release on demand",
    'Fast & <b>"simple"</b>',
    "Flow",
]

TEAMS: list[TeamState] = ["shown", "shown", "shown", "shown", "shown", "hidden", "silent"]

Box = tuple[float, float, float, float]


def points(values: Sequence[float | None], spread: float = 0.3) -> list[TrendPoint]:
    """Name rounds and give each value bounds."""
    return [
        TrendPoint(f"PI {20 + i // 4}.{i % 4 + 1}", v, v and max(1, v - spread), v and min(5, v + spread))
        for i, v in enumerate(values)
    ]


def axes(count: int, now: float | None = 3.4) -> list[RadarAxis]:
    """Give dimensions with names of all lengths and scripts."""
    return [RadarAxis(name, now, 2.6) for name in NAMES[:count]]


TWELVE = points([1.2, 2.4, 1.9, 3.5, 2.2, 4.1, 3.0, 3.1, 2.9, 4.4, 2.5, 4.8])
GAPS = points([None, 2.4, None, 2.5, 2.7, None, None, 3.0, 3.2, 3.1, None])

GALLERY = {
    "trend": trend_chart(Trend(TITLE, points([2.7, 2.8, 2.8, 2.8, 2.8, 2.8]), 1, 5, [[2.2, 3, 3.5, None, 2, 4]] * 2)),
    "trend, twelve rounds": trend_chart(Trend(TITLE, TWELVE, 1, 5)),
    "trend, twelve rounds, small": trend_chart(Trend(TITLE, TWELVE, 1, 5, width=200, height=120)),
    "trend, gaps and a break": trend_chart(Trend(TITLE, GAPS, 1, 5, breaks=frozenset({8}))),
    "trend, at both ends": trend_chart(Trend(TITLE, points([1, 5, 4.9, 1, 5]), 1, 5)),
    "trend, one round": trend_chart(Trend(TITLE, points([3.2]), 1, 5)),
    "trend, long names": trend_chart(Trend(TITLE, [TrendPoint(name, 3) for name in NAMES], 1, 5)),
    "trend, one round with a long name": trend_chart(Trend(TITLE, [TrendPoint(NAMES[0], 3)], 1, 5, width=160)),
    "trend, no figures": trend_chart(Trend(TITLE, points([None, None]), 1, 5, [[None, None]])),
    "trend, two levels": trend_chart(Trend(TITLE, [TrendPoint("a", 0.2), TrendPoint("b", 0.7)], 0, 1)),
    "trend, eleven levels": trend_chart(Trend(TITLE, [TrendPoint("a", 0), TrendPoint("b", 10)], 0, 10)),
    "trend, only ends told": trend_chart(Trend(TITLE, [TrendPoint("a", 4.5, text="≥\N{NO-BREAK SPACE}4.5")] * 2, 1, 5)),
    **{f"radar, {n} axes": radar_chart(Radar(TITLE, axes(n), 1, 5)) for n in range(3, 9)},
    "radar, small": radar_chart(Radar(TITLE, axes(8), 1, 5, width=220, height=200)),
    "radar, very small": radar_chart(Radar(TITLE, axes(8), 1, 5, width=180, height=180)),
    "radar, flat": radar_chart(
        Radar(TITLE, [RadarAxis("Team and technical agility", 3)] * 8, 1, 5, width=296, height=160)
    ),
    "radar, no figures": radar_chart(Radar(TITLE, [RadarAxis(name, None) for name in NAMES[:5]], 0, 10)),
    "radar, no names": radar_chart(Radar(TITLE, [RadarAxis("", 1, text="")] * 3, 0, 1)),
    "radar, verdicts": radar_chart(Radar(TITLE, [RadarAxis(n, 3, 2, "worsened", -0.4) for n in NAMES], 1, 5)),
    "intervals": interval_plot(IntervalPlot(TITLE, [IntervalRow(n, 3, 2, 5) for n in NAMES], 1, 5)),
    "intervals, hollow": interval_plot(IntervalPlot(TITLE, [IntervalRow(NAMES[0], 1, 1, 1)], 1, 5, filled=False)),
    "intervals, no figures": interval_plot(
        IntervalPlot(TITLE, [IntervalRow("a", None), IntervalRow("b", None, text="fewer than five answers")], 0, 10)
    ),
    "intervals, no rows": interval_plot(IntervalPlot(TITLE, [], 1, 5)),
    "level": level_bar(LevelBar(TITLE, 2.8, 2.6, 3.3, 1, 5, 2.7)),
    "level, none": level_bar(LevelBar(TITLE, None, None, None, 1, 5)),
    "level, ends": level_bar(LevelBar(TITLE, 5, 1, 5, 1, 5, 1)),
    "level, eleven": level_bar(LevelBar(TITLE, 7, 6, 8, 0, 10, ticks=range(11), width=90)),
    "level, hundred": level_bar(LevelBar(TITLE, 70, 60, 80, 0, 100, ticks=range(0, 101, 10))),
    "change": change_bar(ChangeBar(TITLE, 0.04, -0.1, 0.15)),
    "change, far": change_bar(ChangeBar(TITLE, -3.9, -4, -3.2, "worsened")),
    "change, none": change_bar(ChangeBar(TITLE, None)),
    "changes": change_plot(
        ChangePlot(TITLE, [ChangeRow(n, 0.4, -0.2, 0.7, "improved") for n in NAMES], ("worse", "no change", "better"))
    ),
    "changes, none": change_plot(ChangePlot(TITLE, [ChangeRow("a", None, text="not comparable")])),
    "changes, no rows": change_plot(ChangePlot(TITLE, [])),
    "share": share_bar(ShareBar(TITLE, 0.75, 0.8, "goal 80%")),
    "share, none": share_bar(ShareBar(TITLE, None)),
    "share, ends": share_bar(ShareBar(TITLE, 1.4, 1)),
    "share, low goal": share_bar(ShareBar(TITLE, 0, 0)),
    "teams": team_blocks(TeamBlocks(TITLE, TEAMS)),
    "teams, fifty": team_blocks(TeamBlocks(TITLE, ["hidden", "silent"] * 25)),
    "teams, none": team_blocks(TeamBlocks(TITLE, [])),
    **{f"likert, {n} levels": likert_row(LikertRow(TITLE, [3] * n)) for n in range(2, 12)},
    "likert, lopsided": likert_row(LikertRow(TITLE, [1000, 1, 0, 0, 1])),
    "likert, none": likert_row(LikertRow(TITLE, [0, 0, 0])),
    "diverging": likert_diverging(
        LikertDiverging(TITLE, [LikertStatement(name, [i, 3, 2, 11, 9 - i], "30") for i, name in enumerate(NAMES)])
    ),
    "diverging, one-sided": likert_diverging(
        LikertDiverging(
            TITLE, [LikertStatement("a", [9, 0]), LikertStatement("b", [0, 9]), LikertStatement("c", [0, 0])]
        )
    ),
    "diverging, none": likert_diverging(LikertDiverging(TITLE, [])),
    "sparkline": sparkline(Sparkline(TITLE, [2.6, None, 2.8, 2.7, 1, 5], 1, 5)),
    "sparkline, none": sparkline(Sparkline(TITLE, [], 1, 5)),
}


def read(svg: str) -> ET.Element:
    """Parse a drawing the way every reader of XML does."""
    return ET.fromstring(svg)  # noqa: S314 - our own drawings


def all_of(root: ET.Element, name: str, **attributes: str) -> list[ET.Element]:
    """Find elements by name and attributes."""
    wanted = {key.replace("_", "-"): value for key, value in attributes.items()}
    return [e for e in root.iter(SVG + name) if wanted.items() <= e.attrib.items()]


def at(element: ET.Element, *names: str) -> tuple[float, ...]:
    """Give an element's numbers."""
    return tuple(float(element.attrib[name]) for name in names)


def places(element: ET.Element) -> list[tuple[float, float]]:
    """Give the points of a line or a shape."""
    pairs = (pair.split(",") for pair in element.attrib["points"].split())
    return [(float(x), float(y)) for x, y in pairs]


def texts(root: ET.Element) -> list[str]:
    """Give all that is written."""
    return [e.text or "" for e in root.iter(SVG + "text")]


def written(root: ET.Element) -> Iterator[tuple[str, Box]]:
    """Give all that is written with the room it takes."""
    for e in root.iter(SVG + "text"):
        x, y, size = at(e, "x", "y", "font-size")
        wide = width(e.text or "", Style(size, int(e.attrib["font-weight"])))
        yield e.text or "", (x, y - CAPITAL * size, x + wide, y + DESCENT * size)


def corners(root: ET.Element) -> Iterator[tuple[float, float]]:
    """Give the outermost places of all shapes."""
    for e in root.iter():
        match e.tag.removeprefix(SVG):
            case "rect":
                x, y, wide, high = at(e, "x", "y", "width", "height")
                yield from ((x, y), (x + wide, y + high))
            case "circle":
                x, y, r = at(e, "cx", "cy", "r")
                rim = float(e.attrib["stroke-width"]) / 2
                yield from ((x - r - rim, y - r - rim), (x + r + rim, y + r + rim))
            case "line":
                x1, y1, x2, y2 = at(e, "x1", "y1", "x2", "y2")
                yield from ((x1, y1), (x2, y2))
            case "polyline" | "polygon":
                yield from places(e)


def numbers(svg: str) -> list[float]:
    """Give a drawing's width and height."""
    return [float(n) for n in read(svg).attrib["viewBox"].split()[2:]]


each_drawing = pytest.mark.parametrize("svg", GALLERY.values(), ids=GALLERY.keys())


# -- what holds for every drawing


@each_drawing
def test_the_finding_is_the_title_of_an_image(svg: str) -> None:
    root = read(svg)
    assert root.attrib["role"] == "img"
    assert root[0].tag == SVG + "title"
    assert root[0].text == TITLE


@each_drawing
def test_a_drawing_has_the_same_size_in_units_and_pixels(svg: str) -> None:
    root = read(svg)
    assert root.attrib["viewBox"] == f"0 0 {root.attrib['width']} {root.attrib['height']}"
    assert root.attrib["font-family"] == "Inter"


@each_drawing
def test_only_what_paper_can_draw_is_used(svg: str) -> None:
    root = read(svg)
    assert set(root.attrib) == ROOT_ATTRIBUTES
    for e in root.iter():
        if e is root:
            continue
        assert e.tag.removeprefix(SVG) in DRAWN
        assert set(e.attrib) <= ATTRIBUTES
        assert not [v for v in e.attrib.values() if re.search(r"var\(|url\(|currentColor|%|inherit|nan|inf", v)]


@each_drawing
def test_nothing_leaves_the_drawing(svg: str) -> None:
    root = read(svg)
    wide, high = numbers(svg)
    for content, (left, top, right, bottom) in written(root):
        assert left >= -0.1, content
        assert top >= -0.1, content
        assert right <= wide + 0.1, content
        assert bottom <= high + 0.1, content
    for x, y in corners(root):
        assert -0.1 <= x <= wide + 0.1
        assert -0.1 <= y <= high + 0.1


@each_drawing
def test_no_words_lie_on_others(svg: str) -> None:
    boxes = [(content, box) for content, box in written(read(svg)) if content]
    for (one, a), (other, b) in combinations(boxes, 2):
        apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
        assert apart, f"{one!r} lies on {other!r}"


@each_drawing
def test_all_words_can_be_printed_and_read(svg: str) -> None:
    root = read(svg)
    assert missing("".join(texts(root))) == frozenset()
    assert all(at(e, "font-size")[0] >= SMALLEST_TEXT for e in all_of(root, "text"))
    assert not [t for t in texts(root) if "-0" in t or "−0.0" in t]


def test_a_chart_without_a_finding_is_refused() -> None:
    with pytest.raises(ValueError, match="finding"):
        trend_chart(Trend(" ", points([3]), 1, 5))


def test_hostile_labels_stay_text() -> None:
    label = '</text><script>alert("1")</script>&\x00\x1b\ud800'
    drawings = [
        trend_chart(Trend(label, [TrendPoint(label, 3, text="<i>")], 1, 5, width=900)),
        radar_chart(Radar(label, [RadarAxis(label, 3, text="<i>")] * 3, 1, 5, width=1600, height=900)),
        interval_plot(IntervalPlot(label, [IntervalRow(label, 3, text="<i>")], 1, 5, width=900)),
        change_plot(ChangePlot(label, [ChangeRow(label, 0.1, text="<i>")], (label, "", ""), width=900)),
        share_bar(ShareBar(label, 0.5, 0.5, label, width=900)),
        likert_diverging(LikertDiverging(label, [LikertStatement(label, [1, 2], "<i>")], width=900)),
        level_bar(LevelBar(label, 3, 2, 4, 1, 5)),
        team_blocks(TeamBlocks(label, ["shown"])),
        sparkline(Sparkline(label, [3], 1, 5)),
    ]
    for svg in drawings:
        root = read(svg)
        assert not list(root.iter(SVG + "script"))
        assert "<script" not in svg
        assert root[0].text is not None
        assert root[0].text.startswith('</text><script>alert("1")</script>&')


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.text(max_size=30), st.none() | st.floats(1, 5)), min_size=3, max_size=8),
    st.integers(180, 420),
)
def test_no_names_or_values_upset_a_drawing(rows: list[tuple[str, float | None]], wide: int) -> None:
    drawings = [
        trend_chart(Trend("x", [TrendPoint(name, v, v and 1, v and 5) for name, v in rows], 1, 5, width=wide)),
        radar_chart(Radar("x", [RadarAxis(name, v) for name, v in rows], 1, 5, width=wide)),
        interval_plot(IntervalPlot("x", [IntervalRow(name, v, 1, 5) for name, v in rows], 1, 5, width=wide)),
        sparkline(Sparkline("x", [v for _, v in rows], 1, 5)),
    ]
    for svg in drawings:
        test_nothing_leaves_the_drawing(svg)
        test_no_words_lie_on_others(svg)


def test_a_swatch_is_decoration() -> None:
    root = read(swatch(BLUE, ORANGE))
    assert root.attrib["aria-hidden"] == "true"
    assert all_of(root, "rect", fill=BLUE, stroke=ORANGE)
    assert all_of(read(swatch('"/><script/>')), "rect", fill='"/><script/>')


# -- trend


def test_a_trend_shows_each_round_with_its_figure_and_the_newest_large() -> None:
    root = read(trend_chart(Trend("x", points([2.6, 2.84, 3.1]), 1, 5)))
    assert [t for t in texts(root) if "." in t and t[0] in "23"].count("2.8") == 1
    (newest,) = all_of(root, "text", font_size="17")
    assert (newest.text, newest.attrib["fill"]) == ("3.1", BLUE)
    assert len(all_of(root, "circle", fill=BLUE)) == 3


def test_places_of_a_trend_follow_the_figures() -> None:
    root = read(trend_chart(Trend("x", points([2, 3, 4]), 1, 5)))
    dots = [at(e, "cx", "cy") for e in all_of(root, "circle")]
    assert dots[0][1] - dots[1][1] == pytest.approx(dots[1][1] - dots[2][1], abs=0.02)
    assert dots[1][0] - dots[0][0] == pytest.approx(dots[2][0] - dots[1][0], abs=0.02)
    lines = [at(e, "y1")[0] for e in all_of(root, "line")]
    (two, three, four) = (lines[texts(root).index(label)] for label in ("2.0", "3.0", "4.0"))
    assert [y for _, y in dots] == pytest.approx([two, three, four], abs=0.02)


def test_a_missing_round_interrupts_the_line_and_a_grey_dashed_bridge_spans_it() -> None:
    whole = read(trend_chart(Trend("x", points([2, 3, 4]), 1, 5)))
    gap = read(trend_chart(Trend("x", points([2, None, 4]), 1, 5)))
    assert [len(places(e)) for e in all_of(whole, "polyline", stroke=BLUE)] == [3]
    assert not all_of(gap, "polyline", stroke=BLUE)
    (bridge,) = all_of(gap, "line", stroke=GREY)
    assert "stroke-dasharray" in bridge.attrib
    first, last = all_of(gap, "circle")
    assert at(bridge, "x1", "y1", "x2", "y2") == at(first, "cx", "cy") + at(last, "cx", "cy")


def test_nothing_crosses_a_break() -> None:
    team = [3.0, 3.0, 3.0, 3.0]
    root = read(trend_chart(Trend("x", points([2, 3, None, 4]), 1, 5, [team], frozenset({2}))))
    (fence,) = all_of(root, "line", stroke=GREY)
    x = at(fence, "x1")[0]
    assert x == at(fence, "x2")[0]
    joined = [places(e) for name in ("polyline", "polygon") for e in all_of(root, name)]
    assert joined
    assert not [p for p in joined if min(p)[0] < x < max(p)[0]]
    assert not [e for e in all_of(root, "line") if e is not fence and "stroke-dasharray" in e.attrib]


def test_bounds_are_a_band_and_a_bar_where_a_round_stands_alone() -> None:
    band = read(trend_chart(Trend("x", points([2.5, 3]), 1, 5)))
    assert [len(places(e)) for e in all_of(band, "polygon", fill=PALE)] == [4]
    alone = read(trend_chart(Trend("x", points([2.5, None, 3]), 1, 5)))
    assert not all_of(alone, "polygon", fill=PALE)
    assert len(all_of(alone, "rect", fill=PALE)) == 2
    none = read(trend_chart(Trend("x", [TrendPoint("a", 2), TrendPoint("b", 3)], 1, 5)))
    assert not all_of(none, "polygon", fill=PALE)


def test_a_hidden_newest_round_leaves_an_older_figure_small() -> None:
    root = read(trend_chart(Trend("x", points([3.2, None]), 1, 5)))
    assert not all_of(root, "text", font_size="17")
    assert texts(root).count("3.2") == 1
    assert len(all_of(root, "circle")) == 1


def test_a_trend_without_figures_keeps_its_rounds_and_scale() -> None:
    root = read(GALLERY["trend, no figures"])
    assert texts(root) == ["1", "2", "3", "4", "5", "PI 20.1", "PI 20.2"]
    assert not all_of(root, "circle")


def test_one_round_is_a_point_with_its_figure_and_no_line() -> None:
    root = read(trend_chart(Trend("x", points([3.2]), 1, 5)))
    assert len(all_of(root, "circle")) == 1
    assert not all_of(root, "polyline")
    assert "3.2" in texts(root)


def test_single_teams_are_thin_lines_with_gaps() -> None:
    root = read(trend_chart(Trend("x", points([3] * 5), 1, 5, [[2, 2, None, 2, 2], [None, 4, None, None, None]])))
    lines = all_of(root, "polyline", stroke=FAINT)
    assert [len(places(e)) for e in lines] == [2, 2, 2]
    assert max(at(e, "stroke-width")[0] for e in lines) < 1


def test_the_drawn_axis_is_the_one_a_caption_can_state() -> None:
    trend = Trend("x", points([2.7, 2.8]), 1, 5, [[2.2, 3.5]])
    assert trend_axis(trend) == (2, 4)
    labels = [t for t in texts(read(trend_chart(trend))) if not t.startswith("PI")]
    assert (labels[0], labels[4]) == ("2.0", "4.0")


def test_names_of_rounds_are_thinned_evenly_and_the_newest_stays() -> None:
    for wide in (160, 240, 320, 400, 700):
        root = read(trend_chart(Trend("x", TWELVE, 1, 5, width=wide)))
        shown = [TWELVE.index(p) for p in TWELVE if p.label in texts(root)]
        assert shown[-1] == len(TWELVE) - 1
        assert len({b - a for a, b in pairwise(shown)}) == 1
    assert len(shown) == len(TWELVE)


def test_an_end_of_the_scale_is_written_as_told() -> None:
    root = read(trend_chart(Trend("x", [TrendPoint("a", 4.5, text="≥ 4.5")], 1, 5)))
    assert "≥ 4.5" in texts(root)
    assert "4.5" not in [e.text for e in all_of(root, "text", font_size="17")]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Trend("x", [], 1, 5),
        lambda: Trend("x", points([3, 3]), 1, 5, [[3]]),
        lambda: Trend("x", points([3, 3]), 1, 5, breaks=frozenset({0})),
        lambda: Trend("x", points([3, 3]), 1, 5, breaks=frozenset({2})),
        lambda: trend_chart(Trend("x", [TrendPoint("a", 5.4)], 1, 5)),
        lambda: trend_chart(Trend("x", [TrendPoint("a", math.nan)], 1, 5)),
    ],
)
def test_a_trend_that_contradicts_itself_is_refused(wrong: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"trend|team|scale|NaN"):
        wrong()


# -- radar


@pytest.mark.parametrize("count", [0, 1, 2, 9])
def test_a_radar_has_three_to_eight_axes(count: int) -> None:
    with pytest.raises(ValueError, match="3 to 8"):
        Radar("x", [RadarAxis("a", 3)] * count, 1, 5)


def test_a_radar_keeps_the_full_scale() -> None:
    root = read(radar_chart(Radar("x", [RadarAxis("a", v) for v in (1, 3, 5, 3)], 1, 5)))
    outline = [e for e in all_of(root, "polygon", stroke=BLUE) if e.attrib["fill"] == "none"]
    (top, right, bottom, left) = places(outline[0])
    rings = [places(e) for e in all_of(root, "polygon") if e not in outline and e.attrib["fill"] == "none"]
    outer = max(rings, key=lambda ring: ring[2][1])
    centre = ((outer[0][0] + outer[2][0]) / 2, (outer[0][1] + outer[2][1]) / 2)
    assert top == pytest.approx(centre, abs=0.02)
    assert bottom == pytest.approx(outer[2], abs=0.02)
    assert right[0] - centre[0] == pytest.approx((outer[1][0] - centre[0]) / 2, abs=0.02)
    assert centre[0] - left[0] == pytest.approx(right[0] - centre[0], abs=0.02)
    assert len(rings) == 4
    assert {"1", "5"} <= set(texts(root))


def test_the_round_before_is_dashed_and_grey() -> None:
    root = read(radar_chart(Radar("x", axes(5), 1, 5)))
    dashed = [e for e in root.iter() if "stroke-dasharray" in e.attrib]
    assert [(e.tag, e.attrib["stroke"]) for e in dashed] == [(SVG + "polygon", GREY)]
    none = read(radar_chart(Radar("x", [RadarAxis("a", 3)] * 3, 1, 5)))
    assert not [e for e in none.iter() if "stroke-dasharray" in e.attrib]


def test_a_missing_dimension_leaves_a_gap_and_no_area() -> None:
    rows = [RadarAxis("a", 3), RadarAxis("b", None, text="hidden"), RadarAxis("c", 2), RadarAxis("d", 4)]
    root = read(radar_chart(Radar("x", rows, 1, 5)))
    assert not all_of(root, "polygon", fill=PALE)
    assert len(all_of(root, "line", stroke=BLUE)) == 2
    assert len(all_of(root, "circle")) == 3
    assert "hidden" in texts(root)


def test_a_radar_is_rather_small_than_its_names_cut() -> None:
    rows = [RadarAxis(name, 3) for name in ("Flow", "Portfoliomanagement", "Lean-agile leadership", "Teams")]
    assert not [t for t in texts(read(radar_chart(Radar("x", rows, 1, 5, width=400)))) if "…" in t]


def test_only_a_stored_verdict_colours_a_dimension() -> None:
    plain = read(radar_chart(Radar("x", [RadarAxis("a", 4.5, 1.2)] * 3, 1, 5)))
    assert {e.attrib["fill"] for e in all_of(plain, "text")} <= {INK, "#57606a"}
    assert not [t for t in texts(plain) if "▲" in t or "▼" in t]
    rows = [RadarAxis("up", 3.1, 2.7, "improved", 0.4), RadarAxis("down", 2.6, 3, "worsened", -0.4), RadarAxis("c", 3)]
    told = read(radar_chart(Radar("x", rows, 1, 5)))
    assert [e.text for e in all_of(told, "text", fill=BLUE)] == ["3.1 ▲ 0.4"]
    assert [e.text for e in all_of(told, "text", fill=ORANGE)] == ["2.6 ▼ 0.4"]
    assert [e.text for e in all_of(told, "text", font_weight="600")] == ["up", "3.1 ▲ 0.4", "down", "2.6 ▼ 0.4"]


def test_each_dimension_has_its_figure_under_its_name() -> None:
    rows = [RadarAxis(name, v) for name, v in zip("abcdefgh", (1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5), strict=True)]
    written_down = texts(read(radar_chart(Radar("x", rows, 1, 5))))
    pairs = dict(pairwise(written_down))
    assert [pairs[row.label] for row in rows] == ["1.0", "1.5", "2.0", "2.5", "3.0", "3.5", "4.0", "4.5"]


# -- intervals


def test_dots_and_bounds_stand_at_their_values_on_the_scale() -> None:
    rows = [IntervalRow("a", 3, 2, 4), IntervalRow("b", 1, 1, 5)]
    root = read(interval_plot(IntervalPlot("x", rows, 1, 5)))
    grid = [at(e, "x1")[0] for e in all_of(root, "line") if at(e, "x1") == at(e, "x2")]
    assert len(grid) == 5
    assert [at(e, "cx")[0] for e in all_of(root, "circle")] == [grid[2], grid[0]]
    bounds = [at(e, "x1", "x2") for e in all_of(root, "line", stroke=BLUE)]
    assert bounds == [(grid[1], grid[3]), (grid[0], grid[4])]


def test_rows_are_filled_or_hollow_as_asked() -> None:
    rows = [IntervalRow("a", 3, 2, 4)]
    filled = read(interval_plot(IntervalPlot("x", rows, 1, 5)))
    hollow = read(interval_plot(IntervalPlot("x", rows, 1, 5, filled=False)))
    assert all_of(filled, "circle", fill=BLUE)
    assert all_of(hollow, "circle", fill=WHITE, stroke=GREY)
    assert BLUE not in GALLERY["intervals, hollow"]


def test_a_row_without_a_figure_says_why_and_has_no_mark() -> None:
    root = read(
        interval_plot(IntervalPlot("x", [IntervalRow("a", None, 2, 4, "hidden"), IntervalRow("b", None)], 1, 5))
    )
    assert not all_of(root, "circle")
    assert not all_of(root, "line", stroke=BLUE)
    assert {"hidden", "–"} <= set(texts(root))


def test_a_level_bar_marks_value_bounds_and_the_round_before() -> None:
    root = read(level_bar(LevelBar("x", 3, 2, 4, 1, 5, before=2)))
    (value,) = all_of(root, "circle", fill=BLUE)
    (before,) = all_of(root, "line", stroke=INK)
    track, bounds = all_of(root, "rect")
    left, wide = at(bounds, "x", "width")
    assert at(value, "cx")[0] == pytest.approx(float(track.attrib["width"]) / 2)
    assert at(before, "x1")[0] == left
    assert left + wide / 2 == pytest.approx(at(value, "cx")[0])
    assert texts(root) == ["1", "2", "3", "4", "5"]


def test_a_level_bar_takes_other_ticks() -> None:
    assert texts(read(level_bar(LevelBar("x", 3, 2, 4, 1, 5, ticks=(1, 5))))) == ["1", "5"]
    assert texts(read(level_bar(LevelBar("x", 0.5, None, None, 0, 1, ticks=(0, 0.5, 1))))) == ["0.0", "0.5", "1.0"]


# -- change


@pytest.mark.parametrize(
    ("verdict", "fill", "stroke"),
    [(None, WHITE, GREY), ("improved", BLUE, WHITE), ("worsened", ORANGE, WHITE)],
)
def test_a_change_is_filled_and_coloured_only_by_its_verdict(verdict: Verdict | None, fill: str, stroke: str) -> None:
    bar = read(change_bar(ChangeBar("x", 2, 1, 3, verdict)))
    plot = read(change_plot(ChangePlot("x", [ChangeRow("a", 2, 1, 3, verdict)])))
    for root in (bar, plot):
        (mark,) = all_of(root, "circle")
        assert (mark.attrib["fill"], mark.attrib["stroke"]) == (fill, stroke)


def test_no_change_is_in_the_middle_and_the_scale_reaches_as_far_both_ways() -> None:
    root = read(change_bar(ChangeBar("x", 0, -0.2, 0.7)))
    middle = numbers(change_bar(ChangeBar("x", 0)))[0] / 2
    assert at(all_of(root, "circle")[0], "cx")[0] == pytest.approx(middle)
    assert at(all_of(root, "line", stroke=INK)[0], "x1")[0] == pytest.approx(middle)
    assert texts(root) == ["−1.0", "0", "+1.0"]
    assert texts(read(change_bar(ChangeBar("x", -0.0001)))) == ["−0.5", "0", "+0.5"]


def test_an_interval_is_drawn_only_where_there_is_one() -> None:
    root = read(change_plot(ChangePlot("x", [ChangeRow("a", 0.1), ChangeRow("b", 0.1, 0, 0.2), ChangeRow("c", None)])))
    assert len(all_of(root, "line", stroke=GREY)) == 1
    assert len(all_of(root, "circle")) == 2
    assert [t for t in texts(root) if t in {"+0.1", "–"}] == ["+0.1", "+0.1", "–"]


def test_headings_stand_left_at_and_right_of_zero_or_go() -> None:
    rows = [ChangeRow("a", 0.1)]
    root = read(change_plot(ChangePlot("x", rows, ("worse", "no change", "better"))))
    zero = at(all_of(root, "line", stroke=INK)[0], "x1")[0]
    boxes = dict(written(root))
    assert boxes["worse"][2] < boxes["no change"][0] < zero < boxes["no change"][2] < boxes["better"][0]
    long = read(change_plot(ChangePlot("x", rows, ("much worse than before", "", "b"), width=120)))
    assert texts(long) == ["a", "+0.1"]


# -- shares


def test_a_share_fills_its_part_of_the_bar_and_never_more_than_all() -> None:
    def filled(share: float | None) -> float:
        rects = all_of(read(share_bar(ShareBar("x", share, width=200))), "rect", fill=BLUE)
        return float(rects[0].attrib["width"]) if rects else 0.0

    assert [filled(share) for share in (None, 0, 0.25, 1, 1.7)] == [0, 0, 50, 200, 200]


def test_a_goal_is_a_line_with_its_name() -> None:
    root = read(share_bar(ShareBar("x", 0.5, 0.8, width=200)))
    assert at(all_of(root, "line", stroke=INK)[0], "x1", "x2") == (160, 160)
    assert texts(root) == ["80%"]
    assert texts(read(share_bar(ShareBar("x", 0.5, 0.8, "goal 80%")))) == ["goal 80%"]
    assert not texts(read(share_bar(ShareBar("x", 0.5))))


def test_teams_are_filled_hatched_or_outlined() -> None:
    root = read(team_blocks(TeamBlocks("x", ["shown", "hidden", "silent", "shown"])))
    blocks = all_of(root, "rect")
    assert [e.attrib["fill"] for e in blocks] == [BLUE, WHITE, WHITE, BLUE]
    assert ["stroke-dasharray" in e.attrib for e in blocks] == [False, False, True, False]
    x, y, wide, high = at(blocks[1], "x", "y", "width", "height")
    hatching = [at(e, "x1", "y1", "x2", "y2") for e in all_of(root, "line", stroke=BLUE)]
    assert len(hatching) > 4
    for x1, y1, x2, y2 in hatching:
        assert x <= x1 <= x2 <= x + wide
        assert y <= y2 <= y1 <= y + high
        assert x2 - x1 == pytest.approx(y1 - y2, abs=0.02)


@pytest.mark.parametrize("count", [1, 12, 13, 18, 50, 140])
def test_there_is_a_block_for_every_team_however_many(count: int) -> None:
    root = read(team_blocks(TeamBlocks("x", ["shown"] * count)))
    corners_of_blocks = {at(e, "x", "y") for e in all_of(root, "rect")}
    assert len(corners_of_blocks) == count
    assert min(at(e, "width")[0] for e in all_of(root, "rect")) >= 6.9


# -- likert


def test_segments_are_as_wide_as_their_counts_and_carry_them() -> None:
    root = read(likert_row(LikertRow("x", [5, 0, 1, 0, 4], width=200)))
    starts = [at(e, "x")[0] for e in all_of(root, "rect")]
    assert starts == [0, 100, 120]
    assert texts(root) == ["5", "1", "4"]
    assert [e.attrib["fill"] for e in all_of(root, "rect")] == ["#b5480d", "#dfe3e8", "#0b5cad"]


def test_a_count_that_does_not_fit_is_left_to_the_table() -> None:
    assert texts(read(likert_row(LikertRow("x", [1000, 1, 1000])))) == ["1000", "1000"]


def test_no_answers_are_an_empty_outline() -> None:
    root = read(likert_row(LikertRow("x", [0, 0, 0])))
    (outline,) = all_of(root, "rect")
    assert "stroke-dasharray" in outline.attrib
    assert not texts(root)


def test_own_colours_are_used() -> None:
    root = read(likert_row(LikertRow("x", [1, 1], ["#111111", "#eeeeee"])))
    assert [e.attrib["fill"] for e in all_of(root, "rect")] == ["#111111", "#eeeeee"]
    assert [e.attrib["fill"] for e in all_of(root, "text")] == [WHITE, INK]


def test_counts_and_colours_must_fit() -> None:
    with pytest.raises(ValueError, match="one colour"):
        LikertRow("x", [1, 2, 3], ["#111111"])
    with pytest.raises(ValueError, match="no answers"):
        LikertRow("x", [1, -2])
    with pytest.raises(ValueError, match="same levels"):
        LikertDiverging("x", [LikertStatement("a", [1, 2]), LikertStatement("b", [1, 2, 3])])


def test_diverging_rows_share_their_neutral_middle() -> None:
    rows = [LikertStatement("a", [2, 2, 4, 1, 1], "10"), LikertStatement("b", [0, 0, 2, 4, 4], "10")]
    root = read(likert_diverging(LikertDiverging("x", rows)))
    (middle,) = all_of(root, "line", stroke=INK)
    neutral = [at(e, "x", "width") for e in all_of(root, "rect", fill="#dfe3e8")]
    for x, wide in neutral:
        assert x + (wide + 1) / 2 == pytest.approx(at(middle, "x1")[0], abs=0.02)
    assert [e.text for e in all_of(root, "text", fill=ORANGE)] == ["40%", "0%"]
    assert [e.text for e in all_of(root, "text", fill=BLUE)] == ["20%", "80%"]


# -- sparkline


def test_a_sparkline_has_gaps_and_a_dot_only_where_it_is_now() -> None:
    root = read(sparkline(Sparkline("x", [2, 3, None, 4, 5], 1, 5)))
    assert [len(places(e)) for e in all_of(root, "polyline")] == [2, 2]
    (now,) = all_of(root, "circle", fill=BLUE)
    assert at(now, "cx", "cy") == places(all_of(root, "polyline")[1])[-1]
    hidden = read(sparkline(Sparkline("x", [2, 3, None], 1, 5)))
    assert not all_of(hidden, "circle")
    broken = read(sparkline(Sparkline("x", [2, 3, 4, 5], 1, 5, frozenset({2}))))
    assert [len(places(e)) for e in all_of(broken, "polyline")] == [2, 2]


def test_sparklines_of_one_table_share_their_scale() -> None:
    low, high = (read(sparkline(Sparkline("x", [v], 1, 5))) for v in (1, 5))
    assert at(all_of(low, "circle")[0], "cy")[0] > at(all_of(high, "circle")[0], "cy")[0] + 5
