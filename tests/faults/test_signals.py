"""A signal waits for what is begun, so that nothing is left of which nobody knows."""

from __future__ import annotations

import subprocess
import sys

_SCRIPT = """
import os, signal
from pipeline.signals import Ended, end_in_order, held
end_in_order()
try:
    with held():
        os.kill(os.getpid(), signal.SIGTERM)
        print("begun")
    print("went on")
except Ended as ended:
    print(ended)
"""


def test_a_signal_waits_for_what_is_begun_and_then_ends_the_run() -> None:
    done = subprocess.run([sys.executable, "-c", _SCRIPT], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n") == ["begun", "ended by SIGTERM", ""]
