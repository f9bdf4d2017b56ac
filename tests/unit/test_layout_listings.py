from __future__ import annotations

from pipeline.document import (
    Block,
    Blocks,
    BulletList,
    CodeBlock,
    Definition,
    DefinitionList,
    InlineCode,
    LineBreak,
    ListItem,
    Paragraph,
    Quote,
    Str,
)
from pipeline.layout.listings import with_listings
from pipeline.paragraphs import paragraph_of
from pipeline.source import Span

HERE = Span("d.txt", 1, 1)


def code(*lines: str) -> Block:
    return paragraph_of([(InlineCode(line, HERE),) for line in lines])


def text(words: str) -> Block:
    return Paragraph((Str(words, HERE),), HERE)


def test_paragraphs_of_code_become_one_listing() -> None:
    blocks = (text("a"), code("if x:", "    y"), code("z"), text("b"))
    assert with_listings(blocks) == (text("a"), CodeBlock("if x:\n    y\n\nz", HERE), text("b"))


def test_code_in_quotations_points_and_explanations_is_a_listing_too() -> None:
    inner, listing = (text("a"), code("x", "y"), code("z")), (text("a"), CodeBlock("x\ny\n\nz", HERE))

    def around(blocks: Blocks) -> Blocks:
        points = BulletList((ListItem("-", (Quote(blocks, HERE),), HERE), ListItem("-", blocks, HERE)), HERE)
        return (points, DefinitionList((Definition((Str("t", HERE),), blocks, HERE),), HERE))

    assert with_listings(around(inner)) == around(listing)


def test_code_of_two_points_stays_in_each() -> None:
    points = BulletList((ListItem("-", (code("x"),), HERE), ListItem("-", (code("y"),), HERE)), HERE)
    assert with_listings((points,)) == (points,)


def test_a_command_alone_is_a_listing() -> None:
    assert with_listings((code("pip install x"),)) == (CodeBlock("pip install x", HERE),)


def test_a_word_of_code_alone_stays_a_paragraph() -> None:
    assert with_listings((code("pip"),)) == (code("pip"),)


def test_code_in_a_sentence_stays_in_it() -> None:
    sentence = Paragraph((Str("run ", HERE), InlineCode("a", HERE), LineBreak(HERE), InlineCode("b", HERE)), HERE)
    assert with_listings((sentence,)) == (sentence,)


def test_tags_alone_are_no_listing() -> None:
    blocks = (code('<div class="box">'), code("</div>", "</details>"), code('<div class="box">'))
    assert with_listings(blocks) == blocks


def test_tags_among_code_are_a_listing() -> None:
    assert with_listings((code("<b>", "x", "</b>"),)) == (CodeBlock("<b>\nx\n</b>", HERE),)
