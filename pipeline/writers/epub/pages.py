"""The pages of the EPUB around its posts: title page, imprint, parts, indexes and colophon."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from pipeline.book import Post, ReferredEquation
from pipeline.phrases import Phrases
from pipeline.writers.dates import date_text, year_note
from pipeline.writers.epub.chapters import Chapter
from pipeline.writers.epub.metadata import Traits, accessibility_summary
from pipeline.writers.epub.publication import Publication, part_name
from pipeline.writers.imprint import Fact, about, caveats, edition, facts
from pipeline.writers.styles import markup_environment
from pipeline.writers.xhtml.blocks import plain_text, render_blocks, render_label, render_title
from pipeline.writers.xhtml.equations import laid_out

COVER, TITLE, ABOUT, CONTENTS = "cover.xhtml", "title.xhtml", "about.xhtml", "nav.xhtml"
SERIES, EQUATIONS, TRUNCATED, COLOPHON = "series.xhtml", "equations.xhtml", "truncated.xhtml", "colophon.xhtml"


@dataclass(frozen=True, slots=True)
class Place:
    """A line of an index: where it leads, its words as markup, and a remark after them."""

    href: str
    label: Markup
    note: Markup | str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Places under one heading; an empty title has none."""

    title: Markup | str
    places: tuple[Place, ...] | tuple[ListedEquation, ...]


@dataclass(frozen=True, slots=True)
class ListedEquation:
    """A formula of the list of equations, with its numbers as links to where it stands."""

    formula: Markup
    numbers: tuple[Place, ...]


def render_page(template: str, publication: Publication, *, title: str, matter: str, **context: object) -> str:
    """Return a page made of one of the templates in ``styles/epub``."""
    page = markup_environment().get_template(f"epub/{template}.xhtml.j2")
    return page.render(
        language=publication.language,
        phrases=publication.phrases,
        embeds_font=publication.embeds_font,
        title=title,
        matter=matter,
        **context,
    )


def post_place(post: Post, publication: Publication, note: str = "") -> Place:
    """Return a line that leads to a post."""
    label = render_label(post.title, publication.rendering()) or Markup.escape(title_text(post, publication.phrases))
    return Place(publication.post_href(post.id), label, note)


def title_text(post: Post, phrases: Phrases) -> str:
    """Return what a post is called where no markup can stand; one without a title by its day, else by its id."""
    return plain_text(post.title) or date_text(post.date, phrases) or post.id


def cover_page(publication: Publication, image: str) -> str:
    """Return the page that shows the cover."""
    words = publication.phrases
    alt = words.labelled.format(label=words.cover, text=publication.title)
    return render_page("cover", publication, title=words.cover, matter="frontmatter", image=image, alt=alt)


def title_page(publication: Publication) -> str:
    """Return the title page."""
    return render_page(
        "title",
        publication,
        title=publication.title,
        matter="frontmatter",
        heading=publication.title,
        book=publication.metadata,
    )


def about_page(publication: Publication) -> str:
    """Return the imprint: where the text comes from, who wrote it, its licence, and what is missing."""
    return render_page(
        "about",
        publication,
        title=publication.phrases.about,
        matter="frontmatter",
        section_type="imprint",
        section_role="",
        facts=facts(publication.metadata, publication.phrases),
        paragraphs=(*about(publication.book, publication.phrases), *caveats(publication.book, publication.phrases)),
        fine_print=(),
    )


@dataclass(frozen=True, slots=True)
class SeriesLine:
    """What the head of a post says of its series: its name, and each post's number, the post's own without a link."""

    name: str
    places: tuple[Place, ...]


def _series_line(post: Post, publication: Publication) -> SeriesLine | None:
    if post.series is None:
        return None
    places = (
        Place("" if part.id == post.id else publication.post_href(part.id), Markup.escape(mark))
        for mark, part in publication.book.series_of(post)
    )
    return SeriesLine(post.series.name, tuple(places))


def chapter_page(publication: Publication, chapter: Chapter, previous: Post | None, following: Post | None) -> str:
    """Return a post, or one stretch of a long one."""
    post, words = chapter.post, publication.phrases
    rendering = publication.chapter_rendering(chapter)
    mentioning = (publication.book.post(other) for other in publication.book.backlinks.get(post.id, ()))
    return render_page(
        "chapter",
        publication,
        title=title_text(post, words),
        matter="bodymatter",
        chapter=chapter,
        heading=render_title(post.title, rendering) or title_text(post, words),
        date=date_text(post.date, words),
        date_note=year_note(post.date, words),
        series=_series_line(post, publication),
        page_break=publication.opening_page(post.id) if chapter.first else "",
        body=render_blocks(chapter.blocks, rendering),
        backlinks=tuple(post_place(other, publication) for other in mentioning),
        previous=post_place(previous, publication) if previous else None,
        following=post_place(following, publication) if following else None,
    )


def part_page(publication: Publication, index: int) -> str:
    """Return the page that opens a part, counted from 0."""
    part = publication.book.parts[index]
    group = Group("", tuple(post_place(publication.book.post(post), publication) for post in part.posts))
    return _index(publication, "part", part.title, (group,), publication.opening_page(part_name(index)))


def series_page(publication: Publication) -> str:
    """Return the index of series, each with its posts in their order."""
    groups = tuple(
        Group(series.name, tuple(post_place(publication.book.post(post), publication) for post in series.posts))
        for series in publication.book.series
    )
    return _index(publication, "series", publication.phrases.series, groups)


def truncated_page(publication: Publication) -> str:
    """Return the list of the posts of which the source holds the beginning alone."""
    posts = (publication.book.post(post) for post in publication.book.summary.truncated)
    group = Group("", tuple(post_place(post, publication, date_text(post.date, publication.phrases)) for post in posts))
    return _index(publication, "truncated", publication.phrases.truncated_list, (group,))


def equations_page(publication: Publication) -> str:
    """Return the list of equations that something refers to, by post."""
    book = publication.book
    groups = tuple(
        Group(post_place(book.post(post), publication).label, tuple(_equation_places(publication, equations)))
        for post, equations in groupby(book.equations, key=lambda equation: equation.anchor.post)
    )
    words = publication.phrases.equations
    return render_page("equations", publication, title=words, matter="backmatter", heading=words, groups=groups)


def _equation_places(publication: Publication, equations: Iterable[ReferredEquation]) -> Iterator[ListedEquation]:
    for math, numbers in groupby(equations, key=lambda equation: equation.math):
        drawn = Markup(laid_out(math, publication.rendering()))  # noqa: S704 - escaped there, or made by the math stage
        places = (Place(publication.anchor_href(each.anchor.id), Markup.escape(f"({each.number})")) for each in numbers)
        yield ListedEquation(drawn, tuple(places))


def _index(publication: Publication, anchor: str, heading: str, groups: tuple[Group, ...], page_break: str = "") -> str:
    """Return a page of places: the contents of a part, which stand before its posts, or an index after all of them."""
    is_part = anchor == "part"
    return render_page(
        "index",
        publication,
        title=heading,
        matter="bodymatter" if is_part else "backmatter",
        heading=heading,
        groups=groups,
        anchor=anchor,
        section_type="part" if is_part else "index",
        page_break=page_break,
    )


def colophon_page(publication: Publication, traits: Traits, font_licence: str) -> str:
    """Return the colophon: which edition this is, how it was made, and what its font asks to be told."""
    return render_page(
        "about",
        publication,
        title=publication.phrases.colophon,
        matter="backmatter",
        section_type="colophon",
        section_role="doc-colophon",
        facts=tuple(_colophon(publication, font_licence)),
        paragraphs=(accessibility_summary(publication.phrases, traits),),
        fine_print=tuple(font_licence.splitlines()),
    )


def _colophon(publication: Publication, font_licence: str) -> Iterator[Fact]:
    yield from edition(publication.metadata, publication.phrases)
    if font_licence:
        yield Fact(publication.phrases.math_font, "STIX Two Math")
