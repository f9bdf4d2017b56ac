"""What an EPUB lacks of a book. The file is read as a reading system would, from its container and its spine."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from itertools import chain
from posixpath import dirname, join, normpath
from typing import Final
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile

from lxml import etree

from pipeline.beside import spread
from pipeline.errors import ArtefactError
from pipeline.verify.compare import Loss, compare
from pipeline.verify.expected import Expected
from pipeline.verify.markup import Stretch, read_posts, read_stretches

_CONTAINER: Final = "META-INF/container.xml"


def verify_epub(content: bytes, expected: Expected, *, jobs: int = 1) -> tuple[Loss, ...]:
    """Return what the EPUB ``content`` lacks of what is expected; ``jobs`` processes read its documents at once.

    Raises:
        ArtefactError: it is no EPUB, or one of its files is damaged.
    """
    posts = frozenset(post.id for post in expected.posts)
    try:
        with ZipFile(BytesIO(content)) as archive:
            read = spread(partial(_document, archive, posts), _spine(archive), jobs)
            return (*compare(expected, read_posts(chain.from_iterable(read))), *_pictures(archive, expected))
    except (BadZipFile, KeyError, zlib.error, etree.LxmlError, StopIteration) as error:
        raise ArtefactError(f"the EPUB cannot be read: {error}") from error


def _document(archive: ZipFile, posts: frozenset[str], name: str) -> list[Stretch]:
    return read_stretches(_parse(archive, name), posts)


def _spine(archive: ZipFile) -> list[str]:
    """Return the names of the book's documents in reading order (EPUB 3.3, sections 4.2.6 and 5.7)."""
    container = _parse(archive, _CONTAINER)
    package_path = next(container.iter("{*}rootfile")).get("full-path") or ""
    package = _parse(archive, package_path)
    hrefs = {item.get("id"): item.get("href") or "" for item in package.iter("{*}item")}
    references = (unquote(hrefs[reference.get("idref")]) for reference in package.iter("{*}itemref"))
    return [normpath(join(dirname(package_path), href)) for href in references]


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
