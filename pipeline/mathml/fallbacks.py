"""The converters after latex2mathml: math-core, and pandoc's texmath for what remains, in one batch.

A formula that our own reading understands must come back as that reading says. One that it does not understand is
taken only where both converters agree.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from functools import cache
from typing import Final

import math_core

from pipeline.errors import MissingProgramError
from pipeline.mathml.atoms import TexError
from pipeline.mathml.conversion import Conversion, Formula
from pipeline.mathml.draft import Draft, Shape
from pipeline.mathml.foreign import adopt, agrees
from pipeline.mathml.latex2mathml_engine import draft
from pipeline.mathml.serialise import GateError
from pipeline.mathml.tree import UncertainError
from pipeline.pandoc import pandoc
from pipeline.sandbox import Limits, run
from pipeline.tex.tokens import with_last_space

_NOT_PRINTED: Final = re.compile(r"\\(?:label|tag\*?)\s*\{[^{}]*\}|\\(?:notag|nonumber)(?![a-zA-Z])")
_REFERENCE: Final = re.compile(r"\\(eq)?ref\s*\{([^{}]*)\}")
_PANDOC_SECONDS: Final = 30
_OPTIONS: Final = (
    *("+RTS", "-M512M", "-RTS", "--sandbox"),
    *("-f", "markdown_strict+tex_math_dollars", "-t", "html", "--mathml"),
)
_MATHML: Final = re.compile(r"<math.*</math>", re.DOTALL)
_MATH: Final = re.compile(r"<p>(.*?)</p>", re.DOTALL)


def simplified(tex: str) -> str:
    """Return TeX that a converter without numbers and labels reads alike."""
    tex = _NOT_PRINTED.sub("", tex)
    return _REFERENCE.sub(lambda match: f"\\text{{({match[2]})}}" if match[1] else f"\\text{{{match[2]}}}", tex)


def by_math_core(formula: Formula, own: Draft) -> Conversion:
    """Convert with math-core a formula that our own reading understands.

    Raises:
        UncertainError, GateError: the result is not what it must be.
    """
    written, reading, shape = _math_core(formula)
    agrees(reading, shape, own)
    return Conversion(written, "math-core")


def _math_core(formula: Formula) -> tuple[str, str, Shape]:
    tex, display = formula
    try:
        mathml = _converter().convert_with_local_state(simplified(tex), displaystyle=display)
    except math_core.LatexError:
        raise UncertainError("math-core cannot read it") from None
    return adopt(mathml, display=display)


@cache
def _converter() -> math_core.LatexToMathML:
    return math_core.LatexToMathML(xml_namespace=True, fancy_error=False)


def by_texmath(formulas: Sequence[Formula]) -> list[Conversion | None]:
    """Convert with pandoc, in one process, what no one else could; None where nothing certain came of it."""
    if not formulas:
        return []
    return [_judge(formula, mathml) for formula, mathml in zip(formulas, _texmath(formulas), strict=True)]


def pandoc_mathml(formulas: Sequence[Formula]) -> list[str | None]:
    """Return pandoc's own MathML of each formula, as it is; None where it gave up."""
    found = (_MATHML.search(html) for html in _texmath(formulas))
    return [match[0] if match else None for match in found]


def _texmath(formulas: Sequence[Formula]) -> list[str]:
    """Return pandoc's HTML of each formula; empty texts when pandoc is missing or fails."""
    nothing = [""] * len(formulas)
    source = "\n\n".join(_as_markdown(formula) for formula in formulas)
    try:
        limits = Limits(seconds=_PANDOC_SECONDS + 1)
        done = run([pandoc(), *_OPTIONS], limits, source.encode(), _PANDOC_SECONDS)
    except (OSError, subprocess.SubprocessError, MissingProgramError):
        return nothing
    if done.returncode:
        return nothing
    found = _MATH.findall(done.stdout.decode(errors="replace"))
    return found if len(found) == len(formulas) else nothing


def _as_markdown(formula: Formula) -> str:
    tex, display = formula
    dollars = "$$" if display else "$"
    return f"{dollars}{with_last_space(' '.join(simplified(tex).replace('$', ' ').split()))}{dollars}"


def _judge(formula: Formula, html: str) -> Conversion | None:
    match = _MATHML.search(html)
    if not match:
        return None
    tex, display = formula
    try:
        written, reading, shape = adopt(match[0], display=display)
        try:
            agrees(reading, shape, draft(tex, display=display))
        except TexError:
            other, other_reading, _ = _math_core(formula)
            if other_reading != reading:
                return None
            return Conversion(other, "math-core")
    except (UncertainError, GateError):
        return None
    return Conversion(written, "texmath")
