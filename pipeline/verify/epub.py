"""What an EPUB lacks of a book. The file is read as a reading system would, from its container and its spine."""

from __future__ import annotations

from collections.abc import Container, Mapping
from functools import partial
from io import BytesIO
from itertools import chain
from posixpath import dirname, join, normpath
from typing import Final, NamedTuple
from urllib.parse import unquote, urlsplit
from zipfile import ZipFile

from lxml import etree

from pipeline.background import parallel_map
from pipeline.errors import ArtefactError
from pipeline.verify.archives import UNREADABLE, damage, damages
from pipeline.verify.compare import Loss, compare
from pipeline.verify.expected import Expected
from pipeline.verify.markup import Sight, Stretch, read_posts, read_stretches

_CONTAINER: Final = "META-INF/container.xml"


class _Document(NamedTuple):
    """What was read of a document; ``damage`` says why nothing could be."""

    stretches: list[Stretch]
    damage: str = ""


class _Reading(NamedTuple):
    """What each document of an EPUB is read with."""

    archive: ZipFile
    posts: frozenset[str]
    pictures: Mapping[str, str]  # from a file's name to the picture of the book that it is, if it is one
    lost: str


def verify_epub(content: bytes, expected: Expected, *, jobs: int = 1) -> tuple[Loss, ...]:
    """Return what the EPUB ``content`` lacks of what is expected; ``jobs`` processes read its documents at once.

    A file of it that is missing or damaged is a loss, and so are the posts that cannot be read for it.

    Raises:
        ArtefactError: it is no EPUB, or what says which documents it has is damaged.
    """
    posts = frozenset(post.id for post in expected.posts)
    try:
        with ZipFile(BytesIO(content)) as archive:
            spine, others, listed = _documents(archive)
            reading = _Reading(archive, posts, _pictures(archive, listed, expected), expected.lost)
            read = parallel_map(partial(_document, reading), spine, jobs)
            found = read_posts(chain.from_iterable(document.stretches for document in read))
            wrong = (*(document.damage for document in read if document.damage), *damages(archive, others))
            broken = (Loss("", message, expected.posts[0].span) for message in wrong)
            return (*broken, *compare(expected, found))
    except (*UNREADABLE, etree.LxmlError, StopIteration) as error:
        raise ArtefactError(f"the EPUB cannot be read: {error}", help="build the book again") from error


def _document(reading: _Reading, name: str) -> _Document:
    """Read what a document has of posts; one without any lists them, or tells of the book."""
    folder = dirname(name)
    sight = Sight(lambda source: reading.pictures.get(normpath(join(folder, unquote(source)))), reading.lost)
    try:
        sections = _parse(reading.archive, name).iter("{*}section")
        posts = (section for section in sections if section.get("class") == "post")
        return _Document([stretch for post in posts for stretch in read_stretches(post, reading.posts, sight)])
    except (*UNREADABLE, etree.LxmlError) as error:
        return _Document([], damage(name, error))


def _documents(archive: ZipFile) -> tuple[list[str], list[str], frozenset[str]]:
    """Return the names of the book's documents in reading order, those of all other files, and those that are listed.

    EPUB 3.3, sections 4.2.6, 5.6 and 5.7; a resource with a scheme is elsewhere.
    """
    container = _parse(archive, _CONTAINER)
    package_path = next(container.iter("{*}rootfile")).get("full-path") or ""
    package = _parse(archive, package_path)
    hrefs = {item.get("id"): item.get("href") or "" for item in package.iter("{*}item")}
    names = {
        name: normpath(join(dirname(package_path), unquote(href)))
        for name, href in hrefs.items()
        if not urlsplit(href).scheme
    }
    spine = [names[reference.get("idref")] for reference in package.iter("{*}itemref")]
    files = dict.fromkeys((*archive.namelist(), *names.values()))
    documents = frozenset(spine)
    others = [name for name in files if name not in documents and not name.endswith("/")]
    return spine, others, frozenset(names.values())


def _parse(archive: ZipFile, name: str) -> etree._Element:
    """A fresh parser each time, without the limits that cut long or deep documents; nothing outside is loaded."""
    parser = etree.XMLParser(huge_tree=True, resolve_entities=False, no_network=True)
    return etree.fromstring(archive.read(name), parser)


def _pictures(archive: ZipFile, listed: Container[str], expected: Expected) -> dict[str, str]:
    """Return which picture each file is that the package lists: "" where none of the book's.

    They are told by size and checksum, which the archive's directory has.
    """
    known = expected.names()
    infos = (info for info in archive.infolist() if info.filename in listed)
    return {info.filename: known.get((info.file_size, info.CRC), "") for info in infos}
