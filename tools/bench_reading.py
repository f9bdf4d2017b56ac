"""Time and memory of reading dumps of more and more posts, made of the seed over and over.

usage: bench_reading.py [POSTS…]
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from measuring import repeated_seed

from pipeline.config import BuildConfig
from pipeline.diagnostics import Reporter
from pipeline.readers.sources import read_sources

SIZES: Final = (100, 1_000, 10_000)


def reading(sizes: Iterable[int] = SIZES) -> None:
    """Print what reading dumps of so many posts takes, each in a process of its own, so that peaks are apart."""
    for posts in sizes:
        child = os.fork()
        if not child:
            _read(posts)
            os._exit(0)
        os.waitpid(child, 0)


def _read(posts: int) -> None:
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as dump:
        dump.write(repeated_seed(posts))
        dump.flush()
        size = dump.tell() / 1e6
        start, before = time.perf_counter(), time.process_time()
        found = len(read_sources(BuildConfig(sources=(Path(dump.name),)), Reporter()).posts)
        seconds, processor = time.perf_counter() - start, time.process_time() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"reading {found} posts, {size:.1f} MB: {seconds:.2f} s, {processor:.2f} s CPU, {peak:.0f} MB", flush=True)


if __name__ == "__main__":
    reading(map(int, sys.argv[1:]) if sys.argv[1:] else SIZES)
