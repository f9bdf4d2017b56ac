"""The document: what a post says, as two closed unions of immutable nodes.

Types alone live here, one line of meaning each. Code that takes a ``Block`` or an ``Inline`` apart uses ``match`` and
ends in ``assert_never``, so that adding a node makes mypy fail wherever it is not handled.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final, TypeAlias

from pipeline.source import Span

MATHML_NAMESPACE: Final = "http://www.w3.org/1998/Math/MathML"


class Delimiters(Enum):
    r"""What a formula stood between; an environment brings its own ``\begin`` and ``\end``."""

    DOLLAR = ("$", "$", False)
    DOLLARS = ("$$", "$$", True)
    PARENTHESES = ("\\(", "\\)", False)
    BRACKETS = ("\\[", "\\]", True)
    ENVIRONMENT = ("", "", True)

    def __init__(self, opening: str, closing: str, display: bool) -> None:  # noqa: FBT001 - enum passes its value so
        self.opening = opening
        self.closing = closing
        self.display = display  # whether it stands on a line of its own


@dataclass(frozen=True, slots=True)
class EquationNumber:
    """A number that stands beside one row of a displayed formula."""

    text: str  # as printed, without its parentheses: "3", "*", "2a"
    row: int  # which row of the formula, counted from 0
    labels: tuple[str, ...] = ()  # the \label names that mean this row
    anchor: str = ""  # id of the row, unique in the whole book
    bare: bool = False  # printed without parentheses

    @property
    def printed(self) -> str:
        """The number as it stands beside its row."""
        return self.text if self.bare else f"({self.text})"


@dataclass(frozen=True, slots=True)
class Reference:
    r"""One ``\eqref`` or ``\ref`` inside a formula, and what it turned out to mean."""

    label: str
    parentheses: bool  # \eqref prints them, \ref does not
    number: str | None = None  # None: nothing in the post has this label
    anchor: str = ""  # the anchor of the equation's row

    @property
    def printed(self) -> str:
        """The number as it stands in the text; ``???`` where there is none."""
        number = "???" if self.number is None else self.number
        return f"({number})" if self.parentheses else number

    @property
    def source(self) -> str:
        """The command that refers."""
        return f"\\{'eqref' if self.parentheses else 'ref'}{{{self.label}}}"


@dataclass(frozen=True, slots=True)
class Math:
    """A formula. ``tex`` is kept for ever; the other fields are filled in by the stages that know."""

    tex: str  # the source between the delimiters
    delimiters: Delimiters
    span: Span
    expanded: str | None = None  # tex with the post's macros expanded; None: not expanded yet, or ``error`` says why
    numbers: tuple[EquationNumber, ...] = ()
    references: tuple[Reference, ...] = ()
    mathml: str | None = None  # a whole <math> element, safe to embed in XML and HTML
    error: str | None = None  # why the formula is shown as its TeX instead

    @property
    def display(self) -> bool:
        """Whether the formula is displayed on a line of its own."""
        return self.delimiters.display

    @property
    def meaning(self) -> str:
        """The TeX that says what the formula is: ``expanded``, or ``tex`` where there is none."""
        return self.tex if self.expanded is None else self.expanded

    @property
    def source(self) -> str:
        """The formula as its source has it, between its delimiters."""
        return f"{self.delimiters.opening}{self.tex}{self.delimiters.closing}"


@dataclass(frozen=True, slots=True)
class Str:
    """Text, white space included, on one source line."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class InlineCode:
    """Verbatim text inside a line."""

    text: str
    span: Span
    tag: bool = False  # a tag of HTML that the source left in its text; else what its author shows as code


@dataclass(frozen=True, slots=True)
class Emph:
    """Stressed text."""

    content: Inlines
    span: Span


@dataclass(frozen=True, slots=True)
class Strong:
    """Strongly stressed text."""

    content: Inlines
    span: Span


@dataclass(frozen=True, slots=True)
class Strikeout:
    """Text that the author crossed out."""

    content: Inlines
    span: Span


@dataclass(frozen=True, slots=True)
class Superscript:
    """Raised text."""

    content: Inlines
    span: Span


@dataclass(frozen=True, slots=True)
class Subscript:
    """Lowered text."""

    content: Inlines
    span: Span


@dataclass(frozen=True, slots=True)
class Link:
    """A link out of the book; ``url`` is as the source gave it, until ``resolve`` has judged it."""

    url: str
    content: Inlines
    span: Span


@dataclass(frozen=True, slots=True)
class Image:
    """An image; ``resource`` names its bytes in ``Book.resources`` and is empty when no source has them."""

    url: str
    alt: str
    span: Span
    resource: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote, where its mark stands."""

    blocks: Blocks
    span: Span


@dataclass(frozen=True, slots=True)
class Xref:
    r"""A formula that is nothing but references (``$\eqref{a}$``): set as text with links.

    ``parts`` are the references and the text between them, in order.
    """

    math: Math
    parts: tuple[str | Reference, ...]


@dataclass(frozen=True, slots=True)
class PostRef:
    """A mention of another post of this book."""

    post: str  # the post's id
    content: Inlines
    span: Span
    fragment: str = ""  # what the source's address names inside that post
    anchor: str = ""  # the place that it turned out to mean; empty: the post's beginning


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A line that ends inside a paragraph, where the source broke it."""

    span: Span


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; a displayed formula may stand inside it without ending it."""

    content: Inlines
    span: Span


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a post: level 1 is the highest."""

    level: int
    content: Inlines
    span: Span
    anchor: str = ""  # id, unique in the whole book
    name: str = ""  # what its source's addresses call it


@dataclass(frozen=True, slots=True)
class Equation:
    """A displayed formula that is a paragraph of its own."""

    math: Math


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its caption; ``image`` is None where the source lost it and left the caption."""

    caption: Inlines
    span: Span
    image: Image | None = None
    anchor: str = ""  # id, unique in the whole book


@dataclass(frozen=True, slots=True)
class ListItem:
    """One point of a list; ``marker`` is what the source wrote before it: "1、", "（2）", "-"."""

    marker: str
    blocks: Blocks
    span: Span


@dataclass(frozen=True, slots=True)
class BulletList:
    """Points without numbers."""

    items: tuple[ListItem, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class OrderedList:
    """Numbered points; each item's ``marker`` holds its number as the source wrote it."""

    items: tuple[ListItem, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Definition:
    """A term and what is said of it."""

    term: Inlines
    blocks: Blocks
    span: Span


@dataclass(frozen=True, slots=True)
class DefinitionList:
    """Terms with their definitions."""

    items: tuple[Definition, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Quote:
    """Quoted blocks."""

    blocks: Blocks
    span: Span


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Verbatim lines: no trailing newline, indentation kept."""

    text: str
    span: Span
    language: str = ""


class Alignment(Enum):
    """How a table's column is aligned."""

    DEFAULT = "default"
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first ``header_rows`` rows are its head."""

    rows: tuple[tuple[Cell, ...], ...]
    alignments: tuple[Alignment, ...]
    span: Span
    header_rows: int = 0
    caption: Inlines = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A break between two parts of a post; ``text`` is how the source drew it."""

    span: Span
    text: str = ""


@dataclass(frozen=True, slots=True)
class ReadMore:
    """The line that tells that the post was cut here: "点击阅读全文..."."""

    text: str
    span: Span


Styled: TypeAlias = Emph | Strong | Strikeout | Superscript | Subscript
"""The inlines that say how their ``content`` is set, and nothing else."""
Container: TypeAlias = Styled | Link | PostRef
"""The inlines whose ``content`` are other inlines."""
Leaf: TypeAlias = Str | InlineCode | Math | Image | Xref | LineBreak
"""The inlines that hold no others."""
Inline: TypeAlias = Leaf | Note | Container
Block: TypeAlias = (
    Paragraph
    | Heading
    | Equation
    | Figure
    | BulletList
    | OrderedList
    | DefinitionList
    | Quote
    | CodeBlock
    | Table
    | Rule
    | ReadMore
)
Inlines: TypeAlias = tuple[Inline, ...]
Blocks: TypeAlias = tuple[Block, ...]
Cell: TypeAlias = Inlines
