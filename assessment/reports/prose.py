"""Prose of a questionnaire: Markdown becomes HTML, and what is dangerous in it does not survive."""

from functools import lru_cache

import nh3
from babel import Locale, UnknownLocaleError
from markdown_it import MarkdownIt
from markupsafe import Markup

_TAGS = {"a", "blockquote", "br", "code", "em", "hr", "li", "ol", "p", "pre", "strong", "ul"}
# The page has its headings already, and what an image shows its author cannot know: another host would see who reads.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable(["image", "heading", "lheading"])


@lru_cache(maxsize=256)
def as_html(markdown: str) -> Markup:
    """Give Markdown as HTML that may stand in a page; sanitised last."""
    clean = nh3.clean(_MARKDOWN.render(markdown), tags=_TAGS, attributes={"a": {"href"}}, url_schemes={"https", "http"})
    return Markup(clean)  # noqa: S704 - nh3 let nothing through but the few tags above


def direction(language: str) -> str:
    """Give the direction a language is written in: `ltr`, `rtl`, or `auto` where it is not known."""
    try:
        return Locale.parse(language, sep="-").text_direction
    except (UnknownLocaleError, ValueError):
        return "auto"
