"""The day on which a saved page was published, where the page says so; none is concluded from what it is about."""

from __future__ import annotations

import logging
import re
from copy import deepcopy
from itertools import chain
from pathlib import PurePath
from typing import Final

import htmldate

from pipeline.book import PostDate
from pipeline.readers.dates import find_date
from pipeline.readers.html.tree import Element, elements, property_of

logging.getLogger("htmldate").addHandler(logging.NullHandler())  # what it says of a page is no news to a user

_PROPERTIES: Final = (
    "article:published_time",
    "datePublished",
    "pubdate",
    "publishdate",
    "date",
    "DC.date.issued",
    "og:published_time",
    "article:modified_time",
)
_SAYS_SO: Final = re.compile(
    r"(?:发[表布佈]|發[表布佈]|张贴|写)[于於]|[发發][布佈]时间|\b(?:posted|published)\b", re.IGNORECASE
)
_LINE: Final = 100  # characters: a line below a title has fewer


def published_on(root: Element, path: str) -> PostDate | None:
    """Return the day that the head of a page states, else one that it shows as such, else that of the file's name.

    ``htmldate`` is asked last and without its extensive search: that finds days in addresses of images, in copyright
    lines and in running text, and takes the first day of a year for one (measured with htmldate 1.11).
    """
    stated = find_date(property_of(root, *_PROPERTIES))
    shown = stated or _shown(root) or find_date(PurePath(path).stem)
    return shown or find_date(htmldate.find_date(deepcopy(root), extensive_search=False, original_date=True) or "")


def _shown(root: Element) -> PostDate | None:
    times = (f"{element.get('datetime', '')} {element.text_content()}" for element in elements(root, "time"))
    lines = (line for element in root.iter() for line in (element.text, element.tail) if line and len(line) < _LINE)
    saying = (line for line in lines if _SAYS_SO.search(line))
    return next((day for text in chain(times, saying) if (day := find_date(text))), None)
