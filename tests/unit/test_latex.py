"""LaTeX as text: what a dump can put into it, and what it can never put into it."""

from __future__ import annotations

import re
from typing import Final, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handmade import HERE, cut_post, handmade_book, rich_post, text
from pipeline.book import Post
from pipeline.config import PdfOptions
from pipeline.document import Delimiters, EquationNumber, Inlines, Math, Styled, Table
from pipeline.errors import SourceError
from pipeline.mathml.rewrites import boxes
from pipeline.phrases import phrases_for
from pipeline.source import Span
from pipeline.walk import source_text
from pipeline.writers.latex import tables
from pipeline.writers.latex.dialect import steps
from pipeline.writers.latex.fit import PLAIN, Fit, Shape, Size, fit_display, fit_inline
from pipeline.writers.latex.inlines import kept_end, with_title_breaks
from pipeline.writers.latex.math import prepare, set_formula
from pipeline.writers.latex.page import page_of
from pipeline.writers.latex.setting import Setting
from pipeline.writers.latex.text import (
    breakable,
    code_line,
    escape,
    escape_url,
    escape_verbatim,
    in_paragraphs,
    pdf_string,
)
from pipeline.writers.widths import width_of
from typeset import formula_to_latex, latex_book

SPAN: Final = Span("x.txt", 1, 1)


def display(tex: str, *numbers: EquationNumber) -> Math:
    return Math(tex, Delimiters.DOLLARS, SPAN, expanded=tex, numbers=numbers)


@pytest.mark.parametrize("char", list("\\{}$&#%_^~"))
def test_a_special_character_is_escaped(char: str) -> None:
    assert escape(char) != char
    assert escape(f"a{char}b").startswith("a\\")


def test_only_our_own_commands_come_out_of_text() -> None:
    everything = "".join(map(chr, [*range(0x20, 0x2FF), *range(0x2000, 0x2BFF), 0x1F600, 0x20BB7]))
    words = set(re.findall(r"\\([A-Za-z]+)", escape(everything)))
    ours = {"textbackslash", "textasciicircum", "textasciitilde", "hspace", "sym", "symas"}
    marks = {"textquoteright", "textquotedblleft", "textquotedblright", "textperiodcentered"}
    assert ours <= words <= ours | marks


def test_text_of_a_dump_starts_no_command() -> None:
    assert escape(r"\input{/etc/passwd}") == r"\textbackslash{}input\{/etc/passwd\}"
    assert escape("^^5cinput") == r"\textasciicircum{}\textasciicircum{}5cinput"


def test_controls_and_joiners_print_nothing() -> None:
    assert escape("a\u0092\u200d\ufeffb\x07") == "ab"


def test_code_keeps_every_space() -> None:
    assert escape_verbatim("  a\tb") == r"\spc{}\spc{}a\spc{}b"


def test_a_url_cannot_end_its_argument() -> None:
    assert escape_url("https://e.org/a%20b#c}{\\x") == r"https://e.org/a\%20b\#cx"


def test_a_url_keeps_its_letters() -> None:
    assert escape_url("https://zh.wikipedia.org/wiki/\u71b5_1") == r"https://zh.wikipedia.org/wiki/\%E7\%86\%B5\_1"


def test_pdf_strings_are_utf_16() -> None:
    assert pdf_string("中a") == "FEFF4E2D0061"
    assert pdf_string("𠮷") == "FEFFD842DFB7"


def test_a_page_is_whole_characters_and_lines() -> None:
    for paper in ("a5", "a4", "b5", "148mmx210mm"):
        page = page_of(PdfOptions(paper=paper), "zh-CN")
        assert page.text_width % page.size == pytest.approx(0)
        assert page.text_height / page.leading == pytest.approx(round(page.text_height / page.leading))
        assert page.text_width < page.width
        assert page.text_height < page.height


@pytest.mark.parametrize("options", [PdfOptions(paper="20mmx20mm"), PdfOptions(font_size="0pt")])
def test_an_impossible_page_is_the_users_error(options: PdfOptions) -> None:
    with pytest.raises(SourceError):
        page_of(options, "zh-CN")


def test_a_page_may_be_given_in_any_unit() -> None:
    pages = [page_of(PdfOptions(paper=paper, font_size="11 PT"), "zh-CN") for paper in ("Letter", "8.5 in x 11IN")]
    assert pages[0] == pages[1]
    assert pages[0].height == pytest.approx(11 * 72.27)
    assert pages[0].size == pytest.approx(11)


def test_a_wide_display_is_broken_or_scaled() -> None:
    room = Size(300, 400)
    assert fit_display(Size(300, 20), room, 0, one_row=True, numbers=1) == PLAIN
    assert fit_display(Size(500, 20), room, 0, one_row=True, numbers=1).shape is Shape.BROKEN
    assert fit_display(Size(500, 20), room, 90, one_row=True, numbers=1) == Fit(Shape.SCALED, ratio=0.6)
    assert fit_display(Size(320, 20), room, 0, one_row=False, numbers=3) == Fit(Shape.SMALLER, r"\small", 0.9)
    assert fit_display(Size(200, 800), room, 0, one_row=False, numbers=0) == Fit(Shape.SCALED, ratio=0.5)


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        ("x=a+(b+c)=d", r"\leftside{x}=a\sumbreak+(b+c)\relbreak=d"),
        (r"x=-\sum_{i=1}^n a_i^+\neq-b", r"\leftside{x}=-\sum_{i=1}^n a_i^+\relbreak\neq-b"),
        (r"x:=\left<a-b\right>\not=c", r"\leftside{x}:=\left<a-b\right>\relbreak\not=c"),
        (r"f(x=y)\mid z", r"f(x=y)\mid z"),
        (r"a=\left<b\right>+c", r"\leftside{a}=\left<b\right>\sumbreak+c"),
        (r"1) \sum_{i=1}^n i=a", r"\leftside{1) \sum_{i=1}^n i}=a"),
        (r"a\stackrel{\text{def}}=b+c", r"a\stackrel{\text{def}}=b\sumbreak+c"),
        (r"{\bf a}={\color{red}b}+c", r"\leftside{{\bf a}}={\begingroup\color[HTML]{C8102E}b\endgroup}\sumbreak+c"),
        (r"\color{red}a=b", r"\begingroup\color[HTML]{C8102E}a=b\endgroup"),
        (r"\bf a=b+c", r"\bf a=b+c"),
        (r"a=b\over c+d", r"a=b\over c+d"),
    ],
)
def test_a_broken_display_has_lines_that_begin_with_a_relation_or_a_sum(tex: str, expected: str) -> None:
    assert set_formula(prepare(display(tex)), Fit(Shape.BROKEN)).split("\n")[1] == rf"\broken{{{expected}}}"


OPENED: Final = r"\left(a\vphantom{a+b}\right.\innerbreak+\left.\vphantom{a+b}b\right)"


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        (r"x=\left({a+b}\right)c", rf"\linesor{{x&}}{{x&\rowlines{{={OPENED}c}}}}"),
        (
            r"\begin{aligned}x&=a\\[6pt]&\leq\left[b\right]+c\\ \end{aligned}",
            r"\linesor{x&\\&}{x&\rowlines{=a}\\[6pt]&\rowlines{\leq\left[b\right]\sumbreak+c}}",
        ),
        (
            r"x=\left({\bf a+b}\right)+\left.y\right\}+z_{i=1}",
            r"\linesor{x&}{x&\rowlines{=\left({\bf a+b}\right)\sumbreak+\left.y\right\}\sumbreak+z_{i=1}}}",
        ),
        (r"\begin{aligned}\bf x&=a\\&=b+c\end{aligned}", None),
        (r"\begin{aligned}x&=a\\&=\left(\bf b+c\right)\end{aligned}", None),
        (r"\begin{pmatrix}a+b&c\end{pmatrix}", None),
        (r"\begin{aligned}a&=b&c&=d\end{aligned}", None),
    ],
)
def test_a_display_that_would_be_small_is_tried_in_lines_first(tex: str, expected: str | None) -> None:
    scaled = rf"\squeezed{{0.600}}{{\displaystyle {tex}}}"
    set_row = set_formula(prepare(display(tex)), Fit(Shape.SCALED, ratio=0.6)).split("\n")[1]
    assert set_row == (f"{expected}{{{scaled}}}" if expected else scaled)
    nearly = set_formula(prepare(display(tex)), Fit(Shape.SCALED, ratio=0.95))
    assert "linesor" not in nearly


def test_a_formula_in_a_line_is_left_to_break() -> None:
    assert fit_inline(Size(20, 9), Size(300, 400), 0) == PLAIN
    assert fit_inline(Size(900, 9), Size(300, 400), 0) == Fit(Shape.LONG)
    assert fit_inline(Size(600, 9), Size(300, 400), 200).shape is Shape.SCALED


def test_a_line_may_end_early_before_a_long_formula() -> None:
    assert set_formula("x", Fit(Shape.LONG)) == r"$\longformula x$"
    assert set_formula("x", PLAIN) == "$x$"


def test_scaled_rows_keep_their_numbers() -> None:
    half = Fit(Shape.SCALED, ratio=0.5)
    numbers = (EquationNumber("1", 0, anchor="p-e1"), EquationNumber("2", 1, anchor="p-e2"))
    tex = set_formula(prepare(display(r"\begin{align}a&=b\\c&=d\end{align}", *numbers)), half)
    assert tex.count(r"\numberedinside") == 2
    tex = set_formula(prepare(display(r"\begin{align}a&=b\\c&=d\end{align}", numbers[0])), half)
    assert r"\numbered{\anchor{p-e1}}{(1)}" in tex


def test_a_numbered_formula_stands_between_its_marks() -> None:
    assert set_formula("x", PLAIN, 7) == r"$\formulabegins{7}x\formulaends $"
    assert set_formula("", PLAIN, 7) == r"\nothingtoset{7}"
    rows = set_formula(prepare(display(r"\begin{align}\hline a&=b\\c&=d\end{align}")), PLAIN, 7)
    assert r"\hline \formulabegins{7}a&=b\\" in rows
    assert r"c&=d\formulaends " in rows


@pytest.mark.parametrize("body", ["", r"\\", r"&\\&", "\n"])
def test_an_environment_without_anything_in_its_rows_has_nothing_to_set(body: str) -> None:
    assert set_formula(prepare(display(rf"\begin{{align}}{body}\end{{align}}")), PLAIN, 7) == r"\nothingtoset{7}"
    assert r"\formulabegins{7}" in set_formula(prepare(display(rf"\begin{{align}}{body}x\end{{align}}")), PLAIN, 7)


def test_a_formula_that_was_not_expanded_is_source() -> None:
    math = Math("\\a", Delimiters.DOLLAR, SPAN, expanded=None, error="endless")
    assert formula_to_latex(math) == r"\code{\$\brk{}\textbackslash{}a\$}"


def test_a_tag_cannot_carry_commands() -> None:
    tex = formula_to_latex(display("x", EquationNumber(r"\input{a}", 0, anchor="p-e1")))
    assert r"\input" not in tex


def test_paper_knows_every_notation_that_screens_know() -> None:
    assert steps.NOTATIONS.keys() == boxes.NOTATIONS.keys()


def test_a_title_prefers_to_be_divided_after_a_mark() -> None:
    assert with_title_breaks("甲：乙丙") == r"甲：\titlebreak{}乙丙"
    assert with_title_breaks("（三）：《甲》") == r"（三）：\titlebreak{}《甲》"
    assert with_title_breaks("甲乙？") == "甲乙？"
    assert with_title_breaks("效果差的原因") == r"效果差\nobreak{}的\titlepause{}原因"
    assert with_title_breaks("推广到多标签") == r"推广到\titlepause{}多标签"
    assert with_title_breaks("找到它") == "找到它"
    assert with_title_breaks("从分布到Softmax") == "从分布到Softmax"
    assert with_title_breaks("中文GPT2了（甲）") == r"中文GPT2\keptend{了}（甲）"
    assert with_title_breaks("进一步了解") == "进一步了解"
    space = r"\titlespace{}"
    assert (
        with_title_breaks("a + b = c 的最小值") == rf"a{space}+{space}b{space}={space}c{space}的\titlepause{{}}最小值"
    )
    assert with_title_breaks("BERT + CRF = NER") == f"BERT + CRF{space}={space}NER"
    assert with_title_breaks("问：“甲”") == r"问：\titlebreak{}“甲”"
    assert with_title_breaks("与Batch Size无关") == f"与Batch{space}Size无关"
    assert with_title_breaks("the Batch Size $x$ 的") == "the Batch Size $x$ 的"
    assert with_title_breaks("The Batch Size of all") == "The Batch Size of all"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("就是这样。", r"就是这\keptend{样。}"),
        ("为此，记", r"为此，\nobreak{}记"),
        ("当作BERT用。", r"当作BERT\keptend{用。}"),
        ("当作 BERT 用。", r"当作 BERT\keptend{用。}"),
        ("等于$x$了。", r"等于$x$\keptend{了。}"),
        ("《甲》等。", r"《甲》\nobreak{}等。"),
        ("当作BERT。", "当作BERT。"),
        ("样。", "样。"),
    ],
)
def test_the_last_ideograph_stands_on_no_line_by_itself(text: str, expected: str) -> None:
    assert kept_end(text) == expected


def test_no_line_ends_within_dashes_as_they_are_typed() -> None:
    assert escape("Task--Next---x") == r"Task\mbox{--}Next\mbox{---}x"
    assert escape("a-b ----") == "a-b ----"


def listed(*posts: Post) -> list[tuple[str, str]]:
    """Return what the contents of a book of these posts say behind each title."""
    contents = latex_book(handmade_book(*posts)).rpartition("% ---- contents")[2]
    return re.findall(r"\\contentsentry\{(p-\w+)\}.*\{(.*)\}\n", contents)


def test_the_contents_name_each_day_and_no_year_that_the_part_has() -> None:
    assert listed() == [("p-rich", "4月18日"), ("p-cut", r"1月2日\enskip 节选")]
    assert listed(rich_post(), cut_post()) == [("p-rich", "2018年4月18日"), ("p-cut", r"2019年1月2日\enskip 节选")]


def test_the_contents_of_a_book_of_excerpts_alone_mark_none() -> None:
    assert listed(cut_post()) == [("p-cut", "2019年1月2日")]


def test_long_text_is_divided_where_tex_needs_it() -> None:
    assert in_paragraphs("短" * 100, escape) == "短" * 100
    assert in_paragraphs("长" * 9000, escape).count(r"\carryon") == 2
    assert max(map(len, in_paragraphs("α" * 9000, escape).split("\n"))) < 200_000  # TeX's longest line


@pytest.mark.parametrize("char", ["é", "ж", "†", "ก", "🤖", "。", "(", "\u00a0"])
def test_every_run_without_a_break_gets_some(char: str) -> None:
    pieces = breakable(char * 1000, lambda text: text).split(r"\brk{}")
    assert max(map(len, pieces)) <= 40


def test_an_address_breaks_before_each_escape() -> None:
    assert breakable("%E4%BD" * 20, lambda text: text).count(r"\brk{}") == 39


def test_words_of_code_break_at_their_marks_and_nowhere_else() -> None:
    assert breakable("build_transformer_model", lambda text: text) == r"build_\brk{}transformer_\brk{}model"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("train(--vocab_size=5)", "train(--vocab_|size=|5)"),
        ("np.log(x-1.5)", "np|.log(x|-1.5)"),
        ("1e-5 1.0", "1e-5 1.0"),
        ("f().g(...)", "f()|.g(...)"),
        ("a->b[-1]", "a|->b[-1]"),
    ],
)
def test_code_is_broken_before_what_a_dash_or_a_point_belongs_to(line: str, expected: str) -> None:
    tex = code_line(line).replace(r"\brk{}", "|").replace(r"\spc{}", " ").replace(r"\_", "_")
    assert tex == expected


@given(
    st.lists(st.text("汉字，。 ab", max_size=200).map(lambda words: (text(words),)), min_size=1, max_size=4),
    st.integers(1, 40),
)
def test_a_divided_row_keeps_every_character_in_its_order(cells: list[Inlines], most: int) -> None:
    rows = tables.divided_row(tuple(cells), [float(most)] * len(cells))
    assert all(len(row) == len(cells) for row in rows)
    assert "".join(source_text(cell) for row in rows for cell in row) == "".join(map(source_text, cells))
    assert all(width_of(cell) <= most or len(source_text(cell)) == 1 for row in rows for cell in row)
    assert len(rows) == 1 or any(width_of(cell) > most for cell in cells)


@pytest.mark.parametrize("kind", get_args(Styled))
def test_styled_text_of_a_cell_is_divided_like_any_other(kind: type[Styled]) -> None:
    rows = tables.divided_row(((kind((text("汉字" * 20),), SPAN),),), [10.0])
    assert len(rows) > 1
    assert all(width_of(cell) <= 10 for (cell,) in rows)


def test_a_row_that_no_page_would_hold_goes_on_in_others() -> None:
    def latex(words: int) -> str:
        table = Table((((text("短"),), (text("很长，" * words),)),), (), HERE)
        return tables.table_to_latex(
            table, Setting(phrases_for("zh"), lambda *_: "", page_of(PdfOptions(), "zh-CN"), {})
        )

    assert latex(9).count("\\\\\n") == 1
    assert latex(999).count("\\\\\n") > 5
    assert latex(999).count("很长，") == 999
