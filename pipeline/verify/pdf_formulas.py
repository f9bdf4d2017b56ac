"""What a PDF prints of each formula: the characters that are drawn between the marks at which it begins and ends.

Compared are letters of Latin and Greek, digits and ideographs, and how many there are of each: TeX sets the parts of a
formula in an order of its own. Signs, of which fonts have pieces and sizes, and accents are left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Final, TypeAlias

from lxml import etree

from pipeline.document import Math
from pipeline.verify.glyphs import UNKNOWN, Font, read_font
from pipeline.writers.latex.math import printable

_TOKEN: Final = re.compile(
    rb"/Formula(\d+|End|None)\sMP|/(\w+)\s[\d.]+\sTf|\(((?:[^()\\]|\\.)*)\)|<([0-9A-Fa-f]+)>|\b(?:f|S|Do)\b", re.DOTALL
)
"""Marks, fonts, strings that are shown, and what fills, strokes, or draws a picture (ISO 32000-1, annex A)."""

_ESCAPE: Final = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_ESCAPED: Final = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b""}
KANA_AND_IDEOGRAPHS: Final = r"\u3041-\u30ff\u3400-\u4db5\u4e00-\u9fef"
"""Those that print shows as themselves, for a class of a regular expression."""

_KEPT: Final = re.compile(rf"[0-9A-Za-zΑ-Ωα-ω{KANA_AND_IDEOGRAPHS}]")
_ALIKE: Final = str.maketrans("\u2206ΑΒΕΖΗΙΚΜΝΟΡΤΧο", "ΔABEZHIKMNOPTXo")
"""Greek letters for which TeX has the Latin ones that look the same, and the sign as which fonts name a Delta."""

_LOGO: Final = re.compile(r"\\(?:La)?TeX(?![A-Za-z])")


Fonts: TypeAlias = dict[int, Font]
"""Fonts that were read, by their places in the file."""


def printed(pages: Iterable[tuple[Any, bytes]], fonts: Fonts) -> dict[int, str | None]:
    """Return what is drawn of each formula on the pages of a post, which come with their contents, by its number.

    A formula of which nothing is drawn is not there. One that a page divides has the notes of that page in it; where it
    divides two, that of a note as well, nothing tells which of them ends, and there is None.
    """
    drawn: dict[int, list[str]] = {}
    opened: list[int] = []
    mixed: set[int] = set()
    for page, contents in pages:
        for mark, text in _operations(page, contents, fonts):
            match mark:
                case b"":
                    for number in opened:
                        drawn.setdefault(number, []).append(text)
                case b"End":
                    del opened[-1:]
                case b"None":
                    drawn.update((number, []) for number in opened[-1:])
                    del opened[-1:]
                case _:
                    opened.append(int(mark))
        mixed.update(opened if len(opened) > 1 else ())
    return {number: None if number in mixed else "".join(texts) for number, texts in drawn.items()}


def _operations(page: Any, contents: bytes, fonts: Fonts) -> Iterator[tuple[bytes, str]]:  # noqa: ANN401 - pymupdf's
    """Yield the marks of a page, and what it draws in between: text, or nothing that is text."""
    names = {font[4].encode(): font[0] for font in page.get_fonts()}
    font: Font | None = None
    for token in _TOKEN.finditer(contents):
        mark, name, literal, code = token.groups()
        if name:
            font = _font(page.parent, names.get(name, 0), fonts)
        elif mark or not font:
            yield mark or b"", ""
        elif literal is not None:
            yield b"", font.text(_ESCAPE.sub(_unescaped, literal))
        else:
            yield b"", font.text(bytes.fromhex(code.decode())) if code else ""


def _font(document: Any, place: int, fonts: Fonts) -> Font | None:  # noqa: ANN401 - pymupdf's
    if place and place not in fonts:
        fonts[place] = read_font(document, place)
    return fonts.get(place)


def _unescaped(found: re.Match[bytes]) -> bytes:
    """Return what an escape in a string stands for (ISO 32000-1, 7.3.4.2)."""
    escape = found[1]
    return bytes([int(escape, 8) & 0xFF]) if escape.isdigit() else _ESCAPED.get(escape, escape)


def lacking(formula: Math, text: str) -> str:
    """Return the characters of a formula that are not in the ``text`` that was drawn of it.

    It may be set as a formula or shown as its source. Of one that has no MathML and may be set all the same, nothing
    tells what it prints, and of a logo not either, whose letters are small capitals in print.
    """
    if _LOGO.search(formula.meaning) or (formula.mathml is None and printable(formula)):
        return ""
    found, unknown = _counted(text), text.count(UNKNOWN)
    readings = (_text_of(formula.mathml), formula.source) if formula.mathml else (formula.source,)
    lost = [_counted(reading) - found for reading in readings]
    return "" if any(each.total() <= unknown for each in lost) else "".join(lost[0].elements())


def is_space(formula: Math) -> bool:
    """Whether a formula prints nothing but space, of which no page holds anything."""
    mathml = formula.mathml
    return mathml is not None and not _text_of(mathml).strip() and "m-rule" not in mathml


def _counted(text: str) -> Counter[str]:
    """Count what is compared; of signs such as Ⓢ, in which NFKC would see a letter, there is none."""
    letters = "".join(char for char in text if char == "\u2206" or char.isalnum())
    return Counter(_KEPT.findall(unicodedata.normalize("NFKC", letters).translate(_ALIKE)))


def _text_of(mathml: str) -> str:
    root = etree.fromstring(mathml)
    etree.strip_elements(root, "{*}mphantom", with_tail=False)
    return "".join(map(str, root.itertext()))
