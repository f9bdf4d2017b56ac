from __future__ import annotations

from dataclasses import replace

import html5lib
import pytest
from lxml import etree

from handmade import HERE, X, inline_math, numbered, numbered_rows, paragraph, rich_post, text
from pipeline.document import (
    Block,
    CodeBlock,
    Delimiters,
    Equation,
    EquationNumber,
    Heading,
    Inlines,
    Math,
    Note,
    Paragraph,
    PostRef,
    Strong,
)
from pipeline.mathml.convert import convert_formula
from pipeline.phrases import CHINESE
from pipeline.writers.xhtml.blocks import plain_text, render_blocks, render_inlines, render_label
from pipeline.writers.xhtml.equations import laid_out
from pipeline.writers.xhtml.rendering import Rendering

RENDERING = Rendering(
    post_href=lambda post: f"{post}.xhtml",
    anchor_href=lambda anchor: f"#{anchor}",
    resource_href=lambda name: f"images/{name}",
    phrases=CHINESE,
)


BREAKING = replace(RENDERING, breaks=True)


def parsed(*blocks: Block) -> etree._Element:
    return etree.fromstring(f'<body xmlns="http://www.w3.org/1999/xhtml">{render_blocks(blocks, RENDERING)}</body>')


def text_of(node: etree._Element) -> str:
    return "".join(map(str, node.itertext()))


def test_the_same_markup_is_the_same_tree_as_xml_and_as_html() -> None:
    markup = render_blocks(rich_post().blocks, RENDERING)
    as_xml = etree.fromstring(f'<html xmlns="http://www.w3.org/1999/xhtml"><head/><body>{markup}</body></html>')
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("lxml"), strict=True, namespaceHTMLElements=True)
    as_html = parser.parse(f"<!DOCTYPE html><html><head></head><body>{markup}</body></html>").getroot()

    def shape(node: etree._Element) -> list[object]:
        return [
            node.tag,
            sorted(name for name in map(str, node.attrib) if not name.endswith("}xmlns")),
            node.text or "",
            [(shape(child), child.tail or "") for child in node],
        ]

    assert shape(as_html) == shape(as_xml)


def test_every_character_of_the_text_is_in_the_markup() -> None:
    shown = text_of(parsed(*rich_post().blocks))
    for words in ("设", "为<数>，则", "注中之言", "（1）", "if a < b:\n    print('&')", "失图之题", "恶链", "《残篇》"):
        assert words in shown


def test_a_displayed_formula_inside_emphasis_stays_in_the_paragraph() -> None:
    (block,) = parsed(paragraph(text("见"), Strong((numbered("p-e1"),), HERE)))
    assert block.tag.endswith("}p")
    assert not [node for node in block.iter() if node.tag.endswith("}div")]
    assert block.xpath("//@id") == ["p-e1"]


def test_numbers_beyond_the_rows_stand_at_the_last() -> None:
    math = numbered_rows("p-e1", "p-e2")
    numbers = (*math.numbers, EquationNumber("4", 7, (), "p-e3"))
    body = parsed(Equation(Math(math.tex, math.delimiters, HERE, numbers=numbers, mathml=math.mathml)))
    rows = [text_of(row) for row in body.iter("{http://www.w3.org/1999/xhtml}tr")]
    assert rows == ["a=b(2)", "=c(3)(4)"]
    assert body.xpath("//@id") == ["p-e1", "p-e2", "p-e3"]


def test_a_formula_that_is_no_table_keeps_its_numbers_beside_it() -> None:
    numbers = (EquationNumber("1", 0, (), "p-e1"), EquationNumber("2", 1, (), "p-e2"))
    body = parsed(
        Equation(Math(r"\begin{gather}x\end{gather}", Delimiters.ENVIRONMENT, HERE, numbers=numbers, mathml=X))
    )
    assert text_of(body) == "x(1)(2)"
    assert body.xpath("//@id") == ["p-e1", "p-e2"]


def test_notes_within_notes_are_numbered_after_them() -> None:
    inner = Note((paragraph(text("内")),), HERE)
    outer = Note((Paragraph((text("外"), inner), HERE),), HERE)
    body = parsed(paragraph(text("文"), outer))
    notes = body.findall(".//{http://www.w3.org/1999/xhtml}aside")
    assert [text_of(note) for note in notes] == ["1外2", "2内"]


def test_epub_types_are_a_choice() -> None:
    blocks = (paragraph(Note((paragraph(text("注")),), HERE)),)
    assert "epub:type" not in render_blocks(blocks, RENDERING)
    assert 'epub:type="footnote"' in render_blocks(blocks, replace(RENDERING, epub_types=True))


TITLE: Inlines = (text("论"), PostRef("p-a", (text("甲"),), HERE), inline_math(), Note((paragraph(text("注")),), HERE))


def test_a_label_holds_neither_links_nor_notes() -> None:
    label = render_label(TITLE, RENDERING)
    assert "<a" not in label
    assert "注" not in label
    assert "<a" in render_inlines(TITLE, RENDERING)


def test_plain_text_shows_formulas_as_tex() -> None:
    assert plain_text(TITLE[:3]) == "论甲x"


BETWEEN_HAN = X.replace("<math ", '<math class="han-both" ')


@pytest.mark.parametrize(
    ("before", "after", "markup"),
    [
        ("设", "为", f"设{BETWEEN_HAN}为"),
        ("（", "）。故", f'<span class="tie">（{X}）。</span>故'),
        ("设 ", " 为", f"设 {X} 为"),
        ("", "", X),
    ],
)
def test_marks_stay_with_the_formula_beside_them(before: str, after: str, markup: str) -> None:
    assert render_inlines((text(before), inline_math(), text(after)), RENDERING) == markup


def test_a_formula_wider_than_a_phone_scrolls_in_its_line() -> None:
    wide = replace(inline_math(), mathml=X.replace("<mi>x</mi>", "<mi>x</mi>" * 40))
    markup = render_inlines((text("设"), wide, text("，故")), RENDERING)
    assert '<span class="tie wide" tabindex="0"><math class="han-before" ' in markup
    assert "</math>，</span>故" in markup
    assert "wide" not in render_inlines((text("设"), inline_math(), text("，故")), RENDERING)


@pytest.mark.parametrize(
    ("levels", "tags"),
    [
        ([1, 2, 2, 1, 2], ["h2", "h3", "h3", "h2", "h3"]),
        ([2, 2, 3], ["h2", "h2", "h3"]),
        ([1, 3, 3, 2], ["h2", "h3", "h3", "h3"]),
        ([1, 2, 3, 4, 5, 6, 7], ["h2", "h3", "h4", "h5", "h6", "h6", "h6"]),
    ],
)
def test_no_level_of_headings_is_skipped(levels: list[int], tags: list[str]) -> None:
    body = parsed(*(Heading(level, (text("题"),), HERE) for level in levels))
    assert [etree.QName(heading).localname for heading in body] == tags


@pytest.mark.parametrize(("name", "rows"), [("align", "<tbody>"), ("alignat}{2", '<tbody class="m-alignat">')])
def test_a_table_that_a_narrow_page_takes_apart_keeps_how_its_columns_stand(name: str, rows: str) -> None:
    tex = rf"\begin{{{name}}}{'a+' * 20}&=b&c&=d\end{{{name.partition('}')[0]}}}"
    mathml = convert_formula(tex, display=True).mathml
    math = Math(tex, Delimiters.ENVIRONMENT, HERE, expanded=tex, mathml=mathml)
    assert f'class="aligned">{rows}' in laid_out(math, replace(RENDERING, breaks=True))


def test_numbered_rows_keep_how_their_columns_stand() -> None:
    tex = r"\begin{alignat}{2}a&+{}&b&=c\\d&+{}&e&=f\end{alignat}"
    numbers = (EquationNumber("1", 0, (), "a"), EquationNumber("2", 1, (), "b"))
    mathml = convert_formula(tex, display=True).mathml
    math = Math(tex, Delimiters.ENVIRONMENT, HERE, expanded=tex, numbers=numbers, mathml=mathml)
    together = '<tbody class="m-alignat">'
    assert together in render_blocks((Equation(math),), RENDERING)
    assert together not in render_blocks((Equation(numbered_rows("a", "b")),), RENDERING)


@pytest.mark.parametrize(
    ("line", "indent"),
    [
        ("    return matrix @ inverse_root(matrix)", ' style="--in: 4"'),
        ("\treturn matrix @ inverse_root(matrix)", ' style="--in: 4"'),
        ("return matrix @ inverse_root(matrix.T)", ""),
        ("    return matrix", ""),
    ],
)
def test_a_line_of_code_that_may_be_folded_says_how_far_it_is_indented(line: str, indent: str) -> None:
    assert f'<code><span class="code-line"{indent}>' in render_blocks((CodeBlock(line, HERE),), BREAKING)
    assert '<code><span class="code-line">' in render_blocks((CodeBlock(line, HERE),), RENDERING)
