r"""What stands in ``\tag{…}`` as the characters that it prints: ``$\mathcal{P}_1$`` is ``𝒫₁``."""

from __future__ import annotations

from typing import Final

from pipeline.tex.alphabets import styled
from pipeline.tex.prose import TEXT_COMMANDS
from pipeline.tex.symbols import SYMBOLS
from pipeline.tex.tokens import is_blank, join, read_argument, tokenize

_FONTS: Final = {
    "\\mathcal": "script",
    "\\mathscr": "script",
    "\\mathbf": "bold",
    "\\mathbb": "double-struck",
    "\\mathfrak": "fraktur",
    "\\mathrm": "",
    "\\text": "",
}
_SCRIPTS: Final = {
    "_": dict(zip("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True)),
    "^": {
        **dict(zip("0123456789+-=()abcdefghijklmn", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿ", strict=True)),
        **dict(zip("oprstuvwxyz′∗⋆*", "ᵒᵖʳˢᵗᵘᵛʷˣʸᶻ′∗⋆*", strict=True)),
    },
}


def as_prose(tag: str) -> str:
    """Return a tag as prose; a formula in it that characters cannot say stays as it is."""
    tokens = tokenize(tag)
    result: list[str] = []
    position = 0
    while position < len(tokens):
        piece = tokens[position]
        start, position = position, position + 1
        if piece == "$" and "$" in tokens[position:]:
            position = tokens.index("$", position) + 1
            printed = _printed(tokens[start + 1 : position - 1])
            result += tokens[start:position] if printed is None else printed
        elif piece in TEXT_COMMANDS:
            argument, position = read_argument(tokens, position)
            result.append(as_prose(join(argument)))
        else:
            result.append(piece)
    return join(result)


def _printed(tokens: list[str]) -> str | None:
    """Return the characters of a formula; None where they do not say it."""
    result = ""
    position = 0
    while position < len(tokens):
        piece = tokens[position]
        position += 1
        if piece in _FONTS or piece in _SCRIPTS or piece == "{":
            content, position = read_argument(tokens, position - (piece == "{"))
            inner = _printed(content)
            found = None if inner is None else _changed(piece, inner)
        elif piece in SYMBOLS:
            found = SYMBOLS[piece].character
        else:
            found = None if len(piece) > 1 else "′" if piece == "'" else piece
        if is_blank(piece):
            continue
        if found is None:
            return None
        result += found
    return result


def _changed(command: str, text: str) -> str | None:
    if command not in _SCRIPTS:
        return styled(text, _FONTS.get(command, ""))
    characters = _SCRIPTS[command]
    return "".join(characters[char] for char in text) if all(char in characters for char in text) else None
