"""Each format and how it is read back: one table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import assert_never

from pipeline.config import Format
from pipeline.verify.compare import Loss
from pipeline.verify.epub import verify_epub
from pipeline.verify.expected import Expected
from pipeline.verify.html import verify_html
from pipeline.writers.contract import File


def format_of(path: PurePath) -> Format | None:
    """Return the format that a file's name tells; None for one that cannot be read back."""
    suffix = path.suffix.lower().removeprefix(".")
    return next((output for output in Format if output.value == suffix), None)


def artefact_losses(output: Format, files: Sequence[File], expected: Expected) -> tuple[Loss, ...]:
    """Return what an artefact lacks of what is expected.

    Raises:
        ArtefactError: it cannot be read at all.
    """
    match output:
        case Format.EPUB:
            return tuple(loss for file in files for loss in verify_epub(file.content, expected))
        case Format.HTML:
            return verify_html([file.content for file in files if PurePath(file.name).suffix == ".html"], expected)
        case Format.PDF:
            return ()
        case _:
            assert_never(output)
