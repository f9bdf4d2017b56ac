"""What an EPUB lacks of a book. The file is read as a reading system would, from its container and its spine."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from io import BytesIO
from posixpath import dirname, join, normpath
from typing import Final
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile

from lxml import etree

from pipeline.errors import ArtefactError
from pipeline.verify.compare import Loss, compare
from pipeline.verify.expected import Expected
from pipeline.verify.markup import read_posts

_CONTAINER: Final = "META-INF/container.xml"


def verify_epub(content: bytes, expected: Expected) -> tuple[Loss, ...]:
    """Return what the EPUB ``content`` lacks of what is expected.

    Raises:
        ArtefactError: it is no EPUB, or one of its files is damaged.
    """
    try:
        with ZipFile(BytesIO(content)) as archive:
            found = read_posts(_spine(archive), {post.id for post in expected.posts})
            return (*compare(expected, found), *_pictures(archive, expected))
    except (BadZipFile, KeyError, zlib.error, etree.LxmlError, StopIteration) as error:
        raise ArtefactError(f"the EPUB cannot be read: {error}") from error


def _spine(archive: ZipFile) -> Iterator[etree._Element]:
    """Yield the documents of the book in reading order (EPUB 3.3, sections 4.2.6 and 5.7)."""
    container = _parse(archive, _CONTAINER)
    package_path = next(container.iter("{*}rootfile")).get("full-path") or ""
    package = _parse(archive, package_path)
    hrefs = {item.get("id"): item.get("href") or "" for item in package.iter("{*}item")}
    for reference in package.iter("{*}itemref"):
        href = unquote(hrefs[reference.get("idref")])
        yield _parse(archive, normpath(join(dirname(package_path), href)))


def _parse(archive: ZipFile, name: str) -> etree._Element:
    """A fresh parser each time, without the limits that cut long or deep documents; nothing outside is loaded."""
    parser = etree.XMLParser(huge_tree=True, resolve_entities=False, no_network=True)
    return etree.fromstring(archive.read(name), parser)


def _pictures(archive: ZipFile, expected: Expected) -> Iterator[Loss]:
    """Pictures are compared by size and checksum, which the archive's directory has."""
    sums = {(info.file_size, info.CRC) for info in archive.infolist()}
    for resource in expected.resources:
        if (len(resource.content), zlib.crc32(resource.content)) not in sums:
            yield Loss("", f"the picture {resource.name} is missing", expected.posts[0].span)
