r"""Commands whose argument is prose: blanks count in it, and ``_`` or ``&`` stand for themselves, as in MathJax."""

from __future__ import annotations

from typing import Final

TEXT_COMMANDS: Final = frozenset(
    {
        "\\text",
        "\\mbox",
        "\\hbox",
        "\\textrm",
        "\\textup",
        "\\textnormal",
        "\\textmd",
        "\\textsc",
        "\\textmode",
        "\\textbf",
        "\\textit",
        "\\textsl",
        "\\emph",
        "\\textsf",
        "\\texttt",
    }
)
"""What sets its one argument as prose, also in prose."""

PROSE: Final = {
    **dict.fromkeys(TEXT_COMMANDS, ""),
    "\\fbox": "",
    "\\clap": "",
    "\\framebox": "[[",
    "\\colorbox": "[{",
    "\\fcolorbox": "[{{",
}
"""Every command that takes prose, and what stands before it: an option in brackets, or a group."""
