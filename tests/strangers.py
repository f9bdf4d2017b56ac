"""Build a hostile dump beside a file that it must not read, in a folder that it must not leave."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from witness import Witnessed, witness

SIZE: Final = {"small": 1, "large": 500}[os.environ.get("HOSTILE", "small")]
CANARY: Final = "the canary sings 4711"


def build_dump(data: bytes, place: Path, *formats: str) -> Witnessed:
    """Build ``data`` into ``place``/work/out; the words CANARY and STOLEN in it become paths in ``place``."""
    (place / "canary.tex").write_text(CANARY, encoding="utf-8")
    (place / "work").mkdir()
    for word in ("canary.tex", "stolen"):
        data = data.replace(word.partition(".")[0].upper().encode(), str(place / word).encode())
    (place / "work" / "dump.txt").write_bytes(data)
    chosen = [word for output in formats for word in ("-f", output)]
    return witness(
        "build", "dump.txt", *chosen, "-o", "out", cwd=place / "work", home=place / "home", timeout=600 * SIZE
    )
