"""The commands: each one reads its options, has the work done, and prints what came of it.

A command loads the rooms that it needs when it is run, so that those that build nothing do not wait for a builder.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from pipeline import __version__
from pipeline.cli.configuration import configure, with_output
from pipeline.cli.options import (
    ConfigOption,
    EncodingOption,
    FetchOption,
    FormatOption,
    FromOption,
    JobsOption,
    JsonOption,
    MathOption,
    OutOption,
    SortOption,
    SourceArgument,
    SplitOption,
)
from pipeline.cli.terminal import Terminal
from pipeline.codes import Code, Severity
from pipeline.config import BuildConfig
from pipeline.diagnostics import Reporter, counted
from pipeline.errors import PipelineError, UsageError
from pipeline.settings import config_places

PROBLEMS = 1

app = typer.Typer(
    help="From a plain-text dump of a mathematics blog to a book: EPUB 3, PDF, and one HTML page.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


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
    wanted = configure(sources, config, encoding, read_as, fetch)
    wanted = replace(with_output(wanted, formats, out, jobs, sort, split, math), strict=strict or wanted.strict)
    reporter = _build(wanted)
    if wanted.strict and _has_problems(reporter):
        raise typer.Exit(PROBLEMS)


def _build(wanted: BuildConfig) -> Reporter:
    """Make the book, and print what was found and what was written; return the findings.

    They are counted for a book that was made: of one that was not, the error that follows says more.
    """
    from pipeline.build import build as build_book

    terminal, reporter = Terminal(), Reporter()
    try:
        with terminal.progressing() as progress:
            built = build_book(wanted, reporter, progress)
    finally:
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
    from pipeline.build import understand
    from pipeline.inspection import SCHEMA, diagnostics_json
    from pipeline.resolve import resolve

    wanted = configure(sources, config, encoding, read_as, fetch)
    terminal, reporter = Terminal(), Reporter()
    with terminal.progressing() as progress:
        resolve(understand(wanted, reporter, progress, mathml=True), reporter)
    if as_json:
        _print_json({"schema": SCHEMA, "diagnostics": diagnostics_json(reporter.diagnostics)})
    else:
        terminal.diagnostics(reporter, notes=True)
    if _has_problems(reporter):
        raise typer.Exit(PROBLEMS)


@app.command()
def verify(
    artefacts: Annotated[list[Path], typer.Argument(help="Books made earlier, or folders of pages.")],
    sources: Annotated[list[Path] | None, typer.Option("--source", "-s", help="The dumps they were made from.")] = None,
    config: ConfigOption = None,
    sort: SortOption = None,
    encoding: EncodingOption = None,
    read_as: FromOption = None,
    fetch: FetchOption = False,
    as_json: JsonOption = False,
) -> None:
    """Prove that artefacts hold all that their sources hold; exit 1 if anything is missing."""
    from pipeline.build import verify_artefacts
    from pipeline.inspection import SCHEMA, diagnostics_json

    wanted = configure(sources, config, encoding, read_as, fetch)
    wanted = replace(wanted, sort=sort or wanted.sort)
    terminal, reporter = Terminal(), Reporter()
    with terminal.progressing() as progress:
        book = verify_artefacts(artefacts, wanted, reporter, progress)
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
    from pipeline.build import understand
    from pipeline.inspection import inspect_book

    if formulas and not as_json:
        raise UsageError("--formulas needs --json", help="without it, posts are listed and no formulas")
    wanted = configure(sources, config, encoding, read_as, fetch)
    terminal, reporter = Terminal(), Reporter()
    with terminal.progressing() as progress:
        book = understand(wanted, reporter, progress, mathml=formulas)
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
    from pipeline.mathml.conversion import ENGINE
    from pipeline.mathml.convert import convert_formula

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
    from pipeline.cli.starter import write_starter

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
    from pipeline.cli.watching import changes

    def configured() -> BuildConfig:
        wanted = configure(sources, config, encoding, read_as, fetch)
        return with_output(wanted, formats, out, jobs, sort, split, math)

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
    from pipeline.cli.doctor import examine

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


def _has_problems(reporter: Reporter) -> bool:
    return bool(reporter.count(Severity.ERROR) or reporter.count(Severity.WARNING))


def _print_json(document: object) -> None:
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=1) + "\n")
