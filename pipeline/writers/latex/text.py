r"""Text for LaTeX, character by character: whatever a dump holds comes out as text and never as a command.

Characters that the text fonts may lack go through ``\sym{HEX}{COPY}``, which looks for a font that has them while the
book is set (styles/math.tex.j2) and tells the log when there is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Final
from urllib.parse import quote

_SPECIAL: Final = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "\u00a0": "~",
    "\u00ad": r"\-",
    "\u200b": r"\hspace{0pt}",
    "\t": " ",
    "\n": " ",
    "\r": " ",
}
_MARKS: Final = r"/?&=._,;:+)\]}\u00a0-"
_WITHOUT_SPACES: Final = r"\t \u2e80-\uffef"  # as the end of a class: neither spaces nor ideographs
_ANYWHERE: Final = (
    r".(?=[%\\])"
    r"|[0-9A-Za-z\u00c0-\u1fff]{12}(?=[0-9A-Za-z\u00c0-\u1fff]{4})(?![\u0300-\u036f])"
    r"|[\U00010000-\U0010ffff](?=.)|[\u3000-\u303f\u30fc\uff00-\uff65]{10}"
    rf"|[^!-~{_WITHOUT_SPACES}]{{20}}|[^%\\\\{_WITHOUT_SPACES}{_MARKS}]{{40}}"
)
_BREAK_AFTER: Final = re.compile(rf"[{_MARKS}]{{1,20}}(?=[^:;!?»])|{_ANYWHERE}")
"""Marks, unless a mark follows that begins no line; the middle of long words, and of what else has neither spaces nor
ideographs, which break by themselves.
"""

_MARKS_IN_CODE: Final = r"/?&=_,;:+)\]}\u00a0"
_BREAK_IN_CODE: Final = re.compile(
    rf"[{_MARKS_IN_CODE}]{{1,20}}(?=[^:;!?»])"
    r"|[^\s(\[{.-](?<![\d.][eE])(?=-+[^\s-])|[^\s(\[{.\d-](?=\.[^\W\d])"
    rf"|{_ANYWHERE}"
)
"""The same in code, where dashes and points belong to what follows (``--option``, ``.method``) or to a number."""

_LONGEST: Final = 4000  # characters that TeX is given as one paragraph: of 10⁵ it makes none in a minute (measured)
CARRY_ON: Final = "\\carryon\n"  # the next line of the same paragraph, and of the .tex, which has a longest line too
_INVISIBLE: Final = frozenset("\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f\ufeff")
"""Joiners, direction marks and variation selectors: no font prints them, and none of them is text."""

_LOOKALIKES: Final = {
    "✅": "✔", "❌": "✘", "❎": "✘", "⭐": "★", "🌟": "★", "❗": "！", "❓": "？", "🔴": "●", "🔵": "●", "🟢": "●",
    "🔺": "▲", "🔻": "▼", "🔸": "◆", "🔹": "◆", "➕": "+", "➖": "−", "👉": "☞", "👈": "☜", "📧": "✉", "📝": "✎",
    "✨": "✦", "💡": "☼",
}  # fmt: skip
"""Signs in colour, which no font of a printed book has, and the plain ones that say the same.

Whoever copies the text gets the sign of the source.
"""

_CONTROLS: Final = dict.fromkeys(range(0x7F, 0xA0))
"""The C1 controls print nothing; some stand for marks of Latin text below, between two steps of ``escape``.

Each stands for the mark that Windows-1252 has in its place, or one like it.
"""

_ORDINARY: Final = re.compile(
    "[\u0020-\u007e\u00a1-\u00ac\u00ae-\u017e\u2013\u2014\u2018\u2019\u201c\u201d\u2026"
    "\u3000-\u303f\u3041-\u3096\u3099-\u30ff\u3400-\u4db5\u4e00-\u9fef\uff01-\uff5e]"
)
"""What Latin Modern and Noto CJK are known to have: Latin, kana, the ideographs of the basic plane, their marks."""

_LATIN: Final = "A-Za-z0-9\u00c0-\u024f"
_QUOTES: Final = (
    (re.compile(rf"(?<=[{_LATIN}])\u2019(?=[{_LATIN}\s]|$)"), "\u0092"),
    (
        re.compile(
            rf"(?<![^\s(\[])\u201c(?=[{_LATIN}(\[][^\u201c\u201d\u4e00-\u9fff]{{0,400}}\u201d(?:[\s,.;:?!)]|$))"
        ),
        "\u0093",
    ),
    (re.compile(rf"(?<=[{_LATIN}.,!?;)\]])\u201d(?=[\s,.;:?!)]|$)"), "\u0094"),
)
"""Quotation marks of Latin text, which Chinese fonts would draw as wide as an ideograph (UAX 11: ambiguous)."""

_BETWEEN: Final = re.compile(
    rf"(?:(?<=[{_LATIN}])|(?<=[{_LATIN},.;:!?)\]] ))[\u2013\u2014\u2026\u00b7](?= ?[{_LATIN}(\[]| $)"
)
"""Dashes, dots and ellipses between Latin words, before which and behind which Latin text may have spaces."""

_WIDE: Final = "\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_STRUCK: Final = re.compile(
    rf"[ \t\r\n]+|[（《「『【〈〔“‘]*[{_WIDE}][，。、：；！？）》」』】〉〕”’…—ー]*|[^ \t\r\n{_WIDE}]{{1,24}}"
)
"""Pieces of struck text between which a line may end: words, and ideographs with the marks that cling to them."""

_SCRIPTS_MEET: Final = re.compile(
    r"[0-9A-Za-z\u00c0-\u1fff]\n[\u3041-\u9fff]|[\u3041-\u9fff]\n[0-9A-Za-z\u00c0-\u1fff]"
)
_DASHES: Final = re.compile("(?<!-)-{2,3}(?!-)")  # as they are typed, between whose hyphens no line ends
_LATIN_BETWEEN: Final = str.maketrans("\u2013\u2014\u2026\u00b7", "\u0096\u0097\u0085\u0095")
_LATIN_MARKS: Final = {
    "\u0085": r"\textellipsis{}",
    "\u0095": r"\textperiodcentered{}",
    "\u0096": r"\textendash{}",
    "\u0097": r"\textemdash{}",
    "\u0092": r"\textquoteright{}",
    "\u0093": r"\textquotedblleft{}",
    "\u0094": r"\textquotedblright{}",
}


def escape(text: str) -> str:
    """Return TeX that prints ``text``; line ends become spaces."""
    return _DASHES.sub(r"\\mbox{\g<0>}", _with_latin_marks(text).translate(_ESCAPES))


def struck(text: str) -> str:
    r"""Return TeX that prints ``text`` with a line through it, piece by piece, as lines may end between them."""
    pieces = _STRUCK.findall(_with_latin_marks(text))
    out: list[str] = []
    for before, piece in pairwise(("", *pieces)):
        if piece.isspace():
            out.append(r"\struckspace{}")
            continue
        if before and not before.isspace():
            out.append(r"\struckspace{}" if _SCRIPTS_MEET.fullmatch(f"{before[-1]}\n{piece[0]}") else r"\struckglue{}")
        out.append(rf"\struckpiece{{{piece.translate(_ESCAPES)}}}")
    return "".join(out)


def _with_latin_marks(text: str) -> str:
    """Return ``text`` with what stands for marks of Latin text in place of those that Chinese fonts would draw."""
    text = text.translate(_CONTROLS)
    for pattern, mark in _QUOTES:
        text = pattern.sub(mark, text)
    return _BETWEEN.sub(lambda match: match[0].translate(_LATIN_BETWEEN), text)


def escape_verbatim(text: str) -> str:
    """Return TeX that prints one line of code: every space kept, quotation marks as they stand."""
    expanded = text.expandtabs(4)
    return "".join(r"\spc{}" if char == " " else _escaped(char) for char in expanded)


def breakable(text: str, escaped: Callable[[str], str], places: re.Pattern[str] = _BREAK_AFTER) -> str:
    r"""Return ``text`` escaped, with ``\brk`` after all of ``places``: wherever an address or a name may be broken."""
    pieces: list[str] = []
    position = 0
    for match in places.finditer(text):
        pieces += [escaped(text[position : match.end()]), r"\brk{}"]
        position = match.end()
    return "".join((*pieces, escaped(text[position:])))


def in_paragraphs(text: str, latex: Callable[[str], str]) -> str:
    """Return ``text`` by way of ``latex``, in as many paragraphs as TeX needs to set it; few texts need two."""
    return CARRY_ON.join(latex(text[at : at + _LONGEST]) for at in range(0, len(text), _LONGEST))


def code_line(text: str) -> str:
    """Return TeX that prints one line of code, which is broken where it is too long."""
    return in_paragraphs(text, lambda part: breakable(part, escape_verbatim, _BREAK_IN_CODE))


def escape_url(url: str) -> str:
    r"""Return a safe URL as an argument of ``\href``, which reads ``\#`` and ``\%`` as the characters themselves.

    Letters beyond ASCII are percent-encoded: a PDF holds addresses as ASCII (ISO 32000-1, 12.6.4.7).
    """
    encoded = "".join(char if char.isascii() else quote(char, errors="replace") for char in url)
    return "".join(
        f"\\{char}" if char in "#%&_$" else char for char in encoded if " " < char < "\x7f" and char not in "\\{}^~"
    )


def pdf_string(text: str) -> str:
    """Return ``text`` as the hexadecimal digits of a PDF text string (ISO 32000-1, 7.9.2.2: UTF-16BE after a mark)."""
    return f"FEFF{text.encode('utf-16-be', 'replace').hex().upper()}"


def _escaped(char: str) -> str:
    plain = _LOOKALIKES.get(char)
    if plain:
        return rf"\symas{{{ord(plain):X}}}{{{pdf_string(char)}}}"
    special = _SPECIAL.get(char) or _LATIN_MARKS.get(char)
    if special:
        return special
    if char in _INVISIBLE or char < " ":
        return ""
    return char if _ORDINARY.match(char) else rf"\sym{{{ord(char):X}}}{{{pdf_string(char)}}}"


class _Escapes(dict[int, str]):
    """What every character becomes, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = _escaped(chr(code))
        return self[code]


_ESCAPES: Final = _Escapes()
