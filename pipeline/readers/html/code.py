"""Code of a page without what a highlighter made of it: one ``<pre>`` with the name of its language as class."""

from __future__ import annotations

import re
from typing import Final

from pipeline.readers.html.tree import Element, classes, elements, remove, replace_with_text

_GUTTERS: Final = frozenset(
    {"gutter", "rouge-gutter", "lineno", "linenos", "line-numbers-rows", "lnt", "linenodiv", "ln"}
)
_NAMED: Final = re.compile(r"(?:language|lang|brush:?)[-\s:]*([A-Za-z0-9+#-]+)")
_NOT_LANGUAGES: Final = frozenset(
    {
        "highlight",
        "highlighter-rouge",
        "hljs",
        "code",
        "chroma",
        "codehilite",
        "prettyprint",
        "prettyprinted",
        "linenums",
    }
    | {
        "plain",
        "plaintext",
        "text",
        "none",
        "wrap",
        "nohighlight",
        "sourceCode",
        "rouge-code",
        "line-numbers",
        "codeblock",
    }
    | {"enlighter", "wp-block-code", "wp-block-preformatted", "notranslate", "undefined"}
)


_LINES: Final = ("li", "div", "p", "tr")  # what highlighters put each line of code into


def tidy_code(root: Element) -> None:
    """Simplify every block of code under ``root``."""
    for element in elements(root):
        if classes(element) & _GUTTERS and element.getparent() is not None:
            remove(element)
    for pre in elements(root, "pre"):
        if pre.getparent() is not None:
            _tidy(pre, root)


def _tidy(pre: Element, root: Element) -> None:
    language = _language(pre)
    text = _text(pre)
    for child in list(pre):
        pre.remove(child)
    pre.attrib.clear()
    pre.text = text
    if language:
        pre.set("class", language)
    _unwrap(pre, root)


def _text(pre: Element) -> str:
    for line_end in elements(pre, "br"):
        replace_with_text(line_end, "\n")
    for line in reversed(elements(pre, *_LINES)):  # of lines inside lines, the inner ones first
        if not str(line.text_content()).endswith("\n"):
            line.tail = "\n" + (line.tail or "").removeprefix("\n")
    return str(pre.text_content()).replace("\xa0", " ").strip("\n")


def _language(pre: Element) -> str:
    """From the class of the element, of the ``<code>`` in it, or of what a highlighter put around it."""
    around = [ancestor for ancestor in list(pre.iterancestors())[:6] if _is_highlighter(ancestor)]
    near = [*elements(pre, "code")[:1], pre, *around]
    for element in near:
        named = _NAMED.search(f"{element.get('class', '')} {element.get('data-lang', '')}")
        if named and named[1].lower() not in _NOT_LANGUAGES:
            return named[1].lower()
        if element.get("data-lang"):
            return str(element.get("data-lang")).lower()
    for element in around:
        rest = [name for name in str(element.get("class", "")).split() if name not in _NOT_LANGUAGES]
        if "highlight" in classes(element) and rest:
            return rest[-1].lower()
    return ""


def _is_highlighter(element: Element) -> bool:
    names = classes(element)
    return bool(names & _NOT_LANGUAGES) or any(name.startswith("language-") for name in names)


def _unwrap(pre: Element, root: Element) -> None:
    """Let the code take the place of the figure or table that a highlighter put it into."""
    outer = next((a for a in pre.iterancestors("figure", "table") if _is_highlighter(a) and a is not root), None)
    parent = outer.getparent() if outer is not None else None
    if outer is None or parent is None or len(elements(outer, "pre")) > 1:
        return
    pre.tail = outer.tail
    parent.replace(outer, pre)
