"""Code and console text, which a dump does not mark: recognised by its syntax and by how it is set out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from pipeline.readers.dump.captions import same_line
from pipeline.readers.dump.code_comments import only_comments, uncommented, with_open_strings
from pipeline.readers.dump.code_layout import (
    INDENTED,
    has_sentence,
    holds_chinese,
    holds_formulas,
    may_be_code,
    set_out_as_code,
    signed,
    wordy,
)
from pipeline.readers.dump.code_tables import (
    BRANCH,
    CERTAIN,
    COMMAND,
    COMMENT,
    LAST,
    OPENING,
    OPERATOR,
    PROGRAM,
    PROMPT,
    REMARK,
    SHOWN,
    SIGN,
    STATEMENT,
    STRING,
)
from pipeline.readers.dump.lines import Chunk, Line
from pipeline.readers.dump.lists import marker_of
from pipeline.readers.dump.prose import blotted, single_line
from pipeline.readers.dump.tables import drawn_with_pipes

_BOX: Final = re.compile(r"[\u2500-\u257f]")
_SHAPE: Final = re.compile(r"[\u2190-\u21ff\u25a0-\u25ff]")
_DRAWN: Final = re.compile(r"[\u2190-\u21ff\u2500-\u257f\u25a0-\u25ff]")  # what either of them finds
HASHES: Final = re.compile(r"[ \t]*(?P<hashes>#{1,6})[ \t]+(?=\S)")
_SEVERAL: Final = re.compile(r"^[ \t]*##", re.MULTILINE)
_DOCSTRING: Final = re.compile(r"""^[^\u3400-\u9fff\n]*?(?:\"{3}|'{3})""", re.MULTILINE)
_LONGEST: Final = 400  # characters of a line of code
_STOP: Final = re.compile(r"[\w)\]>]\.[)\]]*\s*$")
_WORD: Final = re.compile(r"(?<!\S)[A-Za-z][a-z]+(?:['’][a-z]+)?(?=[\s,;.:?!]|$)")
_GRAMMAR: Final = re.compile(
    r"(?<!\S)(?:the|an|we|our|that|these|which|what|are|was|have|has|be|hence|thus|therefore|because|since|there"
    r"|called|see|is (?:an?|it|the)|(?:let|it|that)['’]s|(?:is|are|does)n['’]t)(?=[\s,;.:?!]|$)",
    re.IGNORECASE,
)
"""Words of English that no language of programs has between its signs."""
_ASIDE: Final = re.compile(
    r"""\s[;!]\s.* | ^\s*[;!].* | \s'\s+[a-z]{2}.* | ^\s*'\s.* | ^\s*(?:REM|Rem|rem|echo)\s.*
    | (?:^|[\s;])%(?=[A-Za-z]).*
    | ^\s*(?:begin|end|for|from|if|import|print|return|var|while)(?=[\s.;:]|$)""",
    re.VERBOSE,
)
"""A comment of an assembler, of Fortran, of Basic and of a shell, or of Matlab right behind its mark; what a
shell prints; the word that a statement begins with."""
_ASSIGNED: Final = re.compile(r"\s*\w+\s*:=.*\.\s*")  # Smalltalk, of which every statement ends in a full stop
_TOLD: Final = 2  # words; a clause of Prolog ends in a full stop, too, and has hardly one


def find_code(chunks: Sequence[Chunk]) -> tuple[bool, ...]:
    """Return which chunks are code: those that read as code, and those between them that look half like it.

    Lines that begin with the programs of certain ones are code as well, whatever words they have.
    Before the first and after the last of several, lines that end a statement or a block are code, too, so are comments
    beside any, what stands in a string that they leave open, and after a listing a line that shows what it has made.
    """
    certain = _without_headings(chunks, [code_like(chunk) and not drawn_with_pipes(chunk) for chunk in chunks])
    certain = _without_captions(chunks, certain)
    if not any(certain):
        return tuple(certain)
    programs = _programs(chunk for sure, chunk in zip(certain, chunks, strict=True) if sure)
    entered = [_runs_only(programs, chunk) for chunk in chunks]
    certain = [sure or (up and _has_sign(chunk)) for sure, up, chunk in zip(certain, entered, chunks, strict=True)]
    code = list(certain)
    half = [sure or up or half_code(chunk) for sure, up, chunk in zip(certain, entered, chunks, strict=True)]
    for neighbours in _runs(half):
        known = [index for index in neighbours if certain[index]]
        for index in neighbours if known else ():
            ends = len(known) > 1 and _is_last(chunks[index])
            code[index] = known[0] <= index <= known[-1] or ends or only_comments(chunks[index])
    code = with_open_strings(chunks, code)
    for index in range(1, len(chunks)):
        if code[index - 1] and not code[index] and not single_line(chunks[index - 1]) and _shows(chunks[index]):
            code[index] = True
    return tuple(code)


def _without_headings(chunks: Sequence[Chunk], likely: Sequence[bool]) -> list[bool]:
    """Return ``likely`` without the headings of Markdown, which look like comments: code stands beside those.

    That a post has such headings is told by two hashes and more, which few comments have.
    """
    hashed = [sure and headed(chunk) for sure, chunk in zip(likely, chunks, strict=True)]
    others = [False, *(sure and not up for sure, up in zip(likely, hashed, strict=True)), False]
    alone = [up and not (others[index] or others[index + 2]) for index, up in enumerate(hashed)]
    if not any(up and _SEVERAL.search(chunk.text) for up, chunk in zip(alone, chunks, strict=True)):
        return list(likely)
    return [sure and not up for sure, up in zip(likely, alone, strict=True)]


def _without_captions(chunks: Sequence[Chunk], likely: Sequence[bool]) -> list[bool]:
    """Return ``likely`` without lines that stand twice and alone, as captions do: f(x) may be what a picture shows."""
    kept = list(likely)
    for run in _runs(likely):
        if len(run) == 2 and same_line(chunks[run[0]], chunks[run[1]]):  # noqa: PLR2004 - both copies
            kept[run[0]] = kept[run[1]] = False
    return kept


def _programs(listings: Iterable[Chunk]) -> frozenset[str]:
    """Return the words with which more than one line of these listings begins, as commands do."""
    matches = (PROGRAM.match(line.text) for listing in listings for line in listing.lines)
    counts = Counter(match["program"] for match in matches if match)
    return frozenset(program for program, count in counts.items() if count > 1)


def _runs_only(programs: Collection[str], chunk: Chunk) -> bool:
    """Whether each line begins with one of ``programs``, but for comments, and none is a sentence."""
    lines = [line for line in chunk.lines if not COMMENT.match(line.text)] if programs else []
    matches = [PROGRAM.match(line.text) for line in lines]
    if not matches or not all(match and match["program"] in programs for match in matches):
        return False
    return may_be_code(chunk) and not has_sentence(lines)


def _has_sign(chunk: Chunk) -> bool:
    return any(SIGN.search(line.text) for line in chunk.lines)


def headed(chunk: Chunk) -> bool:
    """Whether all lines begin with hashes, as headings of Markdown do, and comments."""
    return all(HASHES.match(line.text) for line in chunk.lines)


def _runs(flags: Sequence[bool]) -> Iterator[list[int]]:
    """Yield the indexes of flags that are up, those of neighbours together."""
    for up, run in groupby(range(len(flags)), lambda index: flags[index]):
        if up:
            yield list(run)


def code_like(chunk: Chunk) -> bool:
    """Whether a chunk reads as code: by its syntax, as a drawing, or by how it is set out."""
    if OPENING.match(chunk.text):
        return True
    if _too_long(chunk):
        return False
    if is_drawing(chunk) or is_console(chunk):
        return True
    chunk = uncommented(chunk)
    return _indented_text(chunk.lines) or _syntax(chunk) or set_out_as_code(chunk)


def half_code(chunk: Chunk) -> bool:
    """Whether a chunk may be code where code stands around it: no prose but in comments, indented or with its signs."""
    if _too_long(chunk):
        return False
    if only_comments(chunk):
        return True
    chunk = uncommented(chunk)
    if not may_be_code(chunk):
        return False
    if _is_last(chunk):
        return True
    if any(map(wordy, chunk.lines)):
        return False
    if all(line.indent >= INDENTED for line in chunk.lines) and not has_sentence(chunk.lines):
        return True
    return OPERATOR.match(chunk.text) is not None if single_line(chunk) else signed(chunk.lines)


def is_drawing(chunk: Chunk) -> bool:
    """Whether two lines at least are drawn: as a tree, with box characters, with arrows and shapes in their places."""
    if "--" in chunk.text and sum(BRANCH.match(line.text) is not None for line in chunk.lines) > 1:
        return True
    if not _DRAWN.search(chunk.text):
        return False
    boxes = sum(_BOX.search(line.text) is not None for line in chunk.lines)
    shapes = sum(_SHAPE.search(line.text) is not None for line in chunk.lines)
    return boxes > 1 or (shapes > 1 and any("   " in line.text for line in chunk.lines))


def is_console(chunk: Chunk) -> bool:
    """Whether a chunk begins with a prompt; what a program answers may be anything."""
    first = chunk.lines[0].text
    return PROMPT.match(first) is not None and not blotted(first).lstrip().startswith("\0")


def sessions(chunks: Sequence[Chunk]) -> list[list[Chunk]]:
    """Return chunks of code in runs: a new one begins with a prompt that is not of the kind of the last one."""
    runs: list[list[Chunk]] = [[]]
    last = ""
    for chunk in chunks:
        prompt = _prompt_of(chunk) or last
        if prompt != last and runs[-1]:
            runs.append([])
        runs[-1].append(chunk)
        last = prompt
    return runs


def _prompt_of(chunk: Chunk) -> str:
    """Return what kind of prompt a chunk begins with, without numbers and folders; nothing for one without."""
    match = PROMPT.match(chunk.text) if is_console(chunk) else None
    if not match:
        return ""
    prompt = match[0].split()[0]
    return prompt[-1] if prompt[-1] in "#$" else prompt.rstrip("[]:0123456789")


def _too_long(chunk: Chunk) -> bool:
    return any(len(line.text) > _LONGEST for line in chunk.lines)


def _indented_text(lines: Sequence[Line]) -> bool:
    """Whether all of several lines are indented and none is a sentence or a point."""
    if len(lines) == 1 or any(line.indent < INDENTED or "\u3000" in line.text for line in lines):
        return False
    return not has_sentence(lines) and not any(map(marker_of, lines))


def _syntax(chunk: Chunk) -> bool:
    """Whether the lines are statements: most of them for certain, and all of them without Chinese outside literals."""
    if marker_of(chunk.lines[0]) or (holds_chinese(chunk) and not _in_docstring(chunk)):
        return False
    statements = sum(STATEMENT.fullmatch(line.text) is not None for line in chunk.lines)
    return 2 * statements >= len(chunk.lines) and not holds_formulas(_without_literals(chunk)) and not _told(chunk)


def _told(chunk: Chunk) -> bool:
    """Whether formulas stand between words: it ends in a full stop, or half of its lines have words of grammar."""
    if _in_docstring(chunk) or all(COMMENT.match(line.text) for line in chunk.lines):
        return False
    bare = [_ASIDE.sub("", REMARK.sub("", STRING.sub("''", line.text))) for line in chunk.lines]
    words = [len(_WORD.findall(line)) for line in bare]
    assigned = sum(_ASSIGNED.fullmatch(line) is not None for line in bare)
    if _STOP.search(bare[-1]) and sum(words) >= _TOLD and 2 * assigned < len(bare):
        return True
    told = sum(count >= _TOLD and _GRAMMAR.search(line) is not None for count, line in zip(words, bare, strict=True))
    return 2 * told >= len(bare)


def _without_literals(chunk: Chunk) -> str:
    """Return a text without its strings and comments; of lines that all begin like comments, none may be one."""
    return chunk.text if all(COMMENT.match(line.text) for line in chunk.lines) else STRING.sub("''", chunk.text)


def _in_docstring(chunk: Chunk) -> bool:
    """Whether a string of several lines begins or ends in a chunk, and nothing in Chinese stands before its quotes."""
    return _DOCSTRING.search(chunk.text) is not None


def _is_last(chunk: Chunk) -> bool:
    return single_line(chunk) and LAST.fullmatch(chunk.text) is not None


def line_of_code(chunk: Chunk) -> bool:
    """Whether a single line is certainly code, unlike an equation such as "E = m c"; alone it is not a listing."""
    return CERTAIN.search(chunk.text) is not None or (is_console(chunk) and _commands(chunk))


def _commands(chunk: Chunk) -> bool:
    """Whether what stands after a prompt may be a command, and no sum of money or text."""
    command = chunk.text.strip().partition(" ")[2]
    return COMMAND.fullmatch(command) is not None and not holds_chinese(chunk) and not any(map(wordy, chunk.lines))


def _shows(chunk: Chunk) -> bool:
    """Whether a line after a listing belongs to it: a call, or a name and what it is."""
    return single_line(chunk) and SHOWN.fullmatch(chunk.text) is not None and not holds_chinese(chunk)
