"""Captions of pictures that the dump lost: the text of a picture and the caption under it left the same line twice."""

from __future__ import annotations

import re
from typing import Final

from pipeline.readers.dump.lines import Chunk
from pipeline.readers.dump.prose import URL, only_tags, single_line

_LONGEST: Final = 300
_AFTER: Final = r"\s*(?:[(（][^()（）]*[)）])?\s*"
_PICTURE: Final = (
    r"[图圖](?:示|像|片|解|表)?|照片|截屏|(?:的|采样|生成|效果)演示|曲线|曲線"
    r"|figure|diagram|screenshot|illustration|plot|photo"
)
_NAMES_PICTURE: Final = re.compile(rf".*(?:{_PICTURE}){_AFTER}", re.IGNORECASE)
_NUMBERED: Final = re.compile(
    r"(?:[左右上下]?[图圖](?:\s*[0-9一二三四五六七八九十]+)?|fig(?:ure|\.)\s*[0-9]+)\s*[:：.、]"
)
_LABELLED: Final = re.compile(
    r"(?:[左右上下]?[图圖]|fig(?:ure|\.))\s*(?:[0-9]+(?:[-.][0-9]+)?|[一二三四五六七八九十]+)"
    r"(?: *(?P<colon>[:：\u3000])\s*| +)"
    r"(?!显示|顯示|展示|说明|說明|表示|给出|給出|描述|比较了|[是为為中和与與、]"
    r"|(?:is|are|was|were|shows?|gives?|and|in|to|of|illustrates?|depicts?|compares?)\b)(?=\S)",
    re.IGNORECASE,
)
"""A number, and after a colon or a space what the picture shows; no sentence about the picture of that number."""
_CREDIT: Final = re.compile(
    r".*[(（][^()（）]*(?:来自|來自|截取自|出自|图源|来源|來源|摄|source|via|credit)[^()（）]*[)）]"
)
_ANNOUNCED: Final = re.compile(
    r".*(?:[如见見下上左右][图圖](?:所示)?[^。图圖]{0,6}|(?:figure|diagram|picture|plot)[^.]{0,12})[:：。，,.]?",
    re.IGNORECASE | re.DOTALL,
)
_ASKS: Final = re.compile("如何|怎[样么]|为什么|什么")  # 如何画图（来自读者的问题）
_TAIL: Final = 40  # characters at the end of a paragraph


def same_line(one: Chunk, other: Chunk) -> bool:
    """Whether two chunks are the same single line, as the two copies of a caption are."""
    if not (single_line(one) and single_line(other)) or len(one.text) > _LONGEST:
        return False
    if one.lines[0].number == other.lines[0].number:  # two pieces of what stands on one line
        return False
    text = one.text.strip()
    return text == other.text.strip() and not URL.match(text) and not only_tags(text)


def looks_like_caption(chunk: Chunk) -> bool:
    """Whether a line names a picture, numbers one or gives credit for one: evidence for a caption that stands once."""
    text = chunk.text.strip()
    if not single_line(chunk) or len(text) > _LONGEST or announces_picture(chunk):
        return False
    return any(pattern.fullmatch(text) for pattern in (_NAMES_PICTURE, _CREDIT)) or bool(_NUMBERED.match(text))


def numbers_picture(chunk: Chunk) -> bool:
    """Whether a line numbers a picture and says what it shows: "图2:模型结构示意图"; without a colon it names one."""
    text = chunk.text.strip()
    label = _LABELLED.match(text) if single_line(chunk) else None
    return label is not None and (label["colon"] is not None or _NAMES_PICTURE.fullmatch(text) is not None)


def credits_picture(chunk: Chunk) -> bool:
    """Whether a line names a picture and gives credit for it: "模型结构示意图(来自原论文)"."""
    text = chunk.text.strip()
    if not single_line(chunk) or len(text) > _LONGEST or _ASKS.match(text):
        return False
    return _CREDIT.fullmatch(text) is not None and _NAMES_PICTURE.fullmatch(text) is not None


def announces_picture(chunk: Chunk) -> bool:
    """Whether a paragraph ends by pointing at a picture: "如下图:"."""
    return _ANNOUNCED.fullmatch(chunk.text[-_TAIL:].strip()) is not None
