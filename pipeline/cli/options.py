"""The options that commands have in common, as typer is told of them."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Annotated, Literal

import typer

from pipeline.config import EpubMath, Sort


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
