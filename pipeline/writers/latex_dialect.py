r"""From MathJax's TeX to LaTeX's: what one accepts and the other does not, one small named step each.

Every step takes the tokens of a formula and returns new ones. Text arguments (``\text{…}``) are left alone by the
steps that are about mathematics, and mathematics by the one that is about text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from PIL import ImageColor

from pipeline.tex.tokens import group_end, is_blank, read_argument, read_brackets, skip_blanks
from pipeline.writers.latex_symbols import SYMBOLS
from pipeline.writers.latex_text import escape

Tokens = list[str]
Step = Callable[[Tokens], Tokens]

TEXT_COMMANDS: Final = frozenset(
    {"\\text", "\\mbox", "\\hbox", "\\textrm", "\\textbf", "\\textit", "\\textsf", "\\texttt", "\\textnormal", "\\fbox"}
)


def without_comments(tokens: Tokens) -> Tokens:
    """Drop comments; every run of white space becomes one space, so that no empty line ends the formula."""
    return [" " if piece.isspace() else piece for piece in tokens if piece[:1] != "%"]


def without_requests(tokens: Tokens) -> Tokens:
    r"""Drop ``\require{…}``, which loads a MathJax extension, and its like."""
    return _without(tokens, frozenset({"\\require"}))


def without_numbers(tokens: Tokens) -> Tokens:
    r"""Drop ``\label``, ``\tag``, ``\notag`` and ``\nonumber``: the writer sets the numbers itself."""
    kept = _without(tokens, frozenset({"\\label", "\\tag"}))
    return [piece for piece in kept if piece not in ("\\notag", "\\nonumber")]


def _without(tokens: Tokens, commands: frozenset[str]) -> Tokens:
    """Drop commands together with their star and their one argument."""
    kept: Tokens = []
    position = 0
    while position < len(tokens):
        if tokens[position] in commands:
            position += 1
            if tokens[position : position + 1] == ["*"]:
                position += 1
            _, position = read_argument(tokens, position)
        else:
            kept.append(tokens[position])
            position += 1
    return kept


def coloured(tokens: Tokens) -> Tokens:
    r"""Make ``\color{c}{x}``, of two arguments in MathJax, a group of its own; give CSS colours by their values."""
    result: Tokens = []
    position = 0
    while position < len(tokens):
        piece = tokens[position]
        position += 1
        if piece not in ("\\color", "\\textcolor"):
            result.append(piece)
            continue
        model, position = read_brackets(tokens, position)
        name, position = read_argument(tokens, position)
        content, position = read_argument(tokens, position)
        value = _colour("".join(model or ()), "".join(name))
        inner = coloured(content)
        result += ["{", *([f"\\color[HTML]{{{value}}}"] if value else []), *inner, "}"]
    return result


def _colour(model: str, name: str) -> str:
    """Return a colour as six hexadecimal digits; empty where nobody knows it."""
    given = name.strip()
    if model in ("RGB", "rgb"):
        scale = "255" if model == "RGB" else "1"
        numbers = given.split(",")
        values = [round(float(n) * 255 / float(scale)) for n in numbers if re.fullmatch(r"\s*[0-9]*\.?[0-9]+\s*", n)]
        return "".join(f"{min(value, 255):02X}" for value in values) if len(values) == len(numbers) == 3 else ""  # noqa: PLR2004
    given = f"#{given}" if model == "HTML" else given
    try:
        red, green, blue = ImageColor.getrgb(given.lower())[:3]
    except ValueError:
        return ""
    return f"{red:02X}{green:02X}{blue:02X}"


_INNER: Final = {
    "align": "aligned",
    "align*": "aligned",
    "split": "aligned",
    "flalign": "aligned",
    "flalign*": "aligned",
    "eqnarray": "aligned",
    "eqnarray*": "aligned",
    "gather": "gathered",
    "gather*": "gathered",
    "multline": "gathered",
    "multline*": "gathered",
    "alignat": "alignedat",
    "alignat*": "alignedat",
    "equation": "",
    "equation*": "",
}
"""What an environment that makes a display of its own becomes inside one."""
_NUMBERED_CASES: Final = frozenset({"numcases", "subnumcases"})


def inner_environments(tokens: Tokens) -> Tokens:
    """Put in the place of display environments those that may stand inside a display."""
    result: Tokens = []
    position = 0
    while position < len(tokens):
        piece = tokens[position]
        if piece in ("\\begin", "\\end"):
            name, after = read_argument(tokens, position + 1)
            if "".join(name) in _NUMBERED_CASES:
                before, after = read_argument(tokens, after) if piece == "\\begin" else ([], after)
                result += [*before, piece, "{", "cases", "}"]
                position = after
                continue
            inner = _INNER.get("".join(name).strip())
            if inner is not None:
                result += [piece, "{", *inner, "}"] if inner else []
                position = after
                continue
        result.append(piece)
        position += 1
    return result


_MARKED: Final = {"\\href": 1, "\\class": 1, "\\cssId": 1, "\\style": 1, "\\enclose": 1}
"""Commands of the web and how many arguments stand before the content, which alone is printed."""


def without_web(tokens: Tokens) -> Tokens:
    r"""Keep of ``\href``, ``\class`` and their like the content; put characters in the place of ``\unicode``."""
    result: Tokens = []
    position = 0
    while position < len(tokens):
        piece = tokens[position]
        position += 1
        if piece in _MARKED:
            _, position = read_argument(tokens, position)
            _, position = read_brackets(tokens, position)
            content, position = read_argument(tokens, position)
            framed = ["\\boxed"] if piece == "\\enclose" else []
            result += [*framed, "{", *without_web(content), "}"]
        elif piece == "\\unicode":
            _, position = read_brackets(tokens, position)
            code, position = read_argument(tokens, position)
            result.append(_character("".join(code).strip()))
        else:
            result.append(piece)
    return result


def _character(code: str) -> str:
    """Return the character of a code such as ``x2713`` or ``10003``; nothing for what is none."""
    number = _code_point(code)
    return chr(number) if number in range(0x21, 0xD800) or number in range(0xE000, 0x110000) else ""


def _code_point(code: str) -> int:
    if re.fullmatch(r"[xX][0-9A-Fa-f]{1,6}", code):
        return int(code[1:], 16)
    return int(code) if re.fullmatch(r"[0-9]{1,7}", code) else 0


_CONTROL_SYMBOLS: Final = frozenset({"", *",:;!> {}|%#$&_\\/-()[]\n\t"})


def stray_backslashes(tokens: Tokens) -> Tokens:
    r"""Drop the backslash of a control symbol that means nothing in mathematics, such as ``\+``."""
    return [piece[1:] if _means_nothing(piece) else piece for piece in tokens]


def _means_nothing(piece: str) -> bool:
    return piece[0] == "\\" and not piece[1:].isalpha() and piece[1:] not in _CONTROL_SYMBOLS


_TAKES_ARGUMENT: Final = frozenset(
    {
        "\\boldsymbol",
        "\\bm",
        "\\mathbf",
        "\\mathrm",
        "\\mathcal",
        "\\mathbb",
        "\\mathscr",
        "\\mathfrak",
        "\\mathsf",
        "\\mathtt",
        "\\mathit",
        "\\text",
        "\\textbf",
        "\\textrm",
        "\\textit",
        "\\mbox",
        "\\operatorname",
        "\\mathop",
        "\\mathbin",
        "\\mathrel",
        "\\mathord",
        "\\hat",
        "\\tilde",
        "\\bar",
        "\\vec",
        "\\dot",
        "\\overline",
        "\\underline",
        "\\widehat",
        "\\widetilde",
        "\\sqrt",
    }
)


def scripts(tokens: Tokens) -> Tokens:
    r"""Put braces around a command with its argument where it is a script, as in ``x_\boldsymbol{B}``."""
    result: Tokens = []
    position = 0
    while position < len(tokens):
        piece = tokens[position]
        result.append(piece)
        position += 1
        start = skip_blanks(tokens, position)
        if piece in ("^", "_") and start < len(tokens) and tokens[start] in _TAKES_ARGUMENT:
            _, end = read_argument(tokens, start + 1)
            result += ["{", *scripts(tokens[start:end]), "}"]
            position = end
    return result


_RULES: Final = {":": "|", "\\hdashline": "\\hline"}


def arrays(tokens: Tokens) -> Tokens:
    r"""Give every ``array`` as many columns as its rows have, and solid rules for dashed ones."""
    result: Tokens = []
    position = 0
    while position < len(tokens):
        piece = tokens[position]
        if piece == "\\begin":
            name, after = read_argument(tokens, position + 1)
            if name == list("array"):
                _, start = read_brackets(tokens, after)
                columns, end = read_argument(tokens, start)
                ruled = [_RULES.get(column, column) for column in columns]
                missing = _columns_used(tokens, end) - sum(column in ("c", "l", "r") for column in ruled)
                result += [*tokens[position:start], "{", *ruled, *["c"] * (0 if "*" in ruled else missing), "}"]
                position = end
                continue
        result.append("\\hline" if piece == "\\hdashline" else piece)
        position += 1
    return result


def _columns_used(tokens: Tokens, position: int) -> int:
    """Return how many columns the longest row has of the array whose body begins at ``position``."""
    depth = 0
    most = used = 1
    for index in range(position, len(tokens)):
        piece = tokens[index]
        if depth == 0 and piece == "\\end":
            break
        depth += (piece in ("{", "\\begin")) - (piece in ("}", "\\end"))
        if depth == 0 and piece in ("&", "\\\\"):
            used = used + 1 if piece == "&" else 1
            most = max(most, used)
    return most


_OPTION: Final = re.compile(r"\s*-?[0-9.]+\s*(?:pt|em|ex|mm|cm|in|mu|px)\s*")


def row_option(tokens: Tokens, position: int) -> tuple[str, int]:
    r"""Read the length in brackets after ``\\``, if it is one; return it with its brackets, and where it ends."""
    starred = tokens[position : position + 1] == ["*"]
    option, end = read_brackets(tokens, position + starred)
    text = "".join(option or ())
    if not _OPTION.fullmatch(text):
        return "", position + starred
    return f"[{text.strip().replace('px', 'pt')}]", end


def row_ends(tokens: Tokens) -> Tokens:
    r"""Keep ``[`` after ``\\`` from being read as an option where it begins the next row."""
    result: Tokens = []
    position = 0
    while position < len(tokens):
        piece = tokens[position]
        position += 1
        result.append(piece)
        if piece == "\\\\":
            option, position = row_option(tokens, position)
            after = skip_blanks(tokens, position)
            result.append(option or ("\\relax " if tokens[after : after + 1] == ["["] else ""))
    return [piece for piece in result if piece]


def raised_primes(tokens: Tokens) -> Tokens:
    r"""Write ``x'^2`` as ``x^{\prime 2}``, which TeX takes for two superscripts."""
    result: Tokens = []
    position = 0
    while position < len(tokens):
        if tokens[position] != "'":
            result.append(tokens[position])
            position += 1
            continue
        end = position
        while end < len(tokens) and tokens[end] == "'":
            end += 1
        after = skip_blanks(tokens, end)
        if tokens[after : after + 1] == ["^"]:
            primes = ["\\prime "] * (end - position)
            raised, position = read_argument(tokens, after + 1)
            result += ["^", "{", *primes, *raised, "}"]
        else:
            result += tokens[position:end]
            position = end
    return result


_HAN: Final = re.compile("[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff60\U00020000-\U0003ffff]")


def characters(tokens: Tokens) -> Tokens:
    r"""Give characters that TeX's math fonts lack by their commands, Chinese as ``\text``, the rest by ``\sym``."""
    result: Tokens = []
    position = 0
    while position < len(tokens):
        end = _text_end(tokens, position) or _run_end(tokens, position)
        piece = tokens[position]
        if end > position + 1 or not piece.isascii():
            result += tokens[position:end] if piece in TEXT_COMMANDS else _run(tokens[position:end])
        else:
            result.append(piece)
        position = end
    return result


def _text_end(tokens: Tokens, position: int) -> int:
    """Return where the text argument ends that begins at ``position``; 0 where none does."""
    start = skip_blanks(tokens, position + 1)
    if tokens[position] not in TEXT_COMMANDS or tokens[start : start + 1] != ["{"]:
        return 0
    return group_end(tokens, start)


def _kind(piece: str) -> str:
    """What a character becomes together with its neighbours: text, or one script; empty when it stands alone."""
    if _HAN.match(piece):
        return "text"
    return symbol[0] if (symbol := SYMBOLS.get(piece, "")) and symbol[0] in "^_" else ""


def _run_end(tokens: Tokens, position: int) -> int:
    end = position + 1
    kind = _kind(tokens[position])
    while kind and end < len(tokens) and _kind(tokens[end]) == kind:
        end += 1
    return end


def _run(pieces: Tokens) -> Tokens:
    kind = _kind(pieces[0])
    if kind == "text":
        return ["\\text", "{", *map(escape, pieces), "}"]
    if kind:
        return [kind, "{", *(SYMBOLS[piece][1:] for piece in pieces), "}"]
    symbol = SYMBOLS.get(pieces[0])
    if symbol is None:
        return [rf"\text{{{escape(pieces[0])}}}"]
    return [symbol, " "] if symbol[-1:].isalpha() else [symbol]


SIZES: Final = frozenset(
    {
        "\\tiny",
        "\\Tiny",
        "\\scriptsize",
        "\\footnotesize",
        "\\small",
        "\\normalsize",
        "\\large",
        "\\Large",
        "\\LARGE",
        "\\huge",
        "\\Huge",
    }
)
_SIZE_NAMES: Final = {"\\Tiny": "\\scriptsize"}
_SPLITS_A_CELL: Final = frozenset({"&", "\\\\", "\\cr", "\\right", "\\middle"})


def sizes(tokens: Tokens) -> Tokens:
    r"""Make ``\small`` and its like, which LaTeX ignores in mathematics, size what follows in their group."""
    for index, piece in enumerate(tokens):
        if piece in SIZES:
            end = _group_rest(tokens, index + 1)
            rest = sizes(tokens[index + 1 : end])
            if not _SPLITS_A_CELL.isdisjoint(_outer(rest)):
                return [*tokens[:index], *rest, *sizes(tokens[end:])]
            size = _SIZE_NAMES.get(piece, piece)
            sized = ["\\text", "{", size, "$", "\\displaystyle ", *rest, "$", "}"]
            return [*tokens[:index], *sized, *sizes(tokens[end:])]
    return tokens


def _group_rest(tokens: Tokens, position: int) -> int:
    """Return where the group or environment ends that ``position`` lies in."""
    depth = 0
    for index in range(position, len(tokens)):
        depth += (tokens[index] in ("{", "\\begin")) - (tokens[index] in ("}", "\\end"))
        if tokens[index] in ("}", "\\end") and depth < 0:
            return index
    return len(tokens)


def _outer(tokens: Tokens) -> Tokens:
    """Return the tokens that stand in no inner group or environment."""
    found: Tokens = []
    depth = 0
    for piece in tokens:
        depth -= piece in ("}", "\\end")
        if depth == 0:
            found.append(piece)
        depth += piece in ("{", "\\begin")
    return found


_IN_TEXT: Final = {"_": r"\_", "#": r"\#", "&": r"\&", "^": r"\textasciicircum{}", "~": "~", "%": r"\%"}


def text_arguments(tokens: Tokens) -> Tokens:
    r"""Escape what is special in ``\text{…}`` but stands for itself in MathJax; mathematics between dollars stays."""
    result: Tokens = []
    position = 0
    while position < len(tokens):
        piece = tokens[position]
        result.append(piece)
        position += 1
        start = skip_blanks(tokens, position)
        if piece in TEXT_COMMANDS and tokens[start : start + 1] == ["{"]:
            end = group_end(tokens, start)
            result += _text_argument(tokens[start:end])
            position = end
    return result


def _text_argument(tokens: Tokens) -> Tokens:
    result: Tokens = []
    in_math = False
    for piece in tokens:
        if piece == "$":
            in_math = not in_math
        if in_math or piece.isascii():
            result.append(piece if in_math else _IN_TEXT.get(piece, piece))
        else:
            result.append(escape(piece))
    return result


STEPS: Final[tuple[Step, ...]] = (
    without_comments,
    without_requests,
    without_numbers,
    without_web,
    stray_backslashes,
    coloured,
    arrays,
    scripts,
    row_ends,
    raised_primes,
    text_arguments,
    characters,
    sizes,
)


def to_latex(tokens: Tokens) -> Tokens:
    """Return the tokens of a formula as LaTeX takes them."""
    for step in STEPS:
        tokens = step(tokens)
    return tokens


def blank(tokens: Tokens) -> bool:
    """Whether nothing is left to be set."""
    return all(is_blank(piece) or piece in ("{", "}") for piece in tokens)
