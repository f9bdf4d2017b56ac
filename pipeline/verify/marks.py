"""What a comparison sees of a text: its characters without white space and widths, and a mark for all that is not text.

The marks are control characters, which neither a source that was decoded nor XML can hold.
"""

from __future__ import annotations

from typing import Final

FORMULA: Final = "\x01"
FIGURE: Final = "\x02"
IMAGE: Final = "\x03"
CUT: Final = "\x04"  # the mark that the source ends a post here
BLANK: Final = "\x05"  # in what was read back: a formula with nothing in it

NAMES: Final = {FORMULA: "a formula", FIGURE: "a figure", IMAGE: "an image", CUT: "the mark that the post was cut"}

_FOLDED: Final = tuple(zip("，：；？！（）～", ",:;?!()~", strict=True))


def fold(text: str) -> str:
    """Return ``text`` without white space and with the punctuation that the build may restore in its ASCII shape.

    One ``replace`` a mark: measured six times as fast as one ``translate`` on Chinese text.
    """
    folded = "".join(text.split())
    for full, plain in _FOLDED:
        folded = folded.replace(full, plain)
    return folded
