"""Build pages for the tests that look at them in a browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from playwright.sync_api import Page

from pipeline.build import build
from pipeline.config import BuildConfig, Format, HtmlOptions, Metadata, Split
from pipeline.diagnostics import Reporter

SOURCE = Path(__file__).parent / "browser" / "anthology.txt"

Opener: TypeAlias = Callable[..., Page]

METADATA = Metadata(
    title="试验文集",
    author="某人",
    language="zh-CN",
    source_name="某博客",
    source_url="https://example.org/",
    rights="CC BY-SA 4.0",
    rights_url="https://creativecommons.org/licenses/by-sa/4.0/",
)


def build_page(source: Path, out: Path, split: Split = "") -> Path:
    """Build the page of ``source`` into the folder ``out`` and return its path."""
    config = BuildConfig(
        sources=(source,),
        out=out,
        slug="book",
        formats=(Format.HTML,),
        metadata=METADATA,
        jobs=1,
        html=HtmlOptions(split=split),
    )
    build(config, Reporter(), lambda _line: None)
    return out / "book.html"
