"""The colours that authors gave their formulas, made readable on light and on dark paper.

A colour keeps its hue and its strength; only its lightness moves, and only as far as WCAG 2.2's contrast for text
(4.5 to 1) asks. The lightness is that of Oklab (Björn Ottosson, 2020), which moves evenly for the eye.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, TypeAlias

from PIL import ImageColor

Rgb: TypeAlias = tuple[float, float, float]

_ATTRIBUTE: Final = re.compile(r'mathcolor="([#A-Za-z0-9]{1,32})"')
_LIGHT_PAPER: Final = "#fcfbf8"
_DARK_PAPER: Final = "#17181b"
_CONTRAST: Final = 4.6  # a little above the limit, for rounding
_STEPS: Final = 100


def colour_rules(markup: Iterable[str]) -> str:
    """Return a rule for every colour that the formulas in ``markup`` have; colours that CSS does not know get none."""
    found = sorted({colour for text in markup for colour in _ATTRIBUTE.findall(text)})
    return "".join(rule for colour in found if (rule := _rule(colour)))


def _rule(colour: str) -> str:
    try:
        red, green, blue, *_ = ImageColor.getrgb(colour)
    except ValueError:
        return ""
    own = (red / 255, green / 255, blue / 255)
    light, dark = readable(own, _rgb(_LIGHT_PAPER)), readable(own, _rgb(_DARK_PAPER))
    return f'[mathcolor="{colour}"]{{color:light-dark({_hex(light)},{_hex(dark)})}}\n'


def readable(colour: Rgb, paper: Rgb) -> Rgb:
    """Return the colour nearest to ``colour`` in lightness alone that can be read on ``paper``."""
    lightness, a, b = _to_oklab(colour)
    end = 0.0 if _luminance(paper) > 0.5 else 1.0  # noqa: PLR2004 - light paper or dark
    for step in range(_STEPS + 1):
        share = step / _STEPS
        moved = _from_oklab(lightness + (end - lightness) * share, a * (1 - share**4), b * (1 - share**4))
        if contrast(moved, paper) >= _CONTRAST:
            return moved
    return (end, end, end)


def contrast(one: Rgb, other: Rgb) -> float:
    """Return WCAG's contrast ratio of two colours, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Rgb) -> float:
    red, green, blue = map(_linear, colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - sRGB


def _gamma(channel: float) -> float:
    inside = min(max(channel, 0.0), 1.0)
    return inside * 12.92 if inside <= 0.0031308 else 1.055 * inside ** (1 / 2.4) - 0.055  # noqa: PLR2004 - sRGB


def _to_oklab(colour: Rgb) -> Rgb:
    red, green, blue = map(_linear, colour)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _from_oklab(lightness: float, a: float, b: float) -> Rgb:
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        _gamma(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
        _gamma(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
        _gamma(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short),
    )


def _rgb(colour: str) -> Rgb:
    red, green, blue, *_ = ImageColor.getrgb(colour)
    return (red / 255, green / 255, blue / 255)


def _hex(colour: Rgb) -> str:
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in colour)
