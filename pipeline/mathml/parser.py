r"""TeX read as MathJax reads it, and written down again for latex2mathml.

This is TeX's grammar alone: groups, scripts, characters. What a command does stands in ``rewrites``, one small function
a command. What MathJax calls an error is an error here, with the token to blame.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from pipeline.mathml.atoms import (
    DECIDED,
    MOVABLE,
    NAMES,
    SOLID,
    TAKES_LIMITS,
    THIN,
    Atom,
    Rows,
    Scripts,
    Setting,
    TexError,
)
from pipeline.mathml.changes import displayed_limits, forced_limits, movable_limits, spaced, stacked_limits, tight
from pipeline.mathml.draft import Change, Draft
from pipeline.mathml.glyphs import follows_inner, is_ordinary, write_character, write_digits
from pipeline.tex.alphabets import FONT_SWITCHES
from pipeline.tex.tokens import is_blank, join, tokenize_math

MAX_NESTING: Final = 60
_PRIMES: Final = {1: "′", 2: "″", 3: "‴", 4: "⁗"}
_NUMBER: Final = re.compile(r"[0-9]+(?:\{,\}[0-9]{3})*(?:\.[0-9]*)?|\.[0-9]+")
_LONGEST_NUMBER: Final = 60
SCRIPTS: Final = frozenset({"_", "^", "'", "’", "\\limits", "\\nolimits", "\\displaylimits"})
_CLOSERS: Final = frozenset({"", "}", "&", "\\end", "\\right"})
ROW_ENDS: Final = frozenset({"\\\\", "\\\\*", "\\cr", "\\newline", "\\tabularnewline"})
_CELL_CLOSERS: Final = _CLOSERS | ROW_ENDS
_BRACES: Final = frozenset({"}", "]", "\\right", "\\of", "\\over"})
"""What ends a sequence in which a line end ends no row."""
_NO_ARGUMENT: Final = _CELL_CLOSERS | {"_", "^"}
_UNSEEN: Final = frozenset({*FONT_SWITCHES, "\\label", "\\tag", "\\notag", "\\nonumber"})
"""What stands between an atom and its scripts without parting them."""

Handler: TypeAlias = "Callable[[Parser, str], Atom]"


class Parser:
    """Reads the tokens of one formula in order and writes its draft."""

    def __init__(
        self,
        tex: str,
        commands: Mapping[str, Handler],
        infix: Mapping[str, Callable[[Parser, str, int], None]],
        environments: Mapping[str, Handler],
        unspaced: frozenset[str],
    ) -> None:
        self.tokens = tokenize_math(tex)
        self.commands = commands
        self.infix = infix
        self.environments = environments
        self.unspaced = unspaced
        self.position = 0
        self.draft = Draft()
        self.setting = Setting(display=False)
        self.previous = self.last = Atom.NOTHING
        self.depth = 0
        self.fenced = False
        self.unclosed = 0
        self.divided = False
        self.rows: Rows | None = None

    def error(self, message: str, index: int | None = None) -> TexError:
        """Return the error to raise about the next token, or about the one at ``index``."""
        return TexError(message, self.position if index is None else index)

    # Tokens

    def peek(self) -> str:
        """Return the next token without consuming it; empty at the end."""
        try:
            return self.tokens[self.position]
        except IndexError:
            return ""

    def next(self) -> str:
        """Return and consume the next token; empty at the end."""
        piece = self.peek()
        self.position += 1
        return piece

    def accept(self, piece: str) -> bool:
        """Consume the next token if it is ``piece``."""
        if self.peek() != piece:
            return False
        self.position += 1
        return True

    def raw_argument(self, name: str) -> list[str]:
        r"""Return the tokens of one argument, unread: what ``\text`` and ``\color`` need."""
        if self.peek() in ("", "}"):
            raise self.error(f"{name} lacks an argument")
        if not self.accept("{"):
            return [self.next()]
        start, depth = self.position, 1
        while self.position < len(self.tokens):
            piece = self.tokens[self.position]
            self.position += 1
            depth += (piece == "{") - (piece == "}")
            if depth == 0:
                return self.tokens[start : self.position - 1]
        raise self.error("{ without }", start - 1)

    def raw_text(self, name: str) -> str:
        """Return one argument as text without blanks around it: a colour, a length."""
        return join(self.raw_argument(name)).strip()

    def raw_brackets(self) -> str | None:
        """Return an optional argument as text; None where there is none."""
        if self.peek() != "[":
            return None
        start, depth = self.position, 0
        for index in range(start + 1, len(self.tokens)):
            depth += (self.tokens[index] == "{") - (self.tokens[index] == "}")
            if self.tokens[index] == "]" and depth == 0:
                self.position = index + 1
                return join(self.tokens[start + 1 : index]).strip()
        raise self.error("[ without ]", start)

    # Groups and arguments

    def sequence(self, end: str = "}", after: Atom = Atom.NOTHING) -> None:
        """Read atoms up to ``end`` or to whatever else must end them, which is left unread."""
        saved, previous, self.previous = self.setting, self.previous, after
        divided, self.divided = self.divided, False
        fenced, self.fenced = self.fenced, end == "\\right"
        self.depth += 1
        if self.depth > MAX_NESTING:
            raise self.error("nested too deeply")
        self.items(end)
        self.depth -= 1
        self.setting, self.last, self.previous = saved, self.previous, previous
        self.divided, self.fenced = divided, fenced

    def items(self, end: str) -> None:
        """Read atoms as ``sequence`` does, in the same setting as what came before."""
        start, unclosed, self.unclosed = len(self.draft.tokens), self.unclosed, 0
        closers = _CLOSERS if end in _BRACES else _CELL_CLOSERS
        while (piece := self.peek()) not in closers and piece != end:
            infix = self.infix.get(piece)
            if infix:
                self.close_wraps()
                self.next()
                infix(self, end, start)
            else:
                self.item(piece)
        self.close_wraps()
        self.unclosed = unclosed

    def wrap_rest(self, change: Change) -> None:
        """Put what is left of this group in a group of its own, which ``change`` is for: a style, a colour."""
        self.draft.mark(change)
        self.draft.write("{")
        self.unclosed += 1

    def close_wraps(self) -> None:
        """Close the groups that ``wrap_rest`` opened."""
        self.draft.write(*"}" * self.unclosed)
        self.unclosed = 0

    def item(self, piece: str) -> None:
        """Read one atom with its scripts."""
        start = len(self.draft.tokens)
        atom = Atom.NOTHING if piece in SCRIPTS else self.atom()
        if atom is not Atom.NOTHING and self.peek() in _UNSEEN:
            self.unseen()
        if self.peek() in SCRIPTS:
            self.scripts(start, atom)
            atom = Atom.ORDINARY if atom is Atom.NOTHING else atom
        if atom in NAMES:
            self.space_name(start)
        elif piece == "\\left":
            self.space_fence(start)
        if atom is not Atom.NOTHING:
            self.previous = atom

    def unseen(self) -> None:
        r"""Read what stands before a script without being an atom: ``A\cal^T``."""
        while self.peek() in _UNSEEN:
            self.atom()

    def space_name(self, start: int) -> None:
        """Give a function's name TeX's thin spaces, which no MathML element has by itself (TeXbook, chapter 18)."""
        before = THIN if self.previous in SOLID else "0"
        after = THIN if is_ordinary(self.peek(), self.unspaced) else "0"
        name = self.draft.take(start)
        self.draft.mark(spaced(before, after))
        self.draft.write(*name)

    def space_fence(self, start: int) -> None:
        r"""Keep what ``\left`` and ``\right`` enclose a thin space from what is beside it, as ``space_name`` does."""
        if self.setting.level:
            return
        fence = self.draft.take(start)
        if self.previous in SOLID:
            self.draft.leaf("mspace", width=THIN)
        self.draft.write(*fence)
        if follows_inner(self.peek(), self.unspaced):
            self.draft.leaf("mspace", width=THIN)

    def group(self) -> None:
        """Read a group whose ``{`` was consumed, and its ``}``."""
        opened, start = self.position - 1, len(self.draft.tokens)
        self.draft.write("{")
        self.sequence()
        if not self.accept("}"):
            raise self.error("{ without }", opened)
        self.draft.close(start)

    def braces(self) -> None:
        """Read a group that stands by itself; a lone operator in it loses its space: ``1{,}000``.

        An empty one is an operand, which gives the operator before it the space of both sides: ``+{}``.
        """
        if self.accept("}"):
            self.draft.leaf("mi")
            return
        start = len(self.draft.tokens)
        self.group()
        if self.last is Atom.OPERATOR and len(self.draft.tokens) == start + 1:
            operator = self.draft.take(start)
            self.draft.mark(tight)
            self.draft.write(*operator)

    def argument(self, name: str) -> None:
        r"""Read one argument, a group or a single token, and write it as one.

        A command without braces cannot take arguments of its own: ``\hat\mathbf{x}`` is an error to TeX and to MathJax.
        """
        if self.accept("{"):
            self.group()
            return
        if self.peek() in _NO_ARGUMENT:
            raise self.error(f"{name} lacks an argument")
        start = len(self.draft.tokens)
        self.draft.write("{")
        all_tokens, self.tokens = self.tokens, self.tokens[: self.position + 1]
        self.atom()
        self.tokens = all_tokens
        self.draft.close(start)

    def whole_argument(self, name: str) -> Atom:
        r"""Read one argument that may be a command with its own: ``x^\frac12``, ``\raise2pt\hbox{x}``."""
        if self.peek()[:1] != "\\" or self.peek() in _NO_ARGUMENT:
            self.argument(name)
            return Atom.ORDINARY
        start = len(self.draft.tokens)
        self.draft.write("{")
        atom = self.atom()
        self.draft.close(start)
        return atom

    def argument_in(self, name: str, setting: Setting) -> None:
        """Read one argument in another setting."""
        saved, self.setting = self.setting, setting
        self.argument(name)
        self.setting = saved

    def boxed_argument(self, name: str) -> None:
        """Read one argument as a group that keeps its own element, whatever it holds: a frame, a colour."""
        self.draft.write("{")
        self.argument(name)
        self.draft.write("}")

    def small_argument(self, name: str) -> None:
        """Read one argument a style smaller than this one: a part of a fraction."""
        self.argument_in(name, self.setting.lowered(self.setting.level + (not self.setting.display)))

    def script_argument(self, name: str) -> None:
        """Read one argument in the style of scripts."""
        self.argument_in(name, self.setting.lowered(self.setting.level + 1))

    def label(self, end: str, message: str) -> list[str]:
        """Read up to ``end``, in the style of scripts, and return the tokens as a group.

        Raises:
            TexError: there is no ``end``; the token before is to blame, with this message.
        """
        start, opened = len(self.draft.tokens), self.position - 1
        saved, self.setting = self.setting, self.setting.lowered(self.setting.level + 1)
        self.draft.write("{")
        self.sequence(end)
        if not self.accept(end):
            raise self.error(message, opened)
        self.draft.write("}")
        self.setting = saved
        return self.draft.take(start)

    def brackets(self) -> list[str] | None:
        """Read an optional label and return its tokens as a group; None where there is none."""
        return self.label("]", "[ without ]") if self.accept("[") else None

    def inner(self, tokens: list[str], first: int) -> None:
        """Read the tokens of a formula inside prose, which begin at ``first`` of ours, as a group."""
        outer = self.tokens, self.position, self.setting
        tokens = [piece for piece in tokens if not is_blank(piece)]
        self.tokens, self.position, self.setting = tokens, 0, Setting(display=False)
        self.draft.write("{")
        try:
            self.sequence("")
            if self.position < len(self.tokens):
                raise self.error(f"unmatched {self.peek()}")
        except TexError as error:
            error.index += first
            raise
        self.draft.write("}")
        self.tokens, self.position, self.setting = outer

    # Atoms

    def atom(self) -> Atom:
        """Read one atom without its scripts, and say what it was."""
        piece = self.next()
        if piece == "{":
            self.braces()
            return Atom.ORDINARY
        if piece[0] == "\\":
            handler = self.commands.get(piece)
            if handler is None:
                raise self.error(f"{piece} is not defined", self.position - 1)
            return handler(self, piece)
        if "0" <= piece <= "9" or (piece == "." and "0" <= self.peek() <= "9"):
            self.number(piece)
            return Atom.ORDINARY
        return write_character(self, piece)

    def number(self, piece: str) -> None:
        """Read the rest of a number as MathJax delimits it: ``1{,}000.5`` is one."""
        start = self.position - 1
        match = _NUMBER.match("".join(self.tokens[start : start + _LONGEST_NUMBER]))
        digits = match[0] if match else piece
        self.position = start + len(digits)
        write_digits(self, digits)

    # Scripts

    def scripts(self, start: int, atom: Atom) -> None:
        """Read the scripts after an atom whose tokens begin at ``start``, and write both in latex2mathml's order."""
        base = self.draft.take(start)
        found = self.collect_scripts(atom)
        above = self.with_primes(found)
        beside = bool(above and not found.above) and (found.stacked or (found.movable and not found.below))
        self.write_scripts(base, found, [] if beside else above)
        if beside:
            self.draft.write("{", *self.draft.take(start), "}", "^", *above)
            self.draft.shape.above += 1

    def write_scripts(self, base: list[str], found: Scripts, above: list[str]) -> None:
        """Write an atom with what stands below and above it."""
        if not (found.below or above):
            self.draft.write(*base)
            return
        if found.stacked:
            self.draft.mark(forced_limits if found.forced else displayed_limits if found.movable else stacked_limits)
        elif found.movable and not found.below:
            self.draft.mark(movable_limits)
        self.draft.write(*base if len(base) == 1 else ("{", *base, "}"))
        if found.below:
            self.draft.write("_", *found.below)
        if above:
            self.draft.write("^", *above)
        self.draft.shape.below += bool(found.below)
        self.draft.shape.above += bool(above) and not ((found.stacked or found.movable) and not found.below)

    def collect_scripts(self, atom: Atom) -> Scripts:
        """Read scripts and what says where they go."""
        movable = atom in MOVABLE
        stacked = atom is Atom.LIMITS or (movable and self.setting.display)
        found = Scripts(stacked, movable and atom not in DECIDED)
        while (piece := self.peek()) in SCRIPTS:
            index = self.position
            self.next()
            if piece[0] == "\\":
                if atom not in TAKES_LIMITS:
                    raise self.error(f"{piece} is allowed only after operators", index)
                found.movable = False
                found.forced = piece == "\\limits"
                found.stacked = found.forced or (piece == "\\displaylimits" and self.setting.display)
            else:
                self.collect_script(piece, found, index)
            self.unseen()
        return found

    def collect_script(self, piece: str, found: Scripts, index: int) -> None:
        """Read one script after its ``_``, ``^`` or ``'``; primes before a subscript are the whole superscript."""
        if piece == "_":
            if found.below:
                raise self.error("a second subscript: braces are missing", index)
            if found.primes:
                found.above, found.primes = self.with_primes(found), 0
            found.below = self.script(piece)
        elif piece == "^":
            if found.above:
                raise self.error("a second superscript: braces are missing", index)
            found.above = self.script(piece)
        else:
            if found.above:
                raise self.error("a prime after a superscript: braces are missing", index)
            found.primes += 1

    def script(self, name: str) -> list[str]:
        r"""Read one script, in braces or a command with its arguments, and return its tokens as a group: ``x^\frac12``.

        Of a name it is the first letter, as in TeX; MathJax 3 takes the ``Tx`` of ``\mathbf{w^Tx}`` whole.
        """
        self.unseen()
        start, index = len(self.draft.tokens), self.position
        if self.peek() in SCRIPTS:
            raise self.error(f"{name} lacks an argument")
        saved, self.setting = self.setting, self.setting.lowered(self.setting.level + 1)
        if self.whole_argument(name) is Atom.FUNCTION and self.tokens[index] != "\\operatorname":
            raise self.error("a name as a script: braces are missing", index)
        self.setting = saved
        return self.draft.take(start)

    def with_primes(self, found: Scripts) -> list[str]:
        """Return the superscript as a group, primes first."""
        if not found.primes:
            return found.above
        start = len(self.draft.tokens)
        self.draft.leaf("mo", _PRIMES.get(found.primes, "′" * found.primes))
        return ["{", *self.draft.take(start), *found.above, "}"]
