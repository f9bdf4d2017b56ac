"""Which ASCII marks of a text were full-width when its author wrote them.

A dump that folds ，：；？！（）～ to ASCII keeps the habits of whoever types Chinese: no space after a mark, and one
width for both brackets of a pair. A mark is judged by what stands before and after the run of marks that it is part of,
a pair of brackets also by what it holds, and both by whether their line has Chinese text at all. Only the folded text
is looked at, so that restoring twice changes nothing more.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, takewhile
from typing import Final

from pipeline.fold import FULL_WIDTH
from pipeline.tex.symbols import SYMBOLS
from pipeline.transforms.punctuation.tables import (
    ADDRESS,
    APART,
    ARGUMENT,
    ARGUMENTS,
    ASSIGNED,
    BRACKETS,
    CALL,
    CHINESE,
    COMMENT,
    COUNTED,
    COUNTER,
    EQUATION,
    FACTOR,
    FIRST_SHARED,
    FORMULA,
    FUNCTION,
    IDEOGRAPH,
    LABEL,
    LATIN,
    LISTED,
    MARKS,
    NAME,
    NAMED,
    NAMED_THING,
    NARROW,
    OPERATOR,
    ORDINAL,
    POINT,
    PROSE,
    PROTECTED,
    QUOTED,
    REFERRING,
    SHARED,
    TUPLE,
    UNIT,
    VALUE,
    WIDEN,
    WORD,
)

_INSIDE: Final = 400  # characters of a bracket's content that are looked at: nested brackets stay linear
_NEAR: Final = 8  # characters after a question within which another one makes it one of several
_LABEL: Final = 24  # characters before a colon that are looked at
_EDGE: Final = "\n"


@dataclass(frozen=True, slots=True)
class _Text:
    """A folded text, and what the rules ask of it."""

    folded: str
    protected: bytearray  # 1 at each character that must stay
    partners: dict[int, int]  # place of each bracket of a pair → place of the other
    starts: tuple[int, ...]  # of lines
    chinese: tuple[bool, ...]  # whether each line is Chinese
    numbers: frozenset[str]  # of the equations around
    points: frozenset[str]  # the numbers that points have

    def at(self, place: int) -> str:
        """Return the character at ``place``, a line end where there is none."""
        return self.folded[place] if 0 <= place < len(self.folded) else _EDGE

    def is_chinese(self, character: str, place: int) -> bool:
        """Whether ``character``, near ``place``, is Chinese."""
        if character < FIRST_SHARED:  # most characters beside marks that are not Chinese are ASCII
            return False
        return CHINESE.match(character) is not None or (character in SHARED and self.is_chinese_line(place))

    def is_chinese_line(self, place: int) -> bool:
        """Whether the line of the character at ``place`` is Chinese."""
        return self.chinese[bisect_right(self.starts, place) - 1]


def restore(text: str, numbers: frozenset[str] = frozenset()) -> str:
    """Return ``text`` with the marks full-width that its author wrote so; nothing else changes.

    ``numbers`` are those that equations around it have.
    """
    if not MARKS.search(text):
        return text
    characters = list(text)
    for place in _full(_look(_folded(text), numbers)):
        characters[place] = WIDEN.get(characters[place], characters[place])
    return "".join(characters)


def _folded(text: str) -> str:
    return text.translate(NARROW) if any(mark in text for mark in FULL_WIDTH) else text


def restore_prose(code: str) -> str:
    """Return a line of verbatim ``code`` with the marks full-width that belong to the Chinese of comments and strings.

    A comment is read as running text; elsewhere a mark needs Chinese on both sides, or nearly.
    """
    comment = COMMENT.search(code)
    start = comment.start() if comment else len(code)
    return PROSE.sub(lambda mark: WIDEN[mark[0]], code[:start]) + restore(code[start:])


def _look(folded: str, numbers: frozenset[str]) -> _Text:
    protected = _protected(folded)
    lines = folded.split(_EDGE)
    starts = [0]
    for line in lines[:-1]:
        starts.append(starts[-1] + len(line) + 1)
    chinese = tuple(_is_chinese(line) for line in lines)
    points = _points(folded) if numbers else frozenset()
    return _Text(folded, protected, _partners(folded, protected), tuple(starts), chinese, numbers, points)


def _points(folded: str) -> frozenset[str]:
    """Return the numbers of points, which begin at 1, and of which there is more than one."""
    found = set(POINT.findall(folded))
    points = frozenset(takewhile(found.__contains__, map(str, count(1))))
    return points if len(points) > 1 else frozenset()


def _is_chinese(line: str) -> bool:
    """A line of formulas without a word belongs to the Chinese text around it."""
    return bool(CHINESE.search(line)) or (FORMULA in line and not LATIN.search(line))


def _protected(folded: str) -> bytearray:
    protected = bytearray(len(folded))
    for needed, pattern in PROTECTED:
        for match in pattern.finditer(folded) if needed in folded else ():
            protected[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    return protected


def _partners(folded: str, protected: bytearray) -> dict[int, int]:
    partners: dict[int, int] = {}
    opened: list[int] = []
    for bracket in BRACKETS.finditer(folded):
        place = bracket.start()
        if protected[place]:
            continue
        if folded[place] == "(":
            opened.append(place)
        elif opened:
            partners[place] = opened.pop()
            partners[partners[place]] = place
    return partners


def _full(text: _Text) -> Iterator[int]:
    """Yield the places of the marks that were full-width."""
    pairs: list[bool] = []  # those around the place, from outside: whether each was full-width
    for run in MARKS.finditer(text.folded):
        start, end = run.span()
        for place in range(start, end):
            if text.protected[place]:
                continue
            mark = text.folded[place]
            if mark not in "()":
                if _is_full_mark(text, start, end, mark, pairs):
                    yield place
            elif (partner := text.partners.get(place)) is None:
                if _is_full_alone(text, place):
                    yield place
            elif mark == "(":
                pairs.append(_is_full_pair(text, place, partner))
                if pairs[-1]:
                    yield place
            elif pairs.pop():
                yield place


def _is_full_mark(text: _Text, start: int, end: int, mark: str, pairs: Sequence[bool]) -> bool:
    """Whether ``mark``, in the run of marks from ``start`` to ``end``, was full-width; ``pairs`` are around it."""
    if mark == "~":
        return _is_full_tilde(text, start, end)
    before, after = _before(text, start), _after(text, end)
    beside = text.is_chinese(before, start)
    if mark == ":" and _ends_label(text, start, end):
        return True
    if after == " ":
        return beside and not (mark == "," and pairs)
    if beside or text.is_chinese(after, start):
        return True
    if after == _EDGE or text.folded.startswith("...", end):
        return before == FORMULA if mark == "," else text.is_chinese_line(start)
    if pairs and not pairs[-1] and ARGUMENT.search(text.folded, max(0, start - 4), start):
        return False  # f(x,y)
    asked = mark == "?" and text.folded.find("?", end, end + _NEAR) > 0
    if end - start == 1 and after.isdigit() and (before.isdigit() or mark == ":") and not asked:
        return False  # 1,000 and 10:30 and localhost:8080 and x>0?1:0, but not 32?16?8?
    return _is_full_between(text, start, before, mark, after)


def _is_full_tilde(text: _Text, start: int, end: int) -> bool:
    """Whether a tilde was full-width: one parts the ends of a range (2~3倍), others draw out the end of a sentence.

    Those of ``~~crossed out~~``, of ``约~0.95``, of ``x~N``, of ``目录~/bin`` and of ``其中~表示`` were not.
    """
    before, after = text.at(start - 1), text.at(end)
    if not text.is_chinese_line(start):
        return False
    if text.folded.count("~", start, end) > 1:
        others = text.folded.find("~~", end) >= 0 or text.folded.rfind("~~", 0, start) >= 0
        return not others and text.is_chinese(before, start)
    if before.isdigit() or before in "%]":
        return after.isdigit() or after == "[" or (before == "%" and after == _EDGE)
    if after.isdigit() and UNIT.search(text.folded, max(0, start - 3), start):
        return True
    if after in "/" + FORMULA or (after.isascii() and after.isalnum()):
        return False
    return text.is_chinese(before, start)


def _ends_label(text: _Text, start: int, end: int) -> bool:
    """Whether the colon from ``start`` to ``end`` ends a label: ``观点1: 既然``, ``Dense : 一层``, ``LoRA :GQA``."""
    label = LABEL.search(text.folded[max(0, start - _LABEL) : start])
    if not label or not text.is_chinese_line(start):
        return False
    after, following, number = text.at(end), text.at(end + 1), label["number"] or ""
    if after == " " and not number.endswith(" "):
        return IDEOGRAPH.match(following) is not None or (number != "" and following.isupper())
    if text.at(start - 1) != " " or (text.at(start - 2).isdigit() and following.isdigit()):
        return False  # and no proportion such as 2 : 1
    return NAMED_THING.match(text.folded, end) is not None


def _before(text: _Text, start: int) -> str:
    """The character before a run of marks, past one space if it is Chinese."""
    before = text.at(start - 1)
    return text.at(start - 2) if before == " " and text.is_chinese(text.at(start - 2), start) else before


def _after(text: _Text, end: int) -> str:
    """The character after a run of marks, past the asterisks of bold, or an ASCII quotation mark before Chinese."""
    if text.folded.startswith("**", end):
        end += 2
    after = text.at(end)
    return text.at(end + 1) if after == '"' and IDEOGRAPH.match(text.at(end + 1)) else after


def _is_full_between(text: _Text, start: int, before: str, mark: str, after: str) -> bool:
    """A mark between letters, digits and formulas: without a space after it, it is none of English text."""
    if before in "\n [({" or not (after in "[_" + FORMULA or after.isalnum()):
        return False
    return text.is_chinese_line(start) or (mark == ":" and ADDRESS.match(text.folded, start + 1) is not None)


def _is_full_alone(text: _Text, place: int) -> bool:
    """A bracket without a partner: an author's slip, such as ``有MLM(Masked LM和``, or a marker, such as 1)."""
    if text.is_chinese(text.at(place - 1), place) or text.is_chinese(text.at(place + 1), place):
        return True
    opened = text.folded[place] == "(" and NAMED_THING.match(text.folded, place + 1) is not None
    return opened and text.at(place - 1) not in " :" and text.is_chinese_line(place)


def _is_full_pair(text: _Text, start: int, end: int) -> bool:
    """Whether the brackets at ``start`` and ``end`` were full-width: both or neither."""
    limit = min(end, start + 1 + _INSIDE)
    chinese = bool(IDEOGRAPH.search(text.folded, start + 1, limit))
    if text.at(start - 1) in " “" or _is_apart(text, start, end):  # English habit, or “(左)逆”, which is notation
        return False
    if QUOTED.search(text.folded, start, limit) or TUPLE.match(text.folded, start, end + 1):
        return False
    if not chinese and _is_notation(text, start, end):
        return False
    return chinese or text.is_chinese_line(start)


def _is_apart(text: _Text, start: int, end: int) -> bool:
    """Whether a space and a word are behind the bracket at ``end``, or were behind the one before it in a list."""
    listed = LISTED.search(text.folded, max(0, start - _LABEL), start)
    return APART.match(text.folded, end + 1) is not None or listed is not None


def _is_notation(text: _Text, start: int, end: int) -> bool:
    """Whether a pair without Chinese belongs to a call, a mathematical function or the number of an equation."""
    before = text.at(start - 1)
    inside = text.folded[start + 1 : min(end, start + 1 + _INSIDE)]
    assigned = NAMED if IDEOGRAPH.match(before) else ASSIGNED
    if (
        COUNTED.fullmatch(inside)
        or before in ".=+*/[<>|&^"
        or _is_reckoned_with(text, end)
        or assigned.search(inside)
        or _is_factor(text, start, end)
        or _is_multiplied(text, start, inside)
    ):
        return True
    if before in "式程":
        return bool(EQUATION.fullmatch(inside))
    counts = (IDEOGRAPH.match(before) or ")" in (before, text.at(start - 2))) and ORDINAL.fullmatch(inside)
    refers = inside[:1].isdigit() or not IDEOGRAPH.match(before) or before in REFERRING
    if counts or (refers and inside in text.numbers and inside not in text.points):
        return COUNTER.match(text.at(end + 1)) is None
    name = NAME.search(text.folded, max(0, start - 60), start)
    spoken_of = FUNCTION.match(text.folded, end + 1) is not None
    return name is not None and (_is_call(name[0], inside) or (spoken_of and _has_arguments(name[0], inside)))


def _is_reckoned_with(text: _Text, end: int) -> bool:
    """Whether an operator and what it works on follow the bracket at ``end``: (62-52)/2."""
    operand = text.at(end + 2)
    return text.at(end + 1) in "=*/^" and (operand == "(" or (operand.isascii() and operand.isalnum()))


def _is_factor(text: _Text, start: int, end: int) -> bool:
    """Whether a pair without Chinese stands beside another such pair: (x+1)(x-1)."""
    if text.at(start - 1) == ")" and (opening := text.partners.get(start - 1)) is not None:
        return not IDEOGRAPH.search(text.folded, max(opening, start - _INSIDE), start)
    if text.at(end + 1) == "(" and (closing := text.partners.get(end + 1)) is not None:
        return not IDEOGRAPH.search(text.folded, end, min(closing, end + _INSIDE))
    return False


def _is_multiplied(text: _Text, start: int, inside: str) -> bool:
    """Whether a number, itself in a formula, stands before the bracket at ``start`` of a sum: x=2(n-1)."""
    factor = FACTOR.search(text.folded, max(0, start - _NEAR), start)
    return factor is not None and OPERATOR.search(inside) is not None and _is_short(inside)


def _has_arguments(name: str, inside: str) -> bool:
    """``prime(n)``, ``fetch(address)``; what ``SVM(Support Vector Machine)`` or ``BN(BatchNorm)`` holds is its name."""
    if " " in inside.replace(", ", ","):
        return False
    return _is_short(inside) or (name[0].islower() and inside.islower())


def _is_call(name: str, inside: str) -> bool:
    """``x.to(…)``, ``f_n(…)``, ``run()``, ``run(f())``, ``Dense(1)``, ``J(theta)``; ``exp(x)``: short names."""
    if not inside or "()" in inside or "_" in name or "." in name.strip(".") or CALL.fullmatch(inside):
        return True
    if VALUE.fullmatch(inside) and not name.isdigit():
        return True
    if len(name) == 1 and name.isalpha() and f"\\{inside}" in SYMBOLS:
        return True
    if name.islower() and ARGUMENTS.search(inside):
        return True
    return not name.isdigit() and len(name) <= 4 and _is_short(inside)  # noqa: PLR2004 - "short"


def _is_short(inside: str) -> bool:
    return all(len(word) <= 2 for word in WORD.findall(inside))  # noqa: PLR2004 - "short"
