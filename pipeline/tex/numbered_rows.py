r"""Which rows of a formula MathJax numbers with ``tags: "ams"``, and what their labels are.

The rules are those of MathJax's ``Tags``, ``EquationItem``, ``EqnArrayItem`` and ``MultlineItem``: ``equation``,
``align``, ``gather``, ``alignat``, ``flalign`` and ``eqnarray`` number every row, ``multline`` its last one; starred
forms and plain displays only what has a ``\tag``; ``\notag`` and ``\nonumber`` take a row's number away. Where MathJax
stops at an error, rows that ended before it are numbered and those after it are not, so that later numbers stay equal
to those of the page. Unlike MathJax, a ``\label`` or ``\tag`` inside ``aligned``, ``split`` and the like belongs to the
equation around it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from pipeline.tex.environments import Numbers, environment_of, unstarred
from pipeline.tex.prose import TEXT_COMMANDS
from pipeline.tex.tags import as_prose
from pipeline.tex.tokens import is_blank, join, read_argument, read_brackets, tokenize

_UNKNOWN: Final = frozenset({"subequations"})
"""Environments that MathJax does not know."""
_INNER: Final = frozenset({"aligned", "alignedat", "gathered", "split"})
r"""What keeps a ``\notag`` inside it from the number of the equation around it."""
_ONLY_MATH: Final = frozenset({"_", "^", "&", "#"})


@dataclass(frozen=True, slots=True)
class NumberedRow:
    """A row that gets a number; a ``tag`` is what the author chose, None asks for the next number."""

    row: int
    tag: str | None
    labels: tuple[str, ...]
    bare: bool = False  # a tag that is printed as it is, of ``\tag*``


@dataclass(slots=True)
class _Frame:
    """An environment that is open: what is known of its current row."""

    name: str
    automatic: bool  # rows without \tag are numbered
    by_row: bool
    taggable: bool
    depth: int = 0
    row: int = 0
    filled: bool = False
    tag: str | None = None
    bare: bool = False
    silenced: bool = False
    labelled: bool = False
    labels: list[str] = field(default_factory=list)

    def clear(self) -> None:
        self.tag, self.silenced, self.labels, self.filled, self.labelled = None, False, [], False, False


def numbered_rows(tex: str, *, display: bool) -> tuple[NumberedRow, ...]:
    """Return the rows of a formula that have a number, in order."""
    if "\\begin" not in tex and not (display and "\\tag" in tex):
        return ()
    return _Walk(tokenize(tex), display=display).run()


class _Walk:
    def __init__(self, tokens: list[str], *, display: bool) -> None:
        self.tokens = tokens
        self.position = 0
        self.depth = 0
        self.display = display
        self.frames = [_Frame("", automatic=False, by_row=False, taggable=True)]
        self.found: list[NumberedRow] = []
        self.stopped = False

    def run(self) -> tuple[NumberedRow, ...]:
        while self.position < len(self.tokens) and not self.stopped:
            piece = self.tokens[self.position]
            self.position += 1
            if piece in _SPECIAL:
                self.step(piece)
            elif not (self.frames[-1].filled or is_blank(piece)):
                self.frames[-1].filled = True
        if self.display and not self.stopped:
            self.number(self.frames[0])
        return tuple(self.found)

    def step(self, piece: str) -> None:
        frame = self.frames[-1]
        if piece in _COMMANDS:
            _COMMANDS[piece](self)
        elif piece == "{":
            self.depth += 1
        elif piece == "}":
            self.depth -= 1
        elif piece in ("\\\\", "\\cr") and self.depth == frame.depth:
            self.end_row(frame)
        if piece not in _SILENT:
            frame.filled = True

    def argument(self) -> str:
        argument, self.position = read_argument(self.tokens, self.position)
        return join(argument)

    def star(self) -> bool:
        starred = self.tokens[self.position : self.position + 1] == ["*"]
        self.position += starred
        return starred

    def taggable(self) -> _Frame:
        return next(frame for frame in reversed(self.frames) if frame.taggable)

    def begin(self) -> None:
        name = self.argument()
        known = environment_of(name)
        numbers = known.numbers if known else Numbers.NONE
        taggable = numbers is not Numbers.NONE
        automatic = taggable and not name.endswith("*")
        self.stopped = unstarred(name) in _UNKNOWN
        self.frames.append(_Frame(name, automatic, numbers is Numbers.ROWS, taggable, self.depth))

    def end(self) -> None:
        name = self.argument()
        if len(self.frames) == 1 or self.frames[-1].name != name:
            return
        frame = self.frames.pop()
        if frame.taggable and (frame.filled or not frame.by_row):
            self.number(frame)
        self.depth = frame.depth

    def end_row(self, frame: _Frame) -> None:
        self.star()
        _, self.position = read_brackets(self.tokens, self.position)
        if frame.taggable and frame.by_row:
            self.number(frame)
            frame.clear()
        elif not frame.taggable:
            frame.labelled = False
        frame.row += 1

    def number(self, frame: _Frame) -> None:
        if frame.silenced or (frame.tag is None and not frame.automatic):
            return
        bare = frame.bare and frame.tag is not None
        self.found.append(NumberedRow(frame.row, frame.tag, tuple(frame.labels), bare))

    def tag(self) -> None:
        bare = self.star()
        frame = self.taggable()
        frame.tag, frame.bare, frame.silenced = as_prose(self.argument()), bare, False

    def no_tag(self) -> None:
        self.scope().silenced = True

    def scope(self) -> _Frame:
        return next(frame for frame in reversed(self.frames) if frame.taggable or frame.name in _INNER)

    def label(self) -> None:
        """Read a label; MathJax gives up on a second one in the same row."""
        scope = self.scope()
        self.stopped = scope.labelled
        scope.labelled = True
        self.taggable().labels.append(self.argument().strip())

    def text(self) -> None:
        """Skip prose; MathJax gives up on a formula with ``_`` in it, and so on its numbers."""
        start = self.position
        self.argument()
        inside = self.tokens[start : self.position]
        if "$" not in inside and not _ONLY_MATH.isdisjoint(inside):
            self.stopped = True


_COMMANDS: Final = {
    "\\begin": _Walk.begin,
    "\\end": _Walk.end,
    "\\tag": _Walk.tag,
    "\\notag": _Walk.no_tag,
    "\\nonumber": _Walk.no_tag,
    "\\label": _Walk.label,
    **dict.fromkeys(TEXT_COMMANDS, _Walk.text),
}
_SILENT: Final = frozenset({"\\\\", "\\cr", "\\tag", "\\notag", "\\nonumber", "\\label", "\\begin"})
_SPECIAL: Final = frozenset({*_COMMANDS, *_SILENT, "{", "}"})
