"""What may stand in a formula: the control sequences and environments of AMS and MathJax that print something.

Whatever is not listed never reaches a converter or TeX: no file access, no category codes, no definitions (those are
expanded before), no links, no scripts.
"""

from __future__ import annotations

from typing import Final

from pipeline.tex.symbols import SYMBOLS
from pipeline.tex.text_symbols import ACCENTS, LETTERS, TEXT_SYMBOLS

_WORDS: Final = """
    And Bbb Bbbk Big Bigg Biggl Biggm Biggr Bigl Bigm Bigr Bra Braket Huge Ket Ketbra LARGE LaTeX Large Pr Rule Set
    Space TeX Tiny above abovewithdelims acute allowbreak arccos arcctg arcsin arctan arctg arg argmax argmin array atop
    atopwithdelims bar bbFont bbox bcancel begin bf big bigg biggl biggm biggr bigl bigm bigr binom bm bmod bold
    boldsymbol bottomrule boxed bra brace brack braket breve buildrel cal cancel cancelto cases centernot cfrac ch check
    choose clap color colorbox copyright cos cosec cosh cot cotg coth cr csc ctg cth dbinom ddddot dddot ddot deg det
    dfrac dim displaylimits displaylines displaystyle dot dots emph enclose end enskip enspace eqalign eqalignno eqref
    exp fbox fcolorbox footnotesize frac frak framebox gcd genfrac grave hat hbox hdashline hfil hfill hfilll hline hom
    hphantom hskip hspace huge idotsint iff impliedby implies inf injlim it ker kern ket ketbra label large left
    leftroot leqalignno lg lim liminf limits limsup llap ln log lower lparen mathbb mathbbm mathbf mathbfcal mathbffrak
    mathbfit mathbfscr mathbfsf mathbfsfit mathbfsfup mathbfup mathbin mathcal mathchoice mathclap mathclose mathds
    mathfrak mathinner mathit mathllap mathnormal mathop mathopen mathord mathpunct mathrel mathring mathrlap mathrm
    mathscr mathsf mathsfit mathsfup mathstrut mathtt mathup matrix max mbox medspace middle midrule min mit mkern mod
    moveleft moveright mskip mspace negmedspace negthickspace negthinspace newline nobreak nobreakspace nolimits
    nonscript nonumber normalsize not notag of oldstyle operatorname operatornamewithlimits over overbrace overbracket
    overleftarrow overleftrightarrow overline overparen overrightarrow overset overunderset overwithdelims phantom plim
    pmatrix pmb pmod pod prescript projlim qquad quad raise raisebox ref relax right rlap rm root rparen rule scr
    scriptscriptstyle scriptsize scriptstyle sec set sf sh shoveleft shoveright sideset sin sinh skew small smash sout
    space sqrt stackbin stackrel strut substack sup symbb symbf symbfcal symbffrak symbfit symbfscr symbfsf symbfsfit
    symbfsfup symbfup symcal symfrak symit symnormal symrm symscr symsf symsfit symsfup symtt symup tabularnewline tag
    tan tanh tbinom text textbf textcolor textit textmd textmode textnormal textrm textsc textsf textsl textstyle texttt
    textup tfrac tg th thickspace thinspace tilde tiny toprule tt underbar underbrace underbracket underleftarrow
    underleftrightarrow underline underparen underrightarrow underset unicode uproot varinjlim varliminf varlimsup
    varprojlim vcenter vec verb vphantom widecheck widehat widetilde xLeftarrow xLeftrightarrow xRightarrow xcancel
    xhookleftarrow xhookrightarrow xleftarrow xleftharpoondown xleftharpoonup xleftrightarrow xleftrightharpoons
    xlongequal xmapsto xrightarrow xrightharpoondown xrightharpoonup xrightleftharpoons xtofrom xtwoheadleftarrow
    xtwoheadrightarrow
"""
_SIGNS: Final = (
    "\t",
    "\n",
    " ",
    "!",
    '"',
    "#",
    "$",
    "%",
    "&",
    "'",
    "(",
    ")",
    ",",
    "-",
    "/",
    ":",
    ";",
    "=",
    ">",
    "\\",
    "\\*",  # the end of a row with its star
    "^",
    "_",
    "`",
    "{",
    "|",
    "}",
    "~",
    "\xa0",
)
_ENVIRONMENTS: Final = """
    Bmatrix Bmatrix* CD Vmatrix Vmatrix* align align* alignat alignat* aligned alignedat array bmatrix bmatrix* cases
    darray dcases displaylines displaymath drcases eqnarray eqnarray* equation equation* flalign flalign* gather gather*
    gathered math matrix matrix* multline multline* numcases pmatrix pmatrix* rcases smallmatrix split subarray
    subequations subnumcases vmatrix vmatrix* xalignat xalignat* xxalignat
"""

ALLOWED: Final = frozenset(
    {
        *SYMBOLS,
        *TEXT_SYMBOLS,
        *LETTERS,
        *ACCENTS,
        *("\\" + name for name in (*_WORDS.split(), *_SIGNS)),
    }
)
"""Control sequences, backslash included."""

ALLOWED_ENVIRONMENTS: Final = frozenset(_ENVIRONMENTS.split())
"""Environments, by name."""
