r"""Commands that are shorthands of others: MathJax's for its own page, and those of mathtools, physics and mhchem.

They are expanded like macros of the author, who may define each of them anew, so no converter and no writer knows them.
What they stand for is what MathJax 3 makes of them.
"""

from __future__ import annotations

from typing import Final

from pipeline.tex.chemistry import CHEMISTRY
from pipeline.tex.expansion import Expansion
from pipeline.tex.macros import Macro, Macros, Shorthand
from pipeline.tex.physics import PHYSICS, fenced, plain
from pipeline.tex.tokens import is_blank, tokenize

_PAGE: Final[Macros] = {
    **dict.fromkeys(("\\href", "\\class", "\\style", "\\cssId"), Macro(("#", "2"), 2)),
    **dict.fromkeys(("\\htmlClass", "\\htmlId", "\\htmlStyle", "\\htmlData"), Macro(("#", "2"), 2)),
    **dict.fromkeys(("\\mathtip", "\\texttip"), Macro(("#", "1"), 2)),
    "\\require": Macro((), 1),
}
r"""Commands of MathJax and KaTeX for their own page: of ``\href{…}{x}`` and its kin a book keeps ``x`` alone."""

_TEX: Final[Macros] = {
    **dict.fromkeys(("\\bgroup", "\\begingroup"), Macro(("{",), final=True)),
    **dict.fromkeys(("\\egroup", "\\endgroup"), Macro(("}",), final=True)),
    **dict.fromkeys(("\\global", "\\long"), Macro(())),
    "\\ensuremath": Macro(("#", "1"), 1),
    "\\KaTeX": Macro(tuple(tokenize(r"\text{KaTeX}"))),
}
"""Words of TeX that mean little in a single formula: definitions hold for the whole post anyway."""

_MATHTOOLS: Final = r"""
    \textllap 1 \llap{#1}
    \textrlap 1 \rlap{#1}
    \textclap 1 \clap{#1}
    \mathmbox 1 {#1}
    \crampedsubstack 1 \substack{#1}
    \centercolon 0 \mathrel{:}
    \ordinarycolon 0 :
    \Eqqcolon 0 =\mathrel{::}
    \Eqcolon 0 -\mathrel{::}
    \colonapprox 0 \mathrel{:}\approx
    \Colonapprox 0 \mathrel{::}\approx
    \colonsim 0 \mathrel{:}\sim
    \Colonsim 0 \mathrel{::}\sim
    \nuparrow 0 \not\uparrow
    \ndownarrow 0 \not\downarrow
    \splitfrac 2 {\genfrac{}{}{0pt}{1}{#1}{#2}}
    \splitdfrac 2 {\genfrac{}{}{0pt}{0}{#1}{#2}}
    \adjustlimits 0
    \vdotswithin 1 \vdots
"""
"""Command, number of arguments, and what it stands for."""


def _optional(body: str, arity: int) -> Macro:
    """Return a macro whose first argument is optional and of no concern to a book."""
    return Macro(tuple(tokenize(body)), arity, ())


def _box_across(expansion: Expansion, name: str) -> list[str]:
    r"""``\Aboxed{a &= b}`` frames both sides of an alignment; a frame is one element, so it stands in the second."""
    content = expansion.argument(name)
    return ["&", "\\boxed", "{", *(piece for piece in content if piece != "&"), "}"]


def _paired(expansion: Expansion, name: str) -> list[str]:
    r"""``\DeclarePairedDelimiter\abs{\lvert}{\rvert}`` defines ``\abs{x}``, ``\abs*{x}`` and ``\abs[\big]{x}``."""
    command = expansion.name(name)
    opening, closing = expansion.argument(name), expansion.argument(name)
    expansion.macros[command] = fenced(opening, closing, star_grows=True)
    return []


def _small_matrix(letter: str, fences: str) -> Macros:
    r"""``\begin{psmallmatrix}``: a small matrix between delimiters."""
    opening, closing = tokenize(fences)
    return {
        f"begin{{{letter}smallmatrix}}": Macro(("\\left", opening, *tokenize("\\begin{smallmatrix}"))),
        f"end{{{letter}smallmatrix}}": Macro((*tokenize("\\end{smallmatrix}"), "\\right", closing)),
    }


def _multlined(expansion: Expansion, _name: str) -> list[str]:
    r"""``\begin{multlined}[t][4em]``: lines in a block; where each of them stands is left to it."""
    expansion.brackets()
    expansion.brackets()
    return tokenize("\\begin{gathered}")


def _cases_with_prose(environment: str) -> Shorthand:
    r"""``\begin{cases*} x & if $x > 0$ \end{cases*}``: what stands after ``&`` is prose."""

    def expand(expansion: Expansion, name: str) -> list[str]:
        content = expansion.until(name, tuple(tokenize(f"\\end{{{environment}*}}")))
        cells = _prose_after_ampersand(content)
        return [*tokenize(f"\\begin{{{environment}}}"), *cells, *tokenize(f"\\end{{{environment}}}")]

    return expand


def _prose_after_ampersand(tokens: list[str]) -> list[str]:
    written: list[str] = []
    depth = opened = 0
    for piece in tokens:
        depth += (piece == "{") - (piece == "}")
        if piece == "&" and not (depth or opened):
            written += ("&", "\\text", "{")
            opened = 1
        elif piece == "\\\\" and opened and not depth:
            written += ("}", piece)
            opened = 0
        elif not (opened and is_blank(piece) and written[-1] == "{"):
            written.append(piece)
    return [*written, *"}" * opened]


def _toggle(expansion: Expansion, name: str) -> list[str]:
    r"""``\toggle{a}{b}\endtoggle``: of the forms between which a page changes, the first."""
    first = expansion.argument(name)
    expansion.until(name, ("\\endtoggle",))
    return first


def _define_colour(expansion: Expansion, name: str) -> list[str]:
    r"""``\definecolor{name}{model}{numbers}``: from here on the commands of colour know the name."""
    colour, model, numbers = (expansion.argument(name) for _ in range(3))
    meaning = ("[", *model, "]", "{", *numbers, "}")
    expansion.macros[f"colour{{{''.join(colour)}}}"] = Macro(meaning)
    expansion.macros.update(dict.fromkeys(("\\color", "\\textcolor", "\\colorbox"), _named_colour))
    return []


def _named_colour(expansion: Expansion, name: str) -> list[str]:
    """Write a command of colour with what its name stands for, past further expansion."""
    model = expansion.brackets()
    colour = expansion.argument(name)
    known = expansion.macros.get(f"colour{{{''.join(colour)}}}") if model is None else None
    given = ["[", *model, "]"] if model is not None else []
    meaning = known.body if isinstance(known, Macro) else (*given, "{", *colour, "}")
    expansion.ready += (name, *meaning)
    return []


_SMALL: Final = {"p": "()", "b": "[]", "B": r"\{\}", "v": "||", "V": r"\|\|"}


BUILT_IN: Final[Macros] = {
    **_PAGE,
    **_TEX,
    **plain(_MATHTOOLS),
    "\\cramped": _optional("{#2}", 2),
    "\\crampedllap": _optional(r"\mathllap{#2}", 2),
    "\\crampedrlap": _optional(r"\mathrlap{#2}", 2),
    "\\crampedclap": _optional(r"\mathclap{#2}", 2),
    "\\MoveEqLeft": _optional("", 1),
    "\\xmathstrut": _optional("", 2),
    "\\Aboxed": _box_across,
    "\\DeclarePairedDelimiter": _paired,
    **{key: macro for name, fences in _SMALL.items() for key, macro in _small_matrix(name, fences).items()},
    **{f"begin{{{name}*}}": _cases_with_prose(name) for name in ("cases", "dcases", "rcases", "drcases")},
    "\\toggle": _toggle,
    "\\definecolor": _define_colour,
    "begin{multlined}": _multlined,
    "end{multlined}": Macro(tuple(tokenize(r"\end{gathered}"))),
    **PHYSICS,
    **CHEMISTRY,
}
"""Shorthands by control sequence; environments by ``begin{name}`` and ``end{name}``."""
