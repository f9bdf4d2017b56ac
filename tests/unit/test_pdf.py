"""The printed book, made by XeLaTeX and read back."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Final

import pikepdf
import pytest

from handmade import HERE, cut_post, handmade_book, rich_post
from pipeline.book import ResolvedBook
from pipeline.build import understand
from pipeline.codes import Code
from pipeline.config import BuildConfig, Format, Metadata, PdfOptions
from pipeline.diagnostics import Reporter
from pipeline.document import Delimiters, Math, Table
from pipeline.errors import MissingProgramError
from pipeline.mathml.convert import convert_formulas
from pipeline.resolve import resolve
from pipeline.tex.allowlist import ALLOWED_ENVIRONMENTS
from pipeline.tex.prose import PROSE
from pipeline.verify.artefacts import artefact_losses
from pipeline.verify.expected import expected_of
from pipeline.writers.contract import Artefact, PrintedPage, WriterOptions
from pipeline.writers.latex.math import prepare, set_formula, trial_of
from pipeline.writers.latex.matter import Fonts
from pipeline.writers.latex.writer import trial_driver
from pipeline.writers.pdf.log import Failure, failure, missing_characters, missing_font, wide_lines
from pipeline.writers.pdf.trial import Verdict, trial_engine, try_formulas
from pipeline.writers.pdf.writer import write_pdf
from printed import printed_lines
from samples import IN_PROSE, SAMPLES, SCRIPTS

HOSTILE: Final = r"""1 Jan

恶意公式

读$\input{/etc/passwd}$和$^^5cinput{/etc/passwd}$，写$\immediate\openout5=x.tex$，改$\gdef\textbf#1{坏}$。

$$\end{document}$$

$$\special{pdf:fstream @a (/etc/passwd)}$$

$$\left( x$$

$$\newcommand{\a}{\a\a}\a$$

$$\text{$}$$

$$x_{\text{a $y$ b_c}}$$

正文\input{/etc/passwd}{}$%^&_#~照印不误。

正常的句子在最后。
"""


def understood(tmp_path: Path, dump: str, reporter: Reporter, pdf: PdfOptions | None = None) -> ResolvedBook:
    source = tmp_path / "dump.txt"
    source.write_text(dump, encoding="utf-8")
    config = BuildConfig(metadata=Metadata(title="试印", author="某人"), sources=(source,), pdf=pdf or PdfOptions())
    return resolve(understand(config, reporter, lambda _: None, mathml=False), reporter)


def text_of(artefact: Artefact) -> str:
    program = shutil.which("pdftotext")
    assert program, "apt-get install poppler-utils"
    done = subprocess.run([program, "-", "-"], input=artefact.files[0].content, capture_output=True, check=True)
    return "".join(done.stdout.decode().split())


@pytest.mark.tex
def test_hostile_formulas_change_nothing(tmp_path: Path) -> None:
    reporter = Reporter()
    artefact = write_pdf(understood(tmp_path, HOSTILE, reporter), WriterOptions("book"), reporter)
    text = text_of(artefact)
    assert "root:" not in text
    assert "正常的句子在最后。" in text
    assert r"正文\input{/etc/passwd}{}$%^&_#~照印不误。" in text
    assert r"$$\end{document}$$" in text
    lines = [d.span.line for d in reporter.diagnostics if d.code is Code.FORMULA_NOT_PRINTED and d.span]
    assert lines == [7, 11, 15]


@pytest.mark.tex
def test_a_quotation_and_a_point_may_begin_with_code(tmp_path: Path) -> None:
    dump = "18 Apr\n\n标题\n\n> import os\n> os.getcwd()\n\n- ```\n  x = 1\n  ```\n\n完。\n"
    artefact = write_pdf(understood(tmp_path, dump, Reporter()), WriterOptions("book"), Reporter())
    assert "importosos.getcwd()" in text_of(artefact)


@pytest.mark.tex
def test_a_heading_may_begin_a_passage_below_another(tmp_path: Path) -> None:
    dump = "18 Apr\n\n标题\n\n## 甲\n\n<div>\n\n## 乙\n\n前文在此。\n\n1. 点\n2. 点\n\n</div>\n\n后文也在此。\n"
    artefact = write_pdf(understood(tmp_path, dump, Reporter()), WriterOptions("book"), Reporter())
    assert "甲乙前文在此。1.点2.点后文也在此。" in text_of(artefact)


@pytest.mark.tex
def test_a_point_that_begins_with_a_quotation_keeps_its_mark(tmp_path: Path) -> None:
    artefact = from_markdown(tmp_path, "# 题\n\n1. > 引\n\n2. 乙\n\n- > 文\n\n- 丙\n")
    assert "1.引2.乙•文•丙" in text_of(artefact)


@pytest.mark.tex
def test_a_point_that_begins_with_a_substitute_keeps_its_number_in_copies(tmp_path: Path) -> None:
    book = understood(tmp_path, "18 Apr\n\n标题\n\n1. ✅ 甲\n2. ✅ 乙\n", Reporter())
    assert "1.✅甲2.✅乙" in text_of(write_pdf(book, WriterOptions("book"), Reporter()))


@pytest.mark.tex
def test_the_same_book_gives_the_same_bytes(tmp_path: Path) -> None:
    book = understood(tmp_path, HOSTILE, Reporter())
    first, second = (write_pdf(book, WriterOptions("book", jobs=jobs), Reporter()) for jobs in (1, 2))
    assert first.files[0].content == second.files[0].content


@pytest.mark.tex
def test_a_book_of_everything_has_its_links_and_pages() -> None:
    book = handmade_book(rich_post(), cut_post())
    artefact = write_pdf(book, WriterOptions("book"), Reporter())
    with pikepdf.open(BytesIO(artefact.files[0].content)) as document:
        assert document.Root.Lang == book.config.metadata.language
        assert document.docinfo["/Title"] == book.config.metadata.title
        places = set(map(str, pikepdf.NameTree(document.Root.Names.Dests)))
        links = [
            str(link.A.D) for page in document.pages for link in page.get("/Annots", ()) if "/D" in link.get("/A", {})
        ]
        with document.open_outline() as outline:
            bookmarks = [item.title for item in outline.root]
        front = int(document.Root.PageLabels.Nums[2])
    assert front % 2 == 0, "page 1 would lie on the left"
    assert links
    assert set(links) <= places
    assert {post.id for post in book.posts} <= places
    assert len(bookmarks) >= len(book.posts)
    assert [page.number for page in artefact.pages] == list(range(1, len(artefact.pages) + 1))
    assert artefact.pages[0] == PrintedPage(1, book.posts[0].id)


@pytest.mark.tex
def test_fonts_are_embedded(tmp_path: Path) -> None:
    artefact = write_pdf(understood(tmp_path, HOSTILE, Reporter()), WriterOptions("book"), Reporter())
    with pikepdf.open(BytesIO(artefact.files[0].content)) as document:
        descriptors = [
            o for o in document.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"
        ]
        assert descriptors
        assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(map(str, d.keys())) for d in descriptors)


@pytest.mark.tex
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_font_that_is_not_installed_is_named(tmp_path: Path, jobs: int) -> None:
    book = understood(tmp_path, HOSTILE, Reporter(), pdf=PdfOptions(cjk_serif="No Such Font"))
    reporter = Reporter()
    with pytest.raises(MissingProgramError, match="No Such Font") as caught:
        write_pdf(book, WriterOptions("book", jobs=jobs, cache=tmp_path / "cache"), reporter)
    assert "cjk_serif under [pdf]" in caught.value.help
    assert not reporter.diagnostics
    assert not (tmp_path / "cache").exists()


@pytest.mark.tex
def test_a_font_that_is_not_installed_is_no_fault_of_a_formula(tmp_path: Path) -> None:
    book = understood(tmp_path, HOSTILE, Reporter(), pdf=PdfOptions(serif="No Such Font"))
    reporter = Reporter()
    with pytest.raises(MissingProgramError, match="No Such Font"):
        write_pdf(book, WriterOptions("book"), reporter)
    assert not reporter.diagnostics


def test_a_missing_engine_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = understood(tmp_path, HOSTILE, Reporter())
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingProgramError) as caught:
        write_pdf(book, WriterOptions("book"), Reporter())
    assert "apt-get install texlive-xetex" in caught.value.help


def tried(*formulas: str, size: str = "10pt", cache: Path | None = None) -> dict[str, Verdict]:
    driver = trial_driver(PdfOptions(font_size=size), "zh-CN")
    with trial_engine(driver, len(formulas)) as trial:
        return try_formulas(formulas, trial, cache=cache)


@pytest.mark.tex
def test_a_trial_finds_the_bad_and_measures_the_good() -> None:
    good, wide, bad, fatal = "x^2", "x" * 200, r"\left( x", r"\end{document}"
    verdicts = tried(good, bad, fatal, wide, "}{")
    assert verdicts[good].error == ""
    assert 5 < verdicts[good].width < 15
    assert verdicts[wide].width > 330
    assert verdicts[wide].excess > 0
    assert verdicts[bad].error == r"XeLaTeX says: Missing \right. inserted."
    assert verdicts[fatal].error == "TeX ended at it"
    assert verdicts["}{"].error == "its braces do not match"


def refused(*formulas: str) -> dict[str, str]:
    """Return what XeLaTeX says against displays that are written as a dump has them."""
    displays = [Math(tex, Delimiters.DOLLARS, HERE, expanded=tex) for tex in formulas]
    printed = {trial_of(prepare(math)): math.tex for math in displays}
    return {printed[formula]: verdict.error for formula, verdict in tried(*printed).items() if verdict.error}


COLUMNS: Final = {
    **dict.fromkeys(("array", "darray", "subarray"), "{cc}"),
    **dict.fromkeys(("alignat", "alignat*", "alignedat", "xalignat", "xalignat*", "xxalignat"), "{1}"),
    **dict.fromkeys(("numcases", "subnumcases"), "{f=}"),
}


@pytest.mark.tex
def test_every_environment_that_is_allowed_can_be_printed() -> None:
    formulas = [rf"\begin{{{name}}}{COLUMNS.get(name, '')}a\end{{{name}}}" for name in sorted(ALLOWED_ENVIRONMENTS)]
    assert refused(*formulas, *(f"x={formula}" for formula in formulas)) == {}


@pytest.mark.tex
def test_every_command_that_is_allowed_can_be_printed() -> None:
    formulas = [*SAMPLES.values(), *SCRIPTS, *IN_PROSE]
    shown = convert_formulas([(formula, True) for formula in formulas])
    assert [shown[formula, True].error for formula in SAMPLES.values() if shown[formula, True].error] == []
    assert refused(*(formula for formula in formulas if shown[formula, True].mathml)) == {}


@pytest.mark.parametrize(("reason", "runs"), [("TeX ended at it", 30), ("TeX takes too long to set it", 8)])
def test_formulas_that_end_tex_cost_those_after_them_nothing_as_long_as_it_is_quick(
    monkeypatch: pytest.MonkeyPatch, reason: str, runs: int
) -> None:
    def run(formulas: Sequence[str], _: object) -> list[Verdict]:
        return [Verdict(reason)] if formulas[0].startswith("bad") else [Verdict()] * len(formulas)

    monkeypatch.setattr("pipeline.writers.pdf.trial._try_run", run)
    verdicts = tried(*(f"bad{number}" for number in range(30)), "x")
    assert [verdict.error for verdict in verdicts.values()].count(reason) == runs
    assert (verdicts["x"].error == "") is (runs == 30)


@pytest.mark.tex
def test_no_formula_runs_into_what_tries_it() -> None:
    assert refused(r"\set{x}", r"\alpha@b") == {}


@pytest.mark.tex
def test_every_command_of_prose_can_be_printed() -> None:
    before = {"": "", "[[": "[3em]", "[{": "{red}", "[{{": "{red}{blue}"}
    commands = [name + before[signature] for name, signature in PROSE.items()]
    assert refused(*(f"{command}{{a_b & 甲}}_{command}{{c}}" for command in commands)) == {}


@pytest.mark.tex
def test_a_trial_measures_with_the_sizes_of_the_book() -> None:
    formula = r"\text{\small long words in a small size}"
    normal, large = (tried(formula, size=size)[formula].width for size in ("10pt", "12pt"))
    assert large / normal == pytest.approx(1.2, rel=0.02)


@pytest.mark.tex
def test_what_is_wider_than_tex_can_measure_is_not_printed() -> None:
    formula = "x" * 9000
    assert tried(formula)[formula].error == "it is wider than TeX can measure"


@pytest.mark.tex
def test_what_is_known_is_not_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = tried("x^2", r"\left( x", cache=tmp_path)
    monkeypatch.setenv("PATH", "")
    assert tried(r"\left( x", "x^2", cache=tmp_path) == first


def test_a_damaged_cache_is_no_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.writers.pdf.trial._try_all", lambda formulas, _: dict.fromkeys(formulas, Verdict()))
    tried("x", cache=tmp_path)
    store = next(tmp_path.glob("trials-*.json"))
    store.write_text('{"x": 3}', encoding="utf-8")
    assert tried("x", cache=tmp_path) == {"x": Verdict()}


def test_the_log_is_read_for_the_user() -> None:
    tex = "\\post{1}{p-a}{}\nA\n\\post{1}{p-b}{}\nB\n"
    found = failure("This is XeTeX\n! Undefined control sequence.\nl.4 B\n", tex)
    assert found is not None
    assert (found.message, found.post) == ("Undefined control sequence.", "p-b")
    assert failure("pipeline:complete\n", tex) is None
    ended = failure("No pages of output.\n", tex)
    assert ended is not None
    assert ended.post == ""
    assert missing_font('! Package fontspec Error: The font "Xyz" cannot be found.') == "Xyz"
    assert missing_characters("pipeline:missing 1F916\npipeline:missing 1F916\n") == {"🤖": 2}


def test_a_complaint_may_begin_the_log_and_name_no_line() -> None:
    assert failure("! Emergency stop", "") == Failure("Emergency stop", "")
    assert failure("! I can't find it.\nl.1 A\n", "A\n\\post{1}{p-a}{}\n") == Failure("I can't find it.", "")


def test_lines_that_stick_out_are_told_by_their_post() -> None:
    tex = "".join(f"\\post{{1}}{{p-{number}}}{{}}\nA\nB\n" for number in range(3))
    lines = ((30, "1--2"), (25, 3), (40.5, 9), (7, 5))
    log = "".join(f"Overfull \\hbox ({points}pt too wide) in paragraph at lines {line}\n" for points, line in lines)
    assert wide_lines(log, tex) == {"p-0": [30, 25], "p-2": [40.5]}


@pytest.mark.tex
def test_what_is_not_as_it_should_be_is_reported_with_its_place(tmp_path: Path) -> None:
    wide = r"\begin{pmatrix}" + " & ".join(f"x_{{{n}}}^{{2}}" for n in range(39)) + r"\end{pmatrix}"
    dump = f"1 Jan\n\n样张\n\n开头有一个🤖，后面还有文字。\n\n$${wide}$$\n\n完。\n"
    reporter = Reporter()
    artefact = write_pdf(understood(tmp_path, dump, reporter), WriterOptions("book"), reporter)
    found = {d.code: d.span for d in reporter.diagnostics}
    glyph, scaled = found[Code.GLYPH_MISSING], found[Code.FORMULA_SCALED]
    assert glyph is not None
    assert scaled is not None
    assert (glyph.line, glyph.column) == (5, 6)
    assert any(d.message.endswith("which is used 1 time") for d in reporter.diagnostics)
    assert scaled.line == 7
    assert "开头有一个🤖，后面还有文字。" in text_of(artefact)


@pytest.mark.tex
def test_decoration_that_no_font_has_is_not_seen_but_copied_and_reported(tmp_path: Path) -> None:
    reporter = Reporter()
    book = understood(tmp_path, "1 Jan\n\n样张\n\n🧠 直觉如此。\n", reporter)
    artefact = write_pdf(book, WriterOptions("book"), reporter)
    assert "🧠直觉如此。" in text_of(artefact)
    assert [d.code for d in reporter.diagnostics if d.code is Code.GLYPH_MISSING]
    with import_module("pymupdf").open(stream=artefact.files[0].content, filetype="pdf") as document:
        lefts = [place.x0 for page in document for place in page.search_for("直觉")]
    assert 64 < lefts[0] < 67  # points: the margin and an indentation, no frame before it


@pytest.mark.tex
def test_each_page_is_told_when_it_is_set(tmp_path: Path) -> None:
    told: list[str] = []
    book = understood(tmp_path, "".join(f"{day} Jan\n\n第{day}篇\n\n正文。\n\n" for day in range(1, 4)), Reporter())
    write_pdf(book, WriterOptions("book", progress=told.append), Reporter())
    pages = [message for message in told if message.startswith("setting page ")]
    assert pages == [f"setting page {number}" for number in range(1, len(pages) + 1)]
    assert len(pages) >= 3  # one a post


RUNS: Final = {
    "letters": "a" * 20_000,
    "a script of its own": "α" * 12_000,
    "letters that take turns": "aé†" * 4_000,
    "ideographs": "汉" * 20_000,
    "closing marks": "。" * 5_000,
    "hard spaces": "a\u00a0" * 5_000,
    "an address": "https://example.com/" + "a" * 5_000,
}


@pytest.mark.tex
def test_runs_without_a_break_are_printed_whole(tmp_path: Path) -> None:
    reporter = Reporter()
    days = enumerate(RUNS.items(), 1)
    dump = "".join(f"{day} Jan\n\n{name}\n\n开头{run}结尾。\n\n后面的句子。\n\n" for day, (name, run) in days)
    book = understood(tmp_path, dump, reporter)
    assert len(book.posts) == len(RUNS)
    artefact = write_pdf(book, WriterOptions("book"), reporter)
    assert artefact_losses(Format.PDF, artefact.files, expected_of(book), book.config) == ()
    assert Code.LINE_TOO_WIDE not in reporter.by_code()


@pytest.mark.tex
def test_code_and_headings_without_a_break_are_printed_whole(tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    source.write_text(
        f"# 标题\n\n## {'h' * 3000}\n\n```\nx = '{'a' * 20_000}'\n```\n\n`{'é' * 9_000}` 完。\n", encoding="utf-8"
    )
    reporter = Reporter()
    config = BuildConfig(metadata=Metadata(title="长"), sources=(source,))
    book = resolve(understand(config, reporter, lambda _: None, mathml=False), reporter)
    artefact = write_pdf(book, WriterOptions("book"), reporter)
    assert artefact_losses(Format.PDF, artefact.files, expected_of(book), config) == ()
    assert Code.LINE_TOO_WIDE not in reporter.by_code()


@pytest.mark.tex
def test_a_table_of_many_columns_stays_on_the_page(tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    row = "|" + "数据 |" * 16 + "\n"
    source.write_text(f"# 表\n\n{row}{'|' + '---|' * 16}\n{row * 3}\n完。\n", encoding="utf-8")
    reporter = Reporter()
    config = BuildConfig(metadata=Metadata(title="表"), sources=(source,))
    book = resolve(understand(config, reporter, lambda _: None, mathml=False), reporter)
    write_pdf(book, WriterOptions("book"), reporter)
    assert Code.LINE_TOO_WIDE not in reporter.by_code()


@pytest.mark.tex
def test_a_line_that_sticks_out_is_reported_with_its_post(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reporter = Reporter()
    book = understood(tmp_path, "1 Jan\n\n宽\n\n一行$x$。\n", reporter)
    monkeypatch.setattr("pipeline.writers.pdf.writer.set_formula", lambda *_: r"\hbox to 500pt{宽\hss}")
    write_pdf(book, WriterOptions("book"), reporter)
    (wide,) = (d for d in reporter.diagnostics if d.code is Code.LINE_TOO_WIDE)
    assert wide.post == book.posts[0].id


@pytest.mark.tex
def test_a_table_whose_rows_are_taller_than_a_page_loses_nothing(tmp_path: Path) -> None:
    cells = ["。".join(f"第{row}行的句子{n}，它讲下去" for n in range(150)) for row in (1, 2, 3)]
    table = f"| {cells[0]} | 头 |\n| --- | --- |\n| 短 | {cells[1]} |\n| {cells[2]} | {cells[1]} |\n"
    reporter = Reporter()
    book = understood(tmp_path, f"1 Jan\n\n高表\n\n前。\n\n{table}\n后。\n", reporter)
    assert any(isinstance(block, Table) for block in book.posts[0].blocks)
    artefact = write_pdf(book, WriterOptions("book"), reporter)
    assert artefact_losses(Format.PDF, artefact.files, expected_of(book), book.config) == ()


LOST_FORMULAS: Final = {
    "is not written": "",
    "is written and draws nothing": r"$\formulabegins{0}\phantom{x}\formulaends $",
    "is drawn where nobody knows it": "$x$",
}


@pytest.mark.tex
@pytest.mark.parametrize("lost", LOST_FORMULAS)
def test_a_formula_that_is_not_drawn_is_missed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lost: str) -> None:
    book = understood(tmp_path, "1 Jan\n\n两式\n\n一式$x$，又一式$y$，空的$\\label{a}$。\n", Reporter())
    whole = write_pdf(book, WriterOptions("book"), Reporter())
    assert artefact_losses(Format.PDF, whole.files, expected_of(book), book.config) == ()
    monkeypatch.setattr(
        "pipeline.writers.pdf.writer.set_formula",
        lambda formula, fit, number: LOST_FORMULAS[lost] if number == 0 else set_formula(formula, fit, number),
    )
    damaged = write_pdf(book, WriterOptions("book"), Reporter())
    (loss,) = artefact_losses(Format.PDF, damaged.files, expected_of(book), book.config)
    assert loss.message == "the formula “$x$” of '两式' is missing"


def lines_of(artefact: Artefact) -> list[str]:
    return [line.text for line in printed_lines(artefact)]


@pytest.mark.tex
def test_no_line_begins_with_a_closing_mark_and_no_ideograph_ends_a_paragraph_alone(tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    titles = (
        "《[强化学习（一）](https://a.b/c)》的内容",
        "《*强调的（三）*》，等等",
        "（**粗体的题目。**）就是",
        "公式$x$，还有",
    )
    paragraphs = [f"{'占' * count}{title}之后还有文字。" for title in titles for count in range(15, 40)]
    source.write_text("# 断行\n\n" + "\n\n".join(paragraphs), encoding="utf-8")
    config = BuildConfig(metadata=Metadata(title="断行"), sources=(source,))
    book = resolve(understand(config, Reporter(), lambda _: None, mathml=False), Reporter())
    lines = lines_of(write_pdf(book, WriterOptions("book"), Reporter()))
    assert sum(line.endswith("文字。") for line in lines) == len(paragraphs)
    assert [line for line in lines if line[:1] in tuple("》，。）、")] == []


@pytest.mark.tex
def test_the_contents_lead_to_the_number_by_dots_and_opening_marks_hang(tmp_path: Path) -> None:
    titles = ["“占”位", "《占》位", *("占" * count for count in range(20, 40))]
    dump = "".join(f"18 Apr\n\n{title}\n\n正文。\n\n" for title in titles)
    artefact = write_pdf(understood(tmp_path, dump, Reporter()), WriterOptions("book"), Reporter())
    contents = [line for line in printed_lines(artefact) if line.page in {2, 3} and re.search("[占.]", line.text)]
    ends = [line.text for line in contents if "." in line.text]
    assert [re.sub(r"^.*?[. ]{6,}", "", text) for text in ends] == [str(page.number) for page in artefact.pages]
    opening, plain = ({line.left for line in contents if line.text[0] in mark} for mark in ("“《", "占"))
    assert max(opening) < min(plain)


@pytest.mark.tex
def test_an_address_is_broken_without_hyphens(tmp_path: Path) -> None:
    address = "https://example.org/mathematics/representation/understanding/" + "%E4%BD%A0" * 12
    text = "".join(f"{'占' * count}见{address}。\n\n" for count in range(12))
    book = understood(tmp_path, f"1 Jan\n\n地址\n\n{text}", Reporter())
    printed = "".join(lines_of(write_pdf(book, WriterOptions("book"), Reporter())))
    assert printed.count(address) == 12


@pytest.mark.tex
def test_what_is_kept_together_keeps_its_space(tmp_path: Path) -> None:
    book = understood(tmp_path, "1 Jan\n\n间距\n\n我们来看NICE实现。\n", Reporter())
    assert "NICE 实现。" in "\n".join(lines_of(write_pdf(book, WriterOptions("book"), Reporter())))


def from_markdown(tmp_path: Path, text: str) -> Artefact:
    source = tmp_path / "a.md"
    source.write_text(text, encoding="utf-8")
    config = BuildConfig(metadata=Metadata(title="书"), sources=(source,))
    book = resolve(understand(config, Reporter(), lambda _: None, mathml=False), Reporter())
    return write_pdf(book, WriterOptions("book"), Reporter())


@pytest.mark.tex
def test_lines_that_an_author_ended_begin_alike_and_those_of_a_point_as_it_does(tmp_path: Path) -> None:
    artefact = from_markdown(tmp_path, "# 对话\n\n甲：好。\\\n乙：好。\\\n丙：好。\n\n- 丁：好。\\\n  戊：好。\n")
    lefts = {line.text[-4]: round(line.left) for line in printed_lines(artefact) if line.text.endswith("：好。")}
    assert lefts.keys() == set("甲乙丙丁戊")
    assert len(set(lefts.values())) == 1  # a paragraph is indented as far as a point hangs


@pytest.mark.tex
@pytest.mark.parametrize("announced", ["- 甲", "```\n甲\n```", "> 甲", "甲", "|甲|乙|\n|-|-|\n|1|1|\n|2|2|\n|3|3|"])
def test_no_page_ends_with_what_announces_the_next(tmp_path: Path, announced: str) -> None:
    block = f"占位。\n\n占位。\n\n如下：\n\n{announced}\n\n"
    lines = printed_lines(from_markdown(tmp_path, f"# 页末\n\n{block * 40}"), smallest=7.5)
    last = {line.page: line.text for line in lines}
    assert len(last) > 5
    assert "如下：" not in last.values()


@pytest.mark.tex
def test_two_lines_of_what_announces_a_display_go_with_it_and_leave_little_empty(tmp_path: Path) -> None:
    lines = [f"这是第{number}句话，占位。\n\n" for number in range(26)]
    posts = (
        f"{count} Jan\n\n题{count}\n\n{''.join(lines[:count])}{'占位' * 50}如下：\n{TALL}" for count in range(10, 26)
    )
    printed = printed_lines(
        write_pdf(understood(tmp_path, "".join(posts), Reporter()), WriterOptions("book"), Reporter())
    )
    last = {line.page: line for line in printed if "占" in line.text or line.text == "c"}
    openings = {line.page for line in printed if line.text.startswith("题")}
    assert len(last) > 15
    assert not any(line.text.endswith("如下：") for line in last.values())
    assert min(line.base for page, line in last.items() if page + 1 in last and page + 1 not in openings) > 400


TALL: Final = "$$\\begin{aligned}a\\\\b\\\\c\\end{aligned}$$\n\n"

NUMBERED: Final = """1. |甲|乙|
   |-|-|
   |丙|丁|

   后文。

2. ```
   甲
   丙
   ```

3. > |甲|乙|
   > |-|-|
   > |丙|丁|
"""


@pytest.mark.tex
def test_a_point_that_begins_with_a_table_or_with_code_has_its_number_beside_the_first_line(tmp_path: Path) -> None:
    lines = printed_lines(from_markdown(tmp_path, f"# 点\n\n前文。\n\n{NUMBERED}"), smallest=7.5)
    numbers = [line.base for line in lines if line.text[:2] in {"1.", "2.", "3."}]
    first = [line.base for line in lines if "甲" in line.text]
    assert len(first) == 3
    assert all(abs(number - base) < 4 for number, base in zip(numbers, first, strict=True))  # points


@pytest.mark.tex
def test_no_page_begins_with_an_empty_line_of_code(tmp_path: Path) -> None:
    code = "".join(f"x = {number}\n\n\n" for number in range(90))
    lines = printed_lines(from_markdown(tmp_path, f"# 码\n\n前文。\n\n```\n{code}end\n```\n"), smallest=7.5)
    first = {line.page: line.base for line in reversed(lines) if line.text.startswith("x =")}
    assert len(first) > 4
    assert len(set(list(first.values())[:-1])) == 1  # of all pages but the one on which the post begins


@pytest.mark.tex
def test_mentions_open_no_page(tmp_path: Path) -> None:
    counts = range(18, 36)
    posts = "".join(f"1 Jan\n\n第{count}个题目\n\n" + "".join(f"句{n}。\n\n" for n in range(count)) for count in counts)
    naming = "".join(f"见《第{count}个题目》。\n\n" for count in counts)
    book = understood(tmp_path, f"{posts}2 Jan\n\n总目\n\n{naming}", Reporter())
    lines = [line for line in printed_lines(write_pdf(book, WriterOptions("book"), Reporter()), 7.5) if line.base > 45]
    first = {line.page: line.text for line in reversed(lines)}
    assert sum(line.text == "被引用于" for line in lines) > 10
    assert "被引用于" not in first.values()


@pytest.mark.tex
def test_a_rule_between_texts_vanishes_where_a_page_ends(tmp_path: Path) -> None:
    artefact = from_markdown(tmp_path, "# 线\n\n" + "占位。\n\n---\n\n" * 60 + "完。\n")
    with import_module("pymupdf").open(stream=artefact.files[0].content, filetype="pdf") as document:
        pages = [  # where words and rules stand
            (
                [word[1] for word in page.get_text("words") if word[1] > 50],
                [drawing["rect"].y0 for drawing in page.get_drawings() if 50 < drawing["rect"].width < 70],
            )
            for page in document
        ]
    assert sum(len(rules) for _, rules in pages) > 30
    assert all(min(words) < min(rules) and max(rules) < max(words) for words, rules in pages if rules)


@pytest.mark.tex
def test_a_line_ends_early_before_a_long_formula_rather_than_is_stretched(tmp_path: Path) -> None:
    formula = r"$\left[f_{t+1}(x_{t+1}) - g_{t+1}^2\nabla_{x_{t+1}}\log p(x_{t+1})\log p(x_{t+1}) \right]$"
    artefact = from_markdown(tmp_path, f"# 疏密\n\n近似一个均值为某个数的{formula}正态分布。\n")
    with import_module("pymupdf").open(stream=artefact.files[0].content, filetype="pdf") as document:
        places = {text: place for page in document for text in ("近似", "数的") for place in page.search_for(text)}
    assert places["数的"].x1 - places["近似"].x0 < 200  # points: eleven characters and little more


@pytest.mark.parametrize(
    ("language", "cut"),
    [
        ("zh-CN", "SC"),
        ("zh-Hans", "SC"),
        ("zh-TW", "TC"),
        ("zh-Hant-HK", "HK"),
        ("ja", "JP"),
        ("ko-KR", "KR"),
        ("en", "SC"),
    ],
)
def test_the_language_chooses_the_shapes_of_ideographs(language: str, cut: str) -> None:
    fonts = Fonts.of(PdfOptions(cjk_mono="Mine"), language)
    assert (fonts.cjk_serif, fonts.cjk_sans) == (f"Noto Serif CJK {cut}", f"Noto Sans CJK {cut}")
    assert fonts.cjk_mono == "Mine"
