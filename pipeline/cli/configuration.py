"""What a build is asked to do: the ``book.toml``, and the command line over it."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Literal

from pipeline.cli.options import FormatChoice
from pipeline.config import BuildConfig, EpubMath, Format, Sort
from pipeline.errors import UsageError
from pipeline.settings import SEEDS, dated, find_config, load_config


def configure(
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


def with_output(
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
