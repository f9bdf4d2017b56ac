"""From bytes to text: which encoding it is, which characters it may keep, and where its lines end."""

from __future__ import annotations

import re
from typing import Final

from pipeline.diagnostics import Reporter
from pipeline.source import SourceText

_ILLEGAL: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def decode(path: str, data: bytes, encoding: str, reporter: Reporter) -> SourceText:
    """Return ``data`` as text."""
    del reporter
    text = data.decode(encoding or "utf-8-sig", errors="replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return SourceText(path, _ILLEGAL.sub("", text), encoding or "utf-8")
