"""A formula for every command that the gate lets pass."""

from __future__ import annotations

from typing import Final

from pipeline.tex.allowlist import ALLOWED
from pipeline.tex.arguments import SIGNATURES
from pipeline.tex.text_symbols import ACCENTS, LETTERS, TEXT_SYMBOLS

_SIZES: Final = [f"\\{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("", *"lmr")]
_LENGTHS: Final = ("\\hskip", "\\kern", "\\mkern", "\\mskip")
_SAMPLES: Final = {
    **dict.fromkeys(("\\begin", "\\end"), r"\begin{matrix} a & b \end{matrix}"),
    **dict.fromkeys(("\\left", "\\right", "\\middle"), r"\left( a \middle| b \right]"),
    **{name: rf"{name}( x" for name in _SIZES},
    **{name: rf"a {name}3mu b {name} -1.5pt c {name}{{2px}} d" for name in _LENGTHS},
    "\\hspace": r"a \hspace{18mu} b \hspace*{1,5em} c",
    "\\mspace": r"a \mspace{9mu} b \mspace{2pt} c",
    **{name: rf"a {name} 2pt{{x_1}} b" for name in ("\\raise", "\\lower", "\\moveleft", "\\moveright")},
    "\\raisebox": r"\raisebox{2px}{x^2}",
    "\\rule": r"\rule[1mu]{3px}{2pt}",
    **{name: rf"{name}{{2pt}}{{1px}}{{3mu}}" for name in ("\\Rule", "\\Space")},
    **{name: rf"{{a {name} b}}" for name in ("\\over", "\\atop", "\\choose", "\\brace", "\\brack")},
    **{name: rf"{{a {name}() b}}" for name in ("\\overwithdelims", "\\atopwithdelims")},
    "\\above": r"{a \above1pt b}",
    "\\abovewithdelims": r"{a \abovewithdelims()1pt b}",
    "\\genfrac": r"\genfrac{(}{)}{0pt}{1}{a}{b}",
    **dict.fromkeys(("\\root", "\\of", "\\leftroot", "\\uproot"), r"\root \leftroot{1} \uproot{2} 3 \of{x}"),
    "\\buildrel": r"a \buildrel x \over = b",
    **{name: rf"\sum{name}_a^b" for name in ("\\limits", "\\nolimits", "\\displaylimits")},
    **{
        name: rf"\begin{{array}}{{c}} {name} a \\ {name} b \end{{array}}"
        for name in ("\\hline", "\\hdashline", "\\toprule", "\\midrule", "\\bottomrule")
    },
    **{name: rf"a {name} \in b" for name in ("\\not", "\\centernot")},
    "\\sideset": r"\sideset{_a^b}{'}\sum",
    "\\skew": r"\skew{3}\hat{x}",
    "\\verb": r"\verb|a_b|",
    "\\unicode": r"\unicode{x2713}",
    "\\color": r"\color{red} x + \color{blue}{y}",
    "\\textcolor": r"\textcolor{red}{x}",
    "\\colorbox": r"\colorbox{red}{x}",
    "\\fcolorbox": r"\fcolorbox{red}{blue}{x}",
    "\\enclose": r"\enclose{circle}[x]{y}",
    "\\bbox": r"\bbox[5px, border: 2px solid red]{x}",
    "\\k": r"\text{\k{a}}",
}


def _sample(name: str) -> str:
    if name in LETTERS or name in ACCENTS or name in TEXT_SYMBOLS:
        return rf"\text{{a{name} cd}}"
    return f"a {name}{_arguments(name, '{x}')} b"


def _arguments(name: str, argument: str) -> str:
    return "".join(argument for mark in SIGNATURES.get(name, "") if mark == "{")


SAMPLES: Final = {
    name: _SAMPLES.get(name) or _sample(name) for name in sorted(ALLOWED) if name[1:].isalpha() or name in ACCENTS
}
"""Formulas by the command that they are for."""
SCRIPTS: Final = [f"x^{name}{_arguments(name, '{red}')}" for name in sorted(SIGNATURES)]
"""Commands with their arguments as scripts without braces; where an argument is no formula, that is none either."""
IN_PROSE: Final = [rf"{name} b \text{{a {name} b}}" for name in TEXT_SYMBOLS]
