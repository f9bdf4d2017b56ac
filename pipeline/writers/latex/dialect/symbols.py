r"""Characters that authors type into formulas, and what TeX prints them with.

That is the command of the symbol, where LaTeX has one; letters of another alphabet are letters in a font of TeX's. All
others come from Latin Modern Math, or whichever font has them, with the space of what they are.
"""

from __future__ import annotations

from typing import Final

from pipeline.tex.alphabets import ALPHABETS
from pipeline.tex.symbols import KINDS, UNKNOWN_TO_MATHJAX, Kind
from pipeline.tex.symbols import SYMBOLS as NAMED
from pipeline.writers.latex.text import escape

_KNOWN: Final = frozenset({"\\dag", "\\ddag", "\\pounds", "\\mathsterling"})
NAMES: Final = {name: NAMED[name].character for name in ("\\omicron", *UNKNOWN_TO_MATHJAX) if name not in _KNOWN}
"""Names of symbols that LaTeX does not know, and their characters."""

_COMMANDS: Final = {
    symbol.character: name
    for name, symbol in reversed(NAMED.items())
    if name not in NAMES and name not in _KNOWN and not symbol.character.isascii()
}
_FONTS: Final = {
    "bold": r"\mathbf{*}",
    "italic": "*",
    "bold-italic": r"\boldsymbol{*}",
    "script": r"\mathcal{*}",
    "bold-script": r"\boldsymbol{\mathcal{*}}",
    "fraktur": r"\mathfrak{*}",
    "bold-fraktur": r"\boldsymbol{\mathfrak{*}}",
    "double-struck": r"\mathbb{*}",
    "sans-serif": r"\mathsf{*}",
    "bold-sans-serif": r"\boldsymbol{\mathsf{*}}",
    "monospace": r"\mathtt{*}",
}
_OF_CAPITALS: Final = {
    "script": r"\smallscript{*}",
    "bold-script": r"\smallscript{*}",
    "double-struck": "",
}
"""Fonts that have capitals alone, and what prints small letters instead."""


def _letters(variant: str) -> dict[str, str]:
    """Return what prints the Latin letters and digits of an alphabet."""
    found: dict[str, str] = {}
    for plain, styled in ALPHABETS[variant].items():
        letter = chr(plain)
        font = _FONTS[variant] if letter.isupper() else _OF_CAPITALS.get(variant, _FONTS[variant])
        if letter.isascii() and font:
            found[styled] = font.replace("*", letter)
    return found


_GREEK: Final = {
    slanted: _COMMANDS[chr(plain)] for plain, slanted in ALPHABETS["italic"].items() if "α" <= chr(plain) <= "ω"
}
_CAPITALS: Final = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΧ", "ABEZHIKMNOPTX", strict=True))
"""Letters of Greek for which TeX has those of Latin."""

SYMBOLS: Final = {
    **{styled: tex for variant in _FONTS for styled, tex in _letters(variant).items()},
    **_COMMANDS,
    **_GREEK,
    **{greek: rf"\mathrm{{{latin}}}" for greek, latin in _CAPITALS.items()},
    "·": r"\cdot", "∗": "*", "−": "-", "–": "-", "≤": r"\le", "≥": r"\ge", "→": r"\to", "∅": r"\emptyset",
    "∖": r"\setminus", "⊥": r"\perp", "□": r"\square", "•": r"\bullet", "∫": r"\int", "″": r"\prime\prime",
    "°": r"^{\circ}", "¶": r"\P", "〈": r"\langle", "〉": r"\rangle", "‖": r"\Vert", "µ": r"\mu", "ο": "o",
    "⁰": "^0", "¹": "^1", "²": "^2", "³": "^3", "⁴": "^4", "⁵": "^5", "⁶": "^6", "⁷": "^7", "⁸": "^8", "⁹": "^9",
    "₀": "_0", "₁": "_1", "₂": "_2", "₃": "_3", "₄": "_4", "₅": "_5", "₆": "_6", "₇": "_7", "₈": "_8", "₉": "_9",
    "½": r"\tfrac12", "\u00a0": "~", "\u200b": "", "\ufeff": "", "\u2061": "", "\u2009": r"\,", "\u2003": r"\quad",
    "‘": "`", "’": "'", "“": r"\text{\textquotedblleft}", "”": r"\text{\textquotedblright}",
    "⨾": r"\mathbin{\boldsymbol{;}}", "⨋": r"\struck{\sum}{\int}", "⨏": r"\struck{\int}{-}", "⨍": r"\struck{\int}{-}",
    "⨎": r"\struck{\int}{=}", "⨐": r"\struck{\int}{\circ}",
}  # fmt: skip
"""One row of a kind; a raised or lowered digit is a script, as its author meant it."""

DOUBLED: Final = {
    "⟦": ("[", "["), "⟧": ("]", "]"), "⟪": (r"\langle", r"\langle"), "⟫": (r"\rangle", r"\rangle"),
    "⦃": (r"\{", "|"), "⦄": ("|", r"\}"), "⦇": ("(", "|"), "⦈": ("|", ")"), "⦉": (r"\langle", "|"),
    "⦊": ("|", r"\rangle"),
}  # fmt: skip
"""Brackets that are printed as two."""

CLASSES: Final = {
    Kind.BINARY: "\\mathbin",
    Kind.RELATION: "\\mathrel",
    Kind.DOTS: "\\mathinner",
    Kind.OPENING: "\\mathopen",
    Kind.CLOSING: "\\mathclose",
    Kind.PUNCTUATION: "\\mathpunct",
    Kind.LARGE: "\\largesign{1.4}",
    Kind.INTEGRAL: "\\largesign{2}",
}
"""What sets a sign of a kind; the numbers say how much larger those of displays are."""


def symbol(character: str) -> str:
    """Return the TeX that prints a character in a formula."""
    known = SYMBOLS.get(character)
    if known is not None:
        return known
    escaped = escape(character)
    if not escaped.startswith("\\sym{"):
        return rf"\text{{{escaped}}}"
    sign = f"\\math{escaped[1:]}"
    kind = KINDS.get(character)
    set_by = CLASSES.get(kind) if kind else None
    limits = "\\nolimits " * (kind is Kind.INTEGRAL)
    return f"{set_by}{{{sign}}}{limits}" if set_by else sign
