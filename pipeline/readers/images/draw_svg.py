"""A program of its own, run confined: the SVG on standard input, drawn to standard output as PNG.

usage: draw_svg.py ZOOM FONTS, where FONTS is 1 when the picture has text, for which the system's fonts are loaded
"""

from __future__ import annotations

import sys
from typing import Final

import resvg_py

_DPI = 96.0  # CSS pixels an inch (CSS Values and Units 4, section 6.2)
_FONTS: Final = ("DejaVu Serif", "DejaVu Sans", "DejaVu Sans Mono") if sys.platform == "linux" else (None, None, None)
"""What generic families mean where resvg's own choice, Times New Roman and its like, is seldom installed: a family that
is not there draws nothing at all (measured, resvg_py 0.5.0)."""


def main() -> None:
    """Draw what comes in."""
    _program, zoom, fonts = sys.argv
    serif, sans, mono = _FONTS
    svg = sys.stdin.buffer.read().decode()
    drawn = resvg_py.svg_to_bytes(
        svg,
        zoom=float(zoom),
        dpi=_DPI,
        skip_system_fonts=fonts == "0",
        serif_family=serif,
        sans_serif_family=sans,
        monospace_family=mono,
        background="white",  # that of the pages it was drawn for: black lines would be lost on a dark one
    )
    sys.stdout.buffer.write(drawn)


if __name__ == "__main__":
    main()
