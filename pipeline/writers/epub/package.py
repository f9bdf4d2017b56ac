"""Pack an EPUB: EbookLib writes the package document, the zip is made here so that equal input gives equal bytes.

EbookLib stamps each member with the current time and orders nothing; its ``EpubHtml`` parses and rewrites content and
loses some of it, so every member goes in as a raw ``EpubItem``.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from datetime import UTC, datetime

from ebooklib import epub
from lxml import etree

FOLDER = "EPUB"
_OLDEST = (1980, 1, 1, 0, 0, 0)  # what a zip can hold, APPNOTE 4.4.6: seven bits of years, seconds in twos
_NEWEST = (2107, 12, 31, 23, 59, 58)
_DEFLATED_FROM = 64  # bytes; below it deflate makes a member longer
_XHTML = "application/xhtml+xml"


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the package; ``properties`` are the manifest's, ``in_spine`` makes it a page of the book."""

    name: str
    media_type: str
    content: bytes = field(repr=False)
    properties: tuple[str, ...] = ()
    in_spine: bool = False


def page(name: str, markup: str, *properties: str) -> Member:
    """Return a page of the book, with the properties that its content asks for (EPUB 3.3, D.5)."""
    found = tuple(
        name for name, sign in (("mathml", "<math"), ("svg", "<svg")) if sign in markup and name not in properties
    )
    return Member(name, _XHTML, markup.encode(), (*properties, *found), in_spine=True)


@dataclass(frozen=True, slots=True)
class MetadataEntry:
    """One element of the package's metadata: its namespace ("DC", or "" for ``meta``), name, text, attributes."""

    namespace: str
    name: str
    text: str
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Package:
    """Everything an EPUB is made of, in order."""

    identifier: str
    language: str
    modified: datetime
    metadata: tuple[MetadataEntry, ...]
    members: tuple[Member, ...]
    guide: tuple[tuple[str, str, str], ...] = ()  # type, title and address, for readers of EPUB 2


class _Collector:
    """Stands in for the zip file that EbookLib writes to."""

    def __init__(self) -> None:
        self.members: dict[str, bytes] = {}

    def writestr(self, name: str, content: str | bytes) -> None:
        """Keep one member."""
        self.members[name] = content.encode() if isinstance(content, str) else content


class _Writer(epub.EpubWriter):  # type: ignore[misc]  # EbookLib is not annotated
    """EbookLib's writer without its zip."""

    def _write_opf_file(self, root: etree._Element) -> None:
        """Say the language of the package's own words, which EbookLib leaves out."""
        root.set("{http://www.w3.org/XML/1998/namespace}lang", self.book.language)
        super()._write_opf_file(root)

    def collect(self) -> dict[str, bytes]:
        """Return every member but the mimetype."""
        self.out = _Collector()
        self._write_container()
        self._write_opf()
        self._write_items()
        return self.out.members


def pack(package: Package) -> bytes:
    """Return the EPUB as bytes: the mimetype first and stored, then the container, the package and its members."""
    moment = package.modified.astimezone(UTC)
    book = _book(package)
    collected = _Writer("", book, {"mtime": moment, "epub2_guide": True}).collect()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        _add(archive, "mimetype", b"application/epub+zip", moment, stored=True)
        for name in ("META-INF/container.xml", f"{FOLDER}/content.opf"):
            _add(archive, name, collected.pop(name), moment)
        for name in sorted(collected):
            _add(archive, name, collected[name], moment)
    return buffer.getvalue()


def _add(archive: zipfile.ZipFile, name: str, content: bytes, moment: datetime, *, stored: bool = False) -> None:
    info = zipfile.ZipInfo(name, min(max(_OLDEST, moment.timetuple()[:6]), _NEWEST))
    info.create_system = 3  # Unix, wherever it was made
    info.external_attr = 0o644 << 16
    compressed = not stored and len(content) >= _DEFLATED_FROM and not name.endswith((".png", ".jpg", ".woff2"))
    info.compress_type = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
    archive.writestr(info, content)


def _book(package: Package) -> epub.EpubBook:
    book = epub.EpubBook()
    book.FOLDER_NAME = FOLDER
    book.metadata = {}  # drops the random identifier and the generator
    book.set_identifier(package.identifier)
    book.language = package.language
    for entry in package.metadata:
        book.add_metadata(entry.namespace or None, entry.name, entry.text, dict(entry.attributes))
    for index, member in enumerate(package.members):
        book.add_item(_item(f"m{index}", member))
    book.spine = [item for item, member in zip(book.items, package.members, strict=True) if member.in_spine]
    book.guide = [{"type": kind, "title": title, "href": href} for kind, title, href in package.guide]
    return book


def _item(uid: str, member: Member) -> epub.EpubItem:
    # "ncx" is the id by which EbookLib's spine names the contents for readers of EPUB 2.
    name = "ncx" if member.media_type == "application/x-dtbncx+xml" else uid
    item = epub.EpubItem(uid=name, file_name=member.name, media_type=member.media_type, content=member.content)
    item.properties = list(member.properties)
    return item
