"""Inlines as XHTML phrasing content."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import assert_never

from pipeline.document import (
    Code,
    Emph,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Math,
    Note,
    PostRef,
    Reference,
    Str,
    Strikeout,
    Strong,
    Subscript,
    Superscript,
    Xref,
)
from pipeline.writers.links import safe_url
from pipeline.writers.rendering import Footnotes, Rendering
from pipeline.writers.xhtml_equations import render_inline_math

_HAN_CLASSES = {(True, True): "han-both", (True, False): "han-before", (False, True): "han-after"}


def inlines_to_markup(inlines: Inlines, rendering: Rendering, notes: Footnotes) -> str:
    """Return ``inlines`` as markup, notes kept in ``notes`` and shown as their marks."""
    last = len(inlines) - 1
    pieces = []
    for index, inline in enumerate(inlines):
        piece = _inline(inline, rendering, notes)
        if isinstance(inline, Math) and not inline.display:
            before = index > 0 and _is_han(_edge(inlines[index - 1], -1))
            after = index < last and _is_han(_edge(inlines[index + 1], 0))
            piece = _spaced(piece, before=before, after=after)
        pieces.append(piece)
    return "".join(pieces)


def _inline(inline: Inline, rendering: Rendering, notes: Footnotes) -> str:  # noqa: PLR0912 - one case a node
    match inline:
        case Str(text=text):
            return escape(text, quote=False)
        case Code(text=text):
            return f"<code>{escape(text, quote=False)}</code>"
        case Math():
            return render_inline_math(inline, rendering)
        case Emph(content=content):
            return f"<em>{inlines_to_markup(content, rendering, notes)}</em>"
        case Strong(content=content):
            return f"<strong>{inlines_to_markup(content, rendering, notes)}</strong>"
        case Strikeout(content=content):
            return f"<s>{inlines_to_markup(content, rendering, notes)}</s>"
        case Superscript(content=content):
            return f"<sup>{inlines_to_markup(content, rendering, notes)}</sup>"
        case Subscript(content=content):
            return f"<sub>{inlines_to_markup(content, rendering, notes)}</sub>"
        case Link(url=url, content=content):
            return _anchor(safe_url(url), content, rendering, notes)
        case PostRef(post=post, content=content, anchor=anchor):
            href = rendering.anchor_href(anchor) if anchor else rendering.post_href(post)
            return _anchor(href, content, rendering, notes)
        case Xref(parts=parts):
            return "".join(_xref_part(part, rendering) for part in parts)
        case Image():
            return render_image(inline, rendering)
        case Note():
            return _note_mark(inline, rendering, notes)
        case LineBreak():
            return "<br/>" if rendering.links else " "
        case _:
            assert_never(inline)


def _anchor(href: str | None, content: Inlines, rendering: Rendering, notes: Footnotes) -> str:
    """A link, or its text alone where no link may stand or the address is not safe to follow."""
    inner = inlines_to_markup(content, replace(rendering, links=False), notes)
    if href is None or not rendering.links:
        return inner
    return f'<a href="{escape(href)}">{inner}</a>'


def _xref_part(part: str | Reference, rendering: Rendering) -> str:
    if isinstance(part, str):
        return escape(part)
    if part.number is None:
        command = "eqref" if part.parentheses else "ref"
        return f'<code class="tex">\\{command}{{{escape(part.label)}}}</code>'
    text = escape(f"({part.number})" if part.parentheses else part.number)
    if not part.anchor or not rendering.links:
        return text
    return f'<a class="xref" href="{escape(rendering.anchor_href(part.anchor))}">{text}</a>'


def render_image(image: Image, rendering: Rendering) -> str:
    """Return the picture, or a line that says that the source lost it."""
    if image.resource:
        return f'<img src="{escape(rendering.resource_href(image.resource))}" alt="{escape(image.alt)}"/>'
    return f'<span class="missing">〔{escape(rendering.phrases.missing_image)}〕{escape(image.alt)}</span>'


def _note_mark(note: Note, rendering: Rendering, notes: Footnotes) -> str:
    if not rendering.links:
        return ""
    number = notes.add(note)
    name = f"{rendering.note_prefix}-{number}"
    kind = ' epub:type="noteref"' if rendering.epub_types else ""
    return f'<sup class="noteref"><a{kind} role="doc-noteref" id="{name}-mark" href="#{name}">{number}</a></sup>'


def _edge(inline: Inline, index: int) -> str:
    """The character of ``inline`` that touches its neighbour; a space where it is not text."""
    match inline:
        case Str(text=text):
            return text[index] if text else " "
        case (
            Emph(content=content)
            | Strong(content=content)
            | Strikeout(content=content)
            | Link(content=content)
            | PostRef(content=content)
        ):
            return _edge(content[index], index) if content else " "
        case _:
            return " "


def _is_han(character: str) -> bool:
    """Whether the character is an ideograph; the ranges of UAX #24's Han that prose uses."""
    return (
        "\u3400" <= character <= "\u9fff"
        or "\uf900" <= character <= "\ufaff"
        or "\U00020000" <= character <= "\U0003ffff"
    )


def _spaced(math: str, *, before: bool, after: bool) -> str:
    """Mark a formula that touches an ideograph for the style sheet: ``text-autospace`` does not see ``<math>``."""
    name = _HAN_CLASSES.get((before, after))
    if name is None or not math.startswith("<math ") or " class=" in math[: math.index(">")]:
        return math
    return f'<math class="{name}" {math[6:]}'
