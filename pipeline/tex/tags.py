r"""What stands in ``\tag{…}`` as the characters that it prints: ``$\mathcal{P}_1$`` is ``𝒫₁``."""

from __future__ import annotations

from typing import Final

from pipeline.tex.alphabets import styled
from pipeline.tex.prose import TEXT_COMMANDS
from pipeline.tex.symbols import SYMBOLS
from pipeline.tex.tokens import Written, is_blank, join, read_argument, rewritten, tokenize

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
    return join(rewritten(tokenize(tag), _as_prose))


def _as_prose(tokens: list[str], position: int) -> Written | None:
    piece, after = tokens[position], position + 1
    if piece == "$" and piece in tokens[after:]:
        end = tokens.index(piece, after)
        printed = _printed(tokens[after:end])
        return tokens[position : end + 1] if printed is None else list(printed), end + 1
    if piece in TEXT_COMMANDS:
        argument, end = read_argument(tokens, after)
        return [as_prose(join(argument))], end
    return None


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
