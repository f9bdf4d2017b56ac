"""The symbols of TeX, AMS and MathJax: each control word with its character, by what it is in a formula.

The words are those that MathJax 3 knows (base, ams, upgreek, gensymb), with a few of mathtools; the classes are TeX's.
Those of LaTeX and unicode-math alone come last.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final


class Kind(Enum):
    """What a symbol is in a formula, which decides its element and the space around it."""

    ITALIC = "italic"  # letters that stand slanted
    UPRIGHT = "upright"  # letters and signs that stand upright
    LARGE = "large"  # operators whose limits stand below and above them in displays
    INTEGRAL = "integral"  # operators whose limits stand beside them
    BINARY = "binary"  # binary operators
    RELATION = "relation"  # relations and arrows
    DOTS = "dots"  # dots and other things with inner spacing
    OPENING = "opening"  # opening delimiters
    CLOSING = "closing"  # closing delimiters
    FENCE = "fence"  # delimiters that open or close
    PUNCTUATION = "punctuation"  # punctuation


@dataclass(frozen=True, slots=True)
class Symbol:
    """A character and what it is."""

    character: str
    kind: Kind


_MATHJAX: Final = {
    Kind.ITALIC: """
    alpha α beta β gamma γ delta δ epsilon ϵ zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ nu ν xi ξ omicron ο pi π
    rho ρ sigma σ tau τ upsilon υ phi ϕ chi χ psi ψ omega ω varepsilon ε vartheta ϑ varpi ϖ varrho ϱ varsigma ς varphi φ
    hbar ℏ imath ı jmath ȷ ell ℓ partial ∂ prime ′ digamma ϝ varkappa ϰ varGamma 𝛤 varDelta 𝛥 varTheta 𝛩 varLambda 𝛬
    varXi 𝛯 varPi 𝛱 varSigma 𝛴 varUpsilon 𝛶 varPhi 𝛷 varPsi 𝛹 varOmega 𝛺 beth ℶ gimel ℷ daleth ℸ backprime ‵ hslash
    ℏ varnothing ∅ blacktriangle ▴ triangledown ▽ blacktriangledown ▾ square ◻ Box ◻ blacksquare ◼ lozenge ◊ Diamond
    ◊ blacklozenge ⧫ bigstar ★ sphericalangle ∢ measuredangle ∡ nexists ∄ complement ∁ mho ℧ Finv Ⅎ diagup ╱ Game ⅁
    diagdown ╲ yen ¥ circledR ® checkmark ✓ maltese ✠
    """,
    Kind.UPRIGHT: """
    S § aleph ℵ wp ℘ Re ℜ Im ℑ infty ∞ emptyset ∅ nabla ∇ top ⊤ bot ⊥ angle ∠ triangle △ backslash \\ forall ∀ exists
    ∃ neg ¬ lnot ¬ flat ♭ natural ♮ sharp ♯ clubsuit ♣ diamondsuit ♢ heartsuit ♡ spadesuit ♠ surd √ Gamma Γ Delta Δ
    Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω circledS Ⓢ eth ð upalpha α upbeta β upgamma γ
    updelta δ upepsilon ϵ upzeta ζ upeta η uptheta θ upiota ι upkappa κ uplambda λ upmu μ upnu ν upxi ξ upomicron ο
    uppi π uprho ρ upsigma σ uptau τ upupsilon υ upphi ϕ upchi χ uppsi ψ upomega ω upvarepsilon ε upvartheta ϑ
    upvarpi ϖ upvarrho ϱ upvarsigma ς upvarphi φ Upgamma Γ Updelta Δ Uptheta Θ Uplambda Λ Upxi Ξ Uppi Π Upsigma Σ
    Upupsilon Υ Upphi Φ Uppsi Ψ Upomega Ω ohm Ω degree ° celsius ℃ perthousand ‰ micro µ
    """,
    Kind.LARGE: """
    coprod ∐ bigvee ⋁ bigwedge ⋀ biguplus ⨄ bigcap ⋂ bigcup ⋃ intop ∫ prod ∏ sum ∑ bigotimes ⨂ bigoplus ⨁ bigodot ⨀
    bigsqcup ⨆
    """,
    Kind.INTEGRAL: """
    int ∫ iint ∬ iiint ∭ oint ∮ smallint ∫ iiiint ⨌ oiint ∯ oiiint ∰
    """,
    Kind.BINARY: """
    triangleleft ◃ triangleright ▹ bigtriangleup △ bigtriangledown ▽ wedge ∧ land ∧ vee ∨ lor ∨ cap ∩ cup ∪ ddagger
    ‡ dagger † sqcap ⊓ sqcup ⊔ uplus ⊎ amalg ⨿ diamond ⋄ bullet ∙ wr ≀ div ÷ divsymbol ÷ odot ⊙ oslash ⊘ otimes ⊗
    ominus ⊖ oplus ⊕ mp ∓ pm ± circ ∘ bigcirc ◯ setminus ⧵ cdot ⋅ ast ∗ times × star ⋆ notChar ⧸ dotplus ∔ ltimes ⋉
    smallsetminus ∖ rtimes ⋊ Cap ⋒ doublecap ⋒ leftthreetimes ⋋ Cup ⋓ doublecup ⋓ rightthreetimes ⋌ barwedge ⊼
    curlywedge ⋏ veebar ⊻ curlyvee ⋎ doublebarwedge ⩞ boxminus ⊟ circleddash ⊝ boxtimes ⊠ circledast ⊛ boxdot ⊡
    circledcirc ⊚ boxplus ⊞ centerdot ⋅ divideontimes ⋇ intercal ⊺ blacktriangleleft ◂ blacktriangleright ▸
    vartriangle △
    """,
    Kind.RELATION: """
    propto ∝ sqsubseteq ⊑ sqsupseteq ⊒ parallel ∥ mid ∣ dashv ⊣ vdash ⊢ leq ≤ le ≤ geq ≥ ge ≥ lt < gt > succ ≻ prec
    ≺ approx ≈ succeq ⪰ preceq ⪯ supset ⊃ subset ⊂ supseteq ⊇ subseteq ⊆ in ∈ ni ∋ notin ∉ owns ∋ gg ≫ ll ≪ sim ∼
    simeq ≃ perp ⊥ equiv ≡ asymp ≍ smile ⌣ frown ⌢ ne ≠ neq ≠ cong ≅ doteq ≐ bowtie ⋈ models ⊨ Leftrightarrow ⇔
    Leftarrow ⇐ Rightarrow ⇒ leftrightarrow ↔ leftarrow ← gets ← rightarrow → to → mapsto ↦ leftharpoonup ↼
    leftharpoondown ↽ rightharpoonup ⇀ rightharpoondown ⇁ nearrow ↗ searrow ↘ nwarrow ↖ swarrow ↙ rightleftharpoons
    ⇌ hookrightarrow ↪ hookleftarrow ↩ longleftarrow ⟵ Longleftarrow ⟸ longrightarrow ⟶ Longrightarrow ⟹
    Longleftrightarrow ⟺ longleftrightarrow ⟷ longmapsto ⟼ leqq ≦ geqq ≧ leqslant ⩽ geqslant ⩾ eqslantless ⪕
    eqslantgtr ⪖ lesssim ≲ gtrsim ≳ lessapprox ⪅ gtrapprox ⪆ approxeq ≊ lessdot ⋖ gtrdot ⋗ lll ⋘ llless ⋘ ggg ⋙
    gggtr ⋙ lessgtr ≶ gtrless ≷ lesseqgtr ⋚ gtreqless ⋛ lesseqqgtr ⪋ gtreqqless ⪌ doteqdot ≑ Doteq ≑ eqcirc ≖
    risingdotseq ≓ circeq ≗ fallingdotseq ≒ triangleq ≜ backsim ∽ thicksim ∼ backsimeq ⋍ thickapprox ≈ subseteqq ⫅
    supseteqq ⫆ Subset ⋐ Supset ⋑ sqsubset ⊏ sqsupset ⊐ preccurlyeq ≼ succcurlyeq ≽ curlyeqprec ⋞ curlyeqsucc ⋟
    precsim ≾ succsim ≿ precapprox ⪷ succapprox ⪸ vartriangleleft ⊲ lhd ⊲ vartriangleright ⊳ rhd ⊳ trianglelefteq ⊴
    unlhd ⊴ trianglerighteq ⊵ unrhd ⊵ vDash ⊨ Vdash ⊩ Vvdash ⊪ smallsmile ⌣ shortmid ∣ smallfrown ⌢ shortparallel ∥
    bumpeq ≏ between ≬ Bumpeq ≎ pitchfork ⋔ varpropto ∝ backepsilon ∍ therefore ∴ because ∵ eqsim ≂ Join ⋈ nless ≮
    ngtr ≯ nleq ≰ ngeq ≱ nleqslant ⪇ ngeqslant ⪈ nleqq ≰ ngeqq ≱ lneq ⪇ gneq ⪈ lneqq ≨ gneqq ≩ lvertneqq ≨ gvertneqq
    ≩ lnsim ⋦ gnsim ⋧ lnapprox ⪉ gnapprox ⪊ nprec ⊀ nsucc ⊁ npreceq ⋠ nsucceq ⋡ precneqq ⪵ succneqq ⪶ precnsim ⋨
    succnsim ⋩ precnapprox ⪹ succnapprox ⪺ nsim ≁ ncong ≇ nshortmid ∤ nshortparallel ∦ nmid ∤ nparallel ∦ nvdash ⊬
    nvDash ⊭ nVdash ⊮ nVDash ⊯ ntriangleleft ⋪ ntriangleright ⋫ ntrianglelefteq ⋬ ntrianglerighteq ⋭ nsubseteq ⊈
    nsupseteq ⊉ nsubseteqq ⊈ nsupseteqq ⊉ subsetneq ⊊ supsetneq ⊋ varsubsetneq ⊊ varsupsetneq ⊋ subsetneqq ⫋
    supsetneqq ⫌ varsubsetneqq ⫋ varsupsetneqq ⫌ leftleftarrows ⇇ rightrightarrows ⇉ leftrightarrows ⇆
    rightleftarrows ⇄ Lleftarrow ⇚ Rrightarrow ⇛ twoheadleftarrow ↞ twoheadrightarrow ↠ leftarrowtail ↢
    rightarrowtail ↣ looparrowleft ↫ looparrowright ↬ leftrightharpoons ⇋ curvearrowleft ↶ curvearrowright ↷
    circlearrowleft ↺ circlearrowright ↻ Lsh ↰ Rsh ↱ upuparrows ⇈ downdownarrows ⇊ upharpoonleft ↿ upharpoonright ↾
    downharpoonleft ⇃ restriction ↾ multimap ⊸ downharpoonright ⇂ leftrightsquigarrow ↭ rightsquigarrow ⇝ leadsto ⇝
    dashrightarrow ⇢ dashleftarrow ⇠ nleftarrow ↚ nrightarrow ↛ nLeftarrow ⇍ nRightarrow ⇏ nleftrightarrow ↮
    nLeftrightarrow ⇎ uparrow ↑ downarrow ↓ updownarrow ↕ Uparrow ⇑ Downarrow ⇓ Updownarrow ⇕ coloneqq ≔ eqqcolon ≕
    Coloneqq ⩴ vcentcolon ∶ dblcolon ∷ coloneq ≔ eqcolon ≕ longleadsto ⟿
    """,
    Kind.DOTS: """
    ldots … cdots ⋯ vdots ⋮ ddots ⋱ dotsc … dotsb ⋯ dotsm ⋯ dotsi ⋯ dotso …
    """,
    Kind.OPENING: """
    lmoustache ⎰ lgroup ⟮ langle ⟨ lbrace { lceil ⌈ lfloor ⌊ lbrack [ lvert | lVert ‖ ulcorner ⌜ llcorner ⌞
    """,
    Kind.CLOSING: """
    rmoustache ⎱ rgroup ⟯ rangle ⟩ rbrace } rceil ⌉ rfloor ⌋ rbrack ] rvert | rVert ‖ urcorner ⌝ lrcorner ⌟
    """,
    Kind.FENCE: """
    arrowvert ⏐ Arrowvert ‖ bracevert ⎪ Vert ‖ vert |
    """,
    Kind.PUNCTUATION: """
    ldotp . cdotp ⋅ colon :
    """,
}
_OTHERS: Final = {
    Kind.UPRIGHT: """
    Alpha Α Beta Β Epsilon Ε Zeta Ζ Eta Η Iota Ι Kappa Κ Mu Μ Nu Ν Omicron Ο Rho Ρ Tau Τ Chi Χ
    dag † ddag ‡ pounds £ mathsterling £
    """,
    Kind.LARGE: """
    bigcupdot ⨃ bigsqcap ⨅ bigtimes ⨉ sumint ⨋
    """,
    Kind.INTEGRAL: """
    fint ⨏ intbar ⨍ intBar ⨎ cirfnint ⨐ awint ⨑ intclockwise ∱ varointclockwise ∲ ointctrclockwise ∳
    """,
    Kind.BINARY: """
    fcmp ⨾
    """,
    Kind.RELATION: """
    Coloneq ⩴ VDash ⊫ arceq ≘ dashcolon ∹ dotsminusdots ∺ eqdef ≝ imageof ⊷ kernelcontraction ∻ lightning ↯ measeq ≞
    nequiv ≢ ngtrless ≹ ngtrsim ≵ nlesssim ≴ notni ∌ nsubset ⊄ nsupset ⊅ origof ⊶ questeq ≟ stareq ≛ veeeq ≚ wedgeq ≙
    """,
    Kind.DOTS: """
    iddots ⋰
    """,
    Kind.OPENING: """
    llbracket ⟦ lAngle ⟪ lBrace ⦃ llparenthesis ⦇ llangle ⦉
    """,
    Kind.CLOSING: """
    rrbracket ⟧ rAngle ⟫ rBrace ⦄ rrparenthesis ⦈ rrangle ⦊
    """,
}


def _symbols(tables: dict[Kind, str]) -> dict[str, Symbol]:
    symbols: dict[str, Symbol] = {}
    for kind, table in tables.items():
        words = table.split()
        for name, character in zip(words[::2], words[1::2], strict=True):
            symbols["\\" + name] = Symbol(character, kind)
    return symbols


UNKNOWN_TO_MATHJAX: Final = _symbols(_OTHERS)
"""Symbols by the words of LaTeX and unicode-math."""

SYMBOLS: Final = {**_symbols(_MATHJAX), **UNKNOWN_TO_MATHJAX}
"""Symbols by control word, backslash included."""

KINDS: Final = {symbol.character: symbol.kind for symbol in reversed(SYMBOLS.values())} | {"∫": Kind.INTEGRAL}
"""What a bare character is; of several names the first one listed decides, but for ``\\intop``."""
