"""Tags of Hexo, Jekyll and Hugo as the Markdown that they stand for; a tag that is not known stays text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pipeline.readers.images import SUFFIXES
from pipeline.readers.markdown.rewrite import Edit

_TAG: Final = re.compile(
    r"\{%-?[ \t]*(?P<tag>\w+)(?P<rest>[^%\n]{0,500}?)[ \t]*-?%\}"
    r"|\{\{[<%][ \t]*(?P<code>/?\w+)(?P<more>[^{}\n]{0,500}?)[ \t]*/?[>%]\}\}"
)
_OUTPUT: Final = re.compile(r"\{\{-?[ \t]*(?:site\.\w+|[\"'](?P<path>[^\"'\n]{1,500})[\"'][ \t]*\|)[^{}\n]{0,200}\}\}")
"""What Liquid prints: the site's own address, or a path made absolute."""
_COMMENT: Final = re.compile(r"\{%-?[ \t]*comment[ \t]*-?%\}")
_COMMENT_END: Final = re.compile(r"\{%-?[ \t]*endcomment[ \t]*-?%\}")
_WORD: Final = re.compile(r"\"([^\"]*)\"|'([^']*)'|(\S+)")
_NAMED: Final = re.compile(r"(\w+)=(?:\"([^\"]*)\"|'([^']*)'|(\S+))")
_LANGUAGE: Final = re.compile(r"lang(?:uage)?:([A-Za-z0-9+#-]+)")
IMAGE_SUFFIX: Final = re.compile(rf"(?:{'|'.join(map(re.escape, SUFFIXES))})\b", re.IGNORECASE)

_OPENING_CODE: Final = frozenset({"codeblock", "highlight", "code"})
_CLOSING_CODE: Final = frozenset({"endcodeblock", "endhighlight", "endcode", "/highlight", "/code"})
_IMAGES: Final = frozenset({"asset_img", "img", "image"})
_LINKS: Final = frozenset({"post_link", "asset_link"})
_ADDRESSES: Final = frozenset({"post_url", "link", "post_path", "asset_path", "ref", "relref"})
_PLAYERS: Final = {"youtube": "https://www.youtube.com/watch?v=", "vimeo": "https://vimeo.com/"}
_FRAMES: Final = frozenset(
    {"raw", "math", "katex", "mathjax", "note", "blockquote", "quote", "centerquote", "cq", "tabs", "fold", "details"}
    | {"notice", "callout", "admonition", "alert", "tip", "hint"}
)


def tag_edits(text: str, start: int, end: int) -> Iterator[Edit]:
    """Yield an edit for each known tag."""
    for match in _TAG.finditer(text, start, end):
        meaning = _meaning(match["tag"] or match["code"], match["rest"] or match["more"] or "")
        if meaning is not None:
            yield Edit(match.start(), match.end(), meaning)
    for match in _OUTPUT.finditer(text, start, end):
        yield Edit(match.start(), match.end(), match["path"] or "")


def unknown_tags(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Yield offset and text of each tag that is not known; closing tags are left out."""
    for match in _TAG.finditer(text, start, end):
        name = match["tag"] or match["code"]
        if (
            not name.startswith(("/", "end", "comment"))
            and _meaning(name, match["rest"] or match["more"] or "") is None
        ):
            yield match.start(), match[0]


def comment_edits(text: str, start: int, end: int) -> Iterator[Edit]:
    """Yield an edit for each passage that Liquid is told to leave out."""
    position = start
    while (opening := _COMMENT.search(text, position, end)) and (closing := _COMMENT_END.search(text, opening.end())):
        yield Edit(opening.start(), closing.end(), "")
        position = closing.end()


def _meaning(name: str, rest: str) -> str | None:
    """Return the Markdown that a tag stands for; None for one that is not known."""
    words = [next(filter(None, found), "") for found in _WORD.findall(rest)]
    if name in _OPENING_CODE:
        return "```" + _language(name, rest, words)
    if name in _CLOSING_CODE:
        return "```"
    if name == "figure" or (name == "include" and IMAGE_SUFFIX.search(rest)):
        return _figure(rest)
    if name in _IMAGES:
        return _image(words)
    if name in _LINKS and words:
        return f"[{' '.join(words[1:]) or words[0]}]({words[0]})"
    if name in _ADDRESSES and words:
        return words[0].replace(" ", "%20")
    if name in _PLAYERS and words:
        return f"<{_PLAYERS[name]}{_named(rest).get('id') or words[0]}>"
    return "" if name.removeprefix("end").removeprefix("/") in _FRAMES else None


def _language(name: str, rest: str, words: list[str]) -> str:
    stated = _LANGUAGE.search(rest)
    if stated:
        return stated[1]
    return words[0] if name == "highlight" and words else ""


def _figure(rest: str) -> str:
    """A figure whose parts have names: Hugo's, or what a Jekyll theme includes."""
    parts = _named(rest)
    caption = _caption(parts.get("title", ""), parts.get("caption", "")).replace('"', "")
    title = f' "{caption}"' if caption else ""
    address = next((value for value in parts.values() if IMAGE_SUFFIX.search(value)), parts.get("src", ""))
    return f"![{parts.get('alt', '')}](<{address}>{title})"


def _named(rest: str) -> dict[str, str]:
    return {name: first or second or third for name, first, second, third in _NAMED.findall(rest)}


def _caption(title: str, words: str) -> str:
    """Return a caption that begins with the figure's title, as Hugo shows the two."""
    if not title or not words or words.startswith(title):
        return words or title
    stop = "" if title[-1] in ".:!?。：！？" else "。" if title[-1] >= "\u2e80" else "."
    return f"{title}{stop}{' ' if (stop or title[-1]) in '.:!?' else ''}{words}"


def _image(words: list[str]) -> str:
    """Hexo's image: class names, the path, perhaps two sizes, a title, and words for who cannot see it."""
    place = next((index for index, word in enumerate(words) if IMAGE_SUFFIX.search(word)), None)
    if place is None:
        return ""
    after = [word.replace('"', "") for word in words[place + 1 :] if not word.isdigit()]
    title = f' "{after[0]}"' if after else ""
    return f"![{' '.join(after[1:] or after)}](<{words[place]}>{title})"
