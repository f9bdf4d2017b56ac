"""Golden cases: one case, one file (tests/cases/README.md). Adding a case edits no Python."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter

from pipeline.book import Book, Post, ResolvedBook, Truncated
from pipeline.config import BuildConfig, Format
from pipeline.diagnostics import Diagnostic, Reporter
from pipeline.mathml.convert import convert_book, convert_formula
from pipeline.phrases import phrases_for
from pipeline.posts import plain_title
from pipeline.readers.article import Article
from pipeline.readers.decode import decode
from pipeline.readers.dump import read_dump
from pipeline.readers.links import link_posts
from pipeline.readers.resources import Home, Library
from pipeline.readers.sources import finished, read_file
from pipeline.resolve import resolve
from pipeline.transforms import TRANSFORMS
from pipeline.writers.contract import WriterOptions
from pipeline.writers.formats import writer_of

from native import day, native_post

CASES: Final = Path(__file__).parent / "cases"
_MARK: Final = re.compile(r"^(<<<|>>>) ([a-z]+)(?: (.+))?$")


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a case: an input (``<<<``) or an expectation (``>>>``)."""

    mark: str
    kind: str
    name: str
    body: str


@dataclass(frozen=True, slots=True)
class Case:
    """A parsed case file."""

    prose: str
    sections: tuple[Section, ...]

    def inputs(self, kind: str) -> tuple[Section, ...]:
        return tuple(section for section in self.sections if section.mark == "<<<" and section.kind == kind)

    @property
    def expected(self) -> tuple[Section, ...]:
        return tuple(section for section in self.sections if section.mark == ">>>")


def parse_case(text: str) -> Case:
    """Split a case file; a body loses the blank lines around it and the ``\\`` before a marked line."""
    prose: list[str] = []
    sections: list[tuple[str, str, str, list[str]]] = []
    for line in text.split("\n"):
        if found := _MARK.match(line):
            sections.append((found[1], found[2], found[3] or "", []))
        else:
            (sections[-1][3] if sections else prose).append(_unescaped(line))
    parsed = tuple(Section(mark, kind, name, "\n".join(body).strip("\n")) for mark, kind, name, body in sections)
    return Case("\n".join(prose).strip(), parsed)


def _unescaped(line: str) -> str:
    return line[1:] if re.match(r"\\(<<<|>>>|\\)", line) else line


def _escaped(line: str) -> str:
    return "\\" + line if re.match(r"<<<|>>>|\\(<<<|>>>|\\)", line) else line


def render_case(case: Case) -> str:
    """Return the file of a case, the inverse of ``parse_case``."""
    parts = [case.prose]
    for section in case.sections:
        head = f"{section.mark} {section.kind}{' ' + section.name if section.name else ''}"
        body = "\n".join(_escaped(line) for line in section.body.split("\n"))
        parts.append(f"{head}\n{body}" if body else head)
    return "\n\n".join(parts) + "\n"


@dataclass(slots=True)
class Run:
    """What the program makes of a case, made on demand and once."""

    case: Case
    reporter: Reporter
    config: BuildConfig
    _source: Book | None = None
    _book: Book | None = None
    _resolved: ResolvedBook | None = None

    def read(self) -> Book:
        if self._source is None:
            self._source = self._read()
        return self._source

    def _read(self) -> Book:
        found: list[Post | Article] = []
        for number, section in enumerate(self.case.inputs("dump"), start=1):
            path = section.name or (f"dump{number}.txt" if number > 1 else "dump.txt")
            source = decode(path, (section.body + "\n").encode(), "", self.reporter)
            found += read_dump(source, self.reporter, self.config.text)
        for section in self.case.inputs("source"):
            found += read_file(section.name, (section.body + "\n").encode(), self.config, self.reporter)
        library = Library(self.reporter)  # a case has no folder, so every image of it is lost
        posts = (
            library.with_images(post, Home(Path(post.span.path), Path("no folder")))
            for post in finished(found, self.config, self.reporter)
        )
        return Book(self.config, link_posts(posts))

    def book(self) -> Book:
        if self._book is None:
            book = self.read()
            for transform in TRANSFORMS:
                book = transform(book, self.reporter)
            self._book = convert_book(book, self.reporter, jobs=1, cache=None)
        return self._book

    def resolved(self) -> ResolvedBook:
        if self._resolved is None:
            self._resolved = resolve(self.book(), self.reporter)
        return self._resolved


def run_case(case: Case) -> Run:
    """Prepare a case; its ``<<< config`` is a book.toml."""
    data = {}
    for section in case.inputs("config"):
        data = tomllib.loads(section.body)
    renamed = {{"book": "metadata", "post": "posts"}.get(key, key): value for key, value in data.items()}
    config = TypeAdapter(BuildConfig).validate_python(renamed)
    return Run(case, Reporter(), replace(config, cache=None, jobs=1))


def _native(run: Run) -> str:
    return "\n\n".join(native_post(post) for post in run.book().posts)


def _read(run: Run) -> str:
    return "\n\n".join(native_post(post) for post in run.read().posts)


def _posts(run: Run) -> str:
    return "\n".join(
        f"{day(post.date)} | {plain_title(post)}{' | cut' if isinstance(post.status, Truncated) else ''}"
        for post in run.book().posts
    )


def _diagnostics(run: Run) -> str:
    if run.case.inputs("dump") or run.case.inputs("source"):
        run.resolved()
    return "\n".join(_finding(diagnostic) for diagnostic in run.reporter.diagnostics) or "none"


def _finding(diagnostic: Diagnostic) -> str:
    place = f"{diagnostic.span}: " if diagnostic.span else ""
    return f"{place}{diagnostic.severity.value} {diagnostic.code.label}: {diagnostic.message}"


def _mathml(run: Run) -> str:
    converted = []
    for section in run.case.inputs("tex"):
        for line in section.body.split("\n"):
            display = line.startswith("$$")
            result = convert_formula(line.removeprefix("$$").removesuffix("$$"), display=display)
            converted.append(result.mathml if result.mathml is not None else f"error: {result.error}")
    return "\n".join(converted)


def _xhtml(run: Run) -> str:
    from bodies import chapter_bodies  # noqa: PLC0415 - cases of the reader need no writer

    return "\n\n".join(chapter_bodies(run.resolved()))


def _latex(run: Run) -> str:
    from typeset import latex_bodies  # noqa: PLC0415 - as above

    return "\n\n".join(latex_bodies(run.resolved()))


def _without_imprint(text: str, language: str) -> str:
    """Return what a case is about: the imprint is the same in every one, and names the version of the program."""
    words = phrases_for(language)
    imprint = rf"^[#= ]*{re.escape(words.about)}$.*?^{re.escape(words.made_with)}.*?$\n*"
    return re.sub(imprint, "", text, flags=re.MULTILINE | re.DOTALL)


def _through_pandoc(name: str) -> Callable[[Run], str]:
    def written(run: Run) -> str:
        artefact = writer_of(Format(name))(run.resolved(), WriterOptions(slug="book"), run.reporter)
        template, template_ends, body = artefact.files[0].content.decode().partition("  doc,\n)\n\n")
        return _without_imprint(body if template_ends else template, run.resolved().config.metadata.language)

    return written


OUTPUTS: Final[dict[str, Callable[[Run], str]]] = {
    "read": _read,
    "native": _native,
    "posts": _posts,
    "mathml": _mathml,
    "xhtml": _xhtml,
    "latex": _latex,
    "markdown": _through_pandoc("markdown"),
    "plain": _through_pandoc("plain"),
    "typst": _through_pandoc("typst"),
    "diagnostics": _diagnostics,
}


def actual(case: Case) -> Case:
    """Return ``case`` with every expectation replaced by what the program makes now."""
    run = run_case(case)
    made = tuple(
        replace(section, body=OUTPUTS[section.kind](run).strip("\n")) if section.mark == ">>>" else section
        for section in case.sections
    )
    return Case(case.prose, made)
