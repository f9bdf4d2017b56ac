r"""``\ce`` and ``\pu`` of mhchem as base TeX: formulas and reactions as posts write them; whatever else is refused.

The notation is that of the mhchem manual (mhchem.github.io/MathJax-mhchem). Of its rules these are read: amounts,
elements with counts, charges, isotopes, states, brackets, bonds, addition compounds, arrows with labels, precipitate
and gas, ``$…$`` and ``{…}``. Numbers with units may have powers and one kind of slash.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from pipeline.tex.expansion import Expansion
from pipeline.tex.macros import MacroError, Macros
from pipeline.tex.symbols import SYMBOLS
from pipeline.tex.tokens import tokenize

_GROUP: Final = r"\{ (?: [^{}] | \{ [^{}]* \} )* \}"
_BRACKETS: Final = r"\[ (?: [^][{}$] | \{ [^{}]* \} | \$ [^$]* \$ )* \]"
_PIECE: Final = re.compile(
    rf"""(?P<blank> \s+ )
    | (?P<arrow> <=> | <-> | -> | <- ) (?! [->] | [A-Z] \[ ) (?P<above> {_BRACKETS} )? (?P<below> {_BRACKETS} )?
    | (?P<amount> (?<! \S ) (?: [0-9]+ (?: [./] [0-9]+ )? | \( [0-9]+ / [0-9]+ \) ) ) (?= [A-Za-z\[(\s] )
    | (?P<operator> (?<! \S ) [-+=] (?! \S ) )
    | (?P<settled> (?<! \S ) \(? (?: v | \^ ) \)? (?! \S ) )
    | (?P<variable> (?<! [^\s([] ) (?! (?: pO?H | p[CK] | iPr | iBu ) (?! [A-Za-z] ) ) [a-z] (?= \s* [A-Z] ) )
    | (?P<elements> [A-Za-z]+ )
    | (?P<count> (?<= [A-Za-z)\]}}] ) [0-9]+ )
    | (?P<script> [_^] ) (?P<written> {_GROUP} | \$ [^$]+ \$
        | (?<= \^ ) [0-9]* [-+] (?! [A-Za-z0-9] ) | [-+]? [0-9]+ | [a-z][-+]? )
    | (?P<charge> [-+] (?= $ | \s | []),;] | \( (?: aq | s | l | g ) \) ) )
    | (?P<dot> [*.] ) \s* (?P<times> [0-9]* )
    | (?P<bond> [-=\#] (?= [A-Za-z\[({{\\$] ) | \\bond \{{ [-=\#123] \}} )
    | (?P<bracket> [(),;/\[\]] | \\[{{}}] )
    | (?P<mathematics> \$ [^$]+ \$ )
    | (?P<words> {_GROUP} )
    | (?P<prose> \\text \{{ [^{{}}]* \}} )
    | (?P<symbol> \\ [A-Za-z]+ )""",
    re.VERBOSE,
)
_ARROWS: Final = {
    "->": ("\\longrightarrow", "\\xrightarrow"),
    "<-": ("\\longleftarrow", "\\xleftarrow"),
    "<->": ("\\longleftrightarrow", "\\xleftrightarrow"),
    "<=>": ("\\rightleftharpoons", "\\xrightleftharpoons"),
}
"""Without labels and with them."""
_BONDS: Final = {"-": "{-}", "1": "{-}", "=": "{=}", "2": "{=}", "#": "{\\equiv}", "3": "{\\equiv}"}
_BASES: Final = frozenset({"elements", "bracket", "mathematics", "words", "prose", "symbol"})
"""What a count, a charge or a script belongs to; elsewhere it stands before something, as in isotopes."""
_SETTLED: Final = {"v": "\\downarrow", "^": "\\uparrow"}
_FRACTION: Final = re.compile(r"([0-9]+)/([0-9]+)")
_UNIT: Final = re.compile(
    r"""(?P<blank> \s+ )
    | (?P<number> (?<! \S ) [-+]? [0-9]+ (?: [.,] [0-9]+ )? ) (?: (?P<times> [eE] ) (?P<power> [-+]? [0-9]+ ) )?
    | (?P<unit> [A-Za-zµΩ°]+ ) (?P<exponent> -? [0-9]+ )?
    | (?P<dot> [*.] ) | (?P<slash> / ) (?! / )""",
    re.VERBOSE,
)


class _UnreadError(Exception):
    """Notation that is not read here; holds what is left from there on."""


def _formula(expansion: Expansion, name: str) -> list[str]:
    return ["{", *_read(expansion, name, _chemistry), "}"]


def _quantity(expansion: Expansion, name: str) -> list[str]:
    return ["{", *_read(expansion, name, _units), "}"]


def _read(expansion: Expansion, name: str, reader: Callable[[str], str]) -> list[str]:
    text = "".join(expansion.argument(name)).strip()
    try:
        return tokenize(reader(text))
    except _UnreadError as error:
        raise MacroError(f"{name}: {str(error)[:20]!r} is notation that is not read here", name) from None


def _chemistry(text: str) -> str:
    """Return the TeX of a chemical formula or reaction."""
    written = ""
    scripts = ""  # those that the last thing has, in order
    based = False  # whether there is a last thing
    for match in _matches(_PIECE, text):
        kind = next(name for name in _WRITERS if match[name])
        own = match["script"] or {"count": "_", "charge": "^"}.get(kind, "")
        if own and (not based or own in scripts or (kind == "count" and scripts)):
            written += "{}"
            scripts = ""
        written += _WRITERS[kind](match)
        scripts = scripts + own if own else ""
        based = bool(own) or kind in _BASES
    return written


def _matches(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    found: list[re.Match[str]] = []
    position = 0
    while position < len(text):
        match = pattern.match(text, position)
        if match is None:
            raise _UnreadError(text[position:])
        found.append(match)
        position = match.end()
    return found


def _arrow(match: re.Match[str]) -> str:
    bare, labelled = _ARROWS[match["arrow"]]
    above, below = (_chemistry(match[side][1:-1].strip()) if match[side] else "" for side in ("above", "below"))
    if not (above or below):
        return f"{bare} "
    return f"{labelled}[{below}]{{{above}}} " if below else f"{labelled}{{{above}}} "


def _amount(match: re.Match[str]) -> str:
    fraction = _FRACTION.fullmatch(match["amount"])
    return (f"\\tfrac{{{fraction[1]}}}{{{fraction[2]}}}" if fraction else match["amount"]) + "\\,"


def _script(match: re.Match[str]) -> str:
    if match[0] == "^x":  # no charge, in the notation of Kröger and Vink
        return "^{\\times}"
    return f"{match['script']}{{{_written(match['written'])}}}"


def _symbol(match: re.Match[str]) -> str:
    if match["symbol"] not in SYMBOLS:
        raise _UnreadError(match["symbol"])
    return match["symbol"] + " "


def _written(text: str) -> str:
    """Return what stands in a script: mathematics, prose in double braces, numbers, Roman numerals, variables."""
    if text[0] == "$":
        return text[1:-1]
    inner = text[1:-1] if text[0] == "{" else text
    if inner[:1] == "{":
        return f"\\text{inner}"
    if inner[:1] == "$" and inner[-1:] == "$":
        return inner[1:-1]
    if not re.fullmatch(r"[-+0-9A-Za-z.,()/]*", inner):
        raise _UnreadError(text)
    return re.sub(r"[A-Z][A-Za-z]*|[a-z]{2,}", r"\\mathrm{\g<0>}", inner).replace(".", "{\\bullet}")


_WRITERS: Final[dict[str, Callable[[re.Match[str]], str]]] = {
    "blank": lambda _match: "",
    "arrow": _arrow,
    "amount": _amount,
    "operator": lambda match: match["operator"],
    "settled": lambda match: _SETTLED[match["settled"].strip("()")] + " ",
    "variable": lambda match: match["variable"] + "\\,",
    "elements": lambda match: f"\\mathrm{{{match['elements']}}}",
    "count": lambda match: f"_{{{match['count']}}}",
    "script": _script,
    "charge": lambda match: f"^{{{match['charge']}}}",
    "dot": lambda match: f"\\cdot {match['times']}",
    "bond": lambda match: _BONDS[match["bond"].rstrip("}")[-1]],
    "bracket": lambda match: match["bracket"],
    "mathematics": lambda match: f"{{{match['mathematics'][1:-1]}}}",
    "words": lambda match: f"\\text{match['words']}" if len(match["words"]) > 2 else "{}",  # noqa: PLR2004 - {}
    "prose": lambda match: match["prose"],
    "symbol": _symbol,
}


def _units(text: str) -> str:
    """Return the TeX of a number with its unit."""
    written = ""
    for match in _matches(_UNIT, text):
        if match["number"]:
            times = "\\cdot" if match["times"] == "e" else "\\times"
            power = f"{times} 10^{{{match['power']}}}" if match["power"] else ""
            written += match["number"].replace(",", "{,}") + power
        elif match["unit"]:
            exponent = f"^{{{match['exponent']}}}" if match["exponent"] else ""
            written += f"\\mathrm{{{match['unit']}}}{exponent}"
        else:
            written += "\\," if match["blank"] else "\\cdot " if match["dot"] else "/"
    return written


CHEMISTRY: Final[Macros] = {"\\ce": _formula, "\\pu": _quantity}
"""Shorthands by control sequence."""
