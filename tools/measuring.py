"""What the tools share: where the seed is, how a command is measured, and how pandoc is asked for the same."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pypandoc

ROOT: Final = Path(__file__).parent.parent
SEED: Final = ROOT / "seeds" / "kexue.fm.txt"


@dataclass(frozen=True, slots=True)
class Run:
    """What one command took."""

    name: str
    seconds: float
    processor: float  # seconds, of all its processes together
    megabytes: float
    size: int
    status: int
    complaint: str

    def __str__(self) -> str:
        if self.status:
            return f"{self.name:<34} failed, exit {self.status}: {self.complaint}"
        times = f"{self.seconds:8.2f} s {self.processor:8.2f} s CPU"
        return f"{self.name:<34} {times} {self.megabytes:8.0f} MB {self.size / 1e6:8.2f} MB out"


def measure(name: str, command: Sequence[str], output: Path, **environment: str) -> Run:
    """Run ``command`` to its end and return what it took; ``output`` is what it made."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(  # noqa: S603 - our own command lines
            list(command), stdout=subprocess.DEVNULL, stderr=said, env={**os.environ, **environment}
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        said.seek(0)
        complaint = _complaint(said.read().decode(errors="replace"))
    size = output.stat().st_size if output.exists() else 0
    processor = usage.ru_utime + usage.ru_stime
    status = os.waitstatus_to_exitcode(status)
    return Run(name, seconds, processor, usage.ru_maxrss / 1024, size, status, complaint)


def _complaint(said: str) -> str:
    """Return the first line that TeX marks as an error, else the last that was said."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return next((line for line in lines if line.startswith("!")), lines[-1] if lines else "")


def repeated_seed(posts: int) -> str:
    """Return a dump of ``posts`` posts: the seed's, again and again, each time under titles of their own."""
    seed = SEED.read_text(encoding="utf-8")
    bodies = [body for body in seed.split("点击阅读全文...") if body.strip()]
    texts = []
    for number in range(posts):
        date, title, *rest = bodies[number % len(bodies)].strip().split("\n")
        while not title:
            title, *rest = rest
        texts.append("\n".join([date, "", f"{title}·{number}", *rest]).rstrip() + "\n\n点击阅读全文...\n")
    return "\n".join(texts)


def pandoc(markdown: Iterable[Path], output: Path) -> list[str]:
    """Return the command that makes ``output`` of Markdown by pandoc alone, as well as it can."""
    command = [pypandoc.get_pandoc_path(), *map(str, markdown), "-f", "markdown-yaml_metadata_block", "-s"]
    command += ["-o", str(output), "--metadata", "title=Dump", "--metadata", "lang=zh-CN"]
    if output.suffix in (".pdf", ".tex"):
        return [*command, "--pdf-engine=xelatex", "-V", "CJKmainfont=Noto Serif CJK SC"]
    return [*command, "--mathml"]
