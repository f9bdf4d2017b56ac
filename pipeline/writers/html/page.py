"""One page of HTML: style, script, font and images inside, so that it opens from disk and asks for nothing."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from typing import Final

from markupsafe import Markup

from pipeline.book import Post, ResolvedBook
from pipeline.phrases import phrases_for
from pipeline.writers.html.policy import content_policy
from pipeline.writers.html.sizes import extent_of
from pipeline.writers.html.view import BookView
from pipeline.writers.mathfont import math_font
from pipeline.writers.styles import markup_environment, read_style
from pipeline.writers.xhtml.rendering import Href, Rendering

_FONT: Final = "Book Math"  # the name that book.css asks for
_UNREAD: Final = re.compile(r"^ *(?://.*\n)?", re.MULTILINE)


def page_rendering(book: ResolvedBook, href: Href = "#{}".format) -> Rendering:
    """Return how posts are rendered on a page for which ``href`` gives the addresses of ids."""
    return Rendering(
        post_href=href,
        anchor_href=href,
        resource_href=lambda name: _data_uri(book.resources[name].media_type, book.resources[name].content),
        phrases=phrases_for(book.config.metadata.language),
        heading_base=4 if book.parts else 3,  # under the book's title, the part's and the post's
        permalinks=True,
        data_tex=True,
    )


def page_style(font: str, rules: str, *sheets: str) -> str:
    """Return the sheet of a page: the rule for its ``font``, typography, formulas, page, ``sheets`` and ``rules``."""
    texts = (read_style(name) for name in ("book.css", "math.css", "anthology.css", *sheets))
    return "\n".join((font, *texts, rules))


def page_script() -> str:
    """Return the script of a page, without what only its editor reads: lines of comment, and indentation."""
    return _UNREAD.sub("", read_style("anthology.js"))


def render_page(template: str, view: BookView, style: str, **context: object) -> str:
    """Return a page made of a template that extends the shell; ``context`` is what the template needs besides."""
    script = page_script()
    values: dict[str, object] = {
        "book": view,
        "home": "",
        "search": "",
        "policy": content_policy(style, script),
        "style": Markup(style),  # noqa: S704 - ours, and generated from ids, numbers and colours alone
        "script": Markup(script),  # noqa: S704 - ours
    }
    return markup_environment().get_template(template).render(values | context)


def size_rules(posts: Iterable[Post]) -> str:
    """Return a rule for each post with its estimated extent, which ``anthology.css`` makes a height of."""
    extents = ((post.id, extent_of(post)) for post in posts)
    return "".join(f"#{name}{{--text:{extent.text:.0f};--rest:{extent.rest:.0f}}}\n" for name, extent in extents)


def font_face(book: ResolvedBook, formulas: Iterable[str]) -> str:
    """Return the rule that brings the math font for ``formulas`` (MathML); empty without any, or if none is wanted."""
    drawn = tuple(formulas)
    if not drawn or not book.config.html.embed_font:
        return ""
    source = _data_uri("font/woff2", math_font(drawn))
    return f'@font-face{{font-family:"{_FONT}";src:url({source}) format("woff2")}}\n'


def _data_uri(media_type: str, content: bytes) -> str:
    return f"data:{media_type};base64,{base64.b64encode(content).decode()}"
