"""Find a font on this machine that has the characters of a title."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import ImageFont

# In order of preference; a serif face for a book. The index is the face within a collection that has the forms of
# mainland China.
_NAMES: Final = (
    ("NotoSerifCJK-Bold.ttc", 2),
    ("NotoSerifCJK-Regular.ttc", 2),
    ("NotoSerifCJKsc-Bold.otf", 0),
    ("SourceHanSerifSC-Bold.otf", 0),
    ("SourceHanSerif-Bold.ttc", 2),
    ("Songti.ttc", 0),
    ("simsun.ttc", 0),
    ("NotoSansCJK-Regular.ttc", 2),
    ("msyh.ttc", 0),
    ("wqy-microhei.ttc", 0),
    ("uming.ttc", 0),
)
_FOLDERS: Final = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path("/System/Library/Fonts"),
    Path("/Library/Fonts"),
    Path("C:/Windows/Fonts"),
)


@dataclass(frozen=True, slots=True)
class FontFace:
    """A font file, and the face in it when it is a collection."""

    path: Path
    index: int


def find_font(characters: str) -> FontFace | None:
    """Return the preferred installed font that has all ``characters``, or None."""
    files = dict(_installed())
    for name, index in _NAMES:
        if name in files and _draws(files[name], index, characters):
            return FontFace(files[name], index)
    return None


def _installed() -> Iterator[tuple[str, Path]]:
    """Yield the wanted fonts, in an order that does not depend on the file system."""
    wanted = {name for name, _ in _NAMES}
    for folder in _FOLDERS:
        for root, folders, names in os.walk(folder):
            folders.sort()
            yield from ((name, Path(root, name)) for name in sorted(wanted.intersection(names)))


def _draws(path: Path, index: int, characters: str) -> bool:
    """Whether the font has a shape of its own for every character, told from the one it draws for what it lacks."""
    try:
        face = ImageFont.truetype(str(path), 24, index=index)
    except OSError:
        return False
    missing = bytes(face.getmask("\uffff"))
    return all(character.isspace() or bytes(face.getmask(character)) != missing for character in set(characters))
