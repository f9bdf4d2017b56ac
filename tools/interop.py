"""Whether calibre opens our EPUBs, and what is left of their words in what it makes of them.

usage: interop.py [SOURCE…]

Builds each edition of the book (of the seed, without SOURCE) and converts it with ``ebook-convert``: to text, and to
the formats of Kindles and from there to text. Every title, heading and stretch of text must be found there, in order.
Exit status 1 when something is lost.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, get_args

from measuring import ROOT

from pipeline.book import ResolvedBook
from pipeline.build import understand
from pipeline.config import BuildConfig, EpubMath
from pipeline.diagnostics import Reporter
from pipeline.resolve import resolve
from pipeline.settings import load_config
from pipeline.verify.expected import Expected, expected_of
from pipeline.verify.marks import fold, stretches
from pipeline.writers.contract import WriterOptions
from pipeline.writers.epub.writer import write_epub

EDITIONS: Final[tuple[EpubMath, ...]] = get_args(EpubMath)
ROUTES: Final = ((), ("azw3",), ("mobi",))
"""What a book becomes on its way from EPUB to text."""

_TIMEOUT: Final = 1800  # seconds
_SHOWN: Final = 5  # losses told of one route


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one edition on one route."""

    edition: EpubMath
    route: tuple[str, ...]
    pieces: int
    lost: tuple[str, ...]

    def __str__(self) -> str:
        way = " → ".join(("epub", *self.route, "txt"))
        told = "".join(f"\n    lost: {text}" for text in self.lost[:_SHOWN])
        return f"{self.edition:<8} {way:<20} {self.pieces - len(self.lost):6} of {self.pieces} pieces of text{told}"


def resolved(sources: list[Path]) -> ResolvedBook:
    """Return the book of ``sources``, or the seed."""
    reporter = Reporter()
    seed = load_config(ROOT / "seeds" / "book.toml", {})
    config = BuildConfig(sources=tuple(sources)) if sources else seed
    return resolve(understand(config, reporter, lambda _: None, mathml=True), reporter)


def convert(source: Path, target: Path) -> None:
    """Let calibre make ``target``, with settings of nobody's."""
    home = source.parent
    env = {**os.environ, "HOME": str(home), "CALIBRE_CONFIG_DIRECTORY": str(home), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(  # noqa: S603 - our own command line
        ["ebook-convert", str(source), str(target)],  # noqa: S607 - wherever the system has it
        env=env,
        capture_output=True,
        text=True,
        timeout=_TIMEOUT,
        check=False,
    )
    if done.returncode != 0:
        sys.exit(f"ebook-convert {source.name} {target.name} failed:\n{(done.stdout + done.stderr)[-2000:]}")


def wanted(expected: Expected) -> Iterator[str]:
    """Yield what must be found, in order: every stretch of text between formulas and pictures."""
    for post in expected.posts:
        for piece in post.pieces:
            yield from map(plain, stretches(piece.text))


def plain(text: str) -> str:
    """Return ``text`` without ligatures and other variants of letters, which calibre takes apart."""
    return unicodedata.normalize("NFKC", text)


def lost(expected: Expected, text: str) -> Iterator[str]:
    """Yield what ``text`` lacks of what must be found, each sought after the one before."""
    position = 0
    for piece in wanted(expected):
        start = text.find(piece, position)
        if start < 0:
            yield piece
        else:
            position = start + len(piece)


def travel(book: ResolvedBook, edition: EpubMath, folder: Path) -> Iterator[Outcome]:
    """Send one edition of the book on every route."""
    config = replace(book.config, epub=replace(book.config.epub, math=edition))
    options = WriterOptions(edition, jobs=os.cpu_count() or 1)
    (file,) = write_epub(replace(book, config=config), options, Reporter()).files
    start = folder / file.name
    start.write_bytes(file.content)
    expected = expected_of(book)
    for route in ROUTES:
        here = start
        for form in (*route, "txt"):
            there = folder / f"{edition}-{'-'.join(route)}.{form}"
            convert(here, there)
            here = there
        text = fold(plain(here.read_text(encoding="utf-8")))
        yield Outcome(edition, route, sum(1 for _ in wanted(expected)), tuple(lost(expected, text)))


def main() -> None:
    """Print what came of every edition on every route."""
    book = resolved([Path(name) for name in sys.argv[1:]])
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        for edition in EDITIONS:
            for outcome in travel(book, edition, Path(folder)):
                print(outcome, flush=True)
                failed |= bool(outcome.lost)
    sys.exit(int(failed))


if __name__ == "__main__":
    main()
