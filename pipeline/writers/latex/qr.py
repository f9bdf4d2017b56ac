"""A QR code as rules, which TeX sets in no time: one run of dark and light modules after the other."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby

import segno


@lru_cache(maxsize=64)
def qr_code(url: str) -> str:
    r"""Return the rows of the QR code of ``url`` as ``\qrrow`` of ``\dark`` and ``\light`` runs.

    An address that is longer than a QR code can hold (2,953 bytes; ISO/IEC 18004, version 40-L) gives nothing.
    """
    try:
        code = segno.make_qr(url, error="l", boost_error=True)
    except segno.DataOverflowError:
        return ""
    return "\n".join(rf"\qrrow{{{_runs(row)}}}" for row in code.matrix)


def _runs(row: bytearray) -> str:
    return "".join(rf"\{'dark' if module else 'light'}{{{len(list(run))}}}" for module, run in groupby(row))
