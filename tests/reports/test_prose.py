"""A questionnaire's introduction may be written by anybody."""

from html.parser import HTMLParser

import pytest

from assessment.reports.prose import as_html


def parts_of(html: str) -> tuple[set[str], set[tuple[str, str | None]]]:
    """Give the tags and attributes that a browser finds in HTML."""
    tags: set[str] = set()
    attributes: set[tuple[str, str | None]] = set()

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            tags.add(tag)
            attributes.update(attrs)

    Reader().feed(html)
    return tags, attributes


def test_markdown_becomes_html() -> None:
    assert as_html("Think of *three*:\n\n- one\n- two") == (
        "<p>Think of <em>three</em>:</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"
    )


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![x](https://elsewhere.example/x.png)",
        "[x](javascript:alert(1))",
        "[x](data:text/html,<script>)",
        '<a href="https://x.example" onclick="alert(1)">x</a>',
        "<style>p{display:none}</style>",
        "<svg><script>alert(1)</script></svg>",
    ],
)
def test_nothing_in_it_runs_or_is_fetched(hostile: str) -> None:
    tags, attributes = parts_of(as_html(hostile))
    assert tags <= {"p", "a"}
    assert attributes <= {("href", "https://elsewhere.example/x.png"), ("rel", "noopener noreferrer")}


def test_it_has_no_headings_for_the_page_has_its_own() -> None:
    assert as_html("# One\n\nTwo\n---") == "<p># One</p>\n<p>Two</p>\n<hr>\n"


def test_a_link_tells_nobody_where_one_came_from() -> None:
    assert as_html("[x](https://example.org/)") == (
        '<p><a href="https://example.org/" rel="noopener noreferrer">x</a></p>\n'
    )
