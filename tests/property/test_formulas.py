"""Whatever TeX comes in: no exception, and nothing leaves but well-formed MathML of known names."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline.document import MATHML_NAMESPACE
from pipeline.mathml.engine import convert_one
from pipeline.tex.allowlist import ALLOWED, ALLOWED_ENVIRONMENTS
from pipeline.tex.built_in import BUILT_IN
from pipeline.tex.delimiters import find_formulas
from pipeline.tex.expansion import expand
from pipeline.tex.gate import refusal
from pipeline.tex.macros import MacroError
from pipeline.tex.numbered_rows import numbered_rows
from pipeline.tex.tokens import join, tokenize, tokenize_math

_NAMES = """
    math mi mn mo mtext mspace mrow mfrac msqrt mroot msub msup msubsup munder mover munderover mmultiscripts
    mprescripts none mtable mtr mtd mpadded mphantom mstyle
"""
ELEMENTS = frozenset(_NAMES.split())
PIECES = st.one_of(
    st.sampled_from(sorted(ALLOWED)),
    st.sampled_from(
        [*"{}[]()_^&$%#~'|<>=+-,.:/ \n", "\\\\", "ab", "12", "1.5", "中文", "\u2028", "é", "𝒙", "\U000f0000"]
    ),
    st.sampled_from(sorted(ALLOWED_ENVIRONMENTS)).map(lambda name: f"\\begin{{{name}}}"),
    st.sampled_from(sorted(ALLOWED_ENVIRONMENTS)).map(lambda name: f"\\end{{{name}}}"),
    st.characters(exclude_categories=("Cs", "Cc")),
)
SHORTHANDS = st.sampled_from(sorted(name for name in BUILT_IN if name.startswith("\\")))
TEX = st.lists(PIECES, max_size=25).map("".join)
SPACED = st.lists(
    st.sampled_from(["\\alpha ", "\\text", "\\verb ", "\\\\", "\\\\ *", "\\", "%", "%\n", *"{} aé|"]), max_size=20
).map("".join)
"""TeX that blanks, comments and the ends of words matter to."""


@st.composite
def balanced(draw: st.DrawFn, depth: int = 3) -> str:
    """TeX whose groups are closed, so that much of it can be converted."""
    command = draw(st.sampled_from(sorted(ALLOWED)))
    arguments = draw(st.lists(balanced(depth=depth - 1) if depth else st.sampled_from("abc12+"), max_size=3))
    return command + "".join(f"{{{argument}}}" for argument in arguments)


@given(st.one_of(TEX, balanced()), st.booleans())
@settings(max_examples=400, deadline=None)
def test_any_tex_converts_or_says_why(tex: str, display: bool) -> None:  # noqa: FBT001 - hypothesis passes it so
    if refusal(tex):
        return
    done = convert_one((tex, display))
    assert (done.mathml is None) == bool(done.error)
    if done.mathml is None:
        assert done.position is None or 0 <= done.position <= len(tex)
        return
    for element in etree.fromstring(done.mathml.encode()).iter():
        name = etree.QName(element)
        assert name.namespace == MATHML_NAMESPACE
        assert name.localname in ELEMENTS
        assert not any(str(key).startswith("on") or key in ("href", "style", "id", "src") for key in element.attrib)


@given(st.one_of(TEX, SPACED))
@settings(max_examples=300, deadline=None)
def test_tokens_are_the_text_again(tex: str) -> None:
    assert "".join(tokenize(tex)) == join(tokenize(tex)) == tex


@given(st.one_of(TEX, SPACED))
@settings(max_examples=300, deadline=None)
def test_a_formula_written_again_is_the_same(tex: str) -> None:
    written = join(tokenize_math(tex))
    assert join(tokenize_math(written)) == written
    tokens = tokenize_math(tex.replace("*", ""))  # a star stands in a row or belongs to its end, by the blank before it
    assert tokenize_math(join(tokens)) == tokens


@given(TEX)
@settings(max_examples=300, deadline=None)
def test_formulas_never_overlap(text: str) -> None:
    end = 0
    for formula in find_formulas(text):
        assert end <= formula.start < formula.end <= len(text)
        assert formula.tex in text[formula.start : formula.end]
        end = formula.end


@given(
    st.lists(
        st.one_of(PIECES, SHORTHANDS, st.sampled_from(["\\def", "\\newcommand", "\\let", "\\a", "#1"])), max_size=25
    )
)
@settings(max_examples=300, deadline=None)
def test_macros_end(pieces: list[str]) -> None:
    try:
        expanded = expand("".join(pieces), dict(BUILT_IN))
    except MacroError:
        return
    numbered_rows(expanded, display=True)


@given(st.text(alphabet="ACHNOaqsvx0123^_+-=<>[](){}$. */\\#~,;", max_size=25))
@settings(max_examples=300, deadline=None)
def test_chemistry_becomes_known_tex_or_is_refused(notation: str) -> None:
    try:
        expanded = expand(f"\\ce{{{notation}}} \\pu{{{notation}}}", dict(BUILT_IN))
    except MacroError:
        return
    if refusal(expanded) is None:
        done = convert_one((expanded, False))
        assert (done.mathml is None) == bool(done.error)
