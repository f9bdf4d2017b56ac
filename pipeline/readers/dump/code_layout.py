"""How code is set out in any language: by steps of indentation, by brackets and semicolons at the ends of lines.

Verse, hanging points, aligned formulas and tables may stand likewise. What tells code from them is that half of its
lines bear signs that text has not, and that none is a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

from pipeline.readers.dump.code_tables import (
    ADDRESS,
    CLOSER,
    CLOSING_TAG,
    COMMAND,
    COMMENT,
    ENTERED,
    HALF_SIGN,
    KEYED,
    LITERAL,
    LOOP,
    OPTION,
    QUERY,
    REMARK,
    ROWS,
    SIGN,
    TAG,
    TEX,
    VARIABLE,
    WORD_IN_CAPITALS,
)
from pipeline.readers.dump.lines import Chunk, Line
from pipeline.readers.dump.lists import marker_of
from pipeline.readers.dump.prose import blotted, has_cjk, single_line
from pipeline.readers.dump.tables import SOLID, parse_table

_SENTENCE: Final = re.compile(r"[。，；！？]|(?<![A-Za-z'’-])(?:[A-Za-z'’-]+[,;.]? ){5}")  # or five words in a row
_WORDS: Final = re.compile(r"(?<![A-Za-z'’-])(?:[A-Za-z'’-]{2,}[,.]? ){2}[a-z]+\b(?![\w=(\[.:/*<>])")  # three in a row
_NAME: Final = re.compile(r"[A-Za-z]{2}")  # equations of one letter each are no code
_GAP: Final = re.compile(r"\S {2,}\S")
_PARAGRAPH: Final = 100  # characters; a line of Chinese that is longer is text, in quotation marks too
INDENTED: Final = 2  # columns
_STATEMENTS: Final = 2
_HUNK: Final = 3  # lines


def set_out_as_code(chunk: Chunk) -> bool:
    """Whether several lines stand as those of code do, and not as those of a table."""
    if single_line(chunk) or not may_be_code(chunk):
        return False
    return any(layout(chunk.lines) for layout in _LAYOUTS) and parse_table(chunk) is None


def may_be_code(chunk: Chunk) -> bool:
    """Whether a chunk is neither Chinese, nor a point or a quotation, nor TeX: what is left may be code."""
    if has_paragraph(chunk):
        return False
    if marker_of(chunk.lines[0]) or chunk.text.lstrip().startswith(">") or "\u3000" in chunk.text:
        return False
    return not (
        holds_chinese(chunk) or holds_formulas(chunk.text) or any(TEX.search(_bare(line)) for line in chunk.lines)
    )


def has_paragraph(chunk: Chunk) -> bool:
    """Whether a line is too long for Chinese in a program."""
    return any(len(line.text) > _PARAGRAPH and has_cjk(line.text) for line in chunk.lines)


def holds_chinese(chunk: Chunk) -> bool:
    """Whether Chinese stands outside strings and comments."""
    return has_cjk(chunk.text) and any(has_cjk(REMARK.sub("", LITERAL.sub("''", line.text))) for line in chunk.lines)


def holds_formulas(text: str) -> bool:
    """Whether formulas are in a text, or rows of one, and not merely the variables of a shell."""
    if "\0" not in blotted(text):
        return ROWS.search(text) is not None
    return TEX.search(text) is not None or not VARIABLE.search(text)


def has_sentence(lines: Sequence[Line]) -> bool:
    """Whether one of ``lines`` is a sentence, or a good part of one; comments and strings may be."""
    return any(_SENTENCE.search(_bare(line)) for line in lines)


def wordy(line: Line) -> bool:
    """Whether a line has three words of prose in a row."""
    return _WORDS.search(_bare(line)) is not None


def signed(lines: Sequence[Line]) -> bool:
    """Whether half of ``lines`` bear signs of code, and one of them such a sign as no text has."""
    texts = [ADDRESS.sub("", line.text) for line in lines]
    signs = [SIGN.search(text) is not None for text in texts]
    return any(signs) and 2 * sum(map(max, signs, map(_half_signed, texts))) >= len(lines)


def _half_signed(text: str) -> bool:
    """Whether a line is a comment, ends as statements do, or leaves a bracket open, or closes one."""
    unbalanced = sum(map(text.count, "([")) != sum(map(text.count, ")]"))
    return unbalanced or (COMMENT.match(text) or HALF_SIGN.search(text)) is not None


def _bare(line: Line) -> str:
    return LITERAL.sub("", line.text)


def _prose(lines: Sequence[Line]) -> bool:
    """Whether one of ``lines`` is a sentence, or half of them have words in a row."""
    told = [line for line in lines if not LOOP.fullmatch(line.text)]
    return has_sentence(told) or 2 * sum(map(wordy, told)) >= len(lines)


def _blocks(lines: Sequence[Line]) -> bool:
    """Whether a line opens a bracket, and below it one that is nothing else closes it, not further to the right."""
    opened = [line.indent for line in lines if line.text.rstrip().endswith(("{", "(", "["))]
    closed = [line.indent for line in lines[1:] if CLOSER.fullmatch(line.text)]
    return bool(opened and closed) and min(closed) <= max(opened)


def _terminated(lines: Sequence[Line]) -> bool:
    """Whether nearly all lines end in a semicolon; so do points, but those are made of words."""
    told = [line for line in lines if not COMMENT.match(line.text)]
    ended = sum(line.text.rstrip().endswith((";", "{", "}")) for line in told)
    if ended < _STATEMENTS or 4 * ended < 3 * len(told) or 2 * sum(map(wordy, told)) > len(told):
        return False
    return any(SIGN.search(line.text) for line in told)


def _stepped(lines: Sequence[Line]) -> bool:
    """Whether some lines are indented more than others, and nothing speaks for prose or for plain equations."""
    if len({line.indent for line in lines}) == 1 or any(map(marker_of, lines)) or _prose(lines):
        return False
    return signed(lines) and any(_NAME.search(line.text) for line in lines)


def _continued(lines: Sequence[Line]) -> bool:
    """Whether a line ends in a backslash, as in a shell, before an indented one; or several, one before an option."""
    below = [line for above, line in pairwise(lines) if above.text.endswith(" \\")]
    if any(line.indent >= INDENTED for line in below):
        return True
    return len(below) > 1 and any(ENTERED.match(line.text) for line in below)


def _ruled(lines: Sequence[Line]) -> bool:
    """Whether a solid rule stands below a row of columns and above others, as programs print tables."""
    rule = next((row for row, line in enumerate(lines) if SOLID.fullmatch(line.text)), 0)
    below = [line.text for line in lines[rule + 1 :] if not SOLID.fullmatch(line.text)]
    return rule > 0 and bool(below) and all(map(_GAP.search, (lines[rule - 1].text, *below)))


def _tagged(lines: Sequence[Line]) -> bool:
    """Whether lines open with a tag and end with one that closes, and most begin with one."""
    first, last = lines[0].text.lstrip(), lines[-1].text
    if not TAG.match(first) or first.startswith("</") or not CLOSING_TAG.search(last):
        return False
    return 2 * sum(TAG.match(line.text) is not None for line in lines) >= len(lines)


def _difference(lines: Sequence[Line]) -> bool:
    """Whether all lines begin with the signs of a difference; those of points have a space after them."""
    signs = {line.text[:1] for line in lines}
    return len(lines) >= _HUNK and {"-", "+"} <= signs <= {"-", "+", " "} and not any(map(marker_of, lines))


def _query(lines: Sequence[Line]) -> bool:
    """Whether a query begins here: in capitals, or with a sign of code and up to a semicolon."""
    ended = lines[-1].text.rstrip().endswith(";") and any("*" in line.text or SIGN.search(line.text) for line in lines)
    capitals = WORD_IN_CAPITALS.match(lines[0].text) is not None
    return (capitals or ended) and QUERY.match(f"{lines[0].text}\n{lines[1].text}") is not None


def _commands(lines: Sequence[Line]) -> bool:
    """Whether all lines begin with a word in capitals, as in the script of a build."""
    if has_sentence(lines) or not all(WORD_IN_CAPITALS.match(line.text) for line in lines):
        return False
    return any(SIGN.search(line.text) for line in lines)


def _shell(lines: Sequence[Line]) -> bool:
    """Whether all lines may be commands of a shell, and half of them have what only those have."""
    plain = [line for line in lines if not OPTION.search(line.text)]
    commands = all(COMMAND.fullmatch(line.text) for line in lines) and not has_sentence(plain)
    return commands and 2 * len(plain) <= len(lines)


def _settings(lines: Sequence[Line]) -> bool:
    """Whether nearly all lines have a key, members with marks before them among these, as in YAML."""
    keyed = [match for line in lines if (match := KEYED.fullmatch(line.text))]
    outer = [match for match in keyed if not match["marker"]]
    if len({line.indent for line in lines}) == 1 or 4 * len(keyed) < 3 * len(lines) or _prose(lines):
        return False
    return len(outer) > 1 and any(match["value"] for match in outer)


_LAYOUTS: Final[tuple[Callable[[Sequence[Line]], bool], ...]] = (
    _blocks,
    _terminated,
    _stepped,
    _continued,
    _ruled,
    _tagged,
    _difference,
    _query,
    _commands,
    _shell,
    _settings,
)
