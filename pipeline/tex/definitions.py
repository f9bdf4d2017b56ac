r"""The commands that define macros: ``\newcommand``, ``\def``, ``\let`` and their kin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.tex.macros import Macro, MacroError
from pipeline.tex.tokens import is_blank

if TYPE_CHECKING:
    from pipeline.tex.expansion import Expansion


def new_command(expansion: Expansion, definer: str) -> None:
    r"""``\newcommand{\name}[2][default]{body}``."""
    expansion.star()
    name = expansion.name(definer)
    arity = _arity(expansion, definer)
    default = expansion.brackets()
    body = expansion.argument(definer)
    if definer != "\\providecommand" or name not in expansion.macros:
        expansion.macros[name] = Macro(tuple(body), arity, None if default is None else tuple(default))


def define(expansion: Expansion, definer: str) -> None:
    r"""``\def\name(#1){body}``."""
    name = expansion.name(definer)
    start = expansion.position
    while expansion.position < len(expansion.tokens) and expansion.tokens[expansion.position] != "{":
        expansion.position += 1
    template = _template(expansion.tokens[start : expansion.position], definer)
    body = expansion.argument(definer)
    plain = not any(template)
    expansion.macros[name] = Macro(tuple(body), len(template) - 1, template=() if plain else template)


def let(expansion: Expansion, definer: str) -> None:
    r"""``\let\name=\other``."""
    name = expansion.name(definer)
    expansion.accept("=")
    target = expansion.accept(expansion.peek())
    if not target:
        raise MacroError(f"{definer} lacks an argument", definer)
    if target != name:
        expansion.macros[name] = expansion.macros.get(target, Macro((target,), final=target not in DEFINERS))


def operator(expansion: Expansion, definer: str) -> None:
    r"""``\DeclareMathOperator*{\name}{body}``."""
    star = "*" if expansion.star() else ""
    name = expansion.name(definer)
    body = expansion.argument(definer)
    expansion.macros[name] = Macro(("\\operatorname", *star, "{", *body, "}"))


def new_environment(expansion: Expansion, definer: str) -> None:
    r"""``\newenvironment{name}[2][default]{begin}{end}``."""
    name = "".join(expansion.argument(definer)).strip()
    arity = _arity(expansion, definer)
    default = expansion.brackets()
    begin, end = expansion.argument(definer), expansion.argument(definer)
    expansion.macros[f"begin{{{name}}}"] = Macro(tuple(begin), arity, None if default is None else tuple(default))
    expansion.macros[f"end{{{name}}}"] = Macro(tuple(end))


def _arity(expansion: Expansion, definer: str) -> int:
    """Read how many arguments are declared."""
    count = "".join(expansion.brackets() or ["0"]).strip()
    if count not in set("0123456789"):
        raise MacroError(f"{definer} has an impossible number of arguments", definer)
    return int(count)


def _template(tokens: list[str], definer: str) -> tuple[tuple[str, ...], ...]:
    """Split ``(#1,#2)`` at its parameters: ``("(",), (",",), (")",)``."""
    pieces: list[list[str]] = [[]]
    index = 0
    while index < len(tokens):
        if tokens[index] == "#":
            if tokens[index + 1 : index + 2] != [str(len(pieces))]:
                raise MacroError(f"the parameters of {definer} are not in order", definer)
            pieces.append([])
            index += 2
        else:
            pieces[-1].append(tokens[index])
            index += 1
    return tuple(() if all(map(is_blank, piece)) else tuple(piece) for piece in pieces)


DEFINERS: Final = {
    **dict.fromkeys(("\\newcommand", "\\renewcommand", "\\providecommand"), new_command),
    **dict.fromkeys(("\\def", "\\gdef"), define),
    "\\let": let,
    "\\DeclareMathOperator": operator,
    **dict.fromkeys(("\\newenvironment", "\\renewenvironment"), new_environment),
}
"""What each command defines, and how it is read."""
