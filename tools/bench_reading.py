"""Time and memory of reading a large dump, made of the seed over and over: ``python tools/bench_reading.py [MB…]``."""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from pipeline.config import BuildConfig
from pipeline.diagnostics import Reporter
from pipeline.readers.sources import read_sources

SEED: Final = Path(__file__).parents[1] / "seeds" / "kexue.fm.txt"
_MEGA: Final = 1_000_000


def main() -> None:
    """Measure each size in a process of its own, so that peaks are apart."""
    for size in map(int, sys.argv[1:] or ("10", "20")):
        child = os.fork()
        if not child:
            measure(size)
            os._exit(0)
        os.waitpid(child, 0)


def measure(size: int) -> None:
    """Read a dump of ``size`` megabytes and print what it took."""
    seed = SEED.read_text(encoding="utf-8")
    copies = size * _MEGA // len(seed.encode()) + 1
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as dump:
        for number in range(copies):
            dump.write(seed.replace("\n\n", f"\n\n{number} ", 1))
        dump.flush()
        before = time.process_time()
        sources = read_sources(BuildConfig(sources=(Path(dump.name),)), Reporter())
        seconds = time.process_time() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(f"{size} MB: {len(sources.posts)} posts, {seconds:.1f} s of processor time, {peak:.0f} MB at the peak")


if __name__ == "__main__":
    main()
