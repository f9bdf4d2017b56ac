"""A run of inlines as the one text in which its marks are judged."""

from __future__ import annotations

from pipeline.document import Image, Inline, InlineCode, Inlines, LineBreak, Math, Str, Xref
from pipeline.transforms.punctuation.tables import FORMULA
from pipeline.walk import descend


def flat(inline: Inline) -> str:
    """What stands for an inline in the text; nothing for one that holds others, as they follow it."""
    match inline:
        case Str(text=text):
            return text
        case Math() | Xref() | Image() | InlineCode():
            return FORMULA
        case LineBreak():
            return "\n"
        case _:
            return ""


def flat_text(run: Inlines) -> str:
    """The text of a run: one character for a formula, an image or code in it."""
    return "".join(map(flat, descend(run)))
