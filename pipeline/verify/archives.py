"""Archives that may be damaged: which files of an EPUB, docx or odt are missing or cannot be read, told one by one."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator
from typing import Final
from zipfile import BadZipFile, ZipFile

from lxml import etree

UNREADABLE: Final = (
    BadZipFile,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What ``zipfile`` raises on archives with bytes changed: sums, headers, names, and methods of which there are none."""


def damages(archive: ZipFile, names: Iterable[str]) -> Iterator[str]:
    """Read the files ``names`` to their end, where their checksums are compared, and say of each what is wrong."""
    for name in names:
        try:
            archive.read(name)
        except UNREADABLE as error:
            yield damage(name, error)


def damage(name: str, error: Exception) -> str:
    """Say what ``error``, raised when the file ``name`` was read, means for it."""
    match error:
        case KeyError():
            return f"the file {name} is missing"
        case etree.LxmlError():
            return f"the file {name} is damaged: {error}"
        case _:
            return f"the file {name} is damaged"
