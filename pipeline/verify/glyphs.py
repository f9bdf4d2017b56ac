"""What the glyphs of a PDF mean: by the map that a font has of them, else by their names (ISO 32000-1, 9.10.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import count
from typing import Any, Final

from fontTools import agl
from fontTools.cffLib import CFFFontSet

UNKNOWN: Final = "\ufffd"  # a glyph of which nothing tells what it is

_RANGES: Final = re.compile(rb"begin(bfchar|bfrange)(.*?)endbf", re.DOTALL)
_CODES: Final = re.compile(rb"<([0-9A-Fa-f]+)>|\[([^\]]*)\]")
_REFERENCE: Final = re.compile(r"([0-9]+) [0-9]+ R")
_NAMES: Final = {"lscript": "l", "Ifractur": "I", "Rfractur": "R", "epsilon1": "ε", "pi1": "π", "rho1": "ρ"}
"""Letters of the fonts of TeX that the Adobe Glyph List calls otherwise."""


@dataclass(frozen=True, slots=True)
class Font:
    """A font's characters, by the codes of one or two bytes that select its glyphs."""

    bytes_a_code: int
    characters: dict[int, str]

    def text(self, drawn: bytes) -> str:
        """Return the characters of a string that is shown."""
        step = self.bytes_a_code
        codes = (int.from_bytes(drawn[place : place + step]) for place in range(0, len(drawn), step))
        return "".join(self.characters.get(code, UNKNOWN) for code in codes)


def read_font(document: Any, xref: int) -> Font:  # noqa: ANN401 - pymupdf's documents are half annotated
    """Return the font that stands at ``xref``; a part of it that is damaged tells nothing."""
    composite = document.xref_get_key(xref, "Subtype")[1] == "/Type0"
    mapped = dict(_mapped(_stream(document, xref, "ToUnicode")))
    descriptor = _REFERENCE.match(document.xref_get_key(xref, "FontDescriptor")[1])
    program = _stream(document, int(descriptor[1]), "FontFile3") if descriptor else b""
    return Font(2 if composite else 1, _named(program) | mapped)


def _stream(document: Any, xref: int, key: str) -> bytes:  # noqa: ANN401 - likewise
    reference = _REFERENCE.match(document.xref_get_key(xref, key)[1])
    return bytes(document.xref_stream(int(reference[1])) or b"") if reference else b""


def _mapped(cmap: bytes) -> Iterator[tuple[int, str]]:
    """Yield what a ToUnicode map says of each code: one by one, or in ranges."""
    for kind, body in _RANGES.findall(cmap):
        codes = iter(_CODES.findall(body))
        if kind == b"bfchar":
            yield from ((int(code, 16), _character(text)) for (code, _), (text, _) in zip(codes, codes, strict=False))
            continue
        for (first, _), (last, _), (text, listed) in zip(codes, codes, codes, strict=False):
            if listed:
                yield from zip(count(int(first, 16)), map(_character, re.findall(rb"<(\w+)>", listed)), strict=False)
            else:
                start = _character(text)
                for place, code in enumerate(range(int(first, 16), int(last, 16) + 1)):
                    yield code, start[:-1] + chr(ord(start[-1]) + place)


def _character(code: bytes) -> str:
    return bytes.fromhex(code.decode()).decode("utf-16-be", "replace")


def _named(program: bytes) -> dict[int, str]:
    """Return what the names of glyphs in a CFF font say; a name that is not known is that of a sign."""
    if not program:
        return {}
    fonts = CFFFontSet()
    try:
        fonts.decompile(BytesIO(program), None)
        encoding = fonts[fonts.fontNames[0]].Encoding
    except Exception:  # noqa: BLE001 - what fontTools raises on damaged fonts is not told anywhere
        return {}
    names = enumerate(encoding if isinstance(encoding, list) else ())
    return {code: _NAMES.get(name) or agl.toUnicode(name) for code, name in names if name != ".notdef"}
