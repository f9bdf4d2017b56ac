"""The last line of a site's page: proof that a build wrote the file, and that nobody changed it since.

A site leaves out pages that an earlier build of the book had, and only what a build made may be taken away. The proof
stands in the page itself, so it holds whatever other books and formats were written into the folder in between.
"""

from __future__ import annotations

import hashlib
from typing import Final

_OPENING: Final = b"<!-- made by pipeline; sha256 of what stands above: "
_CLOSING: Final = b" -->\n"


def sealed(page: bytes) -> bytes:
    """Return ``page`` with the line at its end."""
    return page + _line(page)


def is_sealed(content: bytes) -> bool:
    """Return whether ``content`` is a page with that line, unchanged."""
    page, opening, _ = content.rpartition(_OPENING)
    return bool(opening) and content == sealed(page)


def _line(page: bytes) -> bytes:
    return _OPENING + hashlib.sha256(page).hexdigest().encode() + _CLOSING
