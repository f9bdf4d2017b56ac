"""Find a font on this machine that has the characters of a title."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import ImageFont

from pipeline.writers.cjk import cjk_cut

_SIMPLIFIED, _TRADITIONAL, _JAPANESE, _KOREAN = "SC", "TC", "JP", "KR"
_FACES: Final = {
    _JAPANESE: 0,
    _KOREAN: 1,
    _SIMPLIFIED: 2,
    _TRADITIONAL: 3,
}  # within the collections of Noto and Source Han
# In order of preference, a serif face for a book first: the file, and the face in it with the forms of each script.
_NAMES: Final[tuple[tuple[str, dict[str, int]], ...]] = (
    ("NotoSerifCJK-Bold.ttc", _FACES),
    ("NotoSerifCJK-Regular.ttc", _FACES),
    ("NotoSerifCJKsc-Bold.otf", {_SIMPLIFIED: 0}),
    ("SourceHanSerifSC-Bold.otf", {_SIMPLIFIED: 0}),
    ("SourceHanSerif-Bold.ttc", _FACES),
    ("Songti.ttc", {_SIMPLIFIED: 0}),
    ("simsun.ttc", {_SIMPLIFIED: 0}),
    ("NotoSansCJK-Regular.ttc", _FACES),
    ("msyh.ttc", {_SIMPLIFIED: 0}),
    ("wqy-microhei.ttc", {_SIMPLIFIED: 0}),
    ("uming.ttc", dict.fromkeys(_FACES, 0)),
)
_FAMILIES: Final = {
    _SIMPLIFIED: "Noto Serif CJK SC, Source Han Serif SC, Songti SC, STSong, SimSun, serif",
    _TRADITIONAL: "Noto Serif CJK TC, Source Han Serif TC, Songti TC, PMingLiU, serif",
    _JAPANESE: "Noto Serif CJK JP, Source Han Serif, Hiragino Mincho ProN, Yu Mincho, serif",
    _KOREAN: "Noto Serif CJK KR, Source Han Serif K, AppleMyungjo, Batang, serif",
}
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


def families(language: str) -> str:
    """Return the families, in the form of CSS, that have the forms of characters that a language asks for."""
    return _FAMILIES[_script(language)]


def find_font(characters: str, language: str) -> FontFace | None:
    """Return the preferred installed font that has all ``characters`` in the forms of ``language``, or None."""
    files, script = dict(_installed()), _script(language)
    for name, faces in _NAMES:
        if name in files and script in faces and _draws(files[name], faces[script], characters):
            return FontFace(files[name], faces[script])
    return None


def _script(language: str) -> str:
    """Whose forms a language asks for, as far as the fonts here tell them apart."""
    cut = cjk_cut(language)
    return cut if cut in _FAMILIES else _TRADITIONAL


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
