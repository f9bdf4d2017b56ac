"""Write a resolved book as EPUB 3.3: read ``write_epub`` from top to bottom for what is in it and in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from functools import partial
from itertools import chain, groupby
from operator import attrgetter

from pipeline.background import in_background, parallel_map
from pipeline.book import Post, ResolvedBook
from pipeline.diagnostics import Reporter
from pipeline.document import Math
from pipeline.formulas import shown_formulas
from pipeline.phrases import phrases_for
from pipeline.walk import iter_images
from pipeline.writers.contract import Artefact, File, WriterOptions
from pipeline.writers.epub import pages
from pipeline.writers.epub.chapters import Chapter, addresses_of, chapters_of
from pipeline.writers.epub.contents import contents_of, nav_page, ncx
from pipeline.writers.epub.cover import Cover, make_cover
from pipeline.writers.epub.metadata import Traits, package_metadata
from pipeline.writers.epub.package import Member, Package, pack, page
from pipeline.writers.epub.publication import Publication, part_file, resource_href
from pipeline.writers.mathfont import FONT_FILE, Face, math_font, math_font_licence
from pipeline.writers.mathfont_text import text_faces
from pipeline.writers.metadata import cleaned, identifier_of, modified_of
from pipeline.writers.styles import read_style
from pipeline.writers.xhtml.blocks import render_blocks
from pipeline.writers.xhtml.formula_images import FormulaImages, draw_formulas
from pipeline.writers.xhtml.formula_images.text import formula_as_text

NCX = "toc.ncx"


def write_epub(book: ResolvedBook, options: WriterOptions, reporter: Reporter) -> Artefact:
    """Return the book as one EPUB; equal books and options give equal bytes."""
    publication = replace(_undivided(book), embeds_font=book.config.epub.embed_font and _has_own_letters(book))
    with _math_font(publication, options) as font:
        printed = {name: tuple(pages) for name, pages in groupby(options.pages, attrgetter("post"))}
        publication = replace(_divided(publication), pages=printed)
        cover = _cover(publication, options, reporter)
        contents = contents_of(publication)
        nav = page(pages.CONTENTS, nav_page(publication, contents), "nav")
        text = (nav, *_body(publication, options.jobs), *_back(publication))
        images = _formula_images(publication, text, options, reporter)
        text = text if images is None else tuple(_drawn(text, images))
        fonts = tuple(_fonts(publication, font, images))
    traits = _traits(publication, images)
    members = (
        page(pages.COVER, pages.cover_page(publication, cover.shown.name)),
        page(pages.TITLE, pages.title_page(publication)),
        page(pages.ABOUT, pages.about_page(publication)),
        *text,
        _colophon(publication, traits),
        *_styles(),
        *fonts,
        *_pictures(publication, cover, images),
        Member(NCX, "application/x-dtbncx+xml", ncx(publication, contents).encode()),
    )
    package = Package(
        identifier=identifier_of(publication.metadata),
        language=publication.language,
        modified=modified_of(publication.metadata),
        metadata=package_metadata(publication.metadata, publication.title, publication.phrases, traits),
        members=members,
        guide=_guide(publication),
    )
    return Artefact((File(f"{options.slug}.epub", pack(package)),))


def _undivided(book: ResolvedBook) -> Publication:
    """The publication of a book with a file for each post, however large."""
    metadata = cleaned(book.config.metadata)
    chapters = {post.id: (Chapter(post, post.blocks, 1, last=True),) for post in book.posts}
    addresses = addresses_of(book.anchors.values(), chapters)
    return Publication(book, metadata, phrases_for(metadata.language), addresses, chapters, {})


def _divided(publication: Publication) -> Publication:
    """The same publication with posts divided that are too large for a file."""

    def measured(whole: Chapter) -> tuple[Chapter, ...]:
        rendering = publication.chapter_rendering(whole)
        return chapters_of(whole.post, lambda block: len(render_blocks((block,), rendering).encode()))

    chapters = {post: measured(*whole) for post, whole in publication.chapters.items()}
    return replace(publication, chapters=chapters, addresses=addresses_of(publication.book.anchors.values(), chapters))


def _cover(publication: Publication, options: WriterOptions, reporter: Reporter) -> Cover:
    config = publication.book.config
    stated = config.places.get("cover")
    return make_cover(publication.metadata, publication.title, config.cover, reporter, stated, jobs=options.jobs)


def _formula_images(
    publication: Publication, text: Iterable[Member], options: WriterOptions, reporter: Reporter
) -> FormulaImages | None:
    """How the formulas of the pages are shown to readers without MathML; None for the usual edition."""
    style = publication.book.config.epub.math
    if style == "mathml":
        return None
    markups = (member.content.decode() for member in text)
    return draw_formulas(markups, _formulas(publication.book), options.jobs, reporter, pixels=style == "png")


def _drawn(text: Iterable[Member], images: FormulaImages) -> Iterator[Member]:
    """The same pages for readers without MathML."""
    for member in text:
        properties = tuple(name for name in member.properties if name != "mathml")
        yield replace(member, content=images.shown(member.content.decode()).encode(), properties=properties)


def _body(publication: Publication, jobs: int) -> Iterator[Member]:
    """The posts in order, each part opened by a page of its own."""
    return chain.from_iterable(parallel_map(partial(_post, publication), range(len(publication.book.posts)), jobs))


def _post(publication: Publication, place: int) -> tuple[Member, ...]:
    """The pages of the post at a place, after the page of the part that it opens."""
    posts = publication.book.posts
    previous = posts[place - 1] if place else None
    following = posts[place + 1] if place + 1 < len(posts) else None
    chapters = publication.chapters[posts[place].id]
    pages_of_post = (page(each.file, pages.chapter_page(publication, each, previous, following)) for each in chapters)
    return (*_opening(publication, posts[place]), *pages_of_post)


def _opening(publication: Publication, post: Post) -> Iterator[Member]:
    for index, part in enumerate(publication.book.parts):
        if part.posts[:1] == (post.id,):
            yield page(part_file(index), pages.part_page(publication, index))


def _back(publication: Publication) -> Iterator[Member]:
    book = publication.book
    if book.series:
        yield page(pages.SERIES, pages.series_page(publication))
    if book.equations:
        yield page(pages.EQUATIONS, pages.equations_page(publication))
    if book.summary.truncated:
        yield page(pages.TRUNCATED, pages.truncated_page(publication))


def _colophon(publication: Publication, traits: Traits) -> Member:
    licence = math_font_licence() if publication.embeds_font else ""
    return page(pages.COLOPHON, pages.colophon_page(publication, traits, licence))


def _styles() -> Iterator[Member]:
    for name in ("book.css", "math.css", "epub.css"):
        yield Member(f"styles/{name}", "text/css", read_style(name).encode())


def _math_font(publication: Publication, options: WriterOptions) -> AbstractContextManager[Callable[[], bytes] | None]:
    """Begin with the math font, which takes as long as all the chapters together; None for a book without one."""
    if not publication.embeds_font or publication.book.config.epub.math != "mathml":
        return nullcontext()
    distinct = frozenset(math.mathml for math in _formulas(publication.book) if math.mathml)
    return in_background(partial(math_font, distinct), options.jobs)


def _fonts(
    publication: Publication, font: Callable[[], bytes] | None, images: FormulaImages | None
) -> Iterator[Member]:
    """The fonts that the book brings, and the style sheet that names them."""
    if not publication.embeds_font:
        return
    faces = (Face(FONT_FILE, font()),) if font else text_faces(images.texts.values() if images else ())
    yield Member("styles/font.css", "text/css", "".join(face.rule for face in faces).encode())
    for face in faces:
        yield Member(f"fonts/{face.file}", "font/woff2", face.content)
    yield Member("fonts/OFL.txt", "text/plain", read_style("OFL.txt").encode())


def _pictures(publication: Publication, cover: Cover, images: FormulaImages | None) -> Iterator[Member]:
    for picture in cover.files:
        properties = ("cover-image",) if picture is cover.thumbnail else ()
        yield Member(picture.name, picture.media_type, picture.content, properties)
    drawings = images.drawings.values() if images else ()
    for drawing in {drawing.name: drawing for drawing in drawings}.values():
        yield Member(drawing.name, drawing.media_type, drawing.content)
    for name, resource in publication.book.resources.items():
        yield Member(resource_href(name), resource.media_type, resource.content)


def _guide(publication: Publication) -> tuple[tuple[str, str, str], ...]:
    """Where readers of EPUB 2 find the cover, the contents and the beginning of the text."""
    words = publication.phrases
    return (
        ("cover", words.cover, pages.COVER),
        ("toc", words.contents, pages.CONTENTS),
        ("text", publication.title, publication.beginning),
    )


def _traits(publication: Publication, drawn: FormulaImages | None) -> Traits:
    book = publication.book
    images = [image for post in book.posts for image in iter_images(post.blocks) if image.resource]
    typeset = any(math.mathml is not None for math in _formulas(book))
    return Traits(
        mathml=typeset and drawn is None,
        formula_images=drawn is not None and bool(drawn.drawings),
        images=bool(images),
        images_described=all(image.alt.strip() for image in images),
        lost_images=book.summary.missing_images > 0,
        page_source=publication.phrases.page_source.format(title=publication.title) if publication.pages else "",
    )


def _has_own_letters(book: ResolvedBook) -> bool:
    """Whether a formula is set in the font that the book brings."""
    typeset = ((math.mathml, math.display) for math in _formulas(book) if math.mathml)
    if book.config.epub.math == "mathml":
        return any(True for _ in typeset)
    return any(formula_as_text(mathml) for mathml, display in typeset if not display)


def _formulas(book: ResolvedBook) -> Iterator[Math]:
    return chain.from_iterable(map(shown_formulas, book.posts))
