"""From paths to posts: which files a SOURCE means, and which reader each of them gets."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from pipeline.book import Post, Resource
from pipeline.codes import Code
from pipeline.config import TextOptions
from pipeline.diagnostics import Reporter
from pipeline.errors import SourceError
from pipeline.readers.decode import decode
from pipeline.readers.dump import read_dump

STDIN = Path("-")


@dataclass(frozen=True, slots=True)
class Sources:
    """What all sources of a build hold, in the order in which they were named."""

    posts: tuple[Post, ...]
    resources: Mapping[str, Resource] = field(default_factory=lambda: MappingProxyType({}))


def read_sources(paths: Sequence[Path], reporter: Reporter, options: TextOptions) -> Sources:
    """Read every source; ``-`` is standard input, a folder means its ``.txt`` files in the order of their names.

    Raises:
        SourceError: a path does not exist or cannot be read.
    """
    posts: list[Post] = []
    for path in (file for source in paths for file in _files(source)):
        text = decode(str(path), _bytes_of(path), options.encoding, reporter)
        reporter.remember(text)
        found = read_dump(text, reporter, options)
        if not found:
            reporter.report(Code.NO_POSTS, f"no post was found in {path}", text.span(0))
        posts.extend(found)
    return Sources(tuple(posts))


def _files(source: Path) -> tuple[Path, ...]:
    if source != STDIN and source.is_dir():
        files = tuple(sorted(source.glob("*.txt")))
        if not files:
            raise SourceError(f"{source}: no .txt file in this folder", help="name the dump itself")
        return files
    return (source,)


def _bytes_of(path: Path) -> bytes:
    if path == STDIN:
        return sys.stdin.buffer.read()
    try:
        return path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror}", help="check the path and its permissions") from error
