"""Characters and named symbols of a formula, and how latex2mathml gets to see them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final

from latex2mathml.symbols_parser import convert_symbol

from pipeline.mathml.atoms import NAMES, SOLID, THIN, Atom
from pipeline.tex.alphabets import ALPHABETS, BOLDER, styled
from pipeline.tex.symbols import KINDS, SYMBOLS, Kind, Symbol

if TYPE_CHECKING:
    from pipeline.mathml.parser import Parser

_PLAIN_NUMBER: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_ATOMS: Final = {
    Kind.ITALIC: Atom.ORDINARY,
    Kind.UPRIGHT: Atom.ORDINARY,
    Kind.LARGE: Atom.MOVABLE,
    Kind.INTEGRAL: Atom.INTEGRAL,
    Kind.BINARY: Atom.OPERATOR,
    Kind.RELATION: Atom.OPERATOR,
    Kind.DOTS: Atom.INNER,
    Kind.OPENING: Atom.OPERATOR,
    Kind.CLOSING: Atom.CLOSING,
    Kind.FENCE: Atom.ORDINARY,
    Kind.PUNCTUATION: Atom.OPERATOR,
}
_TYPED: Final = {"-": "−", "*": "∗", "`": "‘"}
"""What TeX prints for characters of the keyboard in a formula."""
_CHARACTERS: Final = {
    **dict.fromkeys("+−∗", Atom.OPERATOR),
    **dict.fromkeys("=<>:,;([", Atom.OPERATOR),
    **dict.fromkeys(")]!?", Atom.CLOSING),
    **dict.fromkeys('/|.@"‘', Atom.ORDINARY),
}
SIGNS: Final = frozenset("+−±∓")
_PASSED: Final = frozenset("+=,()[]/!?<>.|")
"""Characters that latex2mathml makes operators of, as they are."""
_AFTER_INNER: Final = frozenset(",;([")
"""Characters that TeX keeps a thin space from dots and fences before them; letters are others."""
_BARS: Final = frozenset({"|", "‖", "\\|"})
_FORBIDDEN: Final = frozenset("#$%&\\")


def is_operator(kind: Kind) -> bool:
    """Whether symbols of this kind are ``mo`` elements."""
    return kind not in (Kind.ITALIC, Kind.UPRIGHT)


def is_ordinary(piece: str, unspaced: frozenset[str]) -> bool:
    """Whether a token begins something that TeX keeps a thin space from the function before it.

    ``unspaced`` are the commands that begin something else, symbols aside. Large operators bring a space to browsers,
    but none where formulas are drawn.
    """
    symbol = SYMBOLS.get(piece)
    if symbol:
        return not is_operator(symbol.kind) or symbol.kind in (Kind.LARGE, Kind.INTEGRAL, Kind.FENCE)
    if piece in _BARS:
        return True
    if piece[:1] == "\\":
        return piece not in unspaced
    return piece.isalnum() or piece == "{"


def follows_inner(piece: str, unspaced: frozenset[str]) -> bool:
    """Whether a token begins something that TeX keeps a thin space from dots and fences before it."""
    return piece in _AFTER_INNER or is_ordinary(piece, unspaced)


def write_digits(parser: Parser, digits: str) -> None:
    """Write a number in the current font."""
    font = parser.setting.font
    if parser.setting.bold:
        font = BOLDER.get(font, font)
    text = styled(digits.replace("{,}", ","), font)
    if not _PLAIN_NUMBER.fullmatch(text) or not text.isascii():
        parser.draft.leaf("mn", text)
    else:
        parser.draft.symbol(text, text)


def write_character(parser: Parser, piece: str) -> Atom:
    """Write one character of the source."""
    if piece.isascii():
        return write_letters(parser, piece) if piece.isalpha() else _write_sign(parser, piece)
    return _write_foreign(parser, piece)


def write_letters(parser: Parser, piece: str) -> Atom:
    """Write a Latin letter, or the name that begins with it where letters make names."""
    setting = parser.setting
    if not (setting.font or setting.bold):
        parser.draft.symbol(piece, piece)
        return Atom.ORDINARY
    word = piece
    if setting.words:
        while parser.position < len(parser.tokens) and _is_latin(parser.tokens[parser.position]):
            word += parser.tokens[parser.position]
            parser.position += 1
    write_word(parser, word, BOLDER.get(setting.font, setting.font) if setting.bold else setting.font)
    return Atom.ORDINARY


def write_word(parser: Parser, word: str, font: str) -> None:
    """Write letters in a font; a single upright one must say so, or browsers slant it."""
    text = styled(word, font)
    if text == word and len(word) == 1 and font == "normal":
        parser.draft.leaf("mi", text, mathvariant="normal")
    else:
        parser.draft.leaf("mi", text)


def _is_latin(piece: str) -> bool:
    return len(piece) == 1 and piece.isascii() and piece.isalpha()


def _write_sign(parser: Parser, piece: str) -> Atom:
    if piece in _FORBIDDEN:
        raise parser.error(f"{piece} is not allowed here", parser.position - 1)
    if piece == "~":
        parser.draft.leaf("mspace", width="0.333em")
        return Atom.NOTHING
    character = _TYPED.get(piece, piece)
    if character in SIGNS and _is_unary(parser):
        parser.draft.leaf("mo", character, form="prefix")
        return Atom.ORDINARY
    if character in _PASSED:
        parser.draft.symbol(character, character)
    else:
        parser.draft.leaf("mo", character)
    return _CHARACTERS.get(character, Atom.ORDINARY)


def _is_unary(parser: Parser) -> bool:
    """Whether a sign belongs to what follows it; MathML by itself sees that at the start of a row alone."""
    return parser.previous in (Atom.NOTHING, Atom.OPERATOR)


def _write_foreign(parser: Parser, piece: str) -> Atom:
    """Write a character beyond ASCII: a run of ideographs is text, a letter an identifier, all else an operator."""
    category = unicodedata.category(piece)
    if category == "Lo":
        run = piece
        while parser.position < len(parser.tokens) and _is_ideograph(parser.tokens[parser.position]):
            run += parser.tokens[parser.position]
            parser.position += 1
        parser.draft.leaf("mtext", run)
        return Atom.ORDINARY
    if category in ("Co", "Cn", "Cs", "Cc"):
        raise parser.error(f"U+{ord(piece):04X} has no meaning in a formula", parser.position - 1)
    kind = KINDS.get(piece)
    if kind is not None:
        write_symbol(parser, Symbol(piece, kind), None)
        return _ATOMS[kind]
    parser.draft.leaf("mi" if category[0] in "LMN" else "mo", piece)
    return Atom.ORDINARY


def _is_ideograph(piece: str) -> bool:
    return len(piece) == 1 and not piece.isascii() and unicodedata.category(piece) == "Lo"


def named_symbol(parser: Parser, name: str) -> Atom:
    r"""Write a symbol such as ``\alpha`` or ``\leq``."""
    symbol = SYMBOLS[name]
    if symbol.character in SIGNS and _is_unary(parser):
        parser.draft.leaf("mo", symbol.character, form="prefix")
        return Atom.ORDINARY
    write_symbol(parser, symbol, name)
    return _ATOMS[symbol.kind]


_CAPITAL_NAMES: Final = r"\Gamma \Delta \Theta \Lambda \Xi \Pi \Sigma \Upsilon \Phi \Psi \Omega"
_CAPITALS: Final = frozenset(_CAPITAL_NAMES.split())
"""The letters of Greek that a font changes; those that the author typed as characters change as well."""


def write_symbol(parser: Parser, symbol: Symbol, name: str | None) -> None:
    """Write a symbol: by its name where latex2mathml knows it as we do, else as a leaf of our own."""
    setting = parser.setting
    typed = name is None or name in _CAPITALS
    if setting.bold or (setting.font and typed and not is_operator(symbol.kind)):
        font = setting.font if symbol.kind is Kind.UPRIGHT or name is None else "italic"
        character = styled(symbol.character, BOLDER.get(font or "normal", font) if setting.bold else font)
        if character != symbol.character:
            parser.draft.leaf("mi", character)
            return
    tex = _known_name(name) if name else None
    if symbol.kind is Kind.DOTS:
        write_dots(parser, symbol.character)
    elif symbol.kind is Kind.PUNCTUATION:
        parser.draft.leaf("mo", symbol.character, lspace="0", rspace=setting.space(THIN))
    elif tex:
        parser.draft.symbol(tex, symbol.character)
    elif is_operator(symbol.kind):
        parser.draft.leaf("mo", symbol.character)
    elif symbol.kind is Kind.UPRIGHT and ord(symbol.character) in ALPHABETS["italic"]:
        parser.draft.leaf("mi", symbol.character, mathvariant="normal")
    else:
        parser.draft.leaf("mi", symbol.character)


def write_dots(parser: Parser, character: str) -> None:
    """Write dots with TeX's thin space from what they stand for, and none from the signs and brackets around them."""
    thin = parser.setting.space(THIN)
    before = thin if parser.previous in SOLID or parser.previous in NAMES or parser.previous is Atom.INNER else "0"
    after = thin if follows_inner(parser.peek(), parser.unspaced) else "0"
    parser.draft.leaf("mo", character, lspace=before, rspace=after)


@cache
def _known_name(name: str) -> str | None:
    """Return the TeX that makes latex2mathml print this symbol as the right element; None if there is none."""
    symbol = SYMBOLS[name]
    code = convert_symbol(name)
    if code is None or chr(int(code, 16)) != symbol.character or KINDS[symbol.character] is not symbol.kind:
        return None
    return name
