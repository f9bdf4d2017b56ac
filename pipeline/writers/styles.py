"""The style sheets and templates that a designer edits: ``styles/`` in a checkout, ``pipeline/styles/`` in a wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

_PACKAGE = Path(__file__).resolve().parent.parent


@cache
def styles_folder() -> Path:
    """Return the folder of styles; an installed copy lies inside the package, a checkout's beside it."""
    inside = _PACKAGE / "styles"
    return inside if inside.is_dir() else _PACKAGE.parent / "styles"


def read_style(name: str) -> str:
    """Return the text of one file of styles; FileNotFoundError if there is none of that name."""
    return (styles_folder() / name).read_text(encoding="utf-8")


@cache
def markup_environment() -> Environment:
    """Return the environment for markup templates.

    Autoescape is set, not selected: ``select_autoescape`` leaves it off for .xhtml, .opf and .j2 names.
    """
    return Environment(
        loader=FileSystemLoader(styles_folder(), encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
