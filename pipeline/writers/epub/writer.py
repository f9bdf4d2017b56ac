"""Write a resolved book as EPUB 3.3: read ``write_epub`` from top to bottom for what is in it and in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from functools import partial
from itertools import chain

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
from pipeline.writers.epub.setting import Setting, part_file, resource_href
from pipeline.writers.mathfont import FONT_FILE, math_font, math_font_licence
from pipeline.writers.metadata import cleaned, identifier_of, modified_of
from pipeline.writers.styles import read_style
from pipeline.writers.xhtml.blocks import render_blocks
from pipeline.writers.xhtml.formula_images import FormulaImages, draw_formulas

NCX = "toc.ncx"


def write_epub(book: ResolvedBook, options: WriterOptions, reporter: Reporter) -> Artefact:
    """Return the book as one EPUB; equal books and options give equal bytes."""
    setting = _divided(_undivided(book, options, _formula_images(book, options, reporter)))
    traits = _traits(setting)
    setting = replace(setting, embeds_font=book.config.epub.embed_font and traits.mathml)
    cover = make_cover(setting.metadata, setting.title, book.config.cover, reporter, book.config.places.get("cover"))
    contents = contents_of(setting)
    with _font(setting, options) as font:
        body = tuple(_body(setting, options.jobs))
        fonts = tuple(_fonts(font())) if font else ()
    members = (
        page(pages.COVER, pages.cover_page(setting, cover.shown.name)),
        page(pages.TITLE, pages.title_page(setting)),
        page(pages.ABOUT, pages.about_page(setting)),
        page(pages.CONTENTS, nav_page(setting, contents), "nav"),
        *body,
        *_back(setting, traits),
        *_styles(embeds=setting.embeds_font),
        *fonts,
        *_pictures(setting, cover),
        Member(NCX, "application/x-dtbncx+xml", ncx(setting, contents).encode()),
    )
    package = Package(
        identifier=identifier_of(setting.metadata),
        language=setting.language,
        modified=modified_of(setting.metadata),
        metadata=package_metadata(setting.metadata, setting.title, setting.phrases, traits),
        members=members,
        guide=_guide(setting),
    )
    return Artefact((File(f"{options.slug}.epub", pack(package)),))


def _undivided(book: ResolvedBook, options: WriterOptions, images: FormulaImages | None) -> Setting:
    """The setting of a book with a file for each post, however large."""
    metadata = cleaned(book.config.metadata)
    chapters = {post.id: (Chapter(post, post.blocks, 1, last=True),) for post in book.posts}
    addresses = addresses_of(book.anchors.values(), chapters)
    return Setting(book, metadata, phrases_for(metadata.language), addresses, chapters, dict(options.pages), images)


def _divided(setting: Setting) -> Setting:
    """The setting of the same book with posts divided that are too large for a file."""

    def measured(whole: Chapter) -> tuple[Chapter, ...]:
        rendering = setting.chapter_rendering(whole)
        return chapters_of(whole.post, lambda block: len(render_blocks((block,), rendering).encode()))

    chapters = {post: measured(*whole) for post, whole in setting.chapters.items()}
    return replace(setting, chapters=chapters, addresses=addresses_of(setting.book.anchors.values(), chapters))


def _formula_images(book: ResolvedBook, options: WriterOptions, reporter: Reporter) -> FormulaImages | None:
    """The formulas of the edition for readers without MathML; None for the usual one."""
    style = book.config.epub.math
    if style == "mathml":
        return None
    return draw_formulas(_formulas(book), options.jobs, reporter, pixels=style == "png")


def _body(setting: Setting, jobs: int) -> Iterator[Member]:
    """The posts in order, each part opened by a page of its own."""
    return chain.from_iterable(parallel_map(partial(_post, setting), range(len(setting.book.posts)), jobs))


def _post(setting: Setting, place: int) -> tuple[Member, ...]:
    """The pages of the post at a place, after the page of the part that it opens."""
    posts = setting.book.posts
    previous = posts[place - 1] if place else None
    following = posts[place + 1] if place + 1 < len(posts) else None
    chapters = setting.chapters[posts[place].id]
    pages_of_post = (page(each.file, pages.chapter_page(setting, each, previous, following)) for each in chapters)
    return (*_opening(setting, posts[place]), *pages_of_post)


def _opening(setting: Setting, post: Post) -> Iterator[Member]:
    for index, part in enumerate(setting.book.parts):
        if part.posts[:1] == (post.id,):
            yield page(part_file(index), pages.part_page(setting, part))


def _back(setting: Setting, traits: Traits) -> Iterator[Member]:
    book = setting.book
    if book.series:
        yield page(pages.SERIES, pages.series_page(setting))
    if book.equations:
        yield page(pages.EQUATIONS, pages.equations_page(setting))
    if book.summary.truncated:
        yield page(pages.TRUNCATED, pages.truncated_page(setting))
    licence = math_font_licence() if setting.embeds_font else ""
    yield page(pages.COLOPHON, pages.colophon_page(setting, traits, licence))


def _styles(*, embeds: bool) -> Iterator[Member]:
    for name in ("book.css", "math.css", "epub.css"):
        yield Member(f"styles/{name}", "text/css", read_style(name).encode())
    if embeds:
        face = f'@font-face {{ font-family: "Book Math"; src: url("../fonts/{FONT_FILE}"); }}\n'
        yield Member("styles/font.css", "text/css", face.encode())


def _font(setting: Setting, options: WriterOptions) -> AbstractContextManager[Callable[[], bytes] | None]:
    """Begin with the math font, which takes as long as all the chapters together; None for a book without one."""
    if not setting.embeds_font:
        return nullcontext()
    distinct = frozenset(math.mathml for math in _formulas(setting.book) if math.mathml)
    return in_background(partial(math_font, distinct), options.jobs)


def _fonts(font: bytes) -> Iterator[Member]:
    yield Member(f"fonts/{FONT_FILE}", "font/woff2", font)
    yield Member("fonts/OFL.txt", "text/plain", read_style("OFL.txt").encode())


def _pictures(setting: Setting, cover: Cover) -> Iterator[Member]:
    for picture in cover.files:
        properties = ("cover-image",) if picture is cover.thumbnail else ()
        yield Member(picture.name, picture.media_type, picture.content, properties)
    drawings = setting.formulas.drawings.values() if setting.formulas else ()
    for drawing in {drawing.name: drawing for drawing in drawings}.values():
        yield Member(drawing.name, drawing.media_type, drawing.content)
    for name, resource in setting.book.resources.items():
        yield Member(resource_href(name), resource.media_type, resource.content)


def _guide(setting: Setting) -> tuple[tuple[str, str, str], ...]:
    """Where readers of EPUB 2 find the cover, the contents and the beginning of the text."""
    words = setting.phrases
    return (
        ("cover", words.cover, pages.COVER),
        ("toc", words.contents, pages.CONTENTS),
        ("text", setting.title, setting.beginning),
    )


def _traits(setting: Setting) -> Traits:
    book = setting.book
    images = [image for post in book.posts for image in iter_images(post.blocks) if image.resource]
    drawn = any(math.mathml is not None for math in _formulas(book))
    return Traits(
        mathml=drawn and setting.formulas is None,
        formula_images=setting.formulas is not None and bool(setting.formulas.drawings),
        images=bool(images),
        images_described=all(image.alt.strip() for image in images),
        lost_images=book.summary.missing_images > 0,
        page_source=setting.phrases.page_source.format(title=setting.title) if setting.pages else "",
    )


def _formulas(book: ResolvedBook) -> Iterator[Math]:
    return chain.from_iterable(map(shown_formulas, book.posts))
