r"""The shorthands of LaTeX's physics package, as MathJax 3 reads them; those with a meaning in AMS or braket keep it.

Left out are names so short that a site may well have given them a meaning of its own: ``\var``, ``\op``, ``\ev``.
"""

from __future__ import annotations

from typing import Final

from pipeline.tex.expansion import Expansion
from pipeline.tex.macros import Macro, MacroError, Macros, Shorthand
from pipeline.tex.tokens import group_end, tokenize

_SIZES: Final = ("\\big", "\\Big", "\\bigg", "\\Bigg")
_PAIRS: Final = {"(": ")", "[": "]", "|": "|", "<": ">"}
_BODIES: Final = r"""
    \vectorarrow 1 \vec{\mathbf{#1}}
    \va 1 \vec{\mathbf{#1}}
    \vectorunit 1 \hat{\mathbf{#1}}
    \vu 1 \hat{\mathbf{#1}}
    \gradient 0 \boldsymbol{\nabla}
    \grad 0 \boldsymbol{\nabla}
    \divergence 0 \boldsymbol{\nabla}\cdot
    \curl 0 \boldsymbol{\nabla}\times
    \laplacian 0 \nabla^2
    \dotproduct 0 \cdot
    \vdot 0 \cdot
    \crossproduct 0 \times
    \cross 0 \times
    \flatfrac 2 \left.{#1}\middle/{#2}\right.
    \innerproduct 2 \left\langle{#1}\middle\vert{#2}\right\rangle
    \outerproduct 2 \left\vert{#1}\right\rangle\left\langle{#2}\right\vert
    \dyad 2 \left\vert{#1}\right\rangle\left\langle{#2}\right\vert
    \principalvalue 0 {\mathcal{P}}
    \PV 0 {\mathrm{P.V.}}
    \qcomma 0 {\text{,}}\quad
    \qc 0 {\text{,}}\quad
    \qcc 0 \quad{\text{c.c.}}\quad
"""
_OPERATORS: Final = """
    asin acos atan acsc asec acot arccsc arcsec arccot csch sech tr Tr rank erf Res
"""
_LONG_OPERATORS: Final = {"trace": "tr", "Trace": "Tr", "Residue": "Res"}
_WORDS: Final = """
    if then else otherwise unless given using assume since let for all even odd integer and or as in
"""


def plain(table: str) -> Macros:
    """Return the macros of a table: a line holds command, number of arguments, and what it stands for."""
    rows = (line.split(maxsplit=2) for line in table.strip().splitlines())
    return {row[0]: Macro(tuple(tokenize(row[2] if row[2:] else "")), int(row[1])) for row in rows}


def fenced(opening: list[str], closing: list[str], *, star_grows: bool = False) -> Shorthand:
    r"""Return a shorthand that puts its argument between delimiters.

    Those of physics grow unless a star or ``\big`` follows, of mathtools with a star alone, or as ``[\big]`` says.
    """

    def expand(expansion: Expansion, name: str) -> list[str]:
        starred = expansion.star()
        size = "".join(expansion.brackets() or ()) if star_grows else expansion.accept(*_SIZES)
        return _between(opening, expansion.argument(name), closing, size, grow=starred is star_grows)

    return expand


def _between(opening: list[str], content: list[str], closing: list[str], size: str, *, grow: bool) -> list[str]:
    if size:
        return [size + "l", *opening, "{", *content, "}", size + "r", *closing]
    if grow:
        return ["\\left", *opening, *content, "\\right", *closing]
    return [*opening, "{", *content, "}", *closing]


def _quantity(expansion: Expansion, name: str) -> list[str]:
    r"""``\qty(…)``, ``\qty[…]``, ``\qty|…|``, ``\qty{…}``: whatever delimiters stand there grow."""
    starred = expansion.star()
    size = expansion.accept(*_SIZES)
    if expansion.peek() == "{":
        content = expansion.argument(name)
        if expansion.peek() == "{":
            raise MacroError(
                f"{name} with two arguments is that of siunitx; only that of physics is supported, which takes one",
                name,
            )
        return _between(["\\{"], content, ["\\}"], size, grow=not starred)
    opening = expansion.accept(*_PAIRS)
    if not opening:
        raise MacroError(f"{name} needs a delimiter", name)
    return _between([opening], _balanced(expansion, name, opening), [_PAIRS[opening]], size, grow=not starred)


def _balanced(expansion: Expansion, name: str, opening: str) -> list[str]:
    """Read up to the delimiter that closes ``opening``, over others of its kind in pairs."""
    start = index = expansion.position
    closing, depth = _PAIRS[opening], 1
    while index < len(expansion.tokens):
        piece = expansion.tokens[index]
        depth += (piece == opening != closing) - (piece == closing)
        if depth == 0:
            expansion.position = index + 1
            return expansion.tokens[start:index]
        index = group_end(expansion.tokens, index) if piece == "{" else index + 1
    raise MacroError(f"{name}{opening} without {closing}", name)


def _commutator(opening: str, closing: str) -> Shorthand:
    def expand(expansion: Expansion, name: str) -> list[str]:
        starred, size = expansion.star(), expansion.accept(*_SIZES)
        content = [*expansion.argument(name), ",", *expansion.argument(name)]
        return _between([opening], content, [closing], size, grow=not starred)

    return expand


def _order(expansion: Expansion, name: str) -> list[str]:
    return ["\\mathcal", "{", "O", "}", *fenced(["("], [")"])(expansion, name)]


def _evaluated(expansion: Expansion, name: str) -> list[str]:
    r"""``\eval{x}_0^1``: a bar after it, as tall as it is."""
    if expansion.peek() != "{":
        raise MacroError(f"{name} needs braces", name)
    return ["\\left", ".", *expansion.argument(name), "\\right", "|"]


def _differential(letter: str) -> Shorthand:
    r"""``\dd x``, ``\dd[3]{x}``, ``\dd(\cos x)``."""

    def expand(expansion: Expansion, name: str) -> list[str]:
        power = _power(expansion.brackets())
        if expansion.peek() == "{":
            return [*tokenize(letter), *power, *expansion.argument(name)]
        if expansion.accept("("):
            content = _balanced(expansion, name, "(")
            return [*tokenize(letter), *power, "\\left", "(", *content, "\\right", ")"]
        return [*tokenize(letter), *power]

    return expand


def _power(order: list[str] | None) -> list[str]:
    return ["^", "{", *order, "}"] if order else []


def _derivative(letter: str, *, mixed: bool = False) -> Shorthand:
    r"""``\dv{x}``, ``\dv[n]{f}{x}``, ``\dv{x}(f)``; of partial derivatives also ``\pdv{f}{x}{y}``."""

    def expand(expansion: Expansion, name: str) -> list[str]:
        d = tokenize(letter)
        starred = expansion.star()
        order = _power(expansion.brackets())
        given = [expansion.argument(name)]
        while expansion.peek() == "{" and len(given) < 2 + mixed:
            given.append(expansion.argument(name))
        function = given.pop(0) if len(given) > 1 else []
        if len(given) > 1:
            order = ["^", "2"]
            below = [piece for variable in given for piece in (*d, *variable)]
        else:
            below = [*d, *given[0], *order]
        above = [*d, *order, *function]
        if starred:
            return ["\\left", ".", *above, "\\middle", "/", *below, "\\right", "."]
        return ["\\frac", "{", *above, "}", "{", *below, "}", *_operand(expansion, name, function)]

    return expand


def _operand(expansion: Expansion, name: str, function: list[str]) -> list[str]:
    """Read what a derivative without a function of its own is taken of, in parentheses."""
    if function or not expansion.accept("("):
        return []
    return ["\\left", "(", *_balanced(expansion, name, "("), "\\right", ")"]


def _bold(expansion: Expansion, name: str) -> list[str]:
    r"""``\vb{a}`` is upright, ``\vb*{a}`` slanted."""
    font = "\\boldsymbol" if expansion.star() else "\\mathbf"
    return [font, "{", *expansion.argument(name), "}"]


def _element(expansion: Expansion, name: str) -> list[str]:
    r"""``\mel{n}{A}{m}``; stars say what grows, which a book leaves to its fences."""
    while expansion.star():
        pass
    return _sandwich(*(expansion.argument(name) for _ in range(3)))


def _mean(expansion: Expansion, name: str) -> list[str]:
    r"""``\expval{A}``, and ``\expval{A}{\psi}`` in a state."""
    while expansion.star():
        pass
    content = expansion.argument(name)
    if expansion.peek() != "{":
        return ["\\left", "\\langle", *content, "\\right", "\\rangle"]
    state = expansion.argument(name)
    return _sandwich(state, content, state)


def _sandwich(before: list[str], content: list[str], after: list[str]) -> list[str]:
    middle = ["\\middle", "\\vert"]
    return ["\\left", "\\langle", *before, *middle, *content, *middle, *after, "\\right", "\\rangle"]


def _any_matrix(environment: str) -> Shorthand:
    r"""``\mqty{…}``, and ``\mqty(…)``, ``\mqty[…]``, ``\mqty|…|`` with those delimiters."""

    def expand(expansion: Expansion, name: str) -> list[str]:
        opening = expansion.accept("(", "[", "|")
        content = _balanced(expansion, name, opening) if opening else expansion.argument(name)
        table = [*tokenize(f"\\begin{{{environment}}}"), *content, *tokenize(f"\\end{{{environment}}}")]
        return ["\\left", opening, *table, "\\right", _PAIRS[opening]] if opening else table

    return expand


def _matrix(opening: str, closing: str, environment: str = "matrix") -> Shorthand:
    r"""``\pmqty{a & b \\ c & d}``: a matrix between its delimiters."""

    def expand(expansion: Expansion, name: str) -> list[str]:
        content = [*tokenize(f"\\begin{{{environment}}}"), *expansion.argument(name)]
        content += tokenize(f"\\end{{{environment}}}")
        return ["\\left", opening, *content, "\\right", closing]

    return expand


def _quad_text(expansion: Expansion, name: str) -> list[str]:
    r"""``\qq{word}``: prose between two quads; with a star without the first."""
    before = [] if expansion.star() else ["\\quad"]
    return [*before, "\\text", "{", *expansion.argument(name), "}", "\\quad"]


def _quad_word(expansion: Expansion, name: str) -> list[str]:
    before = [] if expansion.star() else ["\\quad"]
    return [*before, "\\text", "{", *name[2:], "}", "\\quad"]


PHYSICS: Final[Macros] = {
    **plain(_BODIES),
    **{f"\\{name}": Macro(tuple(tokenize(f"\\operatorname{{{name}}}"))) for name in _OPERATORS.split()},
    **{f"\\{long}": Macro(tuple(tokenize(f"\\operatorname{{{name}}}"))) for long, name in _LONG_OPERATORS.items()},
    **{f"\\q{word}": _quad_word for word in _WORDS.split()},
    **dict.fromkeys(("\\qqtext", "\\qq"), _quad_text),
    **dict.fromkeys(("\\quantity", "\\qty"), _quantity),
    **dict.fromkeys(("\\vectorbold", "\\vb"), _bold),
    **dict.fromkeys(("\\matrixelement", "\\matrixel", "\\mel"), _element),
    **dict.fromkeys(("\\expectationvalue", "\\expval"), _mean),
    "\\pqty": fenced(["("], [")"]),
    "\\bqty": fenced(["["], ["]"]),
    "\\Bqty": fenced(["\\{"], ["\\}"]),
    **dict.fromkeys(("\\vqty", "\\absolutevalue", "\\abs"), fenced(["|"], ["|"])),
    "\\norm": fenced(["\\|"], ["\\|"]),
    **dict.fromkeys(("\\evaluated", "\\eval"), _evaluated),
    "\\order": _order,
    **dict.fromkeys(("\\commutator", "\\comm"), _commutator("[", "]")),
    **dict.fromkeys(("\\anticommutator", "\\acomm", "\\poissonbracket"), _commutator("\\{", "\\}")),
    **dict.fromkeys(("\\differential", "\\dd"), _differential("\\mathrm{d}")),
    "\\variation": _differential("\\delta"),
    **dict.fromkeys(("\\derivative", "\\dv"), _derivative("\\mathrm{d}")),
    **dict.fromkeys(("\\partialderivative", "\\pderivative", "\\pdv"), _derivative("\\partial", mixed=True)),
    **dict.fromkeys(("\\functionalderivative", "\\fderivative", "\\fdv"), _derivative("\\delta")),
    **dict.fromkeys(("\\matrixquantity", "\\mqty"), _any_matrix("matrix")),
    "\\pmqty": _matrix("(", ")"),
    "\\bmqty": _matrix("[", "]"),
    **dict.fromkeys(("\\vmqty", "\\matrixdeterminant", "\\mdet"), _matrix("|", "|")),
    **dict.fromkeys(("\\smallmatrixquantity", "\\smqty"), _any_matrix("smallmatrix")),
    "\\spmqty": _matrix("(", ")", "smallmatrix"),
    "\\sbmqty": _matrix("[", "]", "smallmatrix"),
    **dict.fromkeys(("\\svmqty", "\\smdet"), _matrix("|", "|", "smallmatrix")),
}
"""Shorthands by control sequence."""
