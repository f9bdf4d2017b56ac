"""What a file is: by what it holds first, by its name where that does not tell."""

from __future__ import annotations

import io
import re
import zipfile
from enum import Enum
from pathlib import PurePath
from typing import Final, TypeAlias

from pipeline.errors import SourceError, UsageError
from pipeline.readers.dump.dates import parse_date_line
from pipeline.readers.pandoc.process import input_formats
from pipeline.source import Span


class Kind(Enum):
    """The forms with a reader of their own; pandoc reads all others, by its names for them."""

    DUMP = "dump"
    MARKDOWN = "markdown"
    HTML = "html"
    FEED = "feed"
    WORDPRESS = "wordpress"


Form: TypeAlias = Kind | str
"""A ``Kind``, or pandoc's name of an input format."""

PANDOC_SUFFIXES: Final = {
    ".adoc": "asciidoc",
    ".dj": "djot",
    ".docbook": "docbook",
    ".docx": "docx",
    ".epub": "epub",
    ".fb2": "fb2",
    ".ipynb": "ipynb",
    ".latex": "latex",
    ".muse": "muse",
    ".odt": "odt",
    ".opml": "opml",
    ".org": "org",
    ".pptx": "pptx",
    ".rst": "rst",
    ".rtf": "rtf",
    ".t2t": "t2t",
    ".tex": "latex",
    ".textile": "textile",
    ".typ": "typst",
    ".wiki": "mediawiki",
}
SUFFIXES: Final[dict[str, Form]] = {
    ".atom": Kind.FEED,
    ".htm": Kind.HTML,
    ".html": Kind.HTML,
    ".markdown": Kind.MARKDOWN,
    ".md": Kind.MARKDOWN,
    ".mdown": Kind.MARKDOWN,
    ".mkd": Kind.MARKDOWN,
    ".rss": Kind.FEED,
    ".txt": Kind.DUMP,
    ".xhtml": Kind.HTML,
    **PANDOC_SUFFIXES,
}
BINARY: Final = frozenset({"docx", "epub", "odt", "pptx", "xlsx"})

_ZIP_MEMBERS: Final = (("word/document.xml", "docx"), ("ppt/presentation.xml", "pptx"), ("content.opf", "epub"))
_MIMETYPES: Final = {"application/epub+zip": "epub", "application/vnd.oasis.opendocument.text": "odt"}
_MARKUP: Final[tuple[tuple[re.Pattern[str], Form], ...]] = (
    (re.compile(r"<rss\b[^>]*xmlns:wp\s*=", re.IGNORECASE), Kind.WORDPRESS),
    (re.compile(r"<(rss|feed|rdf:RDF)[\s>]", re.IGNORECASE), Kind.FEED),
    (re.compile(r"<!doctype\s+html|<html[\s>]", re.IGNORECASE), Kind.HTML),
    (re.compile(r"<FictionBook[\s>]"), "fb2"),
    (re.compile(r"<opml[\s>]"), "opml"),
    (re.compile(r"docbook\.org/ns/docbook|<!DOCTYPE\s+(book|article|chapter)\b"), "docbook"),
    (re.compile(r"<!doctype\s+article.{0,80}JATS", re.IGNORECASE), "jats"),
)
_HEAD: Final = 4000  # characters that tell markup apart
_FRONT_MATTER: Final = re.compile(r"\s*(?:---[ \t]*\n\s*[A-Za-z_]+:|\+\+\+[ \t]*\n\s*[A-Za-z_]+\s*=)")


def detect_binary(path: str, data: bytes) -> str | None:
    """Return the format of a file that is not text; None for text."""
    if not data.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            mimetype = archive.read("mimetype")[:100].decode("ascii", "replace").strip() if "mimetype" in names else ""
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):
        return None
    known = (form for member, form in _ZIP_MEMBERS if any(name.endswith(member) for name in names))
    return _MIMETYPES.get(mimetype) or next(known, None) or PANDOC_SUFFIXES.get(PurePath(path).suffix.lower())


def detect(path: str, text: str) -> Form:
    """Return what the text of a file is; a dump when nothing tells."""
    head = text[:_HEAD].lstrip("\ufeff \t\n")
    suffix = SUFFIXES.get(PurePath(path).suffix.lower())
    if head.startswith("<"):
        found = next((form for pattern, form in _MARKUP if pattern.search(head)), None)
        return found or suffix or (Kind.FEED if head.startswith("<?xml") else Kind.HTML)
    if head.startswith("{\\rtf"):
        return "rtf"
    if head.startswith("{") and '"nbformat"' in text:
        return "ipynb"
    if _begins_like_a_dump(head):
        return Kind.DUMP
    if _FRONT_MATTER.match(head):
        return Kind.MARKDOWN
    return suffix or Kind.DUMP


def _begins_like_a_dump(head: str) -> bool:
    """Whether a date line and an empty line come first."""
    lines = head.split("\n", 2)
    return len(lines) > 1 and not lines[1].strip() and parse_date_line(lines[0]) is not None


def form_named(name: str, stated: Span | None) -> Form:
    """Return the form that ``--from`` or a setting, at ``stated``, names: one of ours, else a format of pandoc's.

    Raises:
        UsageError: neither has this name.
        SourceError: likewise, where a setting says it.
    """
    kind = next((kind for kind in Kind if kind.value == name), None)
    if kind is None and name.partition("+")[0].partition("-")[0] not in input_formats():
        ours = ", ".join(kind.value for kind in Kind)
        help_line = f"{ours}, or what `pandoc --list-input-formats` shows"
        failure = SourceError if stated else UsageError
        raise failure(f"unknown source format {name!r}", help=help_line, span=stated)
    return kind or name
