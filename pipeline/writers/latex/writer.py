"""The printed book as LaTeX: a pure function from the resolved book to the text that XeLaTeX reads.

The design stands in styles/book.tex.j2, the order of what the book holds in body.tex.j2; this module fills them in with
values that are escaped already. Contents, lists and bookmarks are written out here rather than collected by LaTeX.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import count
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from pipeline.book import Post, PostDate, ResolvedBook, Truncated
from pipeline.config import BuildConfig, PdfOptions
from pipeline.document import ReadMore
from pipeline.phrases import Phrases, phrases_for, primary_language
from pipeline.walk import iter_blocks
from pipeline.writers.cjk import has_wide_marks, sets_squares
from pipeline.writers.dates import date_text, year_note
from pipeline.writers.latex.blocks import blocks_to_latex, cut_mark, kept_with_next
from pipeline.writers.latex.hyphenation import patterns_for
from pipeline.writers.latex.inlines import bookmark, kept_end, link_to, running_title, title_to_latex, with_title_breaks
from pipeline.writers.latex.matter import Fonts, about, colophon, imprint
from pipeline.writers.latex.page import page_of
from pipeline.writers.latex.setting import FormulaSetter, Setting
from pipeline.writers.latex.text import escape, pdf_string
from pipeline.writers.metadata import title_of
from pipeline.writers.styles import styles_folder

_INDENTS: Final = {"zh": 2, "ja": 1}
"""Of a paragraph, in ems, where a language has its own (for Japanese: JLREQ 3.5.1)."""

_BOOKMARKED: Final = ("title_page", "about", "contents", "series", "truncated_list", "colophon")


@dataclass(frozen=True, slots=True)
class PartView:
    """A part of the book as the template sees it."""

    anchor: str
    title: str
    bookmark: str
    posts: tuple[PostView, ...] = ()


@dataclass(frozen=True, slots=True)
class PostView:
    """A post as the template sees it; every text is TeX."""

    id: str
    listed: str  # the title in a list
    heading: str  # the title where it is large
    running: str  # the title at the head of a page
    bookmark: str
    date: str
    day: str  # in a list
    note: str  # behind the title in the contents
    remarks: str
    body: str
    mentions: str
    part: PartView | None = None  # the part that begins with this post


@dataclass(frozen=True, slots=True)
class SeriesView:
    """A series in the index of series."""

    name: str
    posts: tuple[PostView, ...]


def book_start(config: BuildConfig) -> str:
    """Return the beginning of the ``.tex``, up to the first page: it depends on no post."""
    metadata = config.metadata
    phrases = phrases_for(metadata.language)
    start = template("book.tex.j2").render(
        page=page_of(config.pdf, metadata.language),
        fonts=Fonts.of(config.pdf, metadata.language),
        wide_marks=has_wide_marks(metadata.language),
        first_indented=sets_squares(metadata.language),
        indent=_INDENTS.get(primary_language(metadata.language), 1.5),
        patterns=patterns_for(metadata.language),
        title=escape(title_of(metadata, phrases)),
        bookmarks=_bookmarks(phrases),
    )
    return f"{start}\n"


def book_rest(book: ResolvedBook, formula: FormulaSetter, images: dict[str, str] | None = None) -> str:
    """Return the ``.tex`` behind its beginning; ``formula`` sets one formula, ``images`` names the pictures' files.

    The formulas of a post are numbered from 0, those in its title aside.
    """
    phrases = phrases_for(book.config.metadata.language)
    setting = Setting(phrases, formula, page_of(book.config.pdf, book.config.metadata.language), images or {})
    views = {post.id: post_view(post, book, replace(setting, blocks=count(1))) for post in book.posts}
    parts = tuple(
        PartView(
            f"part-{number}", escape(part.title), pdf_string(part.title), tuple(views[post] for post in part.posts)
        )
        for number, part in enumerate(book.parts, 1)
    )
    openings = {part.posts[0].id: part for part in parts if part.posts}
    metadata = book.config.metadata
    return template("body.tex.j2").render(
        title=escape(title_of(metadata, phrases)),
        subtitle=escape(metadata.subtitle),
        author=escape(metadata.author),
        publisher=escape(metadata.publisher),
        words=_Words(phrases),
        bookmarks=_bookmarks(phrases),
        source_name=escape(metadata.source_name),
        imprint=imprint(metadata, phrases),
        about=about(book, phrases),
        colophon=colophon(book.config, phrases),
        parts=parts,
        posts=tuple(replace(view, part=openings.get(view.id)) for view in views.values()),
        series=tuple(SeriesView(escape(s.name), tuple(views[post] for post in s.posts)) for s in book.series),
        cut=tuple(views[post] for post in book.summary.truncated),
    )


def _bookmarks(phrases: Phrases) -> dict[str, str]:
    return {name: pdf_string(getattr(phrases, name)) for name in _BOOKMARKED}


def trial_driver(options: PdfOptions, language: str) -> str:
    """Return the ``.tex`` that tries formulas with the fonts and on the measure of the book."""
    return template("trial.tex.j2").render(
        page=page_of(options, language), fonts=Fonts.of(options, language), wide_marks=has_wide_marks(language)
    )


class _Words:
    """The book's own words, escaped when the template asks for them."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases

    def __getattr__(self, name: str) -> str:
        return escape(getattr(self._phrases, name))


@cache
def template(name: str) -> Template:
    """Return a template of styles/, whose delimiters are commands so that editors take it for LaTeX."""
    environment = Environment(
        loader=FileSystemLoader(styles_folder(), encoding="utf-8"),
        undefined=StrictUndefined,
        block_start_string=r"\BLOCK{",
        block_end_string="}",
        variable_start_string=r"\VAR{",
        variable_end_string="}",
        comment_start_string=r"\COMMENT{",
        comment_end_string="}",
        line_comment_prefix="%#",
        trim_blocks=True,
        autoescape=False,  # noqa: S701 - TeX, not markup: the writer escapes every value
    )
    return environment.get_template(name)


def post_view(post: Post, book: ResolvedBook, setting: Setting) -> PostView:
    """Return a post as TeX, as ``book_rest`` puts it into the template; ``setting`` is the book's."""
    setting = replace(setting, post_url=book.url_of(post), own_page=bool(post.url))
    title = title_to_latex(post.title, setting)
    day = escape(_day(post.date, setting.phrases, with_year=not book.parts))
    mark = escape(setting.phrases.excerpt) if book.marks_cut(post) else ""
    body = _body(post, replace(setting, numbers=count()))
    mentions = _mentions(post, book, setting)
    return PostView(
        id=post.id,
        listed=with_title_breaks(kept_end(title)),
        heading=with_title_breaks(title),
        running=running_title(post.title, setting),
        bookmark=bookmark(post.title),
        date=escape(date_text(post.date, setting.phrases)),
        day=day,
        note=r"\enskip ".join(filter(None, (day, mark))),
        remarks=_remarks(post, setting.phrases),
        body=kept_with_next(body) if mentions else body,
        mentions=mentions,
    )


def _body(post: Post, setting: Setting) -> str:
    """The blocks; a post that was cut says so even where the line that told it is gone."""
    body = blocks_to_latex(post.blocks, setting)
    marked = any(isinstance(block, ReadMore) for block in iter_blocks(post.blocks))
    return body if marked or not isinstance(post.status, Truncated) else f"{body}\n{cut_mark(setting)}\n"


def _day(date: PostDate | None, phrases: Phrases, *, with_year: bool) -> str:
    """A post's day in the contents; the year is left out where the title of the part says it."""
    return date_text(date if date is None or with_year else replace(date, year=None), phrases)


def _remarks(post: Post, phrases: Phrases) -> str:
    """What the head of a post adds to its title: its place in a series, from what its year was concluded."""
    remarks: list[str] = []
    if post.series:
        place = f"{post.series.name} · {post.series.mark}"
        remarks.append(escape(phrases.labelled.format(label=phrases.series, text=place)))
    if note := year_note(post.date, phrases):
        remarks.append(escape(note))
    return r"\quad ".join(remarks)


def _mentions(post: Post, book: ResolvedBook, setting: Setting) -> str:
    """The posts that mention this one, each with its date."""
    sources = (book.post(source) for source in book.backlinks.get(post.id, ()))
    return "".join(
        rf"\mention{{{escape(date_text(source.date, setting.phrases))}}}"
        rf"{{{link_to(source.id, title_to_latex(source.title, setting), setting)}}}"
        for source in sources
    )
