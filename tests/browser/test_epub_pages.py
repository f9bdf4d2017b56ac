"""Chapters of the EPUB where they are read: on a phone, whose page cannot be scrolled sideways, and on a desk."""

from __future__ import annotations

import zipfile
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from pipeline.build import build
from pipeline.config import BuildConfig, EpubMath, EpubOptions, Format, Metadata
from pipeline.diagnostics import Reporter

pytestmark = pytest.mark.browser

DUMP = r"""18 Apr 2019

长公式

一个长公式
\begin{equation}f(x) = \sum_{i=1}^n a_i x^i + \int_0^1 g(t)\,dt
= \frac{1}{2}(h(x)+h(-x)) \leq c,\quad x\in\mathbb{R}\end{equation}
与几行对齐的公式
\begin{equation}\label{eq:p}\begin{aligned}p(x_1,x_2,\dots,x_n)
=&\, p(x_1)p(x_2|x_1)p(x_3|x_1,x_2)p(x_4|x_1,x_2,x_3)\cdots \\
=&\, \prod_{t=1}^n p(x_t|x_1,\dots,x_{t-1}) = q(x_1)q(x_2)\end{aligned}\end{equation}
还有一个短的
\begin{equation}E = mc^2\end{equation}
由式$\eqref{eq:p}$即得，到此结束。
"""


WIDE = r"""18 Apr 2019

不能拆的公式

一个分数
$$p(x|y) = \frac{aaaaaaaaaaaa + bbbbbbbbbbbb + cccccccccccc + dddddddddd}{2\sigma^2}$$
与各有编号的几行
\begin{align}f(x_1,x_2,x_3) &= a_1 + a_2x + a_3x^2 + a_4x^3 + a_5x^4 + a_6x^5 + a_7x^6 + a_8x^7 \\
&= g(x)\end{align}
还有一个短的
$$a = b$$
到此结束。
"""


LETTERS = r"""18 Apr 2019

字母

设$x$的平方根为$\sqrt{x}$，到此结束。
"""


CODE = """18 Apr 2019

一段代码

代码如下
```
def orthonormal(matrix):
    return matrix @ inverse_root(matrix.transpose() @ matrix)
    short
```
到此结束。
"""


TABLE = r"""18 Apr 2019

一张表

表中有七列数字
$$\begin{array}{c|ccccccc}\hline
 & \text{IFLYTEK} & \text{TNEWS} & \text{AFQMC} & \text{OCNLI} & \text{CMNLI} & \text{WSC} & \text{CSL} \\ \hline
\text{BERT} & 60.06 & 56.80 & 72.41 & 73.93 & 79.56 & 78.62 & 83.93 \\
\text{RoBERTa}_{\text{-incre drop}} & 60.87 & 57.99 & 74.03 & 75.97 & 81.02 & 84.87 & 84.73 \\ \hline
\end{array}$$
表后。
"""


@pytest.fixture(scope="module")
def chapter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return chapter_of(DUMP, tmp_path_factory.mktemp("epub"))


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return chapter_of(WIDE, tmp_path_factory.mktemp("wide"))


@pytest.fixture(scope="module")
def code(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return chapter_of(CODE, tmp_path_factory.mktemp("code"))


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return chapter_of(TABLE, tmp_path_factory.mktemp("table"))


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return chapter_of(DUMP, tmp_path_factory.mktemp("drawn"), "images")


@pytest.fixture(scope="module")
def drawn_wide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return chapter_of(WIDE, tmp_path_factory.mktemp("drawn-wide"), "images")


def chapter_of(dump: str, folder: Path, math: EpubMath = "mathml") -> Path:
    source = folder / "dump.txt"
    source.write_text(dump, encoding="utf-8")
    metadata = Metadata(title="书")
    config = BuildConfig(
        sources=(source,),
        out=folder / "out",
        slug="book",
        formats=(Format.EPUB,),
        jobs=1,
        metadata=metadata,
        epub=EpubOptions(math=math),
    )
    build(config, Reporter(), lambda _line: None)
    with zipfile.ZipFile(BytesIO((folder / "out" / "book.epub").read_bytes())) as archive:
        archive.extractall(folder)
    return next((folder / "EPUB").glob("p-*.xhtml"))


def formulas(page: Page, path: Path, width: int) -> list[dict[str, float]]:
    """Each displayed formula: how much of it does not fit, on how many lines it stands, where its number ends."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(path.as_uri())
    found: list[dict[str, float]] = page.evaluate(
        """() => [...document.querySelectorAll(".equation")].map((equation) => {
            const formula = equation.querySelector(".formula");
            const tops = [...formula.querySelectorAll("math")].map((math) => {
                const box = math.getBoundingClientRect();
                return Math.round((box.top + box.bottom) / 2 / 20);
            });
            const right = (node) => node.getBoundingClientRect().right;
            return {
                hidden: formula.scrollWidth - formula.clientWidth,
                lines: new Set(tops).size,
                beyond: right(equation) - right(equation.querySelector(".number")),
            };
        })"""
    )
    return found


def test_on_a_phone_long_formulas_are_broken_and_nothing_is_cut_off(browser: Browser, chapter: Path) -> None:
    page = browser.new_page()
    long, aligned, short = formulas(page, chapter, 360)
    page.close()
    assert [found["hidden"] for found in (long, aligned, short)] == [0, 0, 0]
    assert long["lines"] > 1
    assert aligned["lines"] > 2
    assert short["lines"] == 1
    assert [round(found["beyond"]) for found in (long, aligned, short)] == [0, 0, 0]


def test_on_a_phone_what_cannot_be_broken_is_smaller_and_numbered_rows_are_broken(browser: Browser, wide: Path) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto(wide.as_uri())
    boxes = page.locator(".equation").evaluate_all(
        """boxes => boxes.map(box => [box, ...box.querySelectorAll("*")].every(
            part => part.getBoundingClientRect().right <= box.getBoundingClientRect().right + 1))"""
    )
    sizes = page.locator(".equation").evaluate_all(
        "boxes => boxes.map(box => parseFloat(getComputedStyle(box.querySelector('math:last-of-type')).fontSize))"
    )
    numbers = page.locator("td.number").evaluate_all("cells => cells.map(cell => cell.getBoundingClientRect())")
    page.close()
    assert boxes == [True, True, True]
    assert sizes[0] < sizes[2] == 13.6
    assert numbers[0]["bottom"] <= numbers[1]["top"]
    assert numbers[0]["right"] == numbers[1]["right"]


@pytest.mark.parametrize(("width", "indents"), [(360, {19}), (1280, set())])
def test_the_lines_of_a_broken_formula_are_indented_below_the_first(
    browser: Browser, chapter: Path, width: int, indents: set[int]
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(chapter.as_uri())
    lefts = page.locator(".statement:first-child > math").evaluate_all(
        "pieces => pieces.map(piece => piece.getBoundingClientRect().left)"
    )
    page.close()
    assert {round(left - lefts[0]) for before, left in pairwise(lefts) if left <= before + 19.2} == indents


def pictures(page: Page, path: Path, width: int) -> list[list[dict[str, float]]]:
    """The pictures of each display: where they stand, and how many pixels an em of theirs is shown with."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(path.as_uri())
    found: list[list[dict[str, float]]] = page.evaluate(
        """() => [...document.querySelectorAll(".equation")].map((equation) =>
            [...equation.querySelectorAll("img.math")].map((image) => {
                const box = image.getBoundingClientRect();
                const beyond = box.right - equation.getBoundingClientRect().right;
                return {top: box.top, bottom: box.bottom, beyond, size: box.width / parseFloat(image.style.width)};
            }))"""
    )
    return found


def test_on_a_phone_a_long_display_of_pictures_is_broken_between_them_at_the_size_of_the_others(
    browser: Browser, drawn: Path
) -> None:
    page = browser.new_page()
    displays = pictures(page, drawn, 360)
    page.close()
    long, _, short = displays
    assert max(picture["top"] for picture in long) > min(picture["bottom"] for picture in long)
    assert len(short) == 1
    assert {round(picture["size"], 1) for display in displays for picture in display} == {13.6}
    assert max(picture["beyond"] for display in displays for picture in display) < 1


def test_on_a_desk_the_pictures_of_a_display_stand_on_one_line(browser: Browser, drawn: Path) -> None:
    page = browser.new_page()
    long, *_ = pictures(page, drawn, 1280)
    page.close()
    assert max(picture["top"] for picture in long) < min(picture["bottom"] for picture in long)


@pytest.mark.parametrize("width", [360, 1280])
def test_each_number_stands_beside_the_picture_of_its_row(browser: Browser, drawn_wide: Path, width: int) -> None:
    page = browser.new_page()
    pictures(page, drawn_wide, width)
    numbers = page.locator("td.number").evaluate_all("cells => cells.map(cell => cell.getBoundingClientRect())")
    rows = page.locator(".equation.rows tr").evaluate_all(
        "rows => rows.map(row => row.querySelector('img:last-of-type').getBoundingClientRect())"
    )
    page.close()
    assert all(row["top"] < number["bottom"] for row, number in zip(rows, numbers, strict=True))
    assert numbers[0]["bottom"] <= rows[1]["top"] + 1


def test_letters_of_formulas_are_set_in_the_face_of_the_pictures(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    page = browser.new_page()
    page.goto(chapter_of(LETTERS, tmp_path_factory.mktemp("letters"), "images").as_uri())
    faces = page.evaluate(
        "() => document.fonts.ready.then(faces => [...faces].map(face => [face.family, face.style, face.status]))"
    )
    family = page.locator("span.math i").evaluate("letter => getComputedStyle(letter).fontFamily")
    page.close()
    assert faces == [["Book Math", "italic", "loaded"]]
    assert family.startswith('"Book Math"')


@pytest.mark.parametrize(
    ("name", "value", "turned"),
    [
        ("style", "--USER__appearance: readium-night-on", True),
        ("__ibooks_internal_theme", "BKNightStyleTheme", True),
        ("__ibooks_internal_theme", "BKGrayStyleTheme", True),
        ("style", "--USER__appearance: readium-sepia-on", False),
        ("__ibooks_internal_theme", "BKSepiaStyleTheme", False),
    ],
)
def test_pictures_are_light_on_dark_where_the_page_says_that_it_is_night(
    browser: Browser, drawn: Path, name: str, value: str, *, turned: bool
) -> None:
    page = browser.new_page(color_scheme="light" if turned else "dark")  # which is the system's, not the page's
    page.goto(drawn.as_uri())
    page.evaluate("([name, value]) => document.documentElement.setAttribute(name, value)", [name, value])
    shown = page.locator("img.math").first.evaluate("image => getComputedStyle(image).filter")
    page.close()
    assert (shown != "none") == turned


@pytest.mark.parametrize("width", [360, 1280])
def test_the_cover_fills_its_page_without_margins(browser: Browser, chapter: Path, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 740})
    page.goto(chapter.with_name("cover.xhtml").as_uri())
    box = page.locator("img").bounding_box()
    page.close()
    assert box == {"x": 0, "y": 0, "width": width, "height": 740}


def test_folded_code_goes_on_deeper_than_it_is_indented(browser: Browser, code: Path) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto(code.as_uri())
    hangs = page.locator(".code-line").evaluate_all(
        "lines => lines.map(line => parseFloat(getComputedStyle(line).paddingLeft))"
    )
    advance = page.locator("pre code").evaluate(
        """code => {
            const range = new Range();
            range.setStart(code.querySelector(".code-line").firstChild, 0);
            range.setEnd(range.startContainer, 1);
            return range.getBoundingClientRect().width;
        }"""
    )
    page.close()
    assert [round(hang / advance) for hang in hangs] == [6, 10, 6]


def test_on_a_desk_they_stand_on_their_lines(browser: Browser, chapter: Path) -> None:
    page = browser.new_page()
    found = formulas(page, chapter, 1280)
    page.close()
    assert [formula["hidden"] for formula in found] == [0, 0, 0]
    assert [formula["lines"] for formula in found] == [1, 2, 1]


def test_the_index_of_equations_breaks_them_as_chapters_do(browser: Browser, chapter: Path) -> None:
    page = browser.new_page()
    (aligned,) = formulas(page, chapter.with_name("equations.xhtml"), 360)
    page.close()
    assert aligned["hidden"] == 0
    assert aligned["lines"] > 2


@pytest.mark.parametrize(("width", "size"), [(360, 9), (800, 16)])
def test_an_array_is_as_large_as_fits_and_its_rows_are_of_one_height(
    browser: Browser, table: Path, width: int, size: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(table.as_uri())
    assert page.locator(".formula").evaluate("box => box.scrollWidth - box.clientWidth") == 0
    found = page.locator("mtable").evaluate("table => parseFloat(getComputedStyle(table).fontSize)")
    heights = page.locator("mtr").evaluate_all("rows => rows.map(row => row.getBoundingClientRect().height)")
    page.close()
    assert round(found) == size
    assert max(heights) - min(heights) < 1.5
