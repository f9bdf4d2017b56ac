r"""Prose inside a formula: ``\text``, ``\mbox``; latex2mathml ends it at the first brace and lets ``<`` out."""

from __future__ import annotations

import unicodedata
from typing import Final

from pipeline.mathml.atoms import Atom
from pipeline.mathml.changes import classed
from pipeline.mathml.parser import Handler, Parser
from pipeline.tex.colours import colour_class
from pipeline.tex.lengths import ems
from pipeline.tex.prose import TEXT_COMMANDS
from pipeline.tex.text_symbols import ACCENTS, LETTERS, TEXT_SYMBOLS
from pipeline.tex.tokens import group_end, is_blank, is_word, join, read_argument, skip_blanks

_CLASSES: Final = {
    "\\textbf": "m-bold",
    "\\textit": "m-italic",
    "\\textsl": "m-italic",
    "\\emph": "m-italic",
    "\\textsf": "m-sans",
    "\\texttt": "m-mono",
}
_SPACES: Final = {
    "~": "\u00a0",
    "\\ ": "\u00a0",
    "\\,": "\u2009",
    "\\;": "\u2005",
    "\\:": "\u2005",
    "\\>": "\u2005",
    "\\!": "",
    "\\/": "",
    "\\quad": "\u2003",
    "\\qquad": "\u2003\u2003",
    "\\enspace": "\u2002",
    "\\thinspace": "\u2009",
    "\\negthinspace": "",
    "\\space": "\u00a0",
    "\\\\": " ",
    "\\newline": " ",
}
_DELIMITERS: Final = {"$": "$", "\\(": "\\)"}
"""What begins a formula in prose, and what ends it."""
_QUOTES: Final = {"`": ("‘", "“"), "'": ("’", "”")}
_ESCAPED: Final = frozenset({"\\$", "\\%", "\\&", "\\#", "\\_", "\\{", "\\}"})
_WORDS: Final = {
    **TEXT_SYMBOLS,
    **LETTERS,
    "\\ldots": "…",
    "\\dots": "…",
    "\\dagger": "†",
    "\\ddagger": "‡",
    "\\LaTeX": "LaTeX",
    "\\TeX": "TeX",
    "\\lbrace": "{",
    "\\rbrace": "}",
    "\\backslash": "\\",
}
_SWITCHES: Final = {"\\rm": "", "\\bf": "m-bold", "\\it": "m-italic", "\\sf": "m-sans", "\\tt": "m-mono"}
"""Fonts that hold up to the end of the group; sizes are left to the page."""
_HOLDING: Final = frozenset({*_SWITCHES, "\\color"})
_IGNORED_NAMES: Final = r"""
    \normalsize \small \large \scriptsize \footnotesize \tiny \Tiny \Large \LARGE \huge \Huge
"""
_IGNORED: Final = frozenset(_IGNORED_NAMES.split())


def text(parser: Parser, name: str) -> Atom:
    """A command that sets its argument as prose."""
    braced = parser.peek() == "{"
    first = parser.position + braced
    tokens = parser.raw_argument(name)
    parser.draft.write("{")
    _Prose(parser, tokens, first, _CLASSES.get(name, "")).run()
    parser.draft.write("}")
    return Atom.ORDINARY


def write_text(parser: Parser, content: str, class_name: str = "") -> None:
    """Write prose as one element; its spaces stay, at the ends too."""
    if not content:
        return
    if class_name:
        parser.draft.mark(classed(class_name))
    if content[0] == " " or content[-1] == " ":
        inner = content.strip(" ")
        before = len(content) - len(content.lstrip(" "))
        content = "\u00a0" * bool(before) + inner + "\u00a0" * bool(inner and content[-1] == " ")
    parser.draft.leaf("mtext", content)


class _Prose:
    """Prose as tokens, with formulas, escapes and emphasis in it."""

    def __init__(self, parser: Parser, tokens: list[str], first: int, class_name: str) -> None:
        self.parser = parser
        self.tokens = tokens
        self.first = first
        self.class_name = class_name
        self.ready = ""

    def run(self) -> None:
        index = 0
        while index < len(self.tokens):
            index = self.step(index)
        self.flush()

    def flush(self) -> None:
        write_text(self.parser, self.ready, self.class_name)
        self.ready = ""

    def step(self, index: int) -> int:
        """Read what begins at ``index`` and return where it ends."""
        piece = self.tokens[index]
        if piece in _DELIMITERS:
            return self.formula(index, _DELIMITERS[piece])
        if piece in TEXT_COMMANDS:
            return self.nested(index, _CLASSES.get(piece, self.class_name))
        if piece in ("\\ref", "\\eqref"):
            return self.reference(index)
        if piece in _QUOTES:
            return self.quote(index)
        if piece in _SWITCHES:
            self.flush()
            self.class_name = _SWITCHES[piece]
            return index + 1
        if piece == "{" and not _HOLDING.isdisjoint(self.tokens[index : group_end(self.tokens, index)]):
            return self.nested(index - 1, self.class_name)
        if piece in ("\\color", "\\textcolor"):
            return self.coloured(index)
        if piece == "\\hspace":
            length, end = read_argument(self.tokens, index + 1)
            self.flush()
            self.parser.draft.leaf("mspace", width=ems(join(length)) or "0")
            return end
        if piece in ("_", "^") and self.tokens[index + 1 : index + 2] == ["{"]:
            return self.script(index)
        self.ready += self.plain(piece, index)
        return index + 1

    def plain(self, piece: str, index: int) -> str:
        """Return what a token prints in prose."""
        if not piece or piece in _SPACES:
            return _SPACES.get(piece, "")
        if piece in _ESCAPED:
            return piece[1]
        if piece in ACCENTS:
            return self.accented(piece, index)
        if piece in ("{", "}") or piece in _IGNORED:
            return ""
        if is_blank(piece):
            return "" if piece[0] == "%" or (index and is_word(self.tokens[index - 1])) else " "
        if piece[0] == "\\":
            return self.word(piece, index)
        return piece

    def coloured(self, index: int) -> int:
        r"""Read what a colour is for: after ``\color`` without braces, the rest of the group."""
        colour, end = read_argument(self.tokens, index + 1)
        class_name = colour_class(join(colour)) or self.class_name
        start = skip_blanks(self.tokens, end)
        if self.tokens[index] == "\\textcolor" or self.tokens[start : start + 1] == ["{"]:
            return self.nested(end - 1, class_name)
        self.flush()
        self.class_name = class_name
        return start

    def script(self, index: int) -> int:
        """Print ``^{2}`` as it stands, braces included, as MathJax does: prose has no scripts."""
        end = group_end(self.tokens, index + 1)
        self.ready += self.tokens[index] + "{"
        position = index + 2
        while position < end - 1:
            position = self.step(position)
        self.ready += "}"
        return max(position, end)

    def accented(self, piece: str, index: int) -> str:
        rest = [position for position in range(index + 1, len(self.tokens)) if self.tokens[position] not in "{} "]
        letter = self.tokens[rest[0]].removeprefix("\\") if rest else ""
        if len(letter) != 1 or not letter.isalpha():
            raise self.parser.error(f"{piece} needs a letter", self.first + index)
        self.tokens = [*self.tokens[: rest[0]], "", *self.tokens[rest[0] + 1 :]]
        return unicodedata.normalize("NFC", letter + ACCENTS[piece])

    def word(self, piece: str, index: int) -> str:
        if piece in _WORDS:
            return _WORDS[piece]
        raise self.parser.error(f"{piece} is a command of formulas: put it between dollars", self.first + index)

    def formula(self, index: int, closing: str) -> int:
        """Read ``$…$`` inside the prose."""
        end = index + 1
        while end < len(self.tokens) and self.tokens[end] != closing:
            end = group_end(self.tokens, end) if self.tokens[end] == "{" else end + 1
        if end >= len(self.tokens):
            raise self.parser.error("unmatched $", self.first + index)
        self.flush()
        self.parser.inner(self.tokens[index + 1 : end], self.first + index + 1)
        return end + 1

    def quote(self, index: int) -> int:
        """Print a quotation mark, which two of TeX's make a double one."""
        piece = self.tokens[index]
        double = self.tokens[index + 1 : index + 2] == [piece]
        self.ready += _QUOTES[piece][double]
        return index + 1 + double

    def reference(self, index: int) -> int:
        """Print the number that the conversion put in the place of a label."""
        argument, end = read_argument(self.tokens, index + 1)
        number = join(argument)
        self.ready += f"({number})" if self.tokens[index] == "\\eqref" else number
        return end

    def nested(self, index: int, class_name: str) -> int:
        """Read emphasised prose inside the prose."""
        start = index + 1
        while start < len(self.tokens) and is_blank(self.tokens[start]):
            start += 1
        if start >= len(self.tokens):
            raise self.parser.error(f"{self.tokens[index]} lacks an argument", self.first + index)
        self.flush()
        braced = self.tokens[start] == "{"
        end = group_end(self.tokens, start) if braced else start + 1
        inner = self.tokens[start + 1 : end - 1] if braced else self.tokens[start:end]
        _Prose(self.parser, inner, self.first + start + braced, class_name).run()
        return end


def text_symbol(parser: Parser, name: str) -> Atom:
    r"""``\textdagger`` and the like, outside prose too."""
    parser.draft.leaf("mtext", TEXT_SYMBOLS[name])
    return Atom.ORDINARY


COMMANDS: Final[dict[str, Handler]] = {
    **dict.fromkeys(TEXT_COMMANDS, text),
    **dict.fromkeys(TEXT_SYMBOLS, text_symbol),
}
