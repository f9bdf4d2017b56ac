r"""Macros that authors define in formulas, expanded within limits.

MathJax keeps definitions for the whole page whatever group they stand in; so does this. ``\newcommand{name}`` without
a backslash is accepted as MathJax accepts it. Expansion is bounded in steps and in output: a macro may call itself.
"""

from __future__ import annotations

import re
from typing import Final

from pipeline.tex.arguments import awaits_argument
from pipeline.tex.definitions import DEFINERS
from pipeline.tex.macros import Macro, MacroError, Macros, Shorthand
from pipeline.tex.tokens import (
    group_end,
    join,
    read_argument,
    read_brackets,
    skip_blanks,
    tokenize,
    with_literal_percents,
)

_NAME: Final = re.compile(r"\\(?:[a-zA-Z]+|.)", re.DOTALL)
_ENVIRONMENT: Final = re.compile(r"\\begin(?:\s|%[^\n]*\n)*\{([^{}]*)\}")
MAX_STEPS: Final = 1_000
MAX_TOKENS: Final = 20_000


def expand(tex: str, macros: Macros) -> str:
    """Return ``tex`` with macros expanded and definitions removed; ``macros`` learns the definitions.

    Raises:
        MacroError: a definition is malformed, an argument is missing, or a limit is exceeded.
    """
    tex = with_literal_percents(tex)
    words = _NAME.findall(tex)
    known = (macros.keys(), DEFINERS.keys())
    if all(names.isdisjoint(words) for names in known) and not ("\\begin" in words and _uses_environment(tex, macros)):
        return tex
    return Expansion(tokenize(tex), macros).run()


def _uses_environment(tex: str, macros: Macros) -> bool:
    return any(f"begin{{{name}}}" in macros for name in _ENVIRONMENT.findall(tex))


class Expansion:
    """One expansion: what is still to be read, and what is ready. Shorthands read by its methods."""

    def __init__(self, tokens: list[str], macros: Macros) -> None:
        self.tokens = tokens
        self.position = 0
        self.macros = macros
        self.ready: list[str] = []
        self.steps = 0

    def run(self) -> str:
        """Return the text with nothing left to expand."""
        while self.position < len(self.tokens):
            piece = self.tokens[self.position]
            self.position += 1
            if piece in DEFINERS:
                DEFINERS[piece](self, piece)
            elif piece in self.macros:
                self.call(piece, self.macros[piece])
            elif piece in ("\\begin", "\\end") and self.environment(piece):
                continue
            else:
                self.ready.append(piece)
        return join(self.ready)

    def call(self, name: str, macro: Macro | Shorthand) -> None:
        """Put what a macro stands for in the place of its use."""
        if not isinstance(macro, Macro):
            self.replace(name, macro(self, name))
            return
        if macro.final:
            self.ready += macro.body
            return
        arguments = self.delimited(name, macro) if macro.template else self.arguments(name, macro)
        meaning = _substitute(macro.body, arguments)
        whole = not arguments and awaits_argument(self.ready)
        self.replace(name, ["{", *meaning, "}"] if whole else meaning)

    def replace(self, name: str, tokens: list[str]) -> None:
        """Put ``tokens`` before what is still to be read, within the limits."""
        self.steps += 1 + len(tokens) // 1_000  # what is long takes long to read again
        rest = len(self.tokens) - self.position
        if self.steps > MAX_STEPS or len(tokens) + rest + len(self.ready) > MAX_TOKENS:
            raise MacroError(f"the macro {name} expands endlessly", name)
        if self.position > len(tokens):  # reuse what was read, so that a step costs the size of the macro alone
            self.tokens[self.position - len(tokens) : self.position] = tokens
            self.position -= len(tokens)
        else:
            self.tokens[: self.position] = tokens
            self.position = 0

    def arguments(self, name: str, macro: Macro) -> list[list[str]]:
        """Read the arguments of a macro, a default for the first one."""
        arguments: list[list[str]] = []
        if macro.default is not None:
            given = self.brackets()
            arguments.append(list(macro.default) if given is None else given)
        while len(arguments) < macro.arity:
            arguments.append(self.argument(name))
        return arguments

    def delimited(self, name: str, macro: Macro) -> list[list[str]]:
        r"""Read the arguments of a macro defined by ``\def`` with text around its parameters."""
        self.expect(name, macro.template[0])
        return [self.until(name, text) if text else self.argument(name) for text in macro.template[1:]]

    def expect(self, name: str, tokens: tuple[str, ...]) -> None:
        """Read the text that must stand here."""
        self.position = skip_blanks(self.tokens, self.position) if tokens else self.position
        if tuple(self.tokens[self.position : self.position + len(tokens)]) != tokens:
            raise MacroError(f"the use of {name} does not match its definition", name)
        self.position += len(tokens)

    def until(self, name: str, separator: tuple[str, ...]) -> list[str]:
        """Read up to ``separator``, which is dropped, over groups in braces."""
        start = index = self.position
        while index < len(self.tokens):
            if self.tokens[index] == separator[0] and self.tokens[index : index + len(separator)] == list(separator):
                self.position = index + len(separator)
                return _without_braces(self.tokens[start:index])
            index = group_end(self.tokens, index) if self.tokens[index] == "{" else index + 1
        raise MacroError(f"the use of {name} does not match its definition", name)

    def argument(self, name: str) -> list[str]:
        """Read one argument, a group without its braces or one token."""
        start = skip_blanks(self.tokens, self.position)
        if start >= len(self.tokens) or self.tokens[start] == "}":
            raise MacroError(f"{name} lacks an argument", name)
        argument, self.position = read_argument(self.tokens, start)
        return argument

    def brackets(self) -> list[str] | None:
        """Read an optional argument; None where there is none."""
        content, self.position = read_brackets(self.tokens, self.position)
        return content

    def peek(self) -> str:
        """Return the next token that is no blank, unread; empty at the end."""
        start = skip_blanks(self.tokens, self.position)
        return self.tokens[start] if start < len(self.tokens) else ""

    def accept(self, *pieces: str) -> str:
        """Read the next token if it is one of ``pieces``; empty when it is not."""
        piece = self.peek()
        if piece not in pieces:
            return ""
        self.position = skip_blanks(self.tokens, self.position) + 1
        return piece

    def star(self) -> bool:
        """Read a star if one comes next."""
        return bool(self.accept("*"))

    def environment(self, piece: str) -> bool:
        r"""Replace the ``\begin`` or ``\end`` of an environment that the author defined; False if it is none."""
        start = self.position
        name = "".join(self.argument(piece))
        macro = self.macros.get(f"{piece[1:]}{{{name}}}")
        if macro is None:
            self.position = start
            return False
        self.call(f"{piece}{{{name}}}", macro)
        return True

    def name(self, definer: str) -> str:
        """Read the name that is being defined; its backslash may be missing."""
        name = "".join(piece for piece in self.argument(definer) if piece[0] != "%").strip()
        name = name if name.startswith("\\") else "\\" + name
        if not _NAME.fullmatch(name):
            raise MacroError(f"{definer} cannot define {name}", definer)
        return name


def _substitute(body: tuple[str, ...], arguments: list[list[str]]) -> list[str]:
    result: list[str] = []
    index = 0
    while index < len(body):
        digit = body[index + 1] if body[index] == "#" and index + 1 < len(body) else ""
        if digit.isdecimal() and digit.isascii() and 1 <= int(digit) <= len(arguments):
            result += arguments[int(digit) - 1]
            index += 2
        else:
            result.append(body[index])
            index += 1
    return result


def _without_braces(tokens: list[str]) -> list[str]:
    if tokens and tokens[0] == "{" and group_end(tokens, 0) == len(tokens):
        return tokens[1:-1]
    return tokens
