"""The anthology as one page: style, script, font and images inside, so that it opens from disk and asks for nothing."""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Iterable
from dataclasses import replace

from markupsafe import Markup

from pipeline.book import ResolvedBook
from pipeline.diagnostics import Reporter
from pipeline.phrases import phrases_for
from pipeline.resolve import formulas_of
from pipeline.writers.contract import Artefact, File, WriterOptions
from pipeline.writers.html_colours import colour_rules
from pipeline.writers.html_policy import content_policy
from pipeline.writers.html_sizes import Extent, extent_of
from pipeline.writers.html_view import BookView, PartView, book_view, part_views, post_view
from pipeline.writers.mathfont import math_font
from pipeline.writers.rendering import Rendering
from pipeline.writers.styles import markup_environment, read_style

_FONT = "Book Math"  # the name that book.css asks for
_TAG = re.compile(r"<[^>]*>")


def write_html(book: ResolvedBook, options: WriterOptions, reporter: Reporter) -> Artefact:  # noqa: ARG001 - a Writer
    """Return the book as ``<slug>.html``."""
    page = _rendering(book)
    posts = tuple(
        post_view(book, post, replace(page, post_url=post.url, note_prefix=f"{post.id}-n"), place)
        for place, post in enumerate(book.posts)
    )
    text = render_page(book_view(book, page), part_views(book, posts), page_style(book))
    return Artefact((File(f"{options.slug}.html", text.encode()),))


def _rendering(book: ResolvedBook) -> Rendering:
    """Everything is on this page, so an address is an id; part titles stand between the book's and a post's."""
    language = book.config.metadata.language
    return Rendering(
        post_href=lambda name: f"#{name}",
        anchor_href=lambda name: f"#{name}",
        resource_href=lambda name: _data_uri(book.resources[name].media_type, book.resources[name].content),
        phrases=phrases_for(language),
        language=language,
        heading_base=4 if book.parts else 3,
        permalinks=True,
        data_tex=True,
    )


def render_page(view: BookView, shown: tuple[PartView, ...], style: str, *, home: str = "") -> str:
    """Return a page with the parts ``shown``; ``home`` is the address of the page that has the contents' front."""
    script = read_style("anthology.js")
    return (
        markup_environment()
        .get_template("anthology.html.j2")
        .render(
            book=view,
            shown=shown,
            title=view.title,
            home=home,
            about=not home,
            policy=content_policy(style, script),
            style=Markup(style),  # noqa: S704 - ours, and generated from ids, numbers and colours alone
            script=Markup(script),  # noqa: S704 - ours
        )
    )


def page_style(book: ResolvedBook) -> str:
    """Return the whole style sheet of a page with every post of ``book``."""
    formulas = [math.mathml for post in book.posts for math in formulas_of(post) if math.mathml]
    font = _font_face(formulas) if book.config.html.embed_font and formulas else ""
    sizes = "".join(_size_rule(post.id, extent_of(post)) for post in book.posts)
    return "\n".join((font, read_style("book.css"), read_style("anthology.css"), colour_rules(formulas), sizes))


def _size_rule(post_id: str, extent: Extent) -> str:
    return f"#{post_id}{{--text:{extent.text:.0f};--rest:{extent.rest:.0f}}}\n"


def _font_face(formulas: Iterable[str]) -> str:
    characters = {character for formula in formulas for character in html.unescape(_TAG.sub("", formula))}
    uri = _data_uri("font/woff2", math_font(characters))
    return f'@font-face{{font-family:"{_FONT}";src:url({uri}) format("woff2")}}\n'


def _data_uri(media_type: str, content: bytes) -> str:
    return f"data:{media_type};base64,{base64.b64encode(content).decode()}"
