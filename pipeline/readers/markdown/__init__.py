"""Markdown posts, as Hexo, Hugo, Jekyll and Obsidian keep them: one file a post.

The dialect is CommonMark with the extensions that these share (tables, footnotes, strikeout, task lists …). What pandoc
would take for TeX, metadata or raw output is switched off: formulas are found here, by MathJax's rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import PurePath
from typing import Final

from pipeline.book import PostDate
from pipeline.codes import Code
from pipeline.diagnostics import Reporter
from pipeline.document import Delimiters, Math
from pipeline.readers.article import Article, LeftOut
from pipeline.readers.dates import find_date, without_date
from pipeline.readers.markdown.dialects import (
    attribute_edits,
    callout_edits,
    embed_edits,
    hidden_edits,
    highlight_edits,
)
from pipeline.readers.markdown.front_matter import FrontMatter, split_front_matter
from pipeline.readers.markdown.rewrite import Edit, rewrite
from pipeline.readers.markdown.shortcodes import comment_edits, tag_edits, unknown_tags
from pipeline.readers.markdown.verbatim import verbatim_ranges
from pipeline.readers.pandoc.formulas import Formulas
from pipeline.readers.pandoc.process import Markup
from pipeline.source import SourceText
from pipeline.tex.delimiters import find_formulas

_FORMAT: Final = "commonmark+sourcepos+raw_html"
_EXTENSIONS: Final = {
    "attributes": "{",
    "autolink_bare_uris": ":/",
    "definition_lists": ": ",
    "fenced_divs": ":::",
    "footnotes": "[^",
    "pipe_tables": "|",
    "strikeout": "~~",
    "wikilinks_title_after_pipe": "[[",
}
"""Each extension slows pandoc down by a third, so a text gets those alone whose marks it has."""
_INDEX_NAMES: Final = frozenset({"index", "_index", "readme"})
_DAY_FOLDERS: Final = re.compile(r"(?:^|/)([12][0-9]{3}/[0-9]{1,2}/[0-9]{1,2})(?:/[^/]+)?$")
_ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_DOUBLED: Final = {"(": (r"\\)", Delimiters.PARENTHESES), "[": (r"\\]", Delimiters.BRACKETS)}
_DEFINITION: Final = re.compile(
    r"""^[ \t]* (
        \\ (?: (?:re)?newcommand | providecommand | DeclareMathOperator | def | let ) (?![A-Za-z])
        (?: (?! \\(?: begin | ref | eqref | [(\[] ) ) [^$\n] )+
    ) $""",
    re.MULTILINE | re.VERBOSE,
)
"""A line that is nothing but a definition: sites that render by pandoc take it for one without any dollars."""
_QUOTE_MARKS: Final = re.compile(r"\n[ \t]*(?:>[ \t]?)+")


def read_markdown(source: SourceText, reporter: Reporter) -> Article | LeftOut:
    """Return the post in ``source``, which may be a draft."""
    front = split_front_matter(source, reporter)
    start = source.span(front.body)
    if front.says("draft", yes=True) or front.says("published", yes=False):
        return LeftOut(f"{source.path} is a draft", start)
    formulas, addresses = Formulas(source.text), _addresses(front, source.path)
    rewritten = rewrite(source, _edits(source, front.body, formulas, reporter), front.body)
    return Article(
        front.text("title"),
        _date(source.path, front),
        Markup(rewritten.text, _dialect(rewritten.text, source.path), html_blocks="<" in rewritten.text),
        formulas,
        start,
        rewritten.locate,
        without_date(_place(source.path).name),
        url=next((address for address in addresses if address.startswith(("http://", "https://"))), ""),
        aliases=addresses,
    )


def _dialect(text: str, path: str) -> str:
    """Return pandoc's name of the Markdown that ``text`` is written in."""
    extensions = [extension for extension, mark in _EXTENSIONS.items() if mark in text]
    if _is_hexo(path):  # whose renderers end a line where its source does, unless told otherwise
        extensions.append("hard_line_breaks")
    return "+".join((_FORMAT, *extensions))


def _place(path: str) -> PurePath:
    """Return the path of a post without its suffix; the folder's for an ``index.md``."""
    file = PurePath(path)
    return file.parent if file.stem.lower() in _INDEX_NAMES and file.parent.name else file.parent / file.stem


def _addresses(front: FrontMatter, path: str) -> tuple[str, ...]:
    """Return the names by which links may know the post, its path first."""
    stated = (front.text("permalink", "url", "link"), front.text("slug", "abbrlink"), *front.texts("aliases"))
    return (PurePath(path).as_posix(), *(address for address in stated if address))


def _date(path: str, front: FrontMatter) -> PostDate | None:
    """Return the day that a post states, else that of its name or of the folders of that day that it stands in.

    Folders farther up say nothing of the post: they may be those of a backup.
    """
    stated = find_date(front.text("date", "created", "pubdate", "publishdate", "updated", "lastmod"))
    place = _place(path)
    folders = _DAY_FOLDERS.search(place.as_posix())
    return stated or find_date(place.name) or (find_date(folders[1]) if folders else None)


def _edits(source: SourceText, start: int, formulas: Formulas, reporter: Reporter) -> Iterator[Edit]:
    """Yield an edit for all that pandoc would not understand; the words that replace formulas go to ``formulas``."""
    text = source.text
    verbatim = verbatim_ranges(text, start)
    gaps = tuple(pairwise((start, *(edge for bounds in verbatim for edge in bounds), len(text))))[::2]
    inline_dollars = _is_kramdown(source.path)
    for begin, end in gaps:
        done = begin
        for tex, delimiters, first, last in _formulas_between(text, begin, end):
            kind = Delimiters.DOLLAR if inline_dollars and _amid_text(text, first, last) else delimiters
            math = Math(_QUOTE_MARKS.sub("\n", tex) if _in_quote(text, first) else tex, kind, source.span(first))
            yield Edit(first, last, formulas.put(math, text[first:last]))
            _report_tags(source, done, first, reporter)
            done = last
        _report_tags(source, done, end, reporter)
        yield from _definitions(source, begin, end, formulas)
        yield from callout_edits(text, begin, end)
        yield from embed_edits(text, begin, end)
        yield from highlight_edits(text, begin, end)
        yield from comment_edits(text, begin, end)
        yield from tag_edits(text, begin, end)
        if inline_dollars:
            yield from attribute_edits(text, begin, end)
    yield from hidden_edits(text, gaps)
    yield from _backticked(source, verbatim, formulas)


def _report_tags(source: SourceText, begin: int, end: int, reporter: Reporter) -> None:
    """Report the tags of a site's generator or theme between two formulas that mean nothing to a book."""
    for place, tag in unknown_tags(source.text, begin, end):
        reporter.report(
            Code.MARKUP_SIMPLIFIED, f"{tag} is a tag that is not known, and shown as it is", source.span(place)
        )


def _definitions(source: SourceText, begin: int, end: int, formulas: Formulas) -> Iterator[Edit]:
    """Yield an edit for each line that defines a macro, which makes it a formula that prints nothing."""
    for match in _DEFINITION.finditer(source.text, begin, end):
        math = Math(match[1], Delimiters.DOLLAR, source.span(match.start(1)))
        yield Edit(match.start(1), match.end(1), formulas.put(math, match[1]))


def _backticked(source: SourceText, verbatim: tuple[tuple[int, int], ...], formulas: Formulas) -> Iterator[Edit]:
    """Yield an edit for each formula that GitHub and GitLab keep from Markdown by code between its dollars."""
    text = source.text
    for begin, end in verbatim:
        if begin and text.startswith("$`", begin - 1) and text.startswith("`$", end - 1) and text[begin + 1] != "`":
            math = Math(text[begin + 1 : end - 1], Delimiters.DOLLAR, source.span(begin - 1))
            yield Edit(begin - 1, end + 1, formulas.put(math, text[begin - 1 : end + 1]))


def _is_hexo(path: str) -> bool:
    """Whether a post is Hexo's, which keeps them in ``source/_posts``."""
    return {"source", "_posts"}.issubset(PurePath(path).parts)


def _is_kramdown(path: str) -> bool:
    """Whether a post is Jekyll's, whose kramdown writes ``$$`` around formulas inside a line, too."""
    return "_posts" in PurePath(path).parts and not _is_hexo(path)


def _amid_text(text: str, start: int, end: int) -> bool:
    """Whether a formula between two dollars stands in a line with words."""
    if not text.startswith("$$", start):
        return False
    line_end = text.find("\n", end)
    before = text[text.rfind("\n", 0, start) + 1 : start]
    return bool(before.strip(" \t>-*") or text[end : line_end if line_end >= 0 else len(text)].strip(" \t.,。，;；:"))


def _in_quote(text: str, offset: int) -> bool:
    return text[text.rfind("\n", 0, offset) + 1 :].lstrip()[:1] == ">"


def _formulas_between(text: str, start: int, end: int) -> Iterator[tuple[str, Delimiters, int, int]]:
    r"""Yield formulas as (tex, delimiters, start, end).

    Markdown turns ``\\(`` into ``\(`` before MathJax sees it, so authors escape the delimiters, and their content.
    """
    position = start
    passage = text[start:end]
    for formula in find_formulas(passage):
        first = start + formula.start
        yield from _doubled(text, position, first)
        yield formula.tex, formula.delimiters, first, start + formula.end
        position = start + formula.end
    yield from _doubled(text, position, end)


def _doubled(text: str, start: int, end: int) -> Iterator[tuple[str, Delimiters, int, int]]:
    position = start
    while (opening := text.find("\\\\", position, end)) >= 0:
        closing, delimiters = _DOUBLED.get(text[opening + 2 : opening + 3], ("", Delimiters.DOLLAR))
        last = text.find(closing, opening + 3, end) if closing else -1
        if last < 0:
            position = opening + 2
            continue
        position = last + 3
        yield _ESCAPED.sub(r"\1", text[opening + 3 : last]), delimiters, opening, position
