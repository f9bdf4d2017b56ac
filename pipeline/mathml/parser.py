r"""TeX read as MathJax reads it, and written down again for latex2mathml.

This is TeX's grammar alone: groups, scripts, characters. What a command does stands in ``rewrites``, one small function
a command. What MathJax calls an error is an error here, with the token to blame.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from pipeline.mathml.atoms import NAMES, SOLID, THIN, Atom, Rows, Setting, TexError
from pipeline.mathml.changes import spaced, tight
from pipeline.mathml.cursor import Cursor
from pipeline.mathml.draft import Change, Draft
from pipeline.mathml.glyphs import follows_inner, is_ordinary, write_character, write_digits
from pipeline.mathml.scripts import SCRIPTS, read_scripts
from pipeline.tex.alphabets import FONT_SWITCHES
from pipeline.tex.tokens import is_blank, tokenize_math

_MAX_NESTING: Final = 60  # sequences in one another; some commands nest without the braces that the gate counts
_NUMBER: Final = re.compile(r"[0-9]+(?:\{,\}[0-9]{3})*(?:\.[0-9]*)?|\.[0-9]+")
_LONGEST_NUMBER: Final = 60
_CLOSERS: Final = frozenset({"", "}", "&", "\\end", "\\right"})
ROW_ENDS: Final = frozenset({"\\\\", "\\\\*", "\\cr", "\\newline", "\\tabularnewline"})
_CELL_CLOSERS: Final = _CLOSERS | ROW_ENDS
_BRACES: Final = frozenset({"}", "]", "\\right", "\\of", "\\over"})
"""What ends a sequence in which a line end ends no row."""
_NO_ARGUMENT: Final = _CELL_CLOSERS | {"_", "^"}
_UNSEEN: Final = frozenset({*FONT_SWITCHES, "\\label", "\\tag", "\\notag", "\\nonumber"})
"""What stands between an atom and its scripts without parting them."""

Handler: TypeAlias = "Callable[[Parser, str], Atom]"


class Parser(Cursor):
    """Reads the tokens of one formula in order and writes its draft."""

    def __init__(
        self,
        tex: str,
        commands: Mapping[str, Handler],
        infix: Mapping[str, Callable[[Parser, str, int], None]],
        environments: Mapping[str, Handler],
        unspaced: frozenset[str],
    ) -> None:
        super().__init__(tokenize_math(tex))
        self.commands = commands
        self.infix = infix
        self.environments = environments
        self.unspaced = unspaced
        self.draft = Draft()
        self.setting = Setting(display=False)
        self.previous = Atom.NOTHING  # the atom before the next one in this group
        self.last = Atom.NOTHING  # the last atom of the group that was closed last
        self.depth = 0
        self.fenced = False  # directly between \left and \right
        self.unclosed = 0  # groups that wrap_rest opened in this one
        self.divided = False  # this group has its \over
        self.rows: Rows | None = None  # of the table around

    def sequence(self, end: str = "}", after: Atom = Atom.NOTHING) -> None:
        """Read atoms up to ``end`` or to whatever else must end them, which is left unread."""
        saved, previous, self.previous = self.setting, self.previous, after
        divided, self.divided = self.divided, False
        fenced, self.fenced = self.fenced, end == "\\right"
        self.depth += 1
        if self.depth > _MAX_NESTING:
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
            read_scripts(self, start, atom)
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

    def taken(self, read: Callable[[str], None], name: str) -> list[str]:
        """Read one argument with ``read``, one of the methods above, and return its tokens: they stand elsewhere."""
        start = len(self.draft.tokens)
        read(name)
        return self.draft.take(start)

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
