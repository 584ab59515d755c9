"""What the charts are made of: colours, scales, measured text, the bundled fonts."""

from importlib import resources
from itertools import pairwise

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from assessment.reports.charts import cut_axis, heat, heat_class, heat_legend, is_drawable, likert_fills, missing
from assessment.reports.charts.palette import BLUE, INK, LIKERT, MUTED, ORANGE, SEQUENTIAL, WHITE, contrast, ink_on
from assessment.reports.charts.scale import Scale, tick_labels, ticks
from assessment.reports.charts.svg import clean
from assessment.reports.charts.text import ELLIPSIS, WEIGHTS, Style, face, shorten, width, wrap

READABLE = 4.5
FONTS = resources.files("assessment") / "static" / "fonts"
ON_EVERY_PAGE = "▲▼≥≤−✓×·–—“”‘’…€→←↑↓●○ÄÖÜäöüßéèçñøåŁłŞşČčŐőİ\N{LATIN SMALL LETTER DOTLESS I}0123456789%+"
LABEL = Style(100)


# -- colours


@pytest.mark.parametrize(
    ("value", "place"),
    [(1, 0), (1.74, 0), (1.75, 1), (1.8, 1), (2.54, 1), (2.55, 2), (2.6, 2), (3.35, 3), (4.2, 4), (5, 4)],
)
def test_the_printed_figure_decides_the_class_of_a_cell(value: float, place: int) -> None:
    assert heat_class(value, 1, 5) == place
    assert heat(value, 1, 5)[0] == SEQUENTIAL[place]


@given(st.floats(1, 5), st.floats(1, 5))
def test_cells_that_read_alike_look_alike(one: float, other: float) -> None:
    if f"{one:.6f}"[:3] == f"{other:.6f}"[:3] and round(one, 1) == round(other, 1):
        assert heat(one, 1, 5) == heat(other, 1, 5)


def test_the_legend_names_each_class_by_its_printed_figures() -> None:
    assert [part.label for part in heat_legend(1, 5)] == ["1.0–1.7", "1.8–2.5", "2.6–3.3", "3.4–4.1", "4.2–5.0"]
    assert [part.label for part in heat_legend(0, 0.3)] == ["0.0", "0.1", "0.2", "0.3"]


@pytest.mark.parametrize(("low", "high"), [(1, 5), (0, 3), (0, 1), (1, 10), (-2, 2), (0, 100)])
def test_every_printed_figure_of_a_scale_lies_in_the_class_whose_legend_names_it(low: int, high: int) -> None:
    spans = {part.fill: part.label.replace("−", "-") for part in heat_legend(low, high)}
    for tenth in range(low * 10, high * 10 + 1):
        first, _, last = spans[heat(tenth / 10, low, high)[0]].partition("–")
        assert float(first) <= tenth / 10 <= float(last)


@pytest.mark.parametrize("levels", range(2, 12))
def test_likert_fills_run_from_one_end_to_the_other_and_differ(levels: int) -> None:
    fills = likert_fills(levels)
    assert len(set(fills)) == levels
    assert (fills[0], fills[-1]) == (LIKERT[0], LIKERT[-1])
    assert (LIKERT[2] in fills) == (levels % 2 == 1)
    lightness = [contrast(fill, "#000000") for fill in fills]
    side = levels // 2
    assert lightness[:side] == sorted(lightness[:side])
    assert lightness[-side:] == sorted(lightness[-side:], reverse=True)


def test_five_levels_have_the_colours_of_the_design() -> None:
    assert likert_fills(5) == list(LIKERT)


@pytest.mark.parametrize("levels", [-1, 0, 1, 12])
def test_there_are_no_colours_for_one_level_or_a_dozen(levels: int) -> None:
    with pytest.raises(ValueError, match="2 to 11"):
        likert_fills(levels)


def test_figures_are_readable_on_every_fill_and_words_on_white() -> None:
    fills = [*SEQUENTIAL, *(fill for levels in range(2, 12) for fill in likert_fills(levels))]
    assert min(contrast(ink_on(fill), fill) for fill in fills) >= READABLE
    assert min(contrast(ink, WHITE) for ink in (INK, MUTED, BLUE, ORANGE)) >= READABLE


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)


# -- scales


def test_a_scale_places_values_between_its_ends() -> None:
    scale = Scale(1, 5, 100, 20)
    assert [scale(value) for value in (1, 3, 5)] == [100, 60, 20]


@pytest.mark.parametrize("value", [0.9, 5.1, float("nan")])
def test_a_value_beyond_the_scale_is_refused_rather_than_drawn_elsewhere(value: float) -> None:
    with pytest.raises(ValueError, match="outside"):
        Scale(1, 5, 0, 1)(value)


def test_a_scale_without_length_is_refused() -> None:
    with pytest.raises(ValueError, match="no length"):
        Scale(3, 3, 0, 1)


@pytest.mark.parametrize(
    ("low", "high", "labels"),
    [
        (1, 5, ["1", "2", "3", "4", "5"]),
        (0, 3, ["0", "1", "2", "3"]),
        (0, 1, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
        (1, 10, ["1", "4", "7", "10"]),
        (0, 10, ["0", "2", "4", "6", "8", "10"]),
        (1.5, 4, ["1.5", "2.0", "2.5", "3.0", "3.5", "4.0"]),
        (-2, 2, ["−2", "−1", "0", "1", "2"]),
        (1, 8, ["1", "3", "5", "8"]),
    ],
)
def test_scales_are_labelled_in_round_steps_with_both_ends(low: float, high: float, labels: list[str]) -> None:
    assert tick_labels(ticks(low, high)) == labels


@given(
    st.lists(st.none() | st.floats(0, 1), max_size=12),
    st.sampled_from([(1.0, 5.0), (0.0, 3.0), (0.0, 1.0), (1.0, 10.0), (0.0, 100.0), (1.0, 2.0), (0.0, 7.0)]),
)
def test_a_cut_axis_holds_all_values_and_half_of_the_scale(
    shares: list[float | None], scale: tuple[float, float]
) -> None:
    low, high = scale
    values = [None if share is None else low + share * (high - low) for share in shares]
    bottom, top = cut_axis(values, low, high)
    assert low <= bottom < top <= high
    assert top - bottom >= (high - low) / 2 - 1e-9
    assert all(bottom - 1e-9 <= value <= top + 1e-9 for value in values if value is not None)


def test_an_axis_is_cut_where_values_lie_close_and_whole_where_they_do_not() -> None:
    assert cut_axis([2.2, 2.8, 3.55], 1, 5) == (2, 4)
    assert cut_axis([1.2, 2.8, 4.9], 1, 5) == (1, 5)
    assert cut_axis([None, None], 1, 5) == (1, 5)
    assert cut_axis([4.9, 5.0], 1, 5) == (3, 5)


# -- text


@pytest.mark.parametrize(
    ("content", "weight", "expected"),
    [
        ("AVATAR To fi", 400, 608.398),
        ("2.8", 400, 149.414),
        ("−0.2", 400, 216.504),
        ("3.1 ▲ 0.4", 600, 442.236),
        ("Product delivery", 700, 805.859),
        ("Lean-agile (ART)", 400, 800.244),
        ("Τέλος Αθήνα", 400, 627.783),
        ("Ёжик Топливо", 600, 706.934),
        ("T-shirt, V. Yo/Wa", 700, 825.146),
    ],
)
def test_text_is_measured_as_a_shaping_engine_sets_it(content: str, weight: int, expected: float) -> None:
    assert width(content, Style(100, weight)) == pytest.approx(expected, abs=0.001)


def test_letters_of_other_fonts_are_given_room_too() -> None:
    assert width("日本", LABEL) == pytest.approx(200)
    assert width("م", LABEL) > 0


def test_a_weight_that_is_not_bundled_is_refused() -> None:
    with pytest.raises(ValueError, match="400, 500, 600, 700"):
        width("x", Style(10, 450))


@pytest.mark.parametrize(
    ("content", "drawn"),
    [
        ("  two \n lines\t", "two lines"),
        ("e\N{COMBINING ACUTE ACCENT}", "é"),
        ("null\0escape\x1b", "null escape"),
        ("turned\N{RIGHT-TO-LEFT OVERRIDE}round", "turnedround"),
        ("half\ud800pair", "half pair"),
        ("no\N{NO-BREAK SPACE}break", "no\N{NO-BREAK SPACE}break"),
    ],
)
def test_text_is_drawn_on_one_line_without_what_has_no_shape(content: str, drawn: str) -> None:
    assert clean(content) == drawn


@given(st.text(max_size=60), st.floats(60, 900), st.integers(1, 3))
def test_wrapped_text_fits_and_loses_nothing_without_an_ellipsis(content: str, limit: float, lines: int) -> None:
    wrapped = wrap(content, limit, Style(10), lines)
    assert len(wrapped) <= lines
    assert all(width(line, Style(10)) <= limit for line in wrapped)
    if not any(ELLIPSIS in line for line in wrapped):
        assert "".join("".join(wrapped).split()) == "".join(clean(content).split())


def test_names_break_at_spaces_hyphens_and_slashes_and_are_shortened_last() -> None:
    style = Style(10)
    assert wrap("Product delivery", 60, style) == ("Product", "delivery")
    assert wrap("DevOps/Release on demand", 90, style) == ("DevOps/Release", "on demand")
    assert wrap("Built-in quality", 40, style, 3) == ("Built-in", "quality")
    assert wrap("Lean", 60, style) == ("Lean",)
    assert wrap("", 60, style) == ()
    (cut,) = wrap("Organisationsentwicklung", 60, style, 1)
    assert cut.startswith("Organ")
    assert cut.endswith(ELLIPSIS)


def test_shortening_keeps_as_much_as_fits() -> None:
    whole = "Continuous learning culture"
    kept = [shorten(whole, limit, Style(10)) for limit in range(20, 200, 5)]
    assert kept[-1] == whole
    assert all(len(one) <= len(other) for one, other in pairwise(kept))


def test_letters_the_font_lacks_are_named_before_they_become_boxes() -> None:
    assert missing("Łódź, Αθήνα, Київ, Île: ≥ 4.5 ▲ → ✓") == frozenset()
    assert missing("OK 日本") == {"日", "本"}


def test_text_that_runs_leftward_belongs_outside_the_drawing() -> None:
    assert is_drawable("Teamflow")
    assert not is_drawable("فريق")
    assert not is_drawable("צוות")
    assert not is_drawable("日本")


# -- fonts


@pytest.mark.parametrize("weight", WEIGHTS)
def test_full_fonts_cover_latin_greek_and_cyrillic_alphabets(weight: int) -> None:
    blocks = [range(0x20, 0x7F), range(0xA0, 0x180), range(0x386, 0x3CF), range(0x400, 0x460), range(0x490, 0x49E)]
    letters = {chr(code) for block in blocks for code in block}
    unused = {"\N{SOFT HYPHEN}", "\u0149", "\u0387", "\u038b", "\u038d", "\u03a2"}
    glyphs = face(weight).glyphs
    assert {letter for letter in letters - unused if ord(letter) not in glyphs} == set()


@pytest.mark.parametrize("weight", WEIGHTS)
def test_page_fonts_hold_the_marks_and_features_pages_use(weight: int) -> None:
    file = FONTS / f"inter-web-{weight}.woff2"
    with file.open("rb") as source, TTFont(source) as font:
        assert {c for c in ON_EVERY_PAGE if ord(c) not in font.getBestCmap()} == set()
        assert {"tnum", "calt"} <= {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
        assert "kern" in {record.FeatureTag for record in font["GPOS"].table.FeatureList.FeatureRecord}
        assert font["OS/2"].usWeightClass == weight
    assert len(file.read_bytes()) < 24_000


def test_the_fonts_come_with_their_licence() -> None:
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS / "OFL.txt").read_text("utf-8")
