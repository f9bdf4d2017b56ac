"""Reading the printed book back: the lines of its pages, and where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Final

from pipeline.book import ResolvedBook
from pipeline.build import understand
from pipeline.config import BuildConfig, Metadata
from pipeline.diagnostics import Reporter
from pipeline.resolve import resolve
from pipeline.writers.contract import Artefact, WriterOptions
from pipeline.writers.pdf.writer import write_pdf

TEXT: Final = 9.0  # points: neither heads nor exponents


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is printed: its page, its base line in points from the top, its left end, and its text."""

    page: int
    base: float
    left: float
    text: str


def printed(source: Path, language: str, smallest: float = TEXT) -> list[Line]:
    """Return the lines of the book that is made from ``source`` alone."""
    return printed_lines(write_pdf(understood_in(source, language), WriterOptions("book"), Reporter()), smallest)


def understood_in(source: Path, language: str) -> ResolvedBook:
    """Return the book of one source in a language."""
    config = BuildConfig(metadata=Metadata(title="Book", language=language), sources=(source,))
    return resolve(understand(config, Reporter(), lambda _: None, mathml=False), Reporter())


def printed_lines(artefact: Artefact, smallest: float = TEXT) -> list[Line]:
    """Return the lines of text in this size at least, from top to bottom."""
    pymupdf = import_module("pymupdf")
    lines: dict[tuple[int, int], list[tuple[float, str]]] = {}
    with pymupdf.open(stream=artefact.files[0].content, filetype="pdf") as document:
        for number, page in enumerate(document):
            blocks = page.get_text("dict")["blocks"]
            for span in (span for block in blocks for line in block["lines"] for span in line["spans"]):
                if span["size"] > smallest:
                    place = number, round(span["origin"][1])
                    lines.setdefault(place, []).append((span["origin"][0], span["text"]))
    return [
        Line(page, base, min(spans)[0], "".join(text for _, text in sorted(spans)).strip())
        for (page, base), spans in sorted(lines.items())
    ]
