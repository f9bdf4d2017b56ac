"""Books made by hand, for tests of writers that should not depend on readers and transforms."""

from __future__ import annotations

from datetime import UTC, datetime

from pipeline.book import Book, Complete, Part, Post, PostDate, ResolvedBook, Resource, SeriesPlace, Truncated
from pipeline.config import BuildConfig, EpubOptions, Metadata
from pipeline.diagnostics import Reporter
from pipeline.document import (
    BulletList,
    CodeBlock,
    Delimiters,
    Emph,
    Equation,
    EquationNumber,
    Figure,
    Heading,
    Image,
    LineBreak,
    Link,
    ListItem,
    Math,
    Note,
    OrderedList,
    Paragraph,
    PostRef,
    Quote,
    ReadMore,
    Reference,
    Rule,
    Str,
    Strong,
    Table,
    Xref,
)
from pipeline.resolve import resolve
from pipeline.source import Span

HERE = Span("handmade.txt", 1, 1)
NAMESPACE = "http://www.w3.org/1998/Math/MathML"
X = f'<math xmlns="{NAMESPACE}"><mi>x</mi></math>'
SQUARE = (
    f'<math xmlns="{NAMESPACE}" display="block">'
    "<mrow><mi>y</mi><mo>=</mo><msup><mi>x</mi><mn>2</mn></msup></mrow></math>"
)
ROWS = (
    f'<math xmlns="{NAMESPACE}" display="block"><mtable>'
    "<mtr><mtd><mi>a</mi></mtd><mtd><mo>=</mo><mi>b</mi></mtd></mtr>"
    "<mtr><mtd></mtd><mtd><mo>=</mo><mi>c</mi></mtd></mtr></mtable></math>"
)
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010100000000376ef9240000000a49444154789c636000000002000148afa4710000000049454e44ae426082"
)


def text(words: str) -> Str:
    """Return words as a node."""
    return Str(words, HERE)


def paragraph(*content: Str | Math | Strong | Emph | Link | Note | Xref | PostRef | LineBreak | Image) -> Paragraph:
    """Return a paragraph of the nodes."""
    return Paragraph(content, HERE)


def inline_math() -> Math:
    """Return the formula x."""
    return Math("x", Delimiters.DOLLAR, HERE, expanded="x", mathml=X)


def numbered(anchor: str) -> Math:
    """Return a displayed formula with the number 1."""
    number = EquationNumber("1", 0, ("eq:square",), anchor)
    return Math(r"y=x^2\label{eq:square}", Delimiters.DOLLARS, HERE, expanded="y=x^2", numbers=(number,), mathml=SQUARE)


def numbered_rows(first: str, second: str) -> Math:
    """Return an align with a number at each of its two rows."""
    numbers = (EquationNumber("2", 0, (), first), EquationNumber("3", 1, (), second))
    tex = r"\begin{align}a&=b\\&=c\end{align}"
    return Math(tex, Delimiters.ENVIRONMENT, HERE, expanded=tex, numbers=numbers, mathml=ROWS)


def reference(anchor: str) -> Xref:
    """Return a reference to the formula with the number 1."""
    part = Reference("eq:square", parentheses=True, number="1", anchor=anchor)
    return Xref(Math(r"\eqref{eq:square}", Delimiters.DOLLAR, HERE, references=(part,)), (part,))


def rich_post(name: str = "p-rich") -> Post:
    """Return a post that holds every kind of node that has its own markup; its ids begin with ``name``."""
    square = numbered(f"{name}-e1")
    failed = Math(r"\bad<", Delimiters.DOLLARS, HERE, error="unknown command")
    note = Note((paragraph(text("注中之言")),), HERE)
    blocks = (
        paragraph(
            text("设"),
            inline_math(),
            text("为<数>，则"),
            square,
            LineBreak(HERE),
            text("如"),
            reference(f"{name}-e1"),
            note,
        ),
        Heading(1, (text("第一节"),), HERE, f"{name}-s1"),
        Equation(numbered_rows(f"{name}-e2", f"{name}-e3")),
        Heading(2, (text("小节 "), inline_math()), HERE, f"{name}-s2"),
        OrderedList(
            (ListItem("（1）", (paragraph(text("甲")),), HERE), ListItem("（2）", (paragraph(text("乙")),), HERE)), HERE
        ),
        BulletList((ListItem("-", (paragraph(text("丙")),), HERE),), HERE),
        Quote((paragraph(text("引文")),), HERE),
        CodeBlock("if a < b:\n    print('&')", HERE, "python"),
        Table((((text("甲"),), (text("乙"),)), ((text("1"),), (inline_math(),))), (), HERE, header_rows=1),
        Rule(HERE),
        Figure((text("失图之题"),), HERE, anchor=f"{name}-f1"),
        Figure((text("有图之题"),), HERE, Image("a.png", "一个点", HERE, "a.png"), f"{name}-f2"),
        Heading(1, (text("第二节"),), HERE, f"{name}-s3"),
        Equation(failed),
        paragraph(
            Strong((text("重"),), HERE),
            Emph((text("点"),), HERE),
            Link("https://example.org/a b", (text("外链"),), HERE),
            Link("javascript:alert(1)", (text("恶链"),), HERE),
            PostRef("p-cut", (text("《残篇》"),), HERE),
        ),
    )
    title = (text("满 & 全"),)
    return Post(name, title, PostDate(2018, 4, 18), Complete(), blocks, HERE, series=SeriesPlace("系列甲", 1, "一"))


def cut_post() -> Post:
    """Return a post of which the source holds the beginning alone."""
    blocks = (paragraph(text("开头。")), ReadMore("点击阅读全文...", HERE))
    return Post(
        "p-cut",
        (text("残篇"),),
        PostDate(2019, 1, 2, "前后文"),
        Truncated("点击阅读全文...", HERE),
        blocks,
        HERE,
        url="https://example.org/cut",
        series=SeriesPlace("系列甲", 2, "二"),
    )


METADATA = Metadata(
    title="手制之书",
    subtitle="小样",
    author="某人",
    author_sort="Ren, Mou",
    language="zh-CN",
    identifier="urn:example:handmade",
    rights="CC BY-NC-SA 4.0",
    rights_url="https://creativecommons.org/licenses/by-nc-sa/4.0/",
    source_name="某博客",
    source_url="https://example.org",
    modified=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
)


def handmade_book(*posts: Post, metadata: Metadata = METADATA, epub: EpubOptions | None = None) -> ResolvedBook:
    """Return a book of ``posts``, or of one rich and one cut post in two parts."""
    chosen = posts or (rich_post(), cut_post())
    parts = () if posts else (Part("2018年", ("p-rich",)), Part("2019年", ("p-cut",)))
    config = BuildConfig(metadata=metadata, epub=epub or EpubOptions())
    resources = {"a.png": Resource("a.png", "image/png", PIXEL)}
    return resolve(Book(config, chosen, parts, resources), Reporter())
