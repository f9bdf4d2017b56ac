"""Where pandoc is: in the Python package that brings it, or on the system."""

from __future__ import annotations

from functools import cache

import pypandoc

from pipeline.errors import MissingProgramError


@cache
def pandoc() -> str:
    """Return the path of pandoc.

    Raises:
        MissingProgramError: there is none.
    """
    try:
        return str(pypandoc.get_pandoc_path())
    except OSError as error:
        raise MissingProgramError("pandoc is not installed", help="pip install pypandoc_binary") from error
