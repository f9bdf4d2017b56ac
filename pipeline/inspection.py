"""What was understood, as JSON: the contract of ``pipeline inspect --json`` (docs/inspect.schema.json)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final, TypeAlias, assert_never

from pipeline.book import Book, Post, PostDate, Truncated
from pipeline.diagnostics import Diagnostic, Reporter
from pipeline.document import (
    Block,
    Blocks,
    BulletList,
    CodeBlock,
    DefinitionList,
    Equation,
    Figure,
    Heading,
    ListItem,
    Math,
    OrderedList,
    Paragraph,
    Quote,
    ReadMore,
    Rule,
    Table,
)
from pipeline.formulas import formulas_of
from pipeline.mathml.conversion import ENGINE
from pipeline.posts import plain_title
from pipeline.walk import source_text

SCHEMA: Final = 1
Json: TypeAlias = dict[str, Any]


def inspect_book(book: Book, reporter: Reporter, *, formulas: bool) -> Json:
    """Return the whole document; with ``formulas``, every formula of every post in source order."""
    return {
        "schema": SCHEMA,
        "posts": [entry for post in book.posts for entry in _entries(post, formulas=formulas)],
        "diagnostics": diagnostics_json(reporter.diagnostics),
    }


def diagnostics_json(diagnostics: Iterable[Diagnostic]) -> list[Json]:
    """Return findings as JSON, in the order in which they were made; a finding without a place has path null."""
    return [
        {
            "code": diagnostic.code.label,
            "severity": diagnostic.severity.value,
            "message": diagnostic.message,
            "path": diagnostic.span.path if diagnostic.span else None,
            "line": diagnostic.span.line if diagnostic.span else None,
            "column": diagnostic.span.column if diagnostic.span else None,
            "post": diagnostic.post,
        }
        for diagnostic in diagnostics
    ]


def _entries(post: Post, *, formulas: bool) -> Iterator[Json]:
    """A post, then once more for every copy of it in the sources: the book has it once, the sources do not."""
    inspected = _post(post, formulas=formulas)
    yield inspected
    for copy in post.copies:
        yield inspected | {"path": copy.path, "line": copy.line, "copy_of": post.id}


def _post(post: Post, *, formulas: bool) -> Json:
    inspected: Json = {
        "id": post.id,
        "title": plain_title(post),
        "truncated": isinstance(post.status, Truncated),
        "path": post.span.path,
        "line": post.span.line,
        "date": date_json(post.date),
        "url": post.url or None,
        "blocks": _blocks(post.blocks),
    }
    if formulas:
        inspected["formulas"] = [_formula(math) for math in formulas_of(post)]
    return inspected


def date_json(date: PostDate | None) -> Json | None:
    """Return a date as JSON; None where the post has none."""
    if date is None:
        return None
    return {
        "year": date.year,
        "month": date.month,
        "day": date.day,
        "inferred": date.inferred,
        "evidence": date.evidence,
    }


def _formula(math: Math) -> Json:
    return {
        "tex": math.tex,
        "display": math.display,
        "numbers": [number.text for number in math.numbers],
        "refs": {reference.label: reference.number for reference in math.references},
        "mathml": math.mathml,
        "engine": ENGINE if math.mathml else None,
        "error": math.error,
    }


def _blocks(blocks: Blocks) -> list[Json]:
    return [inspected for block in blocks for inspected in _block(block)]


def _block(block: Block) -> list[Json]:
    match block:
        case Paragraph(content=content):
            return [{"type": "paragraph", "text": source_text(content)}]
        case Heading(level=level, content=content):
            return [{"type": "heading", "level": level, "text": source_text(content)}]
        case Equation(math=math):
            return [{"type": "equation", "tex": source_text((math,))}]
        case Figure(caption=caption, image=image):
            return [{"type": "figure", "caption": source_text(caption), "missing": image is None}]
        case BulletList(items=items):
            return [{"type": "list", "ordered": False, "items": [_item(item) for item in items]}]
        case OrderedList(items=items):
            return [{"type": "list", "ordered": True, "items": [_item(item) for item in items]}]
        case DefinitionList(items=definitions):
            terms = [{"term": source_text(d.term), "blocks": _blocks(d.blocks)} for d in definitions]
            return [{"type": "definitions", "items": terms}]
        case Quote(blocks=blocks):
            return [{"type": "quote", "blocks": _blocks(blocks)}]
        case CodeBlock(text=text, language=language):
            return [{"type": "code", "text": text, "language": language}]
        case Table(rows=rows, header_rows=header_rows):
            cells = [[source_text(cell) for cell in row] for row in rows]
            return [{"type": "table", "rows": cells, "header_rows": header_rows}]
        case Rule(text=text):
            return [{"type": "rule", "text": text}]
        case ReadMore():
            return []
        case _:
            assert_never(block)


def _item(item: ListItem) -> str:
    """A point as one text: its marker, then its blocks, a line each."""
    return item.marker + "\n".join(_text(block) for block in item.blocks)


def _text(block: Block) -> str:
    match block:
        case Paragraph(content=content) | Heading(content=content) | Figure(caption=content):
            return source_text(content)
        case Equation(math=math):
            return source_text((math,))
        case CodeBlock(text=text) | ReadMore(text=text) | Rule(text=text):
            return text
        case BulletList(items=items) | OrderedList(items=items):
            return "\n".join(_item(item) for item in items)
        case DefinitionList(items=definitions):
            return "\n".join(source_text(d.term) + "\n" + "\n".join(map(_text, d.blocks)) for d in definitions)
        case Quote(blocks=blocks):
            return "\n".join(map(_text, blocks))
        case Table(rows=rows):
            return "\n".join(" ".join(source_text(cell) for cell in row) for row in rows)
        case _:
            assert_never(block)
