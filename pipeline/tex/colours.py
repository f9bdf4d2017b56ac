"""Colours that authors name, brought down to a palette that stays readable on light and dark ground.

A formula carries a class; ``styles/math.css`` has rules for each, with a colour for either ground.
"""

from __future__ import annotations

import re
from typing import Final

PALETTE: Final = {  # name: the author's colour, then what is readable on white and on near-black
    "red": ("#ff0000", "#c8102e", "#ff7b72"),
    "green": ("#008000", "#1a7f37", "#5bd07a"),
    "blue": ("#0000ff", "#0b57d0", "#82b1ff"),
    "skyblue": ("#87ceeb", "#0277a8", "#7cc8f0"),
    "cyan": ("#00ffff", "#00798c", "#56d4dd"),
    "magenta": ("#ff00ff", "#b0188f", "#ff8be6"),
    "purple": ("#800080", "#7b2cbf", "#c9a0ff"),
    "yellow": ("#ffff00", "#8a6d00", "#f0d050"),
    "orange": ("#ffa500", "#b35900", "#ffb357"),
    "brown": ("#a52a2a", "#8a4b1f", "#d9a27a"),
    "pink": ("#ffc0cb", "#b83280", "#ffa8cf"),
    "gray": ("#808080", "#5f6368", "#b0b4ba"),
    "black": ("#000000", "", ""),
    "white": ("#ffffff", "", ""),
}
"""Empty: the text's own colour, since black on black and white on white would vanish."""

_NEAR: Final = """
    aqua:cyan aquamarine:cyan azure:skyblue bisque:orange blueviolet:purple burlywood:brown cadetblue:cyan
    chartreuse:green chocolate:brown coral:orange cornflowerblue:blue crimson:red cornsilk:yellow darkblue:blue
    darkcyan:cyan darkgoldenrod:yellow darkgray:gray darkgreen:green darkgrey:gray darkkhaki:yellow darkmagenta:magenta
    darkolivegreen:green darkorange:orange darkorchid:purple darkred:red darksalmon:orange darkseagreen:green
    darkslateblue:purple darkslategray:gray darkslategrey:gray darkturquoise:cyan darkviolet:purple deeppink:pink
    deepskyblue:skyblue dimgray:gray dimgrey:gray dodgerblue:blue firebrick:red forestgreen:green fuchsia:magenta
    gainsboro:gray gold:yellow goldenrod:yellow grey:gray greenyellow:green hotpink:pink indianred:red indigo:purple
    khaki:yellow lavender:purple lawngreen:green lightblue:skyblue lightcoral:red lightcyan:cyan lightgray:gray
    lightgreen:green lightgrey:gray lightpink:pink lightsalmon:orange lightseagreen:cyan lightskyblue:skyblue
    lightslategray:gray lightslategrey:gray lightsteelblue:skyblue lightyellow:yellow lime:green limegreen:green
    maroon:brown mediumaquamarine:cyan mediumblue:blue mediumorchid:purple mediumpurple:purple mediumseagreen:green
    mediumslateblue:purple mediumspringgreen:green mediumturquoise:cyan mediumvioletred:magenta midnightblue:blue
    mistyrose:pink navajowhite:orange navy:blue olive:yellow olivedrab:green orangered:red orchid:magenta
    palegreen:green palegoldenrod:yellow paleturquoise:cyan palevioletred:pink peachpuff:orange peru:brown plum:magenta
    powderblue:skyblue rosybrown:brown royalblue:blue saddlebrown:brown salmon:orange sandybrown:orange seagreen:green
    sienna:brown silver:gray slateblue:purple slategray:gray slategrey:gray springgreen:green steelblue:skyblue
    tan:brown teal:cyan thistle:purple tomato:red turquoise:cyan violet:magenta wheat:yellow yellowgreen:green
    redorange:red bluegreen:cyan royalpurple:purple violetred:magenta cerulean:skyblue processblue:skyblue navyblue:blue
    junglegreen:green emerald:green pinegreen:green bittersweet:brown rawsienna:brown mahogany:brown apricot:orange
    dandelion:orange melon:orange yelloworange:orange burntorange:orange rubinered:magenta wildstrawberry:pink
    carnationpink:pink rhodamine:magenta mulberry:purple periwinkle:purple tealblue:cyan spring:green
    sepia:brown ivory:white snow:white ghostwhite:white whitesmoke:white floralwhite:white
    antiquewhite:white seashell:white honeydew:white mintcream:white aliceblue:white linen:white oldlace:white
    beige:white blanchedalmond:orange lavenderblush:pink lemonchiffon:yellow lightgoldenrodyellow:yellow moccasin:orange
    papayawhip:orange rebeccapurple:purple
"""
_NAMES: Final = dict(pair.split(":") for pair in _NEAR.split())
_HEX: Final = re.compile(r"#?([0-9a-f]{3}|[0-9a-f]{6})\Z")


def colour_class(colour: str, model: str = "", *, ground: bool = False) -> str:
    """Return the class for a colour: a name, ``#rrggbb``, or numbers in a model; empty if it is unknown."""
    name = _palette_name(colour.strip().lower(), model.strip())
    if not name:
        return ""
    return f"mc-on-{name}" if ground else f"mc-{name}"


def on_paper(colour: str, model: str) -> str:
    """Return a colour as it is readable on white, ``#rrggbb``; empty for black, white and unknown ones."""
    name = _palette_name(colour.strip().lower(), model.strip())
    return PALETTE[name][1] if name else ""


def _palette_name(colour: str, model: str) -> str:
    if model:
        rgb = _from_model(colour, model)
        return _nearest(rgb) if rgb else ""
    mixed = colour.split("!", maxsplit=1)[0]  # xcolor's mixtures, such as red!50!black
    if mixed in PALETTE:
        return mixed
    if mixed in _NAMES:
        return _NAMES[mixed]
    match = _HEX.match(colour)
    return _nearest(_rgb(match[1])) if match else ""


def _rgb(digits: str) -> tuple[float, ...]:
    wide = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)  # noqa: PLR2004 - rrggbb
    return tuple(int(wide[index : index + 2], 16) for index in (0, 2, 4))


def _from_model(colour: str, model: str) -> tuple[float, ...]:
    if model == "HTML":
        match = _HEX.match(colour)
        return _rgb(match[1]) if match else ()
    try:
        numbers = [float(part) for part in colour.split(",")]
    except ValueError:
        return ()
    if model == "gray" and len(numbers) == 1:
        return (numbers[0] * 255,) * 3
    if model in ("rgb", "RGB") and len(numbers) == 3:  # noqa: PLR2004 - red, green, blue
        return tuple(number * (255 if model == "rgb" else 1) for number in numbers)
    return ()


def _nearest(rgb: tuple[float, ...]) -> str:
    def distance(name: str) -> float:
        return sum((a - b) ** 2 for a, b in zip(rgb, _rgb(PALETTE[name][0][1:]), strict=True))

    return min(PALETTE, key=distance)
