"""YAML is read by the rules of YAML 1.2, every value has its place, and what could harm is refused."""

from itertools import pairwise
from typing import Any

import pytest

from assessment.questionnaire import reader
from assessment.questionnaire.finding import Position, Unreadable
from tests.questionnaire.given import SMALLEST, changed, said


def data(text: str) -> Any:  # noqa: ANN401 - whatever stands in the text
    return reader.read(text.encode()).data


def refused(content: str | bytes) -> tuple[int, int, str, str]:
    with pytest.raises(Unreadable) as caught:
        reader.read(content.encode() if isinstance(content, str) else content)
    (finding,) = caught.value.findings
    assert finding.severity == "error"
    return finding.position.line, finding.position.column, finding.rule, finding.sentence


WORDS: dict[str, object] = {
    # words that YAML 1.1 takes for something else
    "No": "No",
    "no": "no",
    "yes": "yes",
    "y": "y",
    "on": "on",
    "Off": "Off",
    "12:30": "12:30",
    "190:20:30": "190:20:30",
    "2026-01-31": "2026-01-31",
    "2026-01-31 12:00:00Z": "2026-01-31 12:00:00Z",
    "1_000": "1_000",
    "0b11": "0b11",
    "=": "=",
    # integers
    "0": 0,
    "12": 12,
    "-3": -3,
    "+3": 3,
    "010": 10,
    "-010": -10,
    "0o10": 8,
    "0x1F": 31,
    "0X1F": "0X1F",
    "0o8": "0o8",
    "-0x1": "-0x1",
    # numbers with a point or a power
    "1.10": 1.1,
    ".5": 0.5,
    "-.5": -0.5,
    "5.": 5.0,
    "1e3": 1000.0,
    "1.5E-2": 0.015,
    "1e": "1e",
    ".": ".",
    "-": [None],
    "+": "+",
    "1.2.3": "1.2.3",
    "1,5": "1,5",
    "\N{ARABIC-INDIC DIGIT ONE}": "\N{ARABIC-INDIC DIGIT ONE}",
    "\N{FULLWIDTH DIGIT ONE}": "\N{FULLWIDTH DIGIT ONE}",
    # what is no finite number is no number here
    ".inf": ".inf",
    "-.INF": "-.INF",
    ".nan": ".nan",
    "1e400": "1e400",
    "9" * 400: "9" * 400,
    "9" * 20: 1e20,
    # nothing
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "nULL": "nULL",
    "None": "None",
    # truth
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "tRUE": "tRUE",
    # in quotes and blocks everything is text
    '"1.10"': "1.10",
    "'12'": "12",
    '"true"': "true",
    '""': "",
    "'~'": "~",
    "|\n  12\n": "12\n",
    ">-\n  12\n  13\n": "12 13",
}


@pytest.mark.parametrize("word", WORDS, ids=lambda word: repr(word[:20]))
def test_a_word_is_read_as_yaml_1_2_reads_it(word: str) -> None:
    value = data(f"key: {word}" if word != "-" else "key:\n-")["key"]
    assert value == WORDS[word]
    assert type(value) is type(WORDS[word])


def test_keys_are_words_or_numbers() -> None:
    assert data("{1: a, 0.5: b, 0x10: c, true: d, ~: e, No: f, '2': g, 2: h}") == {
        1: "a",
        0.5: "b",
        16: "c",
        "true": "d",
        "~": "e",
        "No": "f",
        "2": "g",
        2: "h",
    }


def test_every_value_and_every_key_has_its_place() -> None:
    document = reader.read("a: 1\nlist:\n  - x\n  -   {b: ä, c: [y,\n    z]}\nempty:\n".encode())
    places = {
        (): (1, 1),
        ("a",): (1, 4),
        ("list",): (3, 3),
        ("list", 0): (3, 5),
        ("list", 1): (4, 7),
        ("list", 1, "b"): (4, 11),
        ("list", 1, "c"): (4, 17),
        ("list", 1, "c", 1): (5, 5),
        ("empty",): (6, 7),
    }
    assert {path: (document.values[path].line, document.values[path].column) for path in places} == places
    assert document.place(("list", 1, "c"), of_key=True) == Position(4, 14)
    assert document.place(("a",), of_key=True) == Position(1, 1)


def test_the_place_of_what_is_not_there_is_that_of_what_it_would_be_in() -> None:
    document = reader.read(b"a:\n  b: [x]\n")
    assert document.place(("a", "b", 7, "c")) == document.values["a", "b"]
    assert document.place(("z",)) == Position(1, 1)


def test_columns_count_characters_not_bytes() -> None:
    assert reader.read("{ä: 😀, b: c}".encode()).values["b",] == Position(1, 11)


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_each_of_three_ways(ends: str) -> None:
    document = reader.read("a: 1\nb: 2\n".replace("\n", ends).encode())
    assert document.data == {"a": 1, "b": 2}
    assert document.values["b",] == Position(2, 4)
    assert refused("a: ä\nb: \xa0\x01".replace("\n", ends))[:2] == (2, 5)
    assert refused("a: ä\nb: ö".replace("\n", ends).encode() + b"\xff")[:2] == (2, 5)


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    document = reader.read(b"\xef\xbb\xbfa: b\n")
    assert document.data == {"a": "b"}
    assert document.values["a",] == Position(1, 4)
    assert refused(b"\xef\xbb\xbfa: \xe4\n")[:3] == (1, 4, "encoding")
    assert refused("a: b\n\ufeffc: d")[:3] == (2, 1, "yaml")


@pytest.mark.parametrize(
    ("content", "place", "byte"),
    [
        ("a: b\ntitle: Reifegrad für alle\n".encode("latin-1"), (2, 19), "0xfc"),
        ("ä: ü\nb: ".encode() + b"\xe4", (2, 4), "0xe4"),
        (b"a: \xed\xa0\x80", (1, 4), "0xed"),  # half of a pair
        (b"a: \xc0\xaf", (1, 4), "0xc0"),  # longer than need be
        ("a: b".encode("utf-16"), (1, 1), "0xff"),
        (b"\x89PNG\r\n\x1a\n", (1, 1), "0x89"),
        (b"a: \xc3", (1, 4), "0xc3"),  # cut off
    ],
)
def test_a_byte_that_is_not_utf_8_is_told_with_its_place(content: bytes, place: tuple[int, int], byte: str) -> None:
    assert refused(content) == (*place, "encoding", f"byte {byte} is not UTF-8; save the file as UTF-8")


@pytest.mark.parametrize("code", [0x00, 0x07, 0x0B, 0x1B, 0x7F, 0x80, 0x85, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF])
def test_a_character_that_no_text_has_is_refused_with_its_place(code: int) -> None:
    sentence = f"the character U+{code:04X} may not stand in a file; remove it"
    assert refused(f"a: ä\nb: 😀{chr(code)}c\n") == (2, 5, "yaml", sentence)


@pytest.mark.parametrize("text", ["a\tb", "a\u00a0b", "\u2027\u202a", "\ufefe\uff00", "\ufffd", "\U0001f600\U0010ffff"])
def test_other_characters_are_text(text: str) -> None:
    assert data(f"key: x{text}x") == {"key": f"x{text}x"}


@pytest.mark.parametrize("escape", [r"\ud800", r"\udfff", r"\U00110000", r"\Uffffffff", r"\q", r"\x4"])
def test_an_escape_that_stands_for_no_character_is_refused(escape: str) -> None:
    assert refused(f'a: "{escape}"')[2] == "yaml"


def test_a_key_that_stands_twice_is_told_with_the_line_of_the_first() -> None:
    with pytest.raises(Unreadable) as caught:
        reader.read(b"a: 1\nb: {c: 1, c: 2}\na: 3\na: 4\n")
    assert [(found.position.line, found.position.column, found.sentence) for found in caught.value.findings] == [
        (2, 11, "the key `c` stands here again (first in line 2)"),
        (3, 1, "the key `a` stands here again (first in line 1)"),
        (4, 1, "the key `a` stands here again (first in line 1)"),
    ]


@pytest.mark.parametrize("keys", ["1: a, 1.0: b", "8: a, 0o10: b", "~: a, '~': b", "true: a, 'true': b", "1: a, +1: b"])
def test_keys_that_mean_the_same_stand_twice(keys: str) -> None:
    assert refused(f"{{{keys}}}")[2] == "duplicate-key"


def test_keys_that_only_look_alike_are_two() -> None:
    assert data("{1: a, '1': b, True: c, true: d}") == {1: "a", "1": "b", "True": "c", "true": "d"}


@pytest.mark.parametrize("text", ["a: *b", "a: &b c", "&a a: b", "- &b [c]\n- *b", "a: &b\n  c: d", "? *a\n: b"])
def test_neither_aliases_nor_their_anchors_are_read(text: str) -> None:
    assert refused(text)[2] == "alias"


def test_a_file_that_would_grow_to_millions_of_values_is_refused_at_its_first_anchor() -> None:
    steps = "\n".join(f"{name}: &{name} [{', '.join([f'*{below}'] * 9)}]" for below, name in pairwise("abcdefgh"))
    assert refused(f"a: &a [x]\n{steps}")[:3] == (1, 4, "alias")


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("a: !!str 12", "!!str"),
        ("a: !!python/object/apply:os.getcwd []", "!!python/object/apply:os.getcwd"),
        ("a: !own b", "!own"),
        ("a: ! 12", "!"),
        ("!!map {a: b}", "!!map"),
        ("!!str a: b", "!!str"),
        ("%TAG !e! tag:example.org,2026:\n---\na: !e!b c", "tag:example.org,2026:b"),
    ],
)
def test_tags_are_not_read(text: str, tag: str) -> None:
    assert refused(text)[2:] == ("tag", f"the tag `{tag}` is not read; remove it")


def test_a_value_may_be_twenty_levels_deep_and_no_deeper() -> None:
    assert data(f"a: {'[' * 19}x{']' * 19}")
    assert refused(f"a: {'[' * 20}x{']' * 20}") == (1, 24, "too-deep", "this is nested more than 20 levels deep")
    assert refused("\n".join(f"{' ' * depth}a:" for depth in range(30)))[:3] == (22, 22, "too-deep")


@pytest.mark.parametrize("part", ["[", "{a: ", "- ", "? "])
def test_depth_is_refused_before_it_costs_anything(part: str) -> None:
    assert refused(part * (reader.LARGEST_FILE // len(part)))[2] in {"too-deep", "yaml"}


def test_a_file_may_be_256_kib_large_and_no_larger() -> None:
    start = b"a: b\n#"
    assert reader.read(start + b"x" * (reader.LARGEST_FILE - len(start))).data == {"a": "b"}
    for size in (256 * 1024 + 1, 2_000_000):
        sentence = "the file is larger than 256 KiB, the most that is read"
        assert refused(start + b"x" * (size - len(start))) == (1, 1, "file-size", sentence)


def test_a_file_may_have_20_000_keys_and_values_and_no_more() -> None:
    values = (reader.MOST_NODES - 3) * ["1"]  # beside the map, its key and the list
    assert len(reader.read(f"a: [{','.join(values)}]".encode()).data["a"]) == len(values)
    sentence = "there are more than 20,000 keys and values up to here; no questionnaire has as many"
    assert refused(f"a: [{','.join([*values, '1'])}]")[2:] == ("file-size", sentence)


@pytest.mark.parametrize("text", ["", "\n\n", "# a comment\n", " ", "\ufeff"])
def test_an_empty_file_says_nothing(text: str) -> None:
    assert refused(text) == (1, 1, "yaml", "the file is empty")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("- a", "this is a list"),
        ("a", "this is a single value"),
        ("12", "this is a single value"),
        ("---\n", "this is empty"),
        ("~", "this is empty"),
    ],
)
def test_a_file_that_is_no_map_is_no_questionnaire(text: str, sentence: str) -> None:
    (line,) = said(text)
    assert f"error: a questionnaire is a map of keys to values, {sentence} [wrong-value]" in line


def test_a_file_holds_one_document() -> None:
    assert data("%YAML 1.2\n---\na: b\n...\n") == {"a": "b"}
    assert refused("a: b\n---\nc: d\n")[:3] == (2, 1, "yaml")
    assert refused("a: b\n...\nc: d\n")[2] == "yaml"
    assert refused("%YAML 3.0\n---\na: b\n")[2] == "yaml"


def test_a_tab_may_stand_between_words_but_not_indent() -> None:
    assert data("a:\tb\tc") == {"a": "b\tc"}
    line, column, rule, sentence = refused("a:\n  b: c\n\td: e\n")
    assert (line, column, rule) == (3, 1, "yaml")
    assert sentence.endswith("indent with spaces instead of tabs")


def test_quotes_that_are_not_closed_are_told_with_the_line_where_they_open() -> None:
    line, _, _, sentence = refused('a: b\nc: "d\ne: f\n')
    assert line == 4
    assert sentence.endswith("while scanning a quoted scalar begun in line 2; the quotes are not closed")


@pytest.mark.parametrize("text", ["[a]: b", "{a: b}: c", "? [a]\n: b", "? {a: b}\n"])
def test_a_key_is_no_list_and_no_map(text: str) -> None:
    assert refused(text)[2:] == ("yaml", "a key must be a word or a number, not a list or a mapping")


def test_what_a_finding_quotes_stays_on_its_line_and_commands_no_terminal() -> None:
    (line,) = said(changed(SMALLEST, ("title: Tiny", 'title: Tiny\n"a\\n\\e[31m\\u202e": b')))
    assert line.startswith("f:6:1: error: unknown key `a��[31m�`;")


def test_what_a_finding_quotes_is_short() -> None:
    for long in ("version: " + "x" * 5000, f"{'x' * 900}: y\n{'x' * 900}: z", "title: {" + "x" * 900 + ": T}"):
        text = changed(SMALLEST, ('version: "1"', long)) if long[0] == "v" else SMALLEST.replace("title: Tiny", long)
        assert said(text)
        assert all(len(line) < 300 for line in said(text))
