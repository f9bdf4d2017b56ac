"""Formats that pandoc writes: docx, odt, Markdown, typst and plain text, all from the same resolved book.

Pandoc gets the book as its own JSON, so nothing is parsed twice; it runs in its sandbox, reads no file and sees no
clock.
"""

from __future__ import annotations

import json
import re
import subprocess
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Final

from pipeline.book import ResolvedBook
from pipeline.codes import Code
from pipeline.config import Format
from pipeline.diagnostics import Reporter
from pipeline.document import Math
from pipeline.errors import ArtefactError
from pipeline.pandoc import pandoc
from pipeline.phrases import phrases_for
from pipeline.sandbox import Limits, run
from pipeline.walk import iter_inlines
from pipeline.writers.contract import Artefact, File, WriterOptions
from pipeline.writers.metadata import modified_of
from pipeline.writers.pandoc.document import pandoc_document
from pipeline.writers.pandoc.inlines import PandocSetting, formula_places
from pipeline.writers.pandoc.spelling import spelled_in_markdown, spelled_in_typst

_SECONDS: Final = 600
_LIMITS: Final = Limits(seconds=3600, file_size=1 << 30)
_MEMORY: Final = "3g"
_LOST_FORMULA: Final = re.compile(rb"Could not convert TeX math")


@dataclass(frozen=True, slots=True)
class _Target:
    """How one format is written."""

    name: str  # pandoc's, with its extensions
    suffix: str
    embeds: bool  # whether pictures go into the file; else they lie in a folder beside it
    arguments: tuple[str, ...] = ()
    tables_in_points: bool = True  # a <text:list-item> of OpenDocument 1.3 holds paragraphs, headings and lists alone


_TARGETS: Final[Mapping[Format, _Target]] = MappingProxyType(
    {
        Format.DOCX: _Target("docx", "docx", embeds=True),
        Format.ODT: _Target("odt", "odt", embeds=True, tables_in_points=False),
        Format.MARKDOWN: _Target("markdown-raw_html-smart", "md", embeds=False, arguments=("--wrap=none",)),
        Format.TYPST: _Target("typst", "typ", embeds=False, arguments=("--wrap=none", "--variable=papersize:a4")),
        Format.PLAIN: _Target("plain", "txt", embeds=False, arguments=("--wrap=none", "--reference-location=block")),
    }
)


def _write(output: Format, book: ResolvedBook, options: WriterOptions, reporter: Reporter) -> Artefact:
    """Return the book in one of pandoc's formats.

    Raises:
        MissingProgramError: there is no pandoc.
        ArtefactError: pandoc failed.
    """
    target = _TARGETS[output]
    folder = f"{options.slug}-images"
    href = partial(_href, book, folder, embeds=target.embeds)
    phrases, is_plain = phrases_for(book.config.metadata.language), output is Format.PLAIN
    setting = PandocSetting(book, phrases, href, target.tables_in_points, is_plain, _places(book))
    document = pandoc_document(setting)
    if output is Format.MARKDOWN:
        document = spelled_in_markdown(document)
    elif output is Format.TYPST:
        document = spelled_in_typst(document)
    content, log = _run(json.dumps(document).encode(), target, book)
    lost = len(_LOST_FORMULA.findall(log))
    if lost and not is_plain:  # plain text has no mathematics to lose
        reporter.report(Code.FORMULAS_AS_TEX, f"{lost} formulas stand in the {target.suffix} as their TeX")
    images = book.resources.items() if not (is_plain or target.embeds) else ()
    pictures = tuple(File(f"{folder}/{name}", resource.content) for name, resource in images)
    return Artefact((File(f"{options.slug}.{target.suffix}", content), *pictures))


write_docx: Final = partial(_write, Format.DOCX)
write_odt: Final = partial(_write, Format.ODT)
write_markdown: Final = partial(_write, Format.MARKDOWN)
write_typst: Final = partial(_write, Format.TYPST)
write_plain: Final = partial(_write, Format.PLAIN)


def _href(book: ResolvedBook, folder: str, name: str, *, embeds: bool) -> str:
    resource = book.resources[name]
    if embeds:
        return f"data:{resource.media_type};base64,{b64encode(resource.content).decode()}"
    return f"{folder}/{resource.name}"


def _places(book: ResolvedBook) -> dict[str, str]:
    inlines = (inline for post in book.posts for inline in iter_inlines(post.blocks))
    formulas = (inline for inline in inlines if isinstance(inline, Math))
    return {row: place for formula in formulas for row, place in formula_places(formula).items()}


def _run(document: bytes, target: _Target, book: ResolvedBook) -> tuple[bytes, bytes]:
    """Return what pandoc makes of a document, and what it says."""
    environment = {"LANG": "C.UTF-8", "SOURCE_DATE_EPOCH": str(int(modified_of(book.config.metadata).timestamp()))}
    with TemporaryDirectory() as folder:
        output = Path(folder, "book")
        command = [pandoc(), "--sandbox", "--standalone", "--from=json", f"--to={target.name}", *target.arguments]
        limits = ["--output", str(output), "+RTS", f"-M{_MEMORY}", "-RTS"]
        try:
            done = run([*command, *limits], _LIMITS, document, _SECONDS, environment)
        except subprocess.TimeoutExpired as error:
            raise ArtefactError(f"pandoc took longer than {_SECONDS} s for the {target.suffix}") from error
        if done.returncode:
            said = done.stderr.decode(errors="replace").strip()[-500:]
            raise ArtefactError(f"pandoc could not write the {target.suffix}: {said}")
        return output.read_bytes(), done.stderr
