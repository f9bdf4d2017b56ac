"""What the package says of the book: bibliography and accessibility, each line true of this very book.

Sources: EPUB 3.3, section 5; EPUB Accessibility 1.1, section 2. ``conformsTo`` is never claimed: it follows a human
evaluation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline import __version__
from pipeline.config import Metadata
from pipeline.phrases import Phrases
from pipeline.writers.epub.package import MetadataEntry


@dataclass(frozen=True, slots=True)
class Traits:
    """What a reader who cannot see, or cannot see well, meets in this book."""

    mathml: bool  # formulas are MathML
    formula_images: bool  # formulas are images, each with its TeX
    images: bool  # there are pictures besides
    images_described: bool  # each of them has alternative text
    lost_images: bool
    page_source: str = ""  # what the page list counts; empty: there is none


def package_metadata(metadata: Metadata, title: str, phrases: Phrases, traits: Traits) -> tuple[MetadataEntry, ...]:
    """Return all entries but the identifier and the date of modification."""
    return (
        *_bibliography(metadata, title),
        *_accessibility(phrases, traits),
        MetadataEntry("", "meta", "", (("name", "generator"), ("content", f"pipeline {__version__}"))),
    )


def _bibliography(metadata: Metadata, title: str) -> Iterator[MetadataEntry]:
    yield _dc("title", title, id="title")
    yield _refine("title", "title-type", "main")
    if metadata.subtitle:
        yield _dc("title", metadata.subtitle, id="subtitle")
        yield _refine("subtitle", "title-type", "subtitle")
    if metadata.author:
        yield _dc("creator", metadata.author, id="creator")
        yield _refine("creator", "role", "aut", scheme="marc:relators")
        if metadata.author_sort:
            yield _refine("creator", "file-as", metadata.author_sort)
    yield _dc("language", metadata.language)
    for name, text in (
        ("publisher", metadata.publisher),
        ("description", metadata.description),
        ("rights", metadata.rights),
        ("source", metadata.source_url or metadata.source_name),
    ):
        if text:
            yield _dc(name, text)
    for subject in metadata.subjects:
        yield _dc("subject", subject)
    if metadata.rights_url:
        yield _property("dcterms:license", metadata.rights_url)
    if metadata.series:
        yield _property("belongs-to-collection", metadata.series, id="series")
        yield _refine("series", "collection-type", "series")
        if metadata.series_index:
            yield _refine("series", "group-position", metadata.series_index)


def _accessibility(phrases: Phrases, traits: Traits) -> Iterator[MetadataEntry]:
    visual = traits.images or traits.formula_images
    described = traits.images_described or not traits.images
    yield _property("schema:accessMode", "textual")
    if visual:
        yield _property("schema:accessMode", "visual")
    yield _property("schema:accessModeSufficient", "textual" if described else "textual,visual")
    for feature in _features(traits, described=described):
        yield _property("schema:accessibilityFeature", feature)
    yield _property("schema:accessibilityHazard", "unknown" if traits.images else "none")
    yield _property("schema:accessibilitySummary", accessibility_summary(phrases, traits))
    if traits.page_source:
        yield _property("pageBreakSource", traits.page_source)


def _features(traits: Traits, *, described: bool) -> Iterator[str]:
    yield from ("structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability")
    if traits.mathml:
        yield "MathML"
    if described and (traits.images or traits.formula_images):
        yield "alternativeText"
    if traits.page_source:
        yield from ("pageNavigation", "pageBreakMarkers")


def accessibility_summary(phrases: Phrases, traits: Traits) -> str:
    """Return the sentences that hold for this book."""
    holds = (
        (phrases.accessible, True),
        (phrases.accessible_mathml, traits.mathml),
        (phrases.accessible_formula_images, traits.formula_images),
        (phrases.accessible_lost_images, traits.lost_images),
        (phrases.accessible_images_without_text, traits.images and not traits.images_described),
    )
    joint = "" if phrases.accessible.endswith("。") else " "
    return joint.join(sentence for sentence, true in holds if true)


def _dc(name: str, text: str, **attributes: str) -> MetadataEntry:
    return MetadataEntry("DC", name, text, tuple(attributes.items()))


def _property(name: str, text: str, **attributes: str) -> MetadataEntry:
    return MetadataEntry("", "meta", text, (("property", name), *attributes.items()))


def _refine(target: str, name: str, text: str, **attributes: str) -> MetadataEntry:
    return MetadataEntry("", "meta", text, (("refines", f"#{target}"), ("property", name), *attributes.items()))
