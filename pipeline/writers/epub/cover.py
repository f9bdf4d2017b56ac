"""The cover: the user's picture, or one drawn from title and author.

The drawing is a curve of two decaying pendulums (a harmonograph) over a quiet ground, its shape and colour chosen by
the title, so that every book has its own and the same book always the same. The SVG is drawn with
the reader's fonts; the PNG, which shelves want, needs one here that has the title's characters, else it is left out.
"""

from __future__ import annotations

import hashlib
import io
import math
from dataclasses import dataclass
from functools import partial
from html import escape
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont, UnidentifiedImageError

from pipeline.background import in_background
from pipeline.book import Resource
from pipeline.codes import Code
from pipeline.config import Metadata
from pipeline.diagnostics import Reporter
from pipeline.source import Span
from pipeline.writers.epub.cover_fonts import FontFace, families, find_font

WIDTH: Final = 1200
HEIGHT: Final = 1600  # 3:4, which e-readers fill their screens with
_MARGIN: Final = 120
_TITLE: Final = (132, 108, 88, 72)  # sizes, the largest that fits is taken
_LINES: Final = 4
_STEPS: Final = 4800
_FINER: Final = 2
_TYPES: Final = {"PNG": ("png", "image/png"), "JPEG": ("jpg", "image/jpeg"), "GIF": ("gif", "image/gif")}
# Ground, curve and text: dark grounds of low chroma, so that white text has a contrast of at least 9:1.
_PALETTES: Final = (
    ("#1d2b3a", "#7fa6c9", "#f5f1e6"),
    ("#26332b", "#93b79c", "#f5f1e6"),
    ("#3a2326", "#d09a92", "#f7efe6"),
    ("#2c2740", "#a79bd0", "#f3f0f8"),
    ("#33302a", "#c9b27f", "#f7f2e4"),
    ("#16343a", "#7fc0c2", "#eef6f4"),
)


@dataclass(frozen=True, slots=True)
class Cover:
    """``shown`` is on the cover page, ``thumbnail`` on shelves; they may be the same."""

    shown: Resource
    thumbnail: Resource

    @property
    def files(self) -> tuple[Resource, ...]:
        """The pictures, each once."""
        return (self.shown,) if self.shown is self.thumbnail else (self.shown, self.thumbnail)


@dataclass(frozen=True, slots=True)
class _Text:
    """A line of the cover: its words, size, and the y of its baseline."""

    words: str
    size: int
    baseline: int


def make_cover(  # noqa: PLR0913 - what a cover is made of
    metadata: Metadata,
    title: str,
    given: Path | None,
    reporter: Reporter,
    stated: Span | None = None,
    *,
    jobs: int = 1,
) -> Cover:
    """Return the user's picture if one is ``given``, as the configuration says at ``stated``, else a drawn cover.

    The drawing takes 25 MB for a moment, which a process of its own does not add to those of the book.
    """
    picture = _given(given, reporter, stated) if given else None
    if picture:
        return Cover(picture, picture)
    lines = _layout(title, metadata.subtitle, metadata.author or metadata.source_name)
    seed = hashlib.sha256(f"{title}\0{metadata.author}".encode()).digest()
    drawing = Resource("cover.svg", "image/svg+xml", _svg(seed, title, lines, families(metadata.language)).encode())
    font = find_font("".join(line.words for line in lines), metadata.language)
    if font is None:
        reporter.report(Code.COVER_WITHOUT_FONT, "no font found that can draw the cover's title")
        return Cover(drawing, drawing)
    with in_background(partial(_png, seed, lines, font), jobs) as png:
        return Cover(drawing, Resource("cover.png", "image/png", png()))


def _given(path: Path, reporter: Reporter, stated: Span | None) -> Resource | None:
    """The user's picture as it is, when it is one that every reader shows."""
    try:
        content = path.read_bytes()
        with Image.open(io.BytesIO(content), formats=tuple(_TYPES)) as image:
            kind = image.format or ""
            image.verify()
    except (OSError, SyntaxError, ValueError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "no PNG, JPEG or GIF"
        reporter.report(Code.COVER_UNREADABLE, f"{path.name}: {reason}", stated)
        return None
    suffix, media_type = _TYPES[kind]
    return Resource(f"cover.{suffix}", media_type, content)


def _layout(title: str, subtitle: str, author: str) -> tuple[_Text, ...]:
    """The lines of the cover: title in the upper third, author near the foot."""
    size, rows = _fit(title)
    lines: list[_Text] = []
    baseline = 260 + size
    for row in rows:
        lines.append(_Text(row, size, baseline))
        baseline += round(size * 1.35)
    if subtitle:
        lines += [_Text(row, 44, baseline + index * 64) for index, row in enumerate(_broken(subtitle, 44)[:2])]
    if author:
        lines.append(_Text(_broken(author, 56)[0], 56, HEIGHT - 150))
    return tuple(lines)


def _fit(title: str) -> tuple[int, list[str]]:
    for size in _TITLE:
        rows = _broken(title, size)
        if len(rows) <= _LINES:
            return size, rows
    rows = _broken(title, _TITLE[-1])[:_LINES]
    return _TITLE[-1], [*rows[:-1], f"{rows[-1][:-1]}…"]


def _broken(words: str, size: int) -> list[str]:
    """Break ``words`` into lines of about equal length: anywhere between ideographs, at spaces in other scripts."""
    widest = (WIDTH - 2 * _MARGIN) / size
    total = sum(map(_advance, words))
    aim = min(widest, total / math.ceil(total / widest) + 1)
    rows: list[str] = []
    row, width = "", 0.0
    for piece in _pieces(words):
        advance = sum(map(_advance, piece))
        if row and width + advance > aim:
            rows.append(row.strip())
            row, width = "", 0.0
        row, width = row + piece, width + advance
    return [*rows, row.strip()]


def _pieces(words: str) -> list[str]:
    """What must not be divided: an ideograph with the marks that follow it, or a word with its space."""
    pieces: list[str] = []
    for character in words:
        joins = pieces and (
            (_is_narrow(character) and _is_narrow(pieces[-1][-1]) and pieces[-1][-1] != " ")
            or character in "，。、；：？！）》」』”’…—·"
            or pieces[-1][-1] in "（《「『“‘"
        )
        if joins:
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _is_narrow(character: str) -> bool:
    return ord(character) < 0x2E80  # noqa: PLR2004 - where the CJK blocks begin


def _advance(character: str) -> float:
    """About how wide a character is, in em."""
    return 0.58 if _is_narrow(character) else 1.0


def _curve(seed: bytes) -> list[tuple[float, float]]:
    """The points of a harmonograph: two frequencies near a small ratio, decaying."""
    across, down = 2 + seed[0] % 2, 3 + seed[1] % 2
    phase = seed[2] / 255 * math.pi
    drift = 0.004 + seed[3] / 255 * 0.012
    points = []
    for step in range(_STEPS):
        angle = step * 0.0275
        fade = math.exp(-angle * 0.012)
        x = math.sin(angle * across + phase) + 0.35 * math.sin(angle * (across + drift))
        y = math.sin(angle * (down + drift))
        points.append((WIDTH / 2 + 350 * fade * x, 1080 + 270 * fade * y))
    return points


def _palette(seed: bytes) -> tuple[str, str, str]:
    return _PALETTES[seed[4] % len(_PALETTES)]


def _svg(seed: bytes, title: str, lines: tuple[_Text, ...], fonts: str) -> str:
    ground, stroke, ink = _palette(seed)
    path = " ".join(f"{x:.0f},{y:.0f}" for x, y in _curve(seed))
    texts = "\n".join(
        f'<text x="{WIDTH // 2}" y="{line.baseline}" font-size="{line.size}">{escape(line.words)}</text>'
        for line in lines
    )
    return f"""<?xml version="1.0" encoding="utf-8"?>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img">
<title>{escape(title)}</title>
<rect width="{WIDTH}" height="{HEIGHT}" fill="{ground}"/>
<polyline points="{path}" fill="none" stroke="{stroke}" stroke-width="1.6" stroke-opacity="0.7"/>
<g fill="{ink}" font-family="{fonts}" text-anchor="middle">
{texts}
</g>
</svg>
"""


def _png(seed: bytes, lines: tuple[_Text, ...], font: FontFace) -> bytes:
    ground, stroke, ink = _palette(seed)
    image = Image.new("RGB", (WIDTH, HEIGHT), ground)
    image.paste(Image.new("RGB", (WIDTH, HEIGHT), stroke), mask=_curve_mask(seed))
    draw = ImageDraw.Draw(image)
    for line in lines:
        face = ImageFont.truetype(str(font.path), line.size, index=font.index)
        draw.text((WIDTH / 2, line.baseline), line.words, font=face, fill=ink, anchor="ms")
    buffer = io.BytesIO()
    image.quantize(64, Image.Quantize.FASTOCTREE).save(buffer, "PNG")
    return buffer.getvalue()


def _curve_mask(seed: bytes) -> Image.Image:
    """Where the curve covers the ground; drawn larger and reduced, since Pillow's lines have hard edges."""
    mask = Image.new("L", (WIDTH * _FINER, HEIGHT * _FINER))
    points = [(x * _FINER, y * _FINER) for x, y in _curve(seed)]
    ImageDraw.Draw(mask).line(points, fill=178, width=3)
    return mask.reduce(_FINER)
