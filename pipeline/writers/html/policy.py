"""The page's content security policy: the one style and the one script by their hashes, and nothing else.

A policy in a ``<meta>`` element holds for a file opened from disk too, so nothing that a dump smuggles into the markup
can run, load or send (CSP Level 3, section 3.3; ``frame-ancestors`` and ``sandbox`` do not work there).
"""

from __future__ import annotations

import base64
import hashlib


def content_policy(style: str, script: str) -> str:
    """Return the policy for a page with this text in its ``<style>`` and its ``<script>``.

    Style attributes are not allowed by it; sizes and colours that depend on the book are rules of the sheet.
    """
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src {_hash(style)}",
            f"script-src {_hash(script)}",
            "font-src data:",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
