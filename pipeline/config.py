"""What a build is asked to do: ``book.toml`` and the command line, read once into frozen values.

Every field has a default, so that a bare dump builds. Lengths are CSS or TeX lengths as text ("148mm"); dates are UTC.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import BeforeValidator, ConfigDict, Field, SkipValidation, StrictBool
from pydantic.dataclasses import dataclass
from pydantic_core import PydanticCustomError

from pipeline.read_more import READ_MORE_MARKERS
from pipeline.source import Span, path_text

_STRICT = ConfigDict(extra="forbid")  # a misspelt setting is an error, never silence

STDIN: Final = Path("-")
"""The source that is standard input."""

REPORT_NAME: Final = "report.json"
"""What a build says of itself, beside the artefacts: docs/report.md."""

_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _dated(value: object) -> object:
    """Return a date of TOML's, or one as text; pydantic would read 2020 as so many seconds after 1970."""
    if isinstance(value, date) or (isinstance(value, str) and _DATE.match(value)):
        return value
    raise PydanticCustomError("date", "input should be a date such as 2020-01-31")


def _form(pattern: str, words: str) -> BeforeValidator:
    """Return what refuses a text that has not the form of ``pattern``; ``words`` say which it has."""

    def formed(value: object) -> object:
        if not isinstance(value, str) or re.fullmatch(pattern, value.strip(), re.IGNORECASE):
            return value
        raise PydanticCustomError("form", "input should be {words}", {"words": words})

    return BeforeValidator(formed)


_SIZE: Final = r"[0-9]+(?:\.[0-9]+)?\s*(?:pt|mm|cm|in)"
Length: TypeAlias = Annotated[str, _form(_SIZE, "a number and pt, mm, cm or in, such as 10pt")]
Paper: TypeAlias = Annotated[
    str, _form(rf"a4|a5|b5|letter|{_SIZE}\s*x\s*{_SIZE}", "a4, a5, b5, letter or a size such as 148mmx210mm")
]
Language: TypeAlias = Annotated[str, _form(r"(?:[a-z]{2,3}(?:-[a-z0-9]{1,8})*)?", "a language tag such as zh-CN or en")]
Moment: TypeAlias = Annotated[datetime, BeforeValidator(_dated)]
Year: TypeAlias = Annotated[int, Field(strict=True, ge=1, le=9999)]
"""A year that ``datetime`` knows."""


class Format(Enum):
    """What can be built, in the order in which it is: the EPUB's page list names the pages of the PDF."""

    PDF = "pdf"
    EPUB = "epub"
    HTML = "html"
    DOCX = "docx"
    ODT = "odt"
    MARKDOWN = "markdown"
    TYPST = "typst"
    PLAIN = "plain"


class Sort(Enum):
    """The order of the posts in the book."""

    SOURCE = "source"
    DATE = "date"


@dataclass(frozen=True, slots=True, config=_STRICT)
class Metadata:
    """What the title page, the imprint and the package say. Empty text means unknown."""

    title: str = ""
    subtitle: str = ""
    author: str = ""
    author_sort: str = ""  # as shelves sort the author: "Su, Jianlin"
    language: Language = ""  # BCP 47; found in the text when empty
    identifier: str = ""  # a URI or ISBN; when empty, derived from title and author, or title and oldest post
    publisher: str = ""
    description: str = ""
    subjects: tuple[str, ...] = ()
    series: str = ""
    series_index: Annotated[str, Field(coerce_numbers_to_str=True)] = ""  # 2 or "2" or 2.5
    rights: str = ""  # one line, as printed: "CC BY-NC-SA 4.0"
    rights_url: str = ""
    source_name: str = ""  # the blog's name
    source_url: str = ""  # the blog's address
    modified: Moment | None = None  # book.toml, else SOURCE_DATE_EPOCH, else None


@dataclass(frozen=True, slots=True, config=_STRICT)
class PostOverride:
    """What book.toml says of one post, found by its title (widths and spaces aside) or its id."""

    post: str
    title: str = ""
    year: Year | None = None
    url: str = ""
    skip: StrictBool = False


@dataclass(frozen=True, slots=True, config=_STRICT)
class TextOptions:
    """How prose is understood."""

    punctuation: StrictBool | None = None  # restore full-width marks; None: when the book's language is Chinese
    read_more: tuple[str, ...] = READ_MORE_MARKERS
    encoding: str = ""  # empty: detected
    format: str = ""  # what every source is: "dump", "markdown", "html", "feed", "wordpress", or pandoc's name of it


EpubMath = Literal["mathml", "images", "png"]
"""How the EPUB shows formulas; images are SVG, PNG is for readers that know no SVG."""


@dataclass(frozen=True, slots=True, config=_STRICT)
class EpubOptions:
    """Choices for the EPUB alone."""

    math: EpubMath = "mathml"
    embed_font: StrictBool = True


Split = Literal["", "post", "year"]


@dataclass(frozen=True, slots=True, config=_STRICT)
class HtmlOptions:
    """Choices for the page alone."""

    split: Split = ""  # "": one page
    embed_font: StrictBool = True


@dataclass(frozen=True, slots=True, config=_STRICT)
class PdfOptions:
    """Choices for the printed book alone. Sizes are TeX lengths; empty font names mean the defaults of the styles."""

    paper: Paper = "a5"  # "a5", "a4", "b5", "letter" or "WIDTHxHEIGHT" such as "148mmx210mm"
    font_size: Length = "10pt"
    serif: str = ""
    sans: str = ""
    mono: str = ""
    cjk_serif: str = ""
    cjk_sans: str = ""
    cjk_mono: str = ""


@dataclass(frozen=True, slots=True, config=_STRICT)
class BuildConfig:
    """Everything a build depends on besides its sources."""

    metadata: Metadata = field(default_factory=Metadata)
    sources: tuple[Path, ...] = ()
    out: Path = Path("out")
    slug: str = ""  # file name of the artefacts, without suffix; from the title when empty
    formats: tuple[Format, ...] = (Format.EPUB,)
    jobs: Annotated[int, Field(strict=True, ge=0)] = 0  # worker processes; 0: one a core
    strict: StrictBool = False
    sort: Sort = Sort.SOURCE
    parts: StrictBool = True  # divide by year where every year is known and the order follows them
    cover: Path | None = None
    macros: tuple[str, ...] = ()  # TeX definitions for the whole book
    posts: tuple[PostOverride, ...] = ()
    text: TextOptions = field(default_factory=TextOptions)
    epub: EpubOptions = field(default_factory=EpubOptions)
    html: HtmlOptions = field(default_factory=HtmlOptions)
    pdf: PdfOptions = field(default_factory=PdfOptions)
    fetch: StrictBool = False  # get images that posts show from the web
    cache: Path | None = None  # folder for converted formulas; None: no cache
    places: SkipValidation[Mapping[str, Span]] = field(default_factory=dict)
    """Where in book.toml settings stand whose faults only a build finds: "cover", "macros", "post.0.post" and so on."""

    @property
    def processes(self) -> int:
        """How many worker processes a build may have."""
        return self.jobs or os.cpu_count() or 1

    @property
    def name(self) -> str:
        """The name of the first source that has one."""
        return next(filter(None, map(_name, self.sources)), "book")


def _name(source: Path) -> str:
    """What a source is called: ``.`` as its folder is, standard input in no way."""
    path = source if source.name not in ("", "..") else source.resolve()
    return "" if path == STDIN else path_text(Path(path.name if path.is_dir() else path.stem))
