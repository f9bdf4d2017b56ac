"""A stable pretty-print of documents: beside ``xhtml``, it tells whether the reader or the writer is guilty."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from enum import Enum

from pipeline.book import Complete, Post, PostDate, Truncated
from pipeline.document import EquationNumber, ListItem, Math, Reference, Str
from pipeline.posts import plain_title
from pipeline.source import Span

# Left out: places (shown once a block, as its line), and what other sections of a case show.
_HIDDEN = {"span", "mathml", "delimiters"}


def native_post(post: Post) -> str:
    """One post: a line of facts, then its blocks."""
    facts = [day(post.date), plain_title(post)]
    match post.status:
        case Truncated(marker=marker):
            facts.append(f"cut by {marker!r}")
        case Complete():
            pass
    if post.series:
        facts.append(f"series {post.series.name!r} {post.series.place} as {post.series.mark}")
    if post.url:
        facts.append(post.url)
    return "\n".join([" | ".join(facts), *(_node(block, 1) for block in post.blocks)])


def day(date: PostDate | None) -> str:
    if date is None:
        return "undated"
    evidence = f" ({date.evidence})" if date.evidence else ""
    return f"{date.year or '????'}-{date.month:02d}-{date.day:02d}{evidence}"


def _node(value: object, depth: int) -> str:
    """One node a line; a node that holds nodes is followed by them, indented."""
    pad = "  " * depth
    match value:
        case Str(text=text):
            return f"{pad}{text!r}"
        case Math():
            return pad + _math(value)
        case ListItem(marker=marker, blocks=blocks):
            return "\n".join([f"{pad}Item {marker!r}", *(_node(block, depth + 1) for block in blocks)])
        case _ if is_dataclass(value):
            return _fields(value, depth)
        case tuple():
            return "\n".join([f"{pad}-", *(_node(inner, depth + 1) for inner in value)])
        case _:
            return f"{pad}{value!r}"


def _math(math: Math) -> str:
    shown = [f"Math {math.source!r}"]
    if math.expanded is not None and math.expanded != math.tex:
        shown.append(f"expanded {math.expanded!r}")
    shown += [_number(number) for number in math.numbers]
    shown += [_reference(reference) for reference in math.references]
    if math.error:
        shown.append(f"error {math.error!r}")
    return " ".join(shown)


def _number(number: EquationNumber) -> str:
    labels = "".join(f" {label}" for label in number.labels)
    return f"({number.text}@{number.row}{labels})"


def _reference(reference: Reference) -> str:
    return f"→{reference.label}={reference.number}"


def _fields(value: object, depth: int) -> str:
    pad = "  " * depth
    line, below = [type(value).__name__], []
    for field in fields(value):  # type: ignore[arg-type] # a dataclass instance, as the caller checked
        inner = getattr(value, field.name)
        if field.name == "span" and isinstance(inner, Span):
            line.append(f"{inner.line}:{inner.column}")
        elif field.name in _HIDDEN or inner in ("", None, ()) or inner == field.default:
            continue
        elif isinstance(inner, tuple):
            below += [_node(part, depth + 1) for part in inner]
        elif is_dataclass(inner):
            below.append(_node(inner, depth + 1))
        else:
            line.append(f"{field.name}={inner.value if isinstance(inner, Enum) else inner!r}")
    return "\n".join([pad + " ".join(line), *below])
