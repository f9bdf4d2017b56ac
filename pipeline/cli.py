"""The command line: the only place that prints or exits.

Results go to standard output, progress and diagnostics to standard error. Exit status: 0 done; 1 done, but
``--strict``, ``check``, ``verify``, ``math`` or ``doctor`` found problems; 2 usage; 3 unreadable source or
configuration; 4 a needed program is missing; 5 an artefact could not be made, or lacks something of its source.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from contextlib import suppress
from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import Annotated, Literal

import typer

from pipeline import __version__
from pipeline.build import build as build_book
from pipeline.build import understand, verify_artefacts
from pipeline.codes import Code, Severity
from pipeline.config import BuildConfig, EpubMath, Format, Sort
from pipeline.diagnostics import Reporter, counted
from pipeline.doctor import examine
from pipeline.errors import ArtefactError, PipelineError, UsageError
from pipeline.inspection import SCHEMA, diagnostics_json, inspect_book
from pipeline.mathml.conversion import ENGINE
from pipeline.mathml.convert import convert_formula
from pipeline.resolve import resolve
from pipeline.settings import SEEDS, config_places, dated, find_config, load_config
from pipeline.signals import Ended, end_in_order
from pipeline.starter import write_starter
from pipeline.terminal import Terminal
from pipeline.watching import changes

PROBLEMS = 1

app = typer.Typer(
    help="From a plain-text dump of a mathematics blog to a book: EPUB 3, PDF, and one HTML page.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class FormatChoice(Enum):
    """What ``--format`` takes."""

    EPUB = "epub"
    PDF = "pdf"
    HTML = "html"
    DOCX = "docx"
    ODT = "odt"
    MARKDOWN = "markdown"
    TYPST = "typst"
    PLAIN = "plain"
    ALL = "all"  # the first three


SourceArgument = Annotated[
    list[Path] | None,
    typer.Argument(help="Dumps: files, folders, or - for standard input.", show_default=False, allow_dash=True),
]
FormatOption = Annotated[
    list[FormatChoice] | None, typer.Option("--format", "-f", help="What to build; may be repeated.")
]
OutOption = Annotated[Path | None, typer.Option("--out", "-o", help="Where the artefacts go.")]
ConfigOption = Annotated[
    Path | None, typer.Option("--config", "-c", help="The book.toml; else the one here or beside the first SOURCE.")
]
EncodingOption = Annotated[
    str | None, typer.Option("--encoding", help="The sources' encoding, where it is not detected.")
]
FromOption = Annotated[
    str | None, typer.Option("--from", help="What the sources are: dump, markdown, html …; else it is detected.")
]
SortOption = Annotated[Sort | None, typer.Option(help="The order of the posts.")]
JobsOption = Annotated[int | None, typer.Option("--jobs", "-j", min=0, help="Worker processes; 0 is one a core.")]
SplitOption = Annotated[
    Literal["post", "year"] | None, typer.Option(help="HTML as a small site, a page for each, not as one page.")
]
MathOption = Annotated[EpubMath | None, typer.Option(help="How the EPUB shows formulas.")]
FetchOption = Annotated[bool, typer.Option("--fetch", help="Get images that posts show from the web.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
def build(
    sources: SourceArgument = None,
    formats: FormatOption = None,
    out: OutOption = None,
    config: ConfigOption = None,
    jobs: JobsOption = None,
    sort: SortOption = None,
    encoding: EncodingOption = None,
    read_as: FromOption = None,
    split: SplitOption = None,
    math: MathOption = None,
    fetch: FetchOption = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 on any warning or error.")] = False,
) -> None:
    """Make the book."""
    wanted = _configure(sources, config, encoding, read_as, fetch)
    wanted = replace(_with_output(wanted, formats, out, jobs, sort, split, math), strict=strict or wanted.strict)
    reporter = _build(wanted)
    if wanted.strict and _has_problems(reporter):
        raise typer.Exit(PROBLEMS)


def _build(wanted: BuildConfig) -> Reporter:
    """Make the book, and print what was found and what was written; return the findings.

    They are counted for a book that was made: of one that was not, the error that follows says more.
    """
    terminal, reporter = Terminal(), Reporter()
    try:
        built = build_book(wanted, reporter, terminal.progress)
    finally:
        terminal.done()
        terminal.findings(reporter, notes=False)
    terminal.counts(reporter)
    for path in built.paths:
        sys.stdout.write(f"{path}\n")
    return reporter


@app.command()
def check(
    sources: SourceArgument = None,
    config: ConfigOption = None,
    encoding: EncodingOption = None,
    read_as: FromOption = None,
    fetch: FetchOption = False,
    as_json: JsonOption = False,
) -> None:
    """Show what is wrong or doubtful; exit 1 if anything is wrong."""
    wanted = _configure(sources, config, encoding, read_as, fetch)
    terminal, reporter = Terminal(), Reporter()
    try:
        resolve(understand(wanted, reporter, terminal.progress, mathml=True), reporter)
    finally:
        terminal.done()
    if as_json:
        _print_json({"schema": SCHEMA, "diagnostics": diagnostics_json(reporter.diagnostics)})
    else:
        terminal.diagnostics(reporter, notes=True)
    if _has_problems(reporter):
        raise typer.Exit(PROBLEMS)


@app.command()
def verify(
    artefacts: Annotated[list[Path], typer.Argument(help="Books made earlier, or folders of pages; no typst or text.")],
    sources: Annotated[list[Path] | None, typer.Option("--source", "-s", help="The dumps they were made from.")] = None,
    config: ConfigOption = None,
    sort: SortOption = None,
    encoding: EncodingOption = None,
    read_as: FromOption = None,
    fetch: FetchOption = False,
    as_json: JsonOption = False,
) -> None:
    """Prove that artefacts hold all that their sources hold; exit 1 if anything is missing."""
    wanted = _configure(sources, config, encoding, read_as, fetch)
    wanted = replace(wanted, sort=sort or wanted.sort)
    terminal, reporter = Terminal(), Reporter()
    try:
        book = verify_artefacts(artefacts, wanted, reporter, terminal.progress)
    finally:
        terminal.done()
    lost = tuple(found for found in reporter.diagnostics if found.code is Code.CONTENT_LOST)
    posts, formulas = len(book.posts), book.summary.formulas
    if as_json:
        compared = {"schema": SCHEMA, "posts": posts, "formulas": formulas}
        _print_json(compared | {"diagnostics": diagnostics_json(lost)})  # docs/verify.schema.json
    else:
        terminal.diagnostics(replace(reporter, diagnostics=list(lost)), notes=False)
    if lost:
        raise typer.Exit(PROBLEMS)
    if not as_json:
        sys.stdout.write(f"{counted(posts, 'post')}, {counted(formulas, 'formula')}: nothing is missing\n")


@app.command()
def inspect(
    sources: SourceArgument = None,
    config: ConfigOption = None,
    encoding: EncodingOption = None,
    read_as: FromOption = None,
    fetch: FetchOption = False,
    as_json: JsonOption = False,
    formulas: Annotated[bool, typer.Option("--formulas", help="With --json: every formula and its MathML.")] = False,
) -> None:
    """Show what was understood: posts, dates, blocks, flags."""
    if formulas and not as_json:
        raise UsageError("--formulas needs --json", help="without it, posts are listed and no formulas")
    wanted = _configure(sources, config, encoding, read_as, fetch)
    terminal, reporter = Terminal(), Reporter()
    try:
        book = understand(wanted, reporter, terminal.progress, mathml=formulas)
    finally:
        terminal.done()
    if as_json:
        _print_json(inspect_book(book, reporter, formulas=formulas))
    else:
        terminal.posts(book)
        if not book.posts:
            terminal.diagnostics(reporter, notes=False)


@app.command()
def math(
    tex: Annotated[str | None, typer.Argument(help="A formula; else one a line from standard input.")] = None,
    display: Annotated[bool, typer.Option("--display", help="As on a line of its own.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Convert formulas to MathML; exit 1 if one could not be."""
    terminal = Terminal()
    lines = [(None, tex)] if tex is not None else enumerate((line.rstrip("\n") for line in sys.stdin), 1)
    failed = False
    for number, formula in lines:
        if number and not formula.strip():
            sys.stdout.write("" if as_json else "\n")
            continue
        conversion = convert_formula(formula, display=display)
        failed |= conversion.mathml is None
        if as_json:
            result = {
                "tex": formula,
                "mathml": conversion.mathml,
                "engine": ENGINE if conversion.mathml else None,
                "error": conversion.error,
            }
            sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")
        elif conversion.mathml is not None:
            sys.stdout.write(conversion.mathml + "\n")
        else:
            terminal.formula_failed(formula, conversion, number)
            sys.stdout.write("\n" if number else "")  # every line has one in the output
    if failed:
        raise typer.Exit(PROBLEMS)


@app.command()
def init(folder: Annotated[Path, typer.Argument(help="Where the dumps are.", file_okay=False)] = Path()) -> None:
    """Write a book.toml to start from."""
    sys.stdout.write(f"{write_starter(folder)}\n")


@app.command()
def watch(
    sources: SourceArgument = None,
    formats: FormatOption = None,
    out: OutOption = None,
    config: ConfigOption = None,
    jobs: JobsOption = None,
    sort: SortOption = None,
    encoding: EncodingOption = None,
    read_as: FromOption = None,
    split: SplitOption = None,
    math: MathOption = None,
    fetch: FetchOption = False,
) -> None:
    """Build, and build again whenever a source or the book.toml changes; end with Ctrl-C."""

    def configured() -> BuildConfig:
        wanted = _configure(sources, config, encoding, read_as, fetch)
        return _with_output(wanted, formats, out, jobs, sort, split, math)

    terminal, wanted = Terminal(), configured()
    settings = (config,) if config else config_places(tuple(sources or ()), Path())

    def out_now() -> Path:
        return wanted.out

    for _ in changes(wanted.sources, settings, out_now):
        try:
            wanted = configured()
            _build(wanted)
        except PipelineError as error:
            terminal.error(error)
        for absent in (source for source in wanted.sources if not source.exists()):
            terminal.awaited(absent)
        terminal.progress("watching; Ctrl-C ends it")


@app.command()
def doctor() -> None:
    """Show which of the programs that a build may need are there, and how to install the others."""
    findings = examine()
    for finding in findings:
        mark = "ok     " if finding.found else "missing"
        sys.stdout.write(f"{mark}  {finding.name:<12} {finding.detail}\n")
    if not all(finding.found or finding.optional for finding in findings):
        raise typer.Exit(PROBLEMS)


def _version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"pipeline {__version__}\n")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


def _configure(
    sources: list[Path] | None, config: Path | None, encoding: str | None, read_as: str | None, fetch: bool
) -> BuildConfig:
    """Put the configuration together: book.toml, then what the command line says of the sources."""
    named = tuple(sources or ())
    path = config or find_config(named, Path())
    wanted = load_config(path, os.environ) if path else dated(BuildConfig(), os.environ)
    said = {"text.encoding": encoding, "text.format": read_as}  # here, and no longer in the file
    return replace(
        wanted,
        sources=_sources(named, wanted),
        cache=wanted.cache or _cache_folder(),
        fetch=fetch or wanted.fetch,
        places={name: place for name, place in wanted.places.items() if not said.get(name)},
        text=replace(wanted.text, encoding=encoding or wanted.text.encoding, format=read_as or wanted.text.format),
    )


def _with_output(
    wanted: BuildConfig,
    formats: list[FormatChoice] | None,
    out: Path | None,
    jobs: int | None,
    sort: Sort | None,
    split: Literal["post", "year"] | None,
    math: EpubMath | None,
) -> BuildConfig:
    """Add what the command line says of the books to be made."""
    return replace(
        wanted,
        formats=_formats(formats) or wanted.formats,
        out=out or wanted.out,
        jobs=wanted.jobs if jobs is None else jobs,
        sort=sort or wanted.sort,
        epub=replace(wanted.epub, math=math or wanted.epub.math),
        html=replace(wanted.html, split=split or wanted.html.split),
    )


def _sources(named: tuple[Path, ...], config: BuildConfig) -> tuple[Path, ...]:
    found = named or config.sources or ((SEEDS,) if SEEDS.is_dir() else ())
    if not found:
        raise UsageError("no SOURCE was named, and there is no book.toml and no seeds folder here", help="name a dump")
    return found


def _cache_folder() -> Path | None:
    """Where converted formulas are kept (XDG Base Directory Specification); PIPELINE_NO_CACHE turns it off."""
    if os.environ.get("PIPELINE_NO_CACHE"):
        return None
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "pipeline"


def _formats(choices: list[FormatChoice] | None) -> tuple[Format, ...]:
    if not choices:
        return ()
    common = (Format.PDF, Format.EPUB, Format.HTML) if FormatChoice.ALL in choices else ()
    return (*common, *(Format(choice.value) for choice in choices if choice is not FormatChoice.ALL))


def _has_problems(reporter: Reporter) -> bool:
    return bool(reporter.count(Severity.ERROR) or reporter.count(Severity.WARNING))


def _print_json(document: object) -> None:
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=1) + "\n")


def main() -> None:
    """Run the command line; every failure that a user can act on becomes a message and an exit status."""
    _collect_rarely()
    end_in_order()
    try:
        app()
    except PipelineError as error:
        Terminal().error(error)
        sys.exit(error.status)
    except KeyboardInterrupt:
        sys.exit(130)  # what shells expect of a program ended by SIGINT
    except Ended as ended:
        with suppress(OSError):  # the terminal may be gone, which is what SIGHUP tells
            Terminal().error(PipelineError(str(ended), help="older artefacts are untouched"))
        sys.exit(ended.status)
    except Exception as error:
        if os.environ.get("PIPELINE_DEBUG"):
            raise
        Terminal().error(_unexpected(error))
        sys.exit(ArtefactError.status)


def _collect_rarely() -> None:
    """Look for cycles less often: documents are large trees of small objects, which have none to find.

    Measured: a dump of 3 MB is read in 1.7 s instead of 1.9 s, and the peak of memory does not rise.
    """
    gc.freeze()
    gc.set_threshold(100_000, 50, 1000)


def _unexpected(error: Exception) -> ArtefactError:
    """Say that the program is at fault, never by a traceback, which PIPELINE_DEBUG=1 shows to whoever mends it."""
    return ArtefactError(
        f"{type(error).__name__}: {error}",
        help="this is a defect of the program: please report it, with what PIPELINE_DEBUG=1 shows",
    )
