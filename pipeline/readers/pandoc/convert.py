"""Articles into posts: all of them through one pandoc, each with its own places, formulas and failures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.book import Complete, Post, PostDate, Truncated
from pipeline.codes import Code
from pipeline.diagnostics import Reporter
from pipeline.document import Block, Blocks, Figure, Heading, Paragraph, ReadMore, Rule, Str
from pipeline.errors import SourceError
from pipeline.fold import fold
from pipeline.identity import post_id
from pipeline.readers.article import Article
from pipeline.readers.dates import find_date
from pipeline.readers.decode import legal
from pipeline.readers.pandoc.blocks import read_blocks
from pipeline.readers.pandoc.context import Context, NestedTooDeeplyError
from pipeline.readers.pandoc.formulas import Formulas
from pipeline.readers.pandoc.inlines import plain_text
from pipeline.readers.pandoc.process import Failed, Json, Parsed, parse
from pipeline.readers.pandoc.text import text_with_formulas
from pipeline.source import Span
from pipeline.walk import source_text


def convert(articles: Sequence[Article], reporter: Reporter, jobs: int = 1) -> tuple[Post, ...]:
    """Return the post that each article is.

    Raises:
        MissingProgramError: there is no pandoc.
        SourceError: pandoc cannot read a document that is no text, so that there is nothing to show in its place.
    """
    answers = parse([article.markup for article in articles], jobs)
    return tuple(_post(article, answer, reporter) for article, answer in zip(articles, answers, strict=True))


def _post(article: Article, answer: Parsed | Failed, reporter: Reporter) -> Post:
    title = legal(article.title or _stated_title(answer, article.formulas) or article.name)
    date = article.date or _stated_date(answer)
    identity = post_id(title, date.month if date else 0, date.day if date else 0)
    context = Context(article.formulas, article.locate, read_blocks, reporter, identity, article.span)
    blocks = _levelled(_without_title(_captioned(_blocks(article, answer, context)), title))
    more = ReadMore(article.read_more, article.span) if article.read_more else None
    return Post(
        identity,
        text_with_formulas(title, article.span),
        date,
        Truncated(more.text, more.span) if more else Complete(),
        (*blocks, more) if more else blocks,
        article.span,
        url=legal(article.url),
        aliases=tuple(map(legal, article.aliases)),
        origins=(article.span.path,),
    )


def _stated_title(answer: Parsed | Failed, formulas: Formulas) -> str:
    """Return the title in the metadata of a document, or the heading of the first level that it begins with."""
    if isinstance(answer, Failed):
        return ""
    first = next((block for block in answer.blocks if not _is_rule(block)), {"t": ""})
    while first["t"] == "Div" and first["c"][1]:
        first = first["c"][1][0]
    heading = first["c"][2] if first["t"] == "Header" and first["c"][0] == 1 else ()
    return formulas.restore(plain_text(answer.meta.get("title")) or plain_text(list(heading))).strip()


def _stated_date(answer: Parsed | Failed) -> PostDate | None:
    return None if isinstance(answer, Failed) else find_date(plain_text(answer.meta.get("date")))


def _is_rule(block: Json) -> bool:
    while block["t"] == "Div" and len(block["c"][1]) == 1:
        block = block["c"][1][0]
    return bool(block["t"] == "HorizontalRule")


def _blocks(article: Article, answer: Parsed | Failed, context: Context) -> Blocks:
    if isinstance(answer, Parsed):
        try:
            return read_blocks(answer.blocks, context)
        except NestedTooDeeplyError:
            answer = Failed("it is nested too deeply")
    if isinstance(article.markup.content, bytes):
        raise SourceError(
            f"{article.span.path}: pandoc could not read it as {article.markup.format}: {answer.reason}",
            help="open it in the program that made it and save it again, or say what it is with --from",
        )
    message = (
        f"{article.title or article.name!r} is shown as its source, because pandoc could not read it: {answer.reason}"
    )
    context.reporter.report(Code.POST_AS_SOURCE, message, article.span, post=context.post)
    return _as_source(context.formulas.restore(article.markup.content), article.span)


def _as_source(text: str, span: Span) -> Blocks:
    """Return the lines of a post that cannot be read."""
    return tuple(Paragraph((Str(line, span),), span) for line in text.split("\n") if line.strip())


def _captioned(blocks: Blocks) -> Blocks:
    """Many sites print a picture's alternative text once more below it: that is its caption."""
    captioned: list[Block] = []
    for block in blocks:
        match captioned[-1:], block:
            case [Figure() as figure], Paragraph(content=content) if fold(source_text(content)) in _words(figure):
                captioned[-1] = replace(figure, caption=content)
            case _:
                captioned.append(block)
    return tuple(captioned)


def _words(figure: Figure) -> set[str]:
    """What a figure says of itself, folded."""
    words = (source_text(figure.caption), figure.image.alt if figure.image else "")
    return {folded for text in words if (folded := fold(text))}


def _without_title(blocks: Blocks, title: str) -> Blocks:
    """Many posts repeat their title as their first heading, perhaps below a line or two; the book prints it once."""
    place = next((place for place, block in enumerate(blocks[:3]) if isinstance(block, Heading)), len(blocks))
    match blocks[place:]:
        case (Heading(content=content), *rest) if fold(source_text(content)) == fold(title):
            before = () if all(isinstance(block, Rule) for block in blocks[:place]) else blocks[:place]
            return (*before, *rest)
        case _:
            return blocks


def _levelled(blocks: Blocks) -> Blocks:
    """Return ``blocks`` with headings that begin at level 1, whatever level the blog began at."""
    levels = [block.level for block in blocks if isinstance(block, Heading)]
    above = min(levels, default=1) - 1
    return tuple(
        replace(block, level=block.level - above) if above and isinstance(block, Heading) else block for block in blocks
    )
