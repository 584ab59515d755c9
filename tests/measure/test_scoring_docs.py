"""The examples in docs/scoring.md are what the program does, and every method that a release can name is told there."""

import doctest
import re
from pathlib import Path

from assessment.measure import scoring

PAGE = Path(__file__).parents[2] / "docs" / "scoring.md"
BLOCK = re.compile(r"^```pycon\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_examples_give_what_the_page_says() -> None:
    words = PAGE.read_text("utf-8")
    blocks = [(words.count("\n", 0, found.start()) + 1, found[1]) for found in BLOCK.finditer(words)]
    examples = [example for line, text in blocks for example in _examples(text, line)]
    assert len(examples) > 30
    together = doctest.DocTest(examples, {}, PAGE.name, str(PAGE), 0, None)
    told: list[str] = []
    result = doctest.DocTestRunner(verbose=False).run(together, out=told.append)
    assert not result.failed, "".join(told)


def test_the_page_names_the_method_and_the_source_of_each_formula() -> None:
    words = " ".join(PAGE.read_text("utf-8").split())
    assert f"`{scoring.METHOD}`" in words
    for source in ("35 (2001), 325-341", "2 (1999), 49-68", "69 (1984), 85-98", "2003, chapter 1"):
        assert source in words


def _examples(text: str, line: int) -> list[doctest.Example]:
    found = doctest.DocTestParser().get_examples(text)
    for example in found:
        example.lineno += line
    return found
