"""The images that the posts of a source show: found beside them, inside them, or on the web where that is wanted.

A path in a post never leads out of the folder that the user named, whatever it says and whatever links stand on it.
"""

from __future__ import annotations

import base64
import binascii
import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import unquote, unquote_to_bytes

from pipeline.book import Post, Resource
from pipeline.codes import Code
from pipeline.diagnostics import Reporter
from pipeline.document import Block, Figure, Image, Inline, Inlines, LineBreak, Note
from pipeline.fold import fold
from pipeline.readers.addresses import join_address, split_address
from pipeline.readers.fetch import Fetcher
from pipeline.readers.images import SUFFIXES, UnusableImageError, to_resource
from pipeline.readers.pandoc.text import text_with_formulas
from pipeline.walk import change_blocks, map_blocks, source_text

_WEB: Final = ("http", "https")
_BYTES: Final = 50_000_000  # of one image file
_ROOTS: Final = ("", "source", "static", "public", "assets", "content", "attachments", "uploads")
"""Where a site's own addresses begin, inside the folder of its sources."""


@dataclass(frozen=True, slots=True)
class Home:
    """Where a post's source is: a file, and the folder that the user named (of a file, the folder around it)."""

    path: Path
    root: Path
    site: bool = True  # whether it may keep its images elsewhere, as a site's posts do; those of a dump lie beside it


class _LostError(ValueError):
    """Why an image was not found."""


@dataclass(slots=True)
class Library:
    """Finds images for posts, or why there are none, each once. ``fetcher`` is None where nothing may be fetched."""

    reporter: Reporter
    fetcher: Fetcher | None = None
    resources: dict[str, Resource] = field(default_factory=dict)
    _known: dict[Path | str, str | _LostError] = field(default_factory=dict)  # by file or address
    _made: dict[bytes, str] = field(default_factory=dict)  # from the digest of an image as it came
    _names: dict[Path, dict[str, Path]] = field(default_factory=dict)

    def with_images(self, post: Post, home: Home) -> Post:
        """Return ``post`` with every image that could be found naming its resource; the others are reported."""

        def find(inline: Inline) -> Inlines:
            match inline:
                case Image():
                    return (self._found(inline, post, home),)
                case Note(blocks=blocks):
                    return (replace(inline, blocks=change_blocks(blocks, _captioned)),)
                case _:
                    return (inline,)

        return replace(post, blocks=change_blocks(map_blocks(post.blocks, find), _captioned))

    def _found(self, image: Image, post: Post, home: Home) -> Image:
        if image.resource or not image.url:
            return image
        made = self._resource(image.url, join_address(post.url, image.url), home)
        if isinstance(made, str):
            return replace(image, resource=made)
        shown = image.url if len(image.url) < 120 else f"{image.url[:120]}…"  # noqa: PLR2004 - a line
        advice = "" if self._file(image.url, home) else self._advice(join_address(post.url, image.url))
        self.reporter.report(Code.IMAGE_LOST, f"{shown}: {made}", image.span, post=post.id, help=advice)
        return image

    def _advice(self, url: str) -> str:
        """What to do about an image that is on the web alone; nothing of its own for others."""
        if split_address(url).scheme not in _WEB:
            return ""
        return "build with --fetch" if self.fetcher is None else "build again when the web has it, or show a file"

    def _resource(self, written: str, url: str, home: Home) -> str | _LostError:
        place = written if written.startswith("data:") else self._file(written, home) or url
        if place not in self._known:
            self._known[place] = self._tried(place)
        return self._known[place]

    def _tried(self, place: Path | str) -> str | _LostError:
        try:
            return self._kept(_bytes_of(place) if isinstance(place, Path) else self._content(place))
        except (_LostError, UnusableImageError, OSError) as error:
            return _LostError(error.strerror if isinstance(error, OSError) and error.strerror else str(error))

    def _kept(self, content: bytes) -> str:
        """Return the name under which the book holds an image; what many posts show is decoded once."""
        digest = sha256(content).digest()
        if digest not in self._made:
            resource = to_resource(content)
            self.resources[resource.name] = resource
            self._made[digest] = resource.name
        return self._made[digest]

    def _content(self, url: str) -> bytes:
        if url.startswith("data:"):
            return _data(url)
        if split_address(url).scheme not in _WEB:
            raise _LostError("there is no such file in the folder of the source")
        if self.fetcher is None:
            raise _LostError("it is on the web, and only --fetch gets it from there")
        return self.fetcher.fetch(url)

    def _file(self, written: str, home: Home) -> Path | None:
        """Return the file that an address in a post means, inside the root."""
        root = home.root.resolve()
        for candidate in _candidates(written, home):
            path = Path(os.path.realpath(candidate))
            if path.is_relative_to(root) and path.is_file():
                return path
        named = home.site and "/" not in written
        return self._by_name(PurePosixPath(unquote(written)).name, root) if named else None

    def _by_name(self, name: str, root: Path) -> Path | None:
        """Obsidian names an attachment without its folder."""
        if root not in self._names:
            self._names[root] = {path.name: path for path in reversed(list(_images_in(root)))}
        return self._names[root].get(name)


def _captioned(block: Block) -> Block:
    """Return a figure whose picture is lost with what was to be read in its place, before its caption."""
    if not isinstance(block, Figure) or block.image is None or block.image.resource:
        return block
    image = block.image
    if fold(image.alt) in fold(source_text(block.caption)):
        return block
    words = text_with_formulas(image.alt, image.span)
    return replace(block, caption=(*words, LineBreak(image.span), *block.caption) if block.caption else words)


def _images_in(root: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.lower().endswith(SUFFIXES):
                path = Path(folder, name)
                if not path.is_symlink():
                    yield path


def _candidates(written: str, home: Home) -> Iterator[Path]:
    parts = split_address(written)
    path = unquote(parts.path)
    if not path or "\0" in path:
        return
    if not parts.netloc and not path.startswith("/"):
        yield home.path.parent / path
        if home.site:
            yield home.path.with_suffix("") / path  # the folder that Hexo keeps beside a post
    if not home.site:
        return
    for base in _ROOTS:
        yield home.root / base / path.lstrip("/")


def _bytes_of(file: Path) -> bytes:
    if file.stat().st_size > _BYTES:
        raise _LostError(f"it is larger than {_BYTES // 1_000_000} MB")
    return file.read_bytes()


def _data(url: str) -> bytes:
    head, _comma, body = url.partition(",")
    try:
        return base64.b64decode(unquote(body)) if head.endswith(";base64") else unquote_to_bytes(body)
    except (binascii.Error, ValueError) as error:
        raise _LostError("its data is damaged") from error
