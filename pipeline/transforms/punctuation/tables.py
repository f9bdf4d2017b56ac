"""What the restoring of full-width marks looks at: classes of characters, and stretches that it leaves alone."""

from __future__ import annotations

import re
from typing import Final

from pipeline.fold import FULL_WIDTH, HALF_WIDTH
from pipeline.han import HAN

WIDEN: Final = dict(zip(HALF_WIDTH, FULL_WIDTH, strict=True))
NARROW: Final = str.maketrans(FULL_WIDTH, HALF_WIDTH)

FORMULA: Final = "\ufffc"  # stands in a text for a formula, an image or inline code

IDEOGRAPH: Final = re.compile(f"[{HAN}]")
_END: Final = rf"[^\[\](),\n{HAN}]{{1,20}}"  # of an interval, or a member of a list
_PRIME: Final = "['’′]"
_VARIABLE: Final = f"[a-z][0-9]?{_PRIME}?"
_LOWER: Final = "[a-z]{1,20}"
_ENTRY: Final = r"[a-z][\w.-]*+"
CHINESE: Final = re.compile(f"[{HAN}、。〈-】〔-〟]")
"""Characters of Chinese text alone."""

SHARED: Final = frozenset("“”‘’—…")
"""Characters of Chinese text, in a line that is Chinese: English has them too."""

FIRST_SHARED: Final = min(SHARED)

BRACKETS: Final = re.compile("[()]")
MARKS: Final = re.compile("[,:;?!()~]+")
LATIN: Final = re.compile("[A-Za-z]")

_SCHEME: Final = "[A-Za-z][A-Za-z0-9+.-]{1,9}://"
ADDRESS: Final = re.compile(_SCHEME)
"""The beginning of an address."""

PROTECTED: Final = (
    (
        "://",
        re.compile(rf"{_SCHEME}[^\s{HAN}、。《》“”‘’<>{FORMULA}]*[A-Za-z0-9/=]"),
    ),  # an address
    ("](", re.compile(rf"\]\((?:[^()\s{HAN}]{{1,500}}|[/.#][^()\s]{{1,500}})\)")),  # the target of a link in Markdown
    ("&", re.compile("&(?:[A-Za-z]{2,8}|#[0-9]{1,7});")),  # an entity of HTML
    ("[", re.compile(rf"\[{_END}(?:,{_END})+[\])]")),  # a list or an interval
    ("]", re.compile(rf"\({_END},{_END}\]")),  # an interval without its beginning
    ("《", re.compile(rf"《[^《》\n{HAN}]{{1,300}}》")),  # the title of an English work
    (
        ",",
        re.compile(
            rf"(?<![\w.])(?:{_VARIABLE}(?:,{_VARIABLE}){{1,8}}|{_LOWER}(?:,{_LOWER}){{2,40}})(?![\w+]|,[A-Za-z])",
            re.ASCII,
        ),
    ),  # variables: x,y and m1,m2 and x',y'; three words and more: of,and,the
    (
        " -",
        re.compile(rf"(?<= )--?[A-Za-z][A-Za-z-]*+[ =]{_ENTRY}(?:,{_ENTRY})+(?![\w,{HAN}])", re.ASCII),
    ),  # what an option of a command lists: -a exit,always
    ("!=", re.compile("!=(?!_)")),  # is not equal; =_= is a smiley
    (
        "“",
        re.compile(rf"“(?=[^”\n]{{0,300}}[A-Za-z]{{2}})[^”()\n{HAN}]{{1,300}}[^”()\n{HAN},;:!?、]”"),
    ),  # a quotation in Latin letters
    ("::", re.compile("::+")),  # of C++ and its like
    ("$(", re.compile(rf"(?<![0-9])\$\([^()\n{HAN}]{{1,80}}\)")),  # what a shell's command prints
    (
        ":",
        re.compile(r"(?<![A-Za-z0-9])[a-z][a-z0-9_./-]{0,40}[a-z0-9]:(?=[a-z][a-z0-9])(?!\w+://)"),
    ),  # name:tag, in lower case on both sides
    (
        ":",
        re.compile(
            r"(?<![A-Za-z0-9_])(?<![A-Za-z] )(?:for \w+(?:, ?\w+)* in|(?:el)?if(?: not)?|while|with \S+ as)"
            rf" [^\s:{HAN}{FORMULA}]+(?: (?:[=!<>]=|[<>+*/%-]|in|is|and|or|not) [^\s:{HAN}{FORMULA}]+)*:(?=[{HAN}])",
            re.ASCII,
        ),
    ),  # the head of a loop or of a condition
    (
        "$",
        re.compile(
            rf"\$[a-z]\w*(?:(?:->| ?= ?)[^;\n{HAN}{FORMULA}]{{1,80}}|, [^;\n{HAN}{FORMULA}]{{1,80}}\));(?=[{HAN},])",
            re.ASCII,
        ),
    ),  # a statement with a variable of PHP or Perl
    ("~", re.compile("(?<=[号符用以将把和中])~+(?=(?:来?表示|代表|代替|开头|结尾))")),  # a tilde that is spoken of
    ("", re.compile(rf"[:;](?<=[{HAN}。\s].)[-o^]?[)(](?![{HAN}A-Za-z0-9{FORMULA}])")),  # a smiley
)
"""Stretches that stay as they are, each with a string that a text must have for a match."""

_MEMBER: Final = r"[^\s,()]{1,8}"
TUPLE: Final = re.compile(rf"\((?=[^()]{{0,80}}?(?<=[( ])[{HAN}]{{1,8}}[0-9]?[,)]){_MEMBER}(?:, {_MEMBER})+\)")
"""A tuple, as in (主语, 谓语): words, one Chinese at least, and spaces after commas, where Chinese text has none."""

QUOTED: Final = re.compile(r"[(\[{][urbf]?['\"*]")
"""A bracket with a string right after it, or with the ``*`` of a Mathematica comment: code."""

ASSIGNED: Final = re.compile(r"\w=\w|\w = \w")
"""Content such as ``axis=1``."""

NAMED: Final = re.compile(r"[A-Za-z_]\w{1,40}=\w|\w = \w")
"""What of it is code after Chinese too; α=0.05 is none."""

ARGUMENT: Final = re.compile("[(,]-?[A-Za-z0-9]{1,2}$|[\"']$")
"""What is before a mark inside a call: one or two characters after another mark, or a string."""

_ARGUMENT: Final = r"(?:[0-9][0-9.]*|[A-Za-z][A-Za-z0-9]?)"
ARGUMENTS: Final = re.compile(rf"\w, \S|^{_ARGUMENT}(?:,{_ARGUMENT})+$|^(?:[0-9]{{1,3}}|[a-z]{{1,2}})$|^\[")
"""Content such as ``1, n`` or ``x,0,1`` or ``10`` or ``m`` or ``[x]``, after a name in lower case."""

VALUE: Final = re.compile(r"[0-9]{1,2}|[a-z]+(?:_[a-z0-9]+)+")
"""Content such as ``1`` or ``num_classes``, after any name."""

CALL: Final = re.compile(r"(?:[A-Za-z][A-Za-z0-9.]*|[^()]*, ?)\((?![0-9]{4}\))[^()]*\)", re.ASCII)
"""Content such as ``exp(A)``, a call itself, or ``4,f,(in_queue,out_queue)``; a year in brackets is of a citation."""

FUNCTION: Final = re.compile("函数|函數|方法")
"""What follows the brackets of a call that is spoken of: ``prime(n)函数``."""

UNIT: Final = re.compile(f"[0-9](?:[{HAN}]{{1,2}}|[℃°])(?<!约)$")
"""A number with its unit, from which a range may go on: ``2020年``, ``5℃``."""

NAMED_THING: Final = re.compile(r" ?(?:[^\W\da-z]|[0-9])\w")
"""What follows the colon of a label that a space is before: a word that is none in lower case."""

COUNTER: Final = re.compile("[题页人口岁元天年月日号个条款度]")
"""What makes a number in brackets a quantity."""

LABEL: Final = re.compile(rf"[{HAN}](?P<number>[0-9]{{1,3}} ?)$|(?:^|\n)[^\n,:;?!()]{{0,20}}[A-Za-z0-9]{{2}} $")
"""What is before the colon of a label: a word with its number, or a line's first words and a space (bold ended)."""

_COORDINATE: Final = f"-?(?:[0-9.]+|[a-z]_?[0-9]?{_PRIME}?)"
COUNTED: Final = re.compile(
    rf"[0-9][0-9.]*(?: ?[+*/×·] ?[0-9][0-9.]*)+|\w+(?: ?\* ?\w+)+|{_COORDINATE}(?:, ?{_COORDINATE})+"
)
"""Content that is reckoned, such as ``192+64``, or a shape, an interval or a point: ``4, 128``, ``z,0``."""

FACTOR: Final = re.compile("[-+*/=] ?[0-9.]{1,8}$")
"""What is before the brackets of a product: ``x=2(n-1)``."""

APART: Final = re.compile(f" [{HAN}A-Za-z]")
"""What stands behind a bracket that is typed as in English: a space, and a word after it."""

LISTED: Final = re.compile(rf"\) [{HAN}A-Za-z]{{1,10}}$")
"""What stands before the next bracket of a list so typed: ``甲(1) 乙(2)``."""

OPERATOR: Final = re.compile("[-+*/]")

ORDINAL: Final = re.compile("[0-9]{1,2}")
"""The number of a part or of an equation: three digits are a quantity."""

_NUMBER: Final = "([0-9]{1,3}(?:[.-][0-9]{1,3})?[a-z]?'?|[A-Za-z](?:[A-Za-z']|[.-]?[0-9]{1,2})?)"
TAG: Final = re.compile(rf"\\tag\*?\s*{{\s*\(?{_NUMBER}\)?\s*}}")
NUMBERED: Final = re.compile(rf"^[{FORMULA} —─.…·-]+\({_NUMBER}\)[,.;]?$", re.MULTILINE)
"""A line of a formula and its number, dots or dashes between them; the formula may be a block of its own."""

REFERRING: Final = frozenset("把将由从对用和与及或而在是即")
"""What stands before the letter of an equation, "把(B)的右边", and not before one that names a thing, "方法(A)"."""

POINT: Final = re.compile(rf"(?:^|[,:;。\n])\(([0-9]{{1,2}})\)(?=[\w “《{FORMULA}])")
"""What begins as a point does: ``首先:(1)能跑;(2)能停``."""

SPACED: Final = re.compile(rf"(?<=[{HAN}]), (?=\S)|(?<=\S), (?=[{HAN}])")
CLOSE: Final = re.compile(rf"(?<=[{HAN}]),(?=\S)|(?<=\S),(?=[{HAN}])")
"""A comma in Chinese text as it is typed in ASCII, and as a full-width one is folded."""

STOP: Final = re.compile(rf"[{HAN}{FORMULA})]\.(?=\s|$)")

NAME: Final = re.compile(r"[A-Za-z0-9_.]{1,60}$")
WORD: Final = re.compile("[A-Za-z0-9]+")
EQUATION: Final = re.compile("[0-9]{1,3}[a-z]?")
"""What ``\\eqref`` prints between its parentheses, after 式 or 程."""

PROSE: Final = re.compile(f"(?<=[{HAN}])(?:[?!]|[,:;](?=[{HAN}])|:(?=[A-Za-z0-9_]))")
"""A mark inside a comment or a string of code, or inside what a program printed."""

COMMENT: Final = re.compile(rf"#|(?<!:)//|\"{{3}}|'{{3}}|^\s*[{HAN}](?=.*[、。《“])")
"""Where the running text of a line of code begins: at a comment, or where a sentence of a docstring does."""
