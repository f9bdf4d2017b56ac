"""The tokens of a formula, read one after the other: what comes next, and arguments as they stand."""

from __future__ import annotations

from pipeline.mathml.atoms import TexError
from pipeline.tex.tokens import join


class Cursor:
    """A place in the tokens of a formula, from which they are read."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.position = 0

    def error(self, message: str, index: int | None = None) -> TexError:
        """Return the error to raise about the next token, or about the one at ``index``."""
        return TexError(message, self.position if index is None else index)

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
