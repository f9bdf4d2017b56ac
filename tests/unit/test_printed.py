"""Where things stand on the printed page."""

from __future__ import annotations

from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Final

import pytest

from pipeline.codes import Code
from pipeline.config import BuildConfig, Metadata
from pipeline.diagnostics import Reporter
from pipeline.writers.cjk import has_wide_marks
from pipeline.writers.contract import WriterOptions
from pipeline.writers.latex.writer import book_start
from pipeline.writers.pdf.writer import write_pdf
from printed import printed, printed_lines, understood_in

BEFORE_DISPLAYS: Final = (
    "",
    "## Heading",
    "1. point",
    "> quoted",
    "    code",
    "1. point\n\n   1. inner\n\n   $$a=b$$",
    "1. $$a=b$$",
    "| a | b |\n|---|---|\n| 1 | 2 |",
)


@pytest.mark.tex
def test_a_display_stands_below_what_comes_before_it_and_below_no_empty_line(tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    displays = "".join(f"{before}\n\n$$a=b$$\n\n" for before in BEFORE_DISPLAYS)
    source.write_text(f"# Title\n\n{displays}End.\n", encoding="utf-8")
    pairs = [pair for pair in pairwise(printed(source, "en", smallest=7.5)) if pair[0].page == pair[1].page]
    distances = [line.base - above.base for above, line in pairs if "".join(line.text.split()) == "a=b"]
    assert len(distances) >= len(BEFORE_DISPLAYS)
    assert min(distances) > 15  # points: the distance of two lines is 14
    assert max(distances[1:]) < 45  # the title aside, which has a rule below it


LATIN: Final = "He said „so“ – and … — then ‚x‘ · “y” ’z’ too."


@pytest.mark.tex
def test_marks_of_latin_text_keep_their_spaces(tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    quotations = "\n\n".join(f"{'wort ' * 9}{'o' * count} „Egal?“ Die" for count in range(1, 24))
    source.write_text(f"# Title\n\n{LATIN}\n\n{quotations}\n", encoding="utf-8")
    lines = [line.text for line in printed(source, "de")]
    assert LATIN in lines
    assert [line for line in lines if line.startswith("“")] == []


@pytest.mark.parametrize(("language", "wide"), [("zh-TW", True), ("ja", True), ("ko", False), ("en-GB", False)])
def test_the_language_chooses_the_width_of_shared_marks(language: str, wide: bool) -> None:  # noqa: FBT001 - a row
    assert has_wide_marks(language) is wide


@pytest.mark.tex
def test_a_marker_in_brackets_is_printed_whole(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    points = "[1] If it is continuous, then it holds\n\n[2] From this conclude that it ends\n\n"
    source.write_text(f"30 Jun\n\nA title\n\nThe plan is this.\n\n{points}That is all.\n", encoding="utf-8")
    assert "[1] If it is continuous, then it holds" in [line.text for line in printed(source, "en")]


@pytest.mark.parametrize(
    ("language", "patterns"),
    [("zh-CN", "english"), ("en-GB", "english"), ("de-AT", "ngerman"), ("fr", "french"), ("eo", "nohyphenation")],
)
def test_the_language_chooses_the_patterns_of_hyphenation(language: str, patterns: str) -> None:
    start = book_start(BuildConfig(metadata=Metadata(language=language)))
    assert (f"\\ifcsname l@{patterns}\\endcsname" in start) is (patterns != "english")
    assert ("\\frenchspacing" in start) is (patterns != "english")


@pytest.mark.parametrize(("language", "indent"), [("zh-TW", "2"), ("ja", "1"), ("fr", "1.5")])
def test_the_language_chooses_the_indentation(language: str, indent: str) -> None:
    start = book_start(BuildConfig(metadata=Metadata(language=language)))
    assert f"\\setlength\\parindent{{{indent}em}}" in start


@pytest.mark.tex
def test_no_word_is_divided_by_the_patterns_of_another_language(tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    text = "\n\n".join(f"{'o' * count} {'representation ' * 20}" for count in range(1, 6))
    source.write_text(f"# Title\n\n{text}\n", encoding="utf-8")
    divided = {
        language: [line.text for line in printed(source, language) if line.text.endswith("-")]
        for language in ("en", "eo")
    }
    assert divided["en"]
    assert not divided["eo"]


@pytest.mark.tex
def test_no_line_of_french_begins_with_a_double_mark(tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    address = "https://exemple.fr/un/chemin"
    text = "\n\n".join(f"{'mot ' * 10}{'o' * count} : « non » ; $x$ ! {address} : oui" for count in range(1, 24))
    source.write_text(f"# Titre\n\n{text}\n", encoding="utf-8")
    lines = [line.text for line in printed(source, "fr")]
    assert [line for line in lines if line[:1] in tuple(":;!?»") or line.endswith("«")] == []


@pytest.mark.tex
def test_a_title_is_divided_after_a_mark(tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    source.write_text("# ChildTuning：试试把Dropout加到梯度上去？\n\n正文。\n", encoding="utf-8")
    assert "ChildTuning：" in [line.text for line in printed(source, "zh")]


@pytest.mark.tex
def test_code_and_straight_quotation_marks_get_no_spaces(tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    source.write_text('# 题\n\n这是"是非类型"的`A句子`与B类。\n\n```\n"[MASK]的Embedding"\n```\n', encoding="utf-8")
    lines = [line.text for line in printed(source, "zh", smallest=7.5)]
    assert '这是"是非类型"的A句子与B 类。' in lines
    assert '"[MASK]的Embedding"' in lines


@pytest.mark.tex
def test_lines_before_a_smaller_display_stand_as_far_apart_as_all(tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    terms = "+".join(f"a_{{{n}}}" for n in range(10, 23))
    rows = r"\\".join(rf"x&={terms}\tag{{{row}}}" for row in (1, 2))
    display = rf"\begin{{align}}{rows}\end{{align}}"
    source.write_text(f"# 题\n\n{'文字' * 60}式\n\n$${display}$$\n\n完。\n", encoding="utf-8")
    lines = printed(source, "zh")
    gaps = [below.base - line.base for line, below in pairwise(lines) if "文字" in line.text and "文字" in below.text]
    assert len(gaps) == 3
    assert min(gaps) >= 16  # points: the leading of ideographs at 10 points, rounded


@pytest.mark.tex
def test_marks_in_a_title_stand_as_close_as_in_any_line(tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    source.write_text("# CoSENT（一）：比Sentence-BERT更有效的句向量方案\n\n正文。\n", encoding="utf-8")
    artefact = write_pdf(understood_in(source, "zh"), WriterOptions("book"), Reporter())
    with import_module("pymupdf").open(stream=artefact.files[0].content, filetype="pdf") as document:
        widths = [place.width for page in document for place in page.search_for("）：")]
    assert 17 < max(widths) < 28  # points: less than the two marks are wide, at 17 points


@pytest.mark.tex
def test_lines_do_not_touch_below_a_limit_and_code_stands_as_close_as_ever(tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    text, code = f"{'文字' * 12}$\\max\\limits_{{k^2}}${'文字' * 40}", "\n".join(f"row {n}" for n in range(9))
    source.write_text(f"# 题\n\n{text}\n\n```\n{code}\n```\n", encoding="utf-8")
    lines = printed(source, "zh", smallest=7.5)
    first, second = [line.base for line in lines if line.text.startswith("文字")][:2]
    assert second - first >= 18  # points, rounded: two more than without a least distance
    rows = [line.base for line in lines if line.text.startswith("row")]
    assert rows[-1] - rows[0] == pytest.approx(8 * 13.2, abs=1)  # points: the leading at 8 points


@pytest.mark.tex
def test_a_line_of_code_is_broken_before_its_options(tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    code = "\n".join(f"{'w' * count} " + "--first=1 --second=2 " * 9 for count in range(1, 14))
    source.write_text(f"# 题\n\n```\n{code}\n```\n", encoding="utf-8")
    lines = [line.text for line in printed(source, "zh", smallest=7.5)]
    assert [line for line in lines if line.endswith("-")] == []


@pytest.mark.tex
def test_a_formula_that_a_cell_is_too_narrow_for_stands_on_the_line_of_its_row(tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    row = r"| 推导二 | $S(a)=(a-1)\{N/a\}+a+N/a+b+cd+ef$ | 优点是步数少，而每一步很贵，不过容易实现，也不需要多少内存 |"
    source.write_text(f"# 题\n\n| 甲 | 乙 | 丙 |\n|---|---|---|\n{row}\n", encoding="utf-8")
    lines = [line.text for line in printed(source, "zh", smallest=4)]
    assert [line for line in lines if "推导二" in line and "N/a" in line]


@pytest.mark.tex
def test_greek_letters_of_text_have_the_serifs_of_latin_ones(tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    source.write_text("# 题α\n\n模型GAU-α与**GAU-α**，还有αβ。\n", encoding="utf-8")
    artefact = write_pdf(understood_in(source, "zh"), WriterOptions("book"), Reporter())
    with import_module("pymupdf").open(stream=artefact.files[0].content, filetype="pdf") as document:
        blocks = (block for page in document for block in page.get_text("dict")["blocks"])
        spans = [span for block in blocks for line in block["lines"] for span in line["spans"]]
    greek = {span["text"].strip() for span in spans if "LatinModernMath" in span["font"]}
    assert greek == {"α", "αβ"}


@pytest.mark.tex
def test_a_list_of_formulas_and_names_that_are_joined_may_end_a_line(tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    text = "\n\n".join(f"{'占' * count}$(x_1,y_1),(x_2,y_2),\\cdots$RoBERTa+CoSENT+PAWSX。" for count in range(12, 32))
    source.write_text(f"# 题\n\n{text}\n", encoding="utf-8")
    lines = [line.text for line in printed(source, "zh")]
    assert [line for line in lines if line.endswith("+")]
    assert [line for line in lines if line.endswith("),")]


@pytest.mark.tex
def test_a_line_goes_through_struck_text_and_ends_with_the_lines_of_the_page(tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    source.write_text(f"# Title\n\nKept ~~{'word `a b` $x$ ' * 20}{'删去的文字，' * 20}~~ kept.\n", encoding="utf-8")
    artefact = write_pdf(understood_in(source, "zh-CN"), WriterOptions("book"), Reporter())
    rules: dict[int, list[tuple[float, float]]] = {}
    with import_module("pymupdf").open(stream=artefact.files[0].content, filetype="pdf") as document:
        page = next(page for page in document if "Kept" in page.get_text())
        for rule in (drawing["rect"] for drawing in page.get_drawings()):
            rules.setdefault(round(rule.y0), []).append((rule.x0, rule.x1))
    below_title, *struck = (sorted(rules[base]) for base in sorted(rules))
    left, right = below_title[0]
    assert len(struck) > 6
    assert all(left - 1 < line[0][0] and line[-1][1] < right + 1 for line in struck)
    assert all(after[0] - before[1] < 0.5 for line in struck for before, after in pairwise(line))


CROWDED: Final = (
    ("方法", "核心思想", "优点", "缺陷", "优化方向"),
    ("---",) * 5,
    (
        "雅可比变换法",
        r"利用 $p_t(\boldsymbol{x}) = p_0(\Phi_t^{-1}(\boldsymbol{x})) \|\det J_{\Phi_t^{-1}}\|$",
        "精确的表达式<br>（无近似）",
        "需要流可逆<br>雅可比行列式计算困难",
        "连续归一化流<br>伴随方法减少内存",
    ),
    (
        "测试函数法",
        r"$w_{t+1} = \text{Proj}_{\mathcal{S}}(w_t - \eta\nabla f)$",
        "适用广泛（WWW/WWW/WWW）<br>有限元",
        "需要理解分布理论（抽象）<br>弱解唯一性需额外条件",
        "物理信息神经网络<br>结合变分方法",
    ),
)


@pytest.mark.tex
def test_cells_do_not_run_into_one_another_and_their_formulas_have_the_size_of_the_text(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    table = "\n".join(f"| {' | '.join(row)} |" for row in CROWDED)
    source.write_text(f"18 Apr\n\n题\n\n前文。\n\n{table}\n", encoding="utf-8")
    artefact = write_pdf(understood_in(source, "zh"), WriterOptions("book"), Reporter())
    with import_module("pymupdf").open(stream=artefact.files[0].content, filetype="pdf") as document:
        pages = [page.get_text("dict")["blocks"] for page in document if "测试函数法" in page.get_text()]
    cells = [span for blocks in pages for block in blocks for line in block["lines"] for span in line["spans"]]
    overlaps = [
        (one["text"], other["text"])
        for one in cells
        for other in cells
        if "Noto" in one["font"] and "Noto" not in other["font"] and overlap(one["bbox"], other["bbox"]) > 2
    ]
    assert overlaps == []
    assert [round(span["size"]) for span in cells if "Proj" in span["text"]] == [9]


def overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> float:
    """Return how far one box reaches into another, in points, to the side and in height, the lesser of both."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    return min(across, min(one[3], other[3]) - max(one[1], other[1]))


@pytest.mark.tex
def test_headings_stand_on_the_page_of_the_table_below_them(tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    cell = "字" * 140
    table = f"### 二级\n\n#### 三级\n\n| 表头 | 列 |\n|---|---|\n| 首行{cell} | {cell} |\n"
    posts = "\n\n".join(f"## 一级\n\n{'文字' * 17 * lines}\n\n{table}" for lines in range(8, 24, 3))
    source.write_text(f"# 题\n\n{posts}\n", encoding="utf-8")
    lines = printed(source, "zh", smallest=8.5)
    heads = [line.page for line in lines if line.text == "二级"]
    rows = [line.page for line in lines if line.text.startswith("首行")]
    assert len(heads) == 6
    assert heads == rows


@pytest.mark.tex
def test_fractions_of_neighbouring_rows_keep_their_distance_and_plain_rows_their_own(tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    rows = "\n\n".join(rf"$$\begin{{aligned}}{left}&=x\\{left}&=x\end{{aligned}}$$" for left in (r"\frac{F}{g}", "F"))
    source.write_text(f"# 题\n\n前文。\n\n{rows}\n", encoding="utf-8")
    bases = [line.base for line in printed(source, "zh") if line.text.endswith("= x")]
    assert [below - above for above, below in pairwise(bases)][::2] == [28, 19]  # points, rounded


@pytest.mark.tex
@pytest.mark.parametrize("left", ["x", "x+y+z+u+v+w+p+q+r+s+x+y+z+u+v+w"])
def test_lines_of_a_broken_display_begin_below_the_first_relation_where_its_left_side_is_short(
    tmp_path: Path, left: str
) -> None:
    source = tmp_path / "a.md"
    right = "+".join(f"a_{{{number}}}" for number in range(10, 23))
    source.write_text(f"# 题\n\n前文。\n\n$${left}={right}=k\\tag{{1}}$$\n", encoding="utf-8")
    artefact = write_pdf(understood_in(source, "zh"), WriterOptions("book"), Reporter())
    with import_module("pymupdf").open(stream=artefact.files[0].content, filetype="pdf") as document:
        page = next(page for page in document if "前文" in page.get_text())
        relations, number = page.search_for("="), page.search_for("(1)")[0]
    assert len(relations) == 2
    assert relations[1].y0 == pytest.approx(number.y0, abs=1)
    assert (relations[0].x0 == pytest.approx(relations[1].x0, abs=1)) is (left == "x")


ROWS: Final = r"\begin{aligned}x&=a\\y&=b\end{aligned}"
WIDE: Final = "+".join(f"a_{{{number}}}" for number in range(10, 40))


@pytest.mark.tex
def test_what_tex_takes_for_one_thing_is_not_divided_between_lines(tmp_path: Path) -> None:
    wide = f"{WIDE}+{WIDE}"
    source = tmp_path / "a.md"
    formulas = (
        rf"a)\quad\sum_{{i=1}}^{{n}}h={wide}",
        rf"g\stackrel{{\text{{d}}}}={wide}",
        rf"\color{{red}}f(x)={wide}",
        rf"\begin{{aligned}}f&={WIDE}\\g&=\left.x\right)+\left(\color{{red}}a+b\right)\end{{aligned}}",
    )
    source.write_text("# 题\n\n前文。\n\n" + "\n\n".join(f"$${tex}$$" for tex in formulas), encoding="utf-8")
    reporter = Reporter()
    artefact = write_pdf(understood_in(source, "zh"), WriterOptions("book"), reporter)
    assert Code.FORMULA_NOT_PRINTED not in reporter.by_code()
    assert "i=1" in [line.text.replace(" ", "") for line in printed_lines(artefact, 0)]


@pytest.mark.tex
@pytest.mark.parametrize(
    "text",
    [
        f"| 甲 | 乙 | 丙 |\n|---|---|---|\n| ${ROWS}$ | {'文字' * 40} | ${ROWS}={WIDE}$ |",
        rf"$$\begin{{aligned}}&{ROWS}\\&z={WIDE}+\left({ROWS}\right)\end{{aligned}}$$",
    ],
)
def test_rows_inside_a_cell_or_a_long_row_end_nothing_around_them(tmp_path: Path, text: str) -> None:
    source = tmp_path / "a.md"
    source.write_text(f"# 题\n\n前文。\n\n{text}\n", encoding="utf-8")
    reporter = Reporter()
    write_pdf(understood_in(source, "zh"), WriterOptions("book"), reporter)
    assert Code.FORMULA_NOT_PRINTED not in reporter.by_code()


@pytest.mark.tex
def test_a_ruled_table_keeps_its_distance_from_a_short_line_above_it(tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    arrays = [f"如下：\n\n$$\\begin{{array}}{{c}}{rule}x\\\\y\\end{{array}}$$" for rule in ("", "\\hline ")]
    source.write_text(f"# 题\n\n{arrays[0]}\n\n{arrays[1]}\n", encoding="utf-8")
    lines = [line for line in printed(source, "zh") if "如下" in line.text or line.text == "x"]
    plain, ruled = (below.base - above.base for above, below in (lines[:2], lines[2:]))
    assert ruled - plain > 4  # points
