"""Scripts: what stands below and above an atom, or beside it, and what TeX says of where they go."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pipeline.mathml.atoms import DECIDED, MOVABLE, TAKES_LIMITS, Atom
from pipeline.mathml.changes import displayed_limits, forced_limits, movable_limits, stacked_limits

if TYPE_CHECKING:
    from pipeline.mathml.parser import Parser

SCRIPTS: Final = frozenset({"_", "^", "'", "’", "\\limits", "\\nolimits", "\\displaylimits"})
"""What begins a script, or says where scripts go."""
_PRIMES: Final = {1: "′", 2: "″", 3: "‴", 4: "⁗"}


@dataclass(slots=True)
class Scripts:
    """The scripts of one atom, each as a group of tokens."""

    stacked: bool  # below and above
    movable: bool = False  # below and above, where the style is that of displays
    forced: bool = False  # below and above in any style
    below: list[str] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    primes: int = 0


def read_scripts(parser: Parser, start: int, atom: Atom) -> None:
    """Read the scripts after an atom whose tokens begin at ``start``, and write both in latex2mathml's order."""
    base = parser.draft.take(start)
    found = collect_scripts(parser, atom)
    above = with_primes(parser, found)
    beside = bool(above and not found.above) and (found.stacked or (found.movable and not found.below))
    write_scripts(parser, base, found, [] if beside else above)
    if beside:
        parser.draft.write("{", *parser.draft.take(start), "}", "^", *above)
        parser.draft.shape.above += 1


def write_scripts(parser: Parser, base: list[str], found: Scripts, above: list[str]) -> None:
    """Write an atom with what stands below and above it."""
    if not (found.below or above):
        parser.draft.write(*base)
        return
    if found.stacked:
        parser.draft.mark(forced_limits if found.forced else displayed_limits if found.movable else stacked_limits)
    elif found.movable and not found.below:
        parser.draft.mark(movable_limits)
    parser.draft.write(*base if len(base) == 1 else ("{", *base, "}"))
    if found.below:
        parser.draft.write("_", *found.below)
    if above:
        parser.draft.write("^", *above)
    parser.draft.shape.below += bool(found.below)
    parser.draft.shape.above += bool(above) and not ((found.stacked or found.movable) and not found.below)


def collect_scripts(parser: Parser, atom: Atom) -> Scripts:
    """Read scripts and what says where they go."""
    movable = atom in MOVABLE
    stacked = atom is Atom.LIMITS or (movable and parser.setting.display)
    found = Scripts(stacked, movable and atom not in DECIDED)
    while (piece := parser.peek()) in SCRIPTS:
        index = parser.position
        parser.next()
        if piece[0] == "\\":
            if atom not in TAKES_LIMITS:
                raise parser.error(f"{piece} is allowed only after operators", index)
            found.movable = False
            found.forced = piece == "\\limits"
            found.stacked = found.forced or (piece == "\\displaylimits" and parser.setting.display)
        else:
            _collect_script(parser, piece, found, index)
        parser.unseen()
    return found


def _collect_script(parser: Parser, piece: str, found: Scripts, index: int) -> None:
    """Read one script after its ``_``, ``^`` or ``'``; primes before a subscript are the whole superscript."""
    if piece == "_":
        if found.below:
            raise parser.error("a second subscript: braces are missing", index)
        if found.primes:
            found.above, found.primes = with_primes(parser, found), 0
        found.below = _script(parser, piece)
    elif piece == "^":
        if found.above:
            raise parser.error("a second superscript: braces are missing", index)
        found.above = _script(parser, piece)
    else:
        if found.above:
            raise parser.error("a prime after a superscript: braces are missing", index)
        found.primes += 1


def _script(parser: Parser, name: str) -> list[str]:
    r"""Read one script, in braces or a command with its arguments, and return its tokens as a group: ``x^\frac12``.

    Of a name it is the first letter, as in TeX; MathJax 3 takes the ``Tx`` of ``\mathbf{w^Tx}`` whole.
    """
    parser.unseen()
    start, index = len(parser.draft.tokens), parser.position
    if parser.peek() in SCRIPTS:
        raise parser.error(f"{name} lacks an argument")
    saved, parser.setting = parser.setting, parser.setting.lowered(parser.setting.level + 1)
    if parser.whole_argument(name) is Atom.FUNCTION and parser.tokens[index] != "\\operatorname":
        raise parser.error("a name as a script: braces are missing", index)
    parser.setting = saved
    return parser.draft.take(start)


def with_primes(parser: Parser, found: Scripts) -> list[str]:
    """Return the superscript as a group, primes first."""
    if not found.primes:
        return found.above
    start = len(parser.draft.tokens)
    parser.draft.leaf("mo", _PRIMES.get(found.primes, "′" * found.primes))
    return ["{", *parser.draft.take(start), *found.above, "}"]
