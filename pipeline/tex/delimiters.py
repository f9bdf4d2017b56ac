r"""Formulas in running text: what stands between math delimiters, found as MathJax 3 finds it.

The rules are those of MathJax's ``FindTeX``: braces inside a formula are balanced before its end is accepted, control
sequences are skipped whole, ``\$`` is a dollar, any ``\begin{…}`` up to its ``\end{…}`` is a formula, and so is a
bare ``\ref`` or ``\eqref``. What differs is prose: "$5 and $10", ``$HOME/bin:$PATH`` or ``{print $1}`` is not taken for
mathematics, and of ``$x_{a$ 和 $b$`` only the last two dollars are a pair, where MathJax sets 和.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

from pipeline.document import Delimiters
from pipeline.han import HAN
from pipeline.tex.environments import Numbers, environment_of

_START: Final = re.compile(
    r"""\$\$ | \$ | \\\( | \\\[
    | \\begin \s* \{ (?P<environment> [^{}\\$\n]{1,40} ) \}
    | \\ (?: eq )? ref \s* \{ (?P<label> [^{}\\$]{1,200} ) \}
    | \\ . """,
    re.VERBOSE | re.DOTALL,
)
_KINDS: Final = {
    "$": Delimiters.DOLLAR,
    "$$": Delimiters.DOLLARS,
    "\\(": Delimiters.PARENTHESES,
    "\\[": Delimiters.BRACKETS,
}
_STEP: Final = r"|\\[\\{}$]|\{|\}"
"""What else a search for an end must see: escaped characters that would be taken for others, and braces.

No other command is looked at, and each alternative begins with a plain character, to which the search skips: a group
around one would make it slower by far.
"""
_STEPS: Final = frozenset({"\\\\", "\\{", "\\}", "\\$", "{", "}"})
_ENDS: Final = {kind.opening: re.compile(re.escape(kind.closing) + _STEP) for kind in _KINDS.values()}
_MEANT: Final = {
    "$": re.compile(rf"(?!\s) (?: \\. | [^$\\\n{HAN}] )+ (?<!\s) \$ (?!\$)", re.VERBOSE | re.DOTALL),
    "$$": re.compile(rf"(?: \\. | [^$\\{HAN}] )+ \$\$", re.VERBOSE | re.DOTALL),
}
"""What the author of a formula whose brace stays open meant: no prose, up to the next delimiter of its kind."""
_BRACES: Final = re.compile(r"\\[\\{}]|\{|\}")
_MARKUP: Final = frozenset("\\^_={}<>+|")
"""Characters that tell a formula from prose between two stray dollars."""

_SENTENCE: Final = re.compile(f"[{HAN}][。；;][{HAN}]")
_CHINESE: Final = re.compile(f"[{HAN}]")
_PLAIN: Final = re.compile(r"[^\\{}$]*")
_EDGES: Final = frozenset(" \t\n\u3000,，、。;；:：.!！?？")
_COMMAND: Final = re.compile(r"\\(?!(?:eq)?ref|begin)[a-zA-Z]")
_BEFORE_DISPLAY: Final = re.compile(r"(?P<head>[^{}$]*)\\begin\s*\{(?P<name>[^{}\\$\n]{1,40})\}")
_VARIABLE: Final = re.compile("[A-Z_][A-Z0-9_]+")
_SHELL: Final = re.compile("[A-Z_][A-Z0-9_]+(?:[:/].*)?", re.DOTALL)
"""The name of a shell's variable, alone or in a path; behind the second dollar, the beginning of another one tells."""
_PROGRAM: Final = re.compile(r"[a-z]\w++(?:->\w.*|(?:\[\w++\])? ?[-+.*/<>=!]{1,3} ?)", re.ASCII | re.DOTALL)
"""A variable of PHP or Perl, up to the next one: ``$name = $this->member``; behind the second dollar is a name."""
_NAME: Final = re.compile("[a-z_][a-z0-9_]")
_COLUMNS: Final = "{print "
"""What columns of awk stand in: ``{print $1, $NF}``."""


@dataclass(frozen=True, slots=True)
class FormulaSpan:
    """A formula at ``text[start:end]``, delimiters included; ``tex`` is what stands between them.

    A bare reference is reported as an inline formula between dollars that its author left out.
    """

    start: int
    end: int
    delimiters: Delimiters
    tex: str


def find_formulas(text: str) -> tuple[FormulaSpan, ...]:
    """Return the formulas of ``text`` in order; they never overlap. Linear in the length of the text."""
    return _Scanner(text).scan() if "$" in text or "\\" in text else ()


class _Scanner:
    """One pass over one text. Failed searches are remembered, which keeps hostile input linear."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.pairs, self.groups = _match_braces(text)
        self.failed: set[tuple[str, int]] = set()

    def scan(self) -> tuple[FormulaSpan, ...]:
        found: list[FormulaSpan] = []
        position = 0
        while match := _START.search(self.text, position):
            formula = self.formula(match)
            if formula:
                found.append(formula)
            position = formula.end if formula else self.after(match)
        return tuple(found)

    def after(self, opening: re.Match[str]) -> int:
        """Return where to go on after what opens no formula: after the end meant for it, where a brace hides that."""
        meant = _MEANT[opening[0]].match(self.text, opening.end()) if opening[0] in _MEANT else None
        if not meant:
            return opening.end()
        braces = (brace for brace in _BRACES.finditer(self.text, *meant.span()) if brace[0] == "{")
        hidden = any(self.pairs.get(brace.start(), len(self.text)) >= meant.end() for brace in braces)
        return meant.end() if hidden else opening.end()

    def formula(self, match: re.Match[str]) -> FormulaSpan | None:
        opening = match[0]
        if match["label"] is not None:
            return FormulaSpan(match.start(), match.end(), Delimiters.DOLLAR, opening)
        if match["environment"] is not None:
            return self.environment(match)
        if opening not in _KINDS:  # an escaped character, such as \$
            return None
        if opening == "$" and self.text.startswith(_COLUMNS, self.groups(match.start())):
            return None
        end = self.find_end(_ENDS[opening], opening, match.end())
        if not end:
            return None
        if opening == "$" and _is_chinese(self.text, match.end(), end[0]):
            return None
        tex = self.text[match.end() : end[0]]
        if opening == "$" and _is_prose(tex, self.text[end[1] : end[1] + 2]):
            return None
        return FormulaSpan(match.start(), end[1], _KINDS[opening], tex)

    def environment(self, match: re.Match[str]) -> FormulaSpan | None:
        name = match["environment"]
        if not self.text.find("{" + name + "}", match.end()) > 0:
            return None
        end_pattern = re.compile(rf"\\end\s*\{{{re.escape(name)}\}}" + _STEP)
        end = self.find_end(end_pattern, name, match.end())
        if not end:
            return None
        return FormulaSpan(match.start(), end[1], Delimiters.ENVIRONMENT, self.text[match.start() : end[1]])

    def find_end(self, pattern: re.Pattern[str], kind: str, position: int) -> tuple[int, int] | None:
        """Return where what ends a ``kind`` stands, outside the braces opened since ``position``; None: nowhere."""
        entered = {(kind, self.groups(position))}
        while entered.isdisjoint(self.failed) and (match := pattern.search(self.text, position)):
            if match[0] not in _STEPS:
                return match.span()
            position = match.end()
            if match[0] == "}":
                entered.add((kind, self.groups(position)))
            elif match[0] == "{":
                if match.start() not in self.pairs:
                    break
                position = self.pairs[match.start()]
        self.failed |= entered
        return None


def _match_braces(text: str) -> tuple[dict[int, int], _Groups]:
    """Return the end of each brace group that is closed, and which open brace each place stands in."""
    pairs: dict[int, int] = {}
    places, owners = [0], [-1]
    stack: list[int] = []
    for match in _BRACES.finditer(text):
        if match[0] == "{":
            stack.append(match.start())
        elif match[0] == "}" and stack:
            pairs[stack.pop()] = match.end()
        else:
            continue
        places.append(match.end())
        owners.append(stack[-1] if stack else -1)
    return pairs, _Groups(places, owners)


class _Groups:
    """Which brace group a place stands in."""

    def __init__(self, places: list[int], owners: list[int]) -> None:
        self.places = places
        self.owners = owners

    def __call__(self, position: int) -> int:
        return self.owners[bisect_right(self.places, position) - 1]


def _is_prose(tex: str, following: str) -> bool:
    """Whether two dollars are prices or shell variables: "$5 and $10", "$HOME/bin:$PATH".

    There is no markup between them, the second one touches what follows, and blank or punctuation stands before it; or
    they are names of variables, or a sentence of Chinese ends between them.
    """
    if "\\" not in tex and _SENTENCE.search(tex):
        return True
    if _SHELL.fullmatch(tex) and _VARIABLE.match(following):
        return True
    if _PROGRAM.fullmatch(tex) and _NAME.match(following):
        return True
    if not (following[:1].isascii() and following[:1].isalnum()) or not _MARKUP.isdisjoint(tex):
        return False
    last = tex[-1:]
    return not (last.isascii() and last.isalnum()) or len(tex.split()) > 1 or not tex.isascii()


def _is_chinese(text: str, start: int, end: int) -> bool:
    r"""Whether Chinese prose stands between two dollars, of which the first was to close, or the second to open.

    A formula's command stands behind the second one, blank or punctuation inside, and nothing of TeX; or a display of
    its own, as of ``equation``, comes after the prose. Looks no farther than the first brace.
    """
    if _PLAIN.fullmatch(text, start, end):
        between = _CHINESE.search(text, start, end) and _COMMAND.match(text, end + 1)
        return between is not None and not _EDGES.isdisjoint((text[start], text[end - 1]))
    display = _BEFORE_DISPLAY.match(text, start, end)
    known = environment_of(display["name"]) if display and _CHINESE.search(display["head"]) else None
    return known is not None and known.numbers is not Numbers.NONE
