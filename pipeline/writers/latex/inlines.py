"""Inlines as LaTeX: text, links both ways, formulas, notes."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import Final, assert_never

from pipeline.document import (
    Blocks,
    Container,
    Emph,
    Image,
    Inline,
    InlineCode,
    Inlines,
    LineBreak,
    Link,
    Math,
    Note,
    PostRef,
    Reference,
    Str,
    Strikeout,
    Strong,
    Subscript,
    Superscript,
    Xref,
)
from pipeline.writers.latex.math import marks
from pipeline.writers.latex.setting import Setting
from pipeline.writers.latex.text import (
    CARRY_ON,
    breakable,
    code_line,
    escape,
    escape_url,
    escape_verbatim,
    in_paragraphs,
    pdf_string,
    struck,
)
from pipeline.writers.title_lines import LEANING, LEANING_ON_LETTERS, LINK_END, PHRASE_END

_PICTOGRAPHS: Final = r"(?:\\sym\{1F[3-9A][0-9A-F]{2}\}\{[0-9A-F]+\})+"
_DECORATED: Final = re.compile(rf"^{_PICTOGRAPHS}(?= \S)|(?<=\S ){_PICTOGRAPHS}$")  # pictographs beside a text
_LAST: Final = re.compile("(?:(?<=[\u4e00-\u9fff])|(?<=[0-9A-Za-z$]) ?)([\u4e00-\u9fff][。，：；！？…”）》]{0,3})$")
_LAST_AFTER_MARK: Final = re.compile("(?<=[，。：；、！？”）》])(?=[\u4e00-\u9fff][。，：；！？…”）》]{0,3}$)")
_REACH: Final = 6  # characters of all that ``_LAST`` looks at
_FORMULA: Final = re.compile(r"(?<!\w)\w{1,3}(?: [-+=] \w{1,3}\b)+(?: 的)?", re.ASCII)  # as it is written in text
_IDEOGRAPH: Final = re.compile("[\u4e00-\u9fff]")
_BETWEEN_WORDS: Final = re.compile("(?<=[0-9A-Za-z]) (?=[0-9A-Za-z])")
_CLOSING: Final = "。，、：；！？…”’）》」』】〉〕"
_CLOSED_TWICE: Final = re.compile(rf"(?<=[{_CLOSING}])\}}(?=[{_CLOSING}])")
_TO_LINK: Final = re.compile(r"(?<=[\u3041-\u9fff])(?=\\(?:hyperlink|href)\{[^{}]*\}\{[0-9A-Za-z(])")
_FROM_LINK: Final = re.compile(r"(\\(?:hyperlink|href)\{[^{}]*\}\{(?:[^{}]|\{\})*[0-9A-Za-z)]\})(?=[\u3041-\u9fff])")
"""Where ideographs and letters meet at the edge of a link, which xeCJK does not see through."""
_LONG_WORD: Final = re.compile(
    r"[^ \t\r\n\u2e80-\uffef]{25,}|[\u3000-\u303f\u30fc\uff00-\uff65]{25,}"
    r"|(?<![!-~])(?=[!-~]{14})[!-~]*?[0-9A-Za-z][_=./+][0-9A-Za-z'\"][!-~]*"
)
"""Words that would push a line apart: very long ones, and names of code; ideographs break by themselves."""
_LONG_IN_CELL: Final = re.compile(rf"{_LONG_WORD.pattern}|(?<![!-~])[!-~]*?[A-Za-z]/[A-Za-z][!-~]*")
"""The same where lines are short."""
_MOST_IN_HEAD: Final = 60  # characters
_MOST_IN_BOOKMARK: Final = 300
_MUCH: Final = 20_000  # characters of LaTeX that no paragraph has that somebody wrote


def inlines_to_latex(inlines: Inlines, setting: Setting) -> str:
    """Return ``inlines`` as horizontal material; a displayed formula in them is set as a display.

    xeCJK sees no closing mark through the end of a link, and would let the one after it begin a line; nor does it see
    letters there, which have a space between them and ideographs.
    """
    pieces: list[str] = []
    length = 0
    for inline in inlines:
        piece = _inline(inline, setting)
        length += len(piece)
        if length > _MUCH:
            pieces.append(CARRY_ON)
            length = len(piece)
        pieces.append(piece)
    latex = _TO_LINK.sub(r"\\linkspace{}", _FROM_LINK.sub(r"\1\\linkspace{}", "".join(pieces)))
    return _CLOSED_TWICE.sub(r"\\keepclosing}", latex)


def title_to_latex(inlines: Inlines, setting: Setting) -> str:
    """Return ``inlines`` for a title, a running head or a link's text: on one line, without links and notes."""
    return decorated(inlines_to_latex(inlines, replace(setting, links=False)).strip())


def decorated(text: str) -> str:
    """Return LaTeX whose first or last signs are decoration, if they are pictographs with a text beside them."""
    return _DECORATED.sub(lambda signs: signs[0].replace(r"\sym{", r"\decoration{"), text)


def running_title(inlines: Inlines, setting: Setting) -> str:
    """Return a title for the head of every page: a very long one is cut, and its formulas are shown as their TeX."""
    text = plain_text(inlines)
    return title_to_latex(inlines, setting) if len(text) <= _MOST_IN_HEAD else escape(_cut(text, _MOST_IN_HEAD))


def bookmark(inlines: Inlines) -> str:
    """Return a title as a bookmark, no more of it than a viewer shows."""
    return pdf_string(_cut(plain_text(inlines), _MOST_IN_BOOKMARK))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def kept_end(text: str) -> str:
    """Return LaTeX whose last ideograph, with the marks after it, stays with what is before it on the last line."""
    start = max(len(text) - _REACH, 0)
    end = _LAST_AFTER_MARK.sub(r"\\nobreak{}", text[start:])
    return text[:start] + _LAST.sub(r"\\keptend{\1}", end)


def with_title_breaks(title: str) -> str:
    """Return the LaTeX of a title that would rather be divided after a mark than within a phrase or a formula."""
    if "$" not in title and _IDEOGRAPH.search(title):
        title = _BETWEEN_WORDS.sub(r"\\titlespace{}", title)
    title = _FORMULA.sub(lambda formula: formula[0].replace(" ", r"\titlespace{}"), title)
    title = LEANING.sub(r"\\nobreak{}", LINK_END.sub(r"\g<0>\\titlepause{}", title))
    title = LEANING_ON_LETTERS.sub(r"\\keptend{\g<0>}", title)
    return PHRASE_END.sub(r"\g<0>\\titlebreak{}", title)


def plain_text(inlines: Inlines) -> str:
    """Return ``inlines`` as the plain text that bookmarks and metadata can hold; formulas as their bare TeX."""
    return " ".join("".join(map(_plain, inlines)).split())


def _inline(inline: Inline, setting: Setting) -> str:
    match inline:
        case Str(text=text):
            words = _LONG_IN_CELL if setting.in_cell else _LONG_WORD
            return in_paragraphs(text, struck if setting.struck else partial(_text, words=words))
        case InlineCode(text=text):
            return (
                r"\struckspace{}".join(map(_struck_whole, map(_code, text.split(" "))))
                if setting.struck
                else _code(text)
            )
        case Math(display=display):
            formula = setting.set_formula(inline)
            return _struck_whole(formula) if setting.struck and not display else formula
        case Emph(content=content):
            return _command("emph", content, setting)
        case Strong(content=content):
            return _command("textbf", content, setting)
        case Strikeout(content=content):
            return _command("struckout", content, replace(setting, struck=True))
        case Superscript(content=content):
            return _command("textsuperscript", content, setting)
        case Subscript(content=content):
            return _command("textsubscript", content, setting)
        case Link(url=url, content=content):
            return _link(url, content, setting)
        case PostRef(post=post, content=content, anchor=anchor):
            return link_to(anchor or post, title_to_latex(content, setting), setting)
        case Xref(parts=parts):
            return "".join(_xref_part(part, setting) for part in parts)
        case Image():
            return _image(inline, setting)
        case Note(blocks=blocks):
            return rf"\footnote{{{_note(blocks, setting)}}}" if setting.links else ""
        case LineBreak():
            return "\\newline\n" if setting.links else " "
        case _:
            assert_never(inline)


def _command(name: str, content: Inlines, setting: Setting) -> str:
    return rf"\{name}{{{inlines_to_latex(content, setting)}}}"


def _code(text: str) -> str:
    return rf"\code{{{code_line(text)}}}"


def _struck_whole(latex: str) -> str:
    """Return what no line is divided in, with a line through it."""
    return rf"\struckpiece{{\mbox{{{latex}}}}}"


def _text(text: str, words: re.Pattern[str]) -> str:
    """Text; addresses, words of code and what else is long may break, best after their punctuation."""
    pieces: list[str] = []
    position = 0
    for match in words.finditer(text):
        pieces += [escape(text[position : match.start()]), breakable(match[0], escape)]
        position = match.end()
    return "".join((*pieces, escape(text[position:])))


def link_to(anchor: str, text: str, setting: Setting) -> str:
    """Return a link to a place in the book, or its text alone where no link may stand."""
    return rf"\hyperlink{{{anchor}}}{{{text}}}" if setting.links else text


def _link(url: str, content: Inlines, setting: Setting) -> str:
    text = title_to_latex(content, setting)
    return rf"\href{{{escape_url(url)}}}{{{text}}}" if setting.links else text


def _xref_part(part: str | Reference, setting: Setting) -> str:
    if isinstance(part, str):
        return escape(part)
    if part.number is None:
        begin, end = marks(setting.next_number())
        return rf"\code{{{begin}{escape_verbatim(part.source)}{end}}}"
    text = escape(part.printed)
    return link_to(part.anchor, text, setting) if part.anchor else text


def _image(image: Image, setting: Setting) -> str:
    name = setting.images.get(image.resource)
    if name:
        return rf"\inlinepicture{{{name}}}"
    return rf"\lostpicture{{{escape(setting.phrases.lost_picture(image.alt))}}}"


def _note(blocks: Blocks, setting: Setting) -> str:
    from pipeline.writers.latex.blocks import blocks_to_latex  # noqa: PLC0415 - notes hold blocks, blocks hold notes

    return blocks_to_latex(blocks, replace(setting, struck=False, blocks=None)).strip()


def _plain(inline: Inline) -> str:
    if isinstance(inline, Container):
        return "".join(map(_plain, inline.content))
    match inline:
        case Str(text=text) | InlineCode(text=text):
            return text
        case Math(tex=tex):
            return _plain_tex(tex)
        case Xref(parts=parts):
            return "".join(part if isinstance(part, str) else part.number or part.label for part in parts)
        case Image(alt=alt):
            return alt
        case Note():
            return ""
        case LineBreak():
            return " "
        case _:
            assert_never(inline)


_COMMAND: Final = re.compile(
    r"\\(?:boldsymbol|mathbf|mathrm|mathcal|mathbb|text|operatorname)\b\s*|\\(?=[A-Za-z])|[{}]"
)


def _plain_tex(tex: str) -> str:
    return _COMMAND.sub("", tex)
