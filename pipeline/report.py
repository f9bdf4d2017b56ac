"""``report.json``: what a build did, made, concluded and doubted (docs/report.md)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any, Final

from pipeline.book import Post, ResolvedBook, Truncated
from pipeline.config import REPORT_NAME
from pipeline.diagnostics import Reporter
from pipeline.inspection import date_json, diagnostics_json
from pipeline.mathml.conversion import ENGINE
from pipeline.posts import plain_title
from pipeline.writers.contract import File

_SCHEMA: Final = 1


def report_file(book: ResolvedBook, artefacts: Iterable[File], reporter: Reporter) -> File:
    """Return the report as a file: UTF-8 JSON, keys in a fixed order, no clock, and paths as they were given."""
    document = {
        "schema": _SCHEMA,
        "title": book.config.metadata.title,
        "artefacts": [_artefact(file) for file in artefacts],
        "posts": [_post(post) for post in book.posts],
        "math": _math(book),
        "counts": {code.label: count for code, count in sorted(reporter.by_code().items(), key=lambda c: c[0].label)},
        "diagnostics": diagnostics_json(reporter.diagnostics),
    }
    return File(REPORT_NAME, (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode())


def _artefact(file: File) -> dict[str, Any]:
    return {"name": file.name, "bytes": len(file.content), "sha256": hashlib.sha256(file.content).hexdigest()}


def _post(post: Post) -> dict[str, Any]:
    return {
        "id": post.id,
        "title": plain_title(post),
        "path": post.span.path,
        "line": post.span.line,
        "date": date_json(post.date),
        "truncated": isinstance(post.status, Truncated),
        "url": post.url or None,
        "origins": list(post.origins),
    }


def _math(book: ResolvedBook) -> dict[str, Any]:
    summary = book.summary
    converted = summary.formulas - summary.formulas_as_source
    return {
        "formulas": summary.formulas,
        "engines": {ENGINE: converted} if converted else {},
        "shown_as_source": dict(summary.failures),
    }
