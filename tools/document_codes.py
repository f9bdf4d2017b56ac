"""Print docs/diagnostics.md: every diagnostic's code with what its docstring says. usage: document_codes.py > FILE."""

from __future__ import annotations

import ast
import inspect
from itertools import pairwise
from textwrap import fill

from pipeline import codes

_HEAD = """\
# Diagnostics

What `pipeline` may say of a source, a formula or an artefact. An **error** means that something is lost or an artefact
cannot be trusted; a **warning**, that something is doubtful or not shown as its author meant it; a **note**, that
something was concluded or changed and nothing is wrong. `--strict` fails on errors and warnings.

This page is made from `pipeline/codes.py` by `make docs`.
"""


def descriptions() -> dict[str, str]:
    """Return the docstring under each member of ``Code``, by the member's name; Python itself does not keep them."""
    tree = ast.parse(inspect.getsource(codes))
    body = next(node.body for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "Code")
    found = {}
    for member, after in pairwise(body):
        match member, after:
            case ast.Assign(targets=[ast.Name(id=name)]), ast.Expr(value=ast.Constant(value=str() as text)):
                found[name] = inspect.cleandoc(text)
            case _:
                pass
    return found


def page() -> str:
    """Return the whole page as Markdown, codes in alphabetical order."""
    texts = descriptions()
    parts = [_HEAD]
    for code in sorted(codes.Code, key=lambda code: code.label):
        text = texts[code.name].replace("``", "`")
        help_line = fill(f"Help: {code.help}.", 120) if code.help else ""
        parts.append("\n\n".join(filter(None, [f"## {code.label} ({code.severity.value})", text, help_line])) + "\n")
    return "\n".join(parts)


if __name__ == "__main__":
    print(page(), end="")
