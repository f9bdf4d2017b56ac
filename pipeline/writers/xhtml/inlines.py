"""Inlines as XHTML phrasing content."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from html import escape
from typing import assert_never

from pipeline.document import (
    Container,
    Emph,
    Image,
    Inline,
    InlineCode,
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
from pipeline.han import is_han
from pipeline.writers.xhtml.equations import render_inline_math
from pipeline.writers.xhtml.node_width import line_width
from pipeline.writers.xhtml.rendering import Flow, Rendering
from pipeline.writers.xhtml.ties import leading_marks, tied, trailing_marks

_PHONE = 12.5  # em; a wider formula may not fit a phone's line, in a list of three levels at the latest


def words_to_markup(text: str) -> str:
    """Return text as markup."""
    return escape(text, quote=False)


def inlines_to_markup(
    inlines: Inlines, rendering: Rendering, flow: Flow, words: Callable[[str], str] = words_to_markup
) -> str:
    """Return ``inlines`` as markup, notes kept in ``flow`` and shown as their marks; ``words`` makes markup of text."""
    pieces = []
    for index, inline in enumerate(inlines):
        before = inlines[index - 1] if index else None
        after = inlines[index + 1] if index + 1 < len(inlines) else None
        if isinstance(inline, Str):
            pieces.append(words(_own(inline.text, before, after)))
        elif _is_atom(inline):
            piece = _inline(inline, rendering, flow)
            pieces.append(tied(piece, _edge(before, -1), _edge(after, 0), wide=_is_wide(inline)))
        else:
            pieces.append(_inline(inline, rendering, flow))
    return "".join(pieces)


def _is_atom(inline: Inline | None) -> bool:
    """Whether this is a typeset formula inside a line."""
    return isinstance(inline, Math) and not inline.display and inline.mathml is not None


def _is_wide(inline: Inline) -> bool:
    return isinstance(inline, Math) and line_width(inline.mathml or "") > _PHONE


def _own(text: str, before: Inline | None, after: Inline | None) -> str:
    """Text without the marks at its ends that a formula beside it has taken to itself."""
    if _is_atom(before):
        text = text[len(leading_marks(text)) :]
    if _is_atom(after):
        text = text[: len(text) - len(trailing_marks(text))]
    return text


def _inline(inline: Inline, rendering: Rendering, flow: Flow) -> str:
    match inline:
        case Str(text=text):
            return words_to_markup(text)
        case InlineCode(text=text):
            return f"<code>{escape(text, quote=False)}</code>"
        case Math():
            return render_inline_math(inline, rendering)
        case Emph(content=content):
            return f"<em>{inlines_to_markup(content, rendering, flow)}</em>"
        case Strong(content=content):
            return f"<strong>{inlines_to_markup(content, rendering, flow)}</strong>"
        case Strikeout(content=content):
            return f"<s>{inlines_to_markup(content, rendering, flow)}</s>"
        case Superscript(content=content):
            return f"<sup>{inlines_to_markup(content, rendering, flow)}</sup>"
        case Subscript(content=content):
            return f"<sub>{inlines_to_markup(content, rendering, flow)}</sub>"
        case Link(url=url, content=content):
            return _anchor(url, content, rendering, flow)
        case PostRef(post=post, content=content, anchor=anchor):
            href = rendering.anchor_href(anchor) if anchor else rendering.post_href(post)
            return _anchor(href, content, rendering, flow)
        case Xref(parts=parts):
            return "".join(_xref_part(part, rendering) for part in parts)
        case Image():
            return render_image(inline, rendering)
        case Note():
            return _note_mark(inline, rendering, flow)
        case LineBreak():
            return "<br/>" if rendering.links else " "
        case _:
            assert_never(inline)


def _anchor(href: str, content: Inlines, rendering: Rendering, flow: Flow) -> str:
    """A link, or its text alone where no link may stand."""
    inner = inlines_to_markup(content, replace(rendering, links=False), flow)
    if not rendering.links:
        return inner
    return f'<a href="{escape(href)}">{inner}</a>'


def _xref_part(part: str | Reference, rendering: Rendering) -> str:
    if isinstance(part, str):
        return escape(part)
    if part.number is None:
        return f'<code class="tex">{escape(part.source)}</code>'
    text = escape(part.printed)
    if not part.anchor or not rendering.links:
        return text
    return f'<a href="{escape(rendering.anchor_href(part.anchor))}">{text}</a>'


def render_image(image: Image, rendering: Rendering) -> str:
    """Return the picture, or a line that says that the source lost it."""
    if image.resource:
        return f'<img src="{escape(rendering.resource_href(image.resource))}" alt="{escape(image.alt)}"/>'
    return f'<span class="missing">{escape(rendering.phrases.lost_picture(image.alt))}</span>'


def _note_mark(note: Note, rendering: Rendering, flow: Flow) -> str:
    if not rendering.links:
        return ""
    number = flow.add_note(note)
    name = f"{rendering.note_prefix}-{number}"
    kind = ' epub:type="noteref"' if rendering.epub_types else ""
    return f'<sup class="noteref"><a{kind} role="doc-noteref" id="{name}-mark" href="#{name}">{number}</a></sup>'


def _edge(inline: Inline | None, index: int) -> str:
    """The text of ``inline`` that touches a formula: all of a ``Str``, one character of text in another inline."""
    if isinstance(inline, Str):
        return inline.text
    if isinstance(inline, Container) and inline.content:
        touching = _edge(inline.content[index], index)[index:][:1]
        return touching if is_han(touching) else ""
    return ""
