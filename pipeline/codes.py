"""The codes of diagnostics: one entry each, with what it means, why it matters and an example (docs/diagnostics.md).

A code's name is stable; scripts may rely on it. Every code appears in a case under tests/cases; those that none can
provoke are listed in tests/unit/test_codes.py, each with the test that does.
"""

from __future__ import annotations

from enum import Enum


class Severity(Enum):
    """How bad a finding is. ``--strict`` fails a build on errors and warnings; notes never do."""

    NOTE = "note"  # something was concluded or changed, and nothing is wrong
    WARNING = "warning"  # something is doubtful, or not shown as its author meant it
    ERROR = "error"  # something is lost, or the artefact cannot be trusted


class Code(Enum):
    """Every kind of finding: its name, its severity, and the help line shown under it."""

    def __init__(self, label: str, severity: Severity, help_line: str) -> None:
        self.label = label
        self.severity = severity
        self.help = help_line

    POST_TRUNCATED = (
        "post-truncated",
        Severity.NOTE,
        "add a source that has the whole post, and the build will complete it",
    )
    """The source ends this post with a "read more" line, so the book has only its beginning.

    Example: a post whose last line is ``点击阅读全文...``.
    """

    NO_POSTS = (
        "no-posts",
        Severity.WARNING,
        "a post begins with a date line such as '18 Apr', an empty line and a title",
    )
    """A source was read and no post was found in it; a line that is nearly a day is named.

    Examples: an empty file; ``20190312`` above each post; ``3/12/2019``, where no other day tells which number is the
    month.
    """

    ENCODING_DOUBTFUL = ("encoding-doubtful", Severity.WARNING, "name the encoding with --encoding, such as gb18030")
    """No encoding makes plausible text of a source, and the best guess was taken; or the one asked for makes none.

    Example: a short GB18030 file of rare names; a Big5 file with ``--encoding gb18030``.
    """

    MOJIBAKE = ("mojibake", Severity.WARNING, "get the text again from where it was published; this copy is damaged")
    """A source holds text that was once read in a wrong encoding and saved like that.

    Example: ``锟斤拷``, ``Ã©`` for ``é``, ``鏁板`` for ``数学``, or many replacement characters.
    """

    CHARACTERS_REMOVED = ("characters-removed", Severity.NOTE, "")
    """Control characters and the like, which XML and so EPUB cannot hold, were removed; the message counts them.

    Example: a form feed between two pages of a dump.
    """

    BYTES_UNREADABLE = ("bytes-unreadable", Severity.ERROR, "name the encoding with --encoding, or mend the source")
    """Some bytes are not text in the encoding of the source and show as a replacement character.

    Example: a UTF-8 file that was cut inside a character.
    """

    CAPTION_ONCE = ("caption-once", Severity.NOTE, "")
    """A line is taken for the caption of a picture that the source lost, though it does not stand there twice.

    Example: ``Samples of the model (from its paper)`` between a paragraph and a heading.
    """

    CODE_INDENTATION_RESTORED = (
        "code-indentation-restored",
        Severity.NOTE,
        "compare the code with the original, and correct the source where it is wrong",
    )
    """Each piece of a listing lost the indentation of its first line in the source, and has it again, as a guess.

    The first line stands where the second one does, or one step further left where it opens a block or a bracket.

    Example: ``import numpy`` and below it, indented by four spaces, ``import scipy``.
    """

    TEXT_BEFORE_POSTS = (
        "text-before-posts",
        Severity.WARNING,
        "put a date line and a title above this text if it is a post",
    )
    """A source has text before its first date line; it belongs to no post and is left out.

    Example: the blog's name at the top of a dump.
    """

    POST_INFERRED = (
        "post-inferred",
        Severity.NOTE,
        "put the title below the day, and write all days alike, if this is wrong",
    )
    """A post or its title is not where the dump's form alone tells it, but what stands around tells it.

    Examples: the line above the only day of a dump is a title where running text stands below; the days of the last
    posts are written otherwise than those before, where all days run backwards.
    """

    DATE_IN_BODY = ("date-in-body", Severity.NOTE, "")
    """A day is alone on a line, as above a post, but belongs to the text of the post before.

    No title follows it, or it is written differently from the days above the other posts of the source.
    Examples: a diary entry inside a post: ``7 Feb``, and under it a paragraph; or ``2018-04-20`` where days are written
    ``18 Apr``.
    """

    DATE_IMPOSSIBLE = ("date-impossible", Severity.WARNING, "correct the day in the source if a post begins here")
    """A line looks like the day above a post, but the calendar has no such day, so it is text.

    Examples: ``31 Feb``; ``12/25/2019`` where most days are written like ``25/12/2019``.
    """

    LINK_UNRESOLVED = (
        "link-unresolved",
        Severity.WARNING,
        "the text is kept, without a link",
    )
    """A link leads to a post, a file or a heading that the book does not have, or to a place between two headings.

    Example: ``[the next](b.md)`` where there is no such post, or ``skip = true`` took it out.
    """

    OVERRIDE_UNUSED = (
        "override-unused",
        Severity.WARNING,
        "name the post by its title or its id, as `pipeline inspect` shows them; give a year to one that has a day",
    )
    """An entry under [[post]] in book.toml did nothing: no source has the post, or its year is for one without a day.

    Example: ``post = "A titel"`` where the post is called "A title".
    """

    POST_TWICE = ("post-twice", Severity.NOTE, "")
    """The sources hold the same post more than once, and the book has it once. What differs is shown.

    Example: a dump of January and a dump of February that both hold a post of 31 January.
    """

    POST_COMPLETED = ("post-completed", Severity.NOTE, "")
    """One source holds the beginning of a post and another the whole of it; the book has the whole.

    Example: a front page that ends in ``点击阅读全文...`` beside the post's own page.
    """

    PASSAGE_LEFT_OUT = (
        "passage-left-out",
        Severity.WARNING,
        "put the passage into the source that the book takes the post from, or leave one of the two out",
    )
    """Two sources have a post, and the text that the book has of it has nothing like a passage of the other one.

    Example: a correction at the end of a dump's copy, before it is cut, that the post's own page does not have.
    """

    PUNCTUATION_RESTORED = (
        "punctuation-restored",
        Severity.NOTE,
        "set text.punctuation = false in book.toml to keep the marks as the source has them",
    )
    """Chinese punctuation that the source had folded to ASCII was made full-width again; the counts say how often.

    Example: ``是的,对吗?`` becomes ``是的，对吗？``.
    """

    PUNCTUATION_KEPT = (
        "punctuation-kept",
        Severity.NOTE,
        "set text.punctuation = true in book.toml if the source was folded in part",
    )
    """A Chinese source has full-width marks, or a post spaces after its commas: ASCII marks are taken as the author's.

    Example: a post of fifty commas in ASCII, with ten full-width ones in what it quotes.
    """

    LANGUAGE_INFERRED = ("language-inferred", Severity.NOTE, "set language under [book] in book.toml if this is wrong")
    """No language is configured and the text is not in simplified Chinese, so the book takes the text's own language.

    A text that is too short to tell its language, in letters alone, is taken to be English.

    Example: a dump of English posts gets English headings and labels.
    """

    YEAR_INFERRED = ("year-inferred", Severity.NOTE, "state the year under [[post]] in book.toml if this is wrong")
    """The source gives a day without its year, and the year follows from something else; the message says from what.

    Example: a post of 7 Feb that says that today is the last day of the lunar year: 2016.
    """

    YEAR_DOUBTFUL = ("year-doubtful", Severity.WARNING, "state the year under [[post]] in book.toml")
    """Two things that each tell the year of a post contradict one another, so the post stays without a year.

    Example: a post of 7 Feb that says "today is the last day of the lunar year" and "now, in 2018".
    """

    SERIES_GAP = ("series-gap", Severity.NOTE, "add a source that has the missing posts")
    """Posts that are numbered as a series do not have all its numbers. Example: parts 1 and 3, without 2."""

    MACRO = (
        "macro-malformed",
        Severity.WARNING,
        "define the macro under macros in book.toml in a form that TeX accepts",
    )
    r"""A macro cannot be defined or used as the source has it, or it expands endlessly; the formula is shown as TeX.

    Example: ``\def\x{\x\x}\x``.
    """

    DOLLAR_UNBALANCED = (
        "dollar-unbalanced",
        Severity.WARNING,
        "add the dollar that is missing, or write \\$ for a literal dollar sign",
    )
    """A dollar in the text has no partner, so a formula near it may have been read wrongly, or not at all.

    Example: ``设$x$为实数,则y$ > 0``.
    """

    FORMULA_COMMAND = (
        "formula-command",
        Severity.WARNING,
        "define the command under macros in book.toml, or correct its spelling in the source",
    )
    r"""A formula uses a command or an environment that is not defined; it is shown as its TeX.

    Example: ``$\msign(x)$`` where no formula before it defines ``\msign``.
    """

    FORMULA_LIMIT = ("formula-limit", Severity.WARNING, "split the formula into several")
    """A formula is longer, or nested more deeply, than any real one; it is shown as its TeX and not converted.

    Example: fifty braces inside one another.
    """

    FORMULA_AS_SOURCE = (
        "formula-as-source",
        Severity.WARNING,
        "correct the TeX in the source; the caret shows where parsing stopped",
    )
    r"""A formula could not be converted with certainty, so its TeX is shown instead.

    Example: ``$\frac{a$``.
    """

    LABEL_TWICE = ("label-twice", Severity.WARNING, "give each equation of a post its own label")
    r"""Two equations of one post have the same ``\label``; references to it mean the first.

    Example: ``\label{eq:a}`` in two displays.
    """

    NUMBER_TWICE = (
        "number-twice",
        Severity.WARNING,
        "give the automatically numbered equation its own \\tag, or remove its number with \\notag",
    )
    r"""An equation is automatically given the number that another of its post has by its ``\tag``; so it is in MathJax.

    Example: two rows of an ``align``, (1) and (2), and below them ``\tag{1}``.
    """

    REFERENCE_UNRESOLVED = (
        "reference-unresolved",
        Severity.WARNING,
        "the equation may stand in the part of the post that was cut",
    )
    r"""A ``\ref`` or ``\eqref`` names a label that no numbered equation of its post has; the book shows the command.

    What pandoc writes (docx, odt, Markdown, typst, plain text) has "???" in its place.

    Example: ``$\eqref{eq:base}$`` in a post without ``\label{eq:base}``.
    """

    MARKUP_SIMPLIFIED = ("markup-simplified", Severity.NOTE, "")
    """Something in a post has no place in the book as its author wrote it, and is kept in a simpler form.

    Examples: a table whose cells span two rows; a link to ``ftp://…``, which is text, and its address behind it.
    """

    POST_AS_SOURCE = ("post-as-source", Severity.WARNING, "simplify the post, or convert it by other means first")
    """A post cannot be read in the time, memory and depth that it is given, so the book shows its source as text.

    Example: a Markdown file of 3,000 nested quotations.
    """

    POST_LEFT_OUT = ("post-left-out", Severity.NOTE, "")
    """A source holds a post that is not published, or is kept outside the folder of posts; it is not in the book.

    Examples: ``draft: true`` in the front matter of a Markdown file; ``notes/essay.md`` in a site with ``_posts``.
    """

    SITE_TEXT = ("site-text", Severity.NOTE, "")
    """What a site prints above, below or inside its posts is not the author's, and the book does not have it.

    Examples: the same request for donations at the end of three saved pages; ``by Jane`` behind the day of a post; the
    ``#`` behind several headings, which was a link to each; the numbers of the lines of a listing.
    """

    FRONT_MATTER = ("front-matter", Severity.WARNING, "correct the lines between the --- or +++ marks")
    """The lines before a post that should say its title and date cannot be understood, so they are not used.

    Example: ``title: a: b`` in YAML, which needs quotation marks around ``a: b``.
    """

    IMAGE_LOST = ("image-lost", Severity.WARNING, "put the file where the post looks for it")
    """An image is not in the book; the message says why: no such file, a file on the web, or not an image.

    Example: ``![](images/a.png)`` in a folder without that file.
    """

    COVER_UNREADABLE = ("cover-unreadable", Severity.WARNING, "name a PNG, JPEG or GIF file as `cover` in book.toml")
    """The picture named as cover cannot be used, so one is drawn instead.

    Example: ``cover = "cover.tiff"``.
    """

    COVER_WITHOUT_FONT = (
        "cover-without-font",
        Severity.NOTE,
        "install a font such as Noto Serif CJK, or name a picture as `cover` in book.toml",
    )
    """No installed font has the title's characters, so the cover is only an SVG, which some shelves do not show.

    Example: a Chinese title on a machine without CJK fonts.
    """

    FORMULA_NOT_PRINTED = (
        "formula-not-printed",
        Severity.WARNING,
        "correct the formula in the source; until then the printed book shows its TeX",
    )
    r"""XeLaTeX cannot set a formula, or not at a size that can be read, so the printed book shows its source.

    Other formats may show it.

    Example: ``$\left( x$``.
    """

    FORMULA_SCALED = ("formula-scaled", Severity.NOTE, "break the formula into rows, or choose a larger [pdf] paper")
    r"""A formula is so much wider than the line of the printed book that it was made small to fit.

    Example: a matrix of twenty columns on A5.
    """

    GLYPH_MISSING = (
        "glyph-missing",
        Severity.WARNING,
        "install fonts-dejavu-core for more signs; for those in colour, choose a plain one",
    )
    """No font of the printed book has a character, so its number stands in a frame; a pictograph before a heading or
    a paragraph is left out of what is seen.

    Example: an emoji, where no font with emoji outlines is installed.
    """

    LINE_TOO_WIDE = (
        "line-too-wide",
        Severity.WARNING,
        "choose a larger [pdf] paper, or give the line a place to break",
    )
    """Lines of the printed book stick out of their margin, far enough to be seen.

    Example: a table of formulas that is wider than the page.
    """

    PAGE_LARGE = (
        "page-large",
        Severity.WARNING,
        "divide it by --split post, or by --split year where years are known; in book.toml it is split under [html]",
    )
    """The HTML page is larger than 50 MB, which browsers on phones do not open.

    Example: a dump of a thousand long posts.
    """

    CONTENT_LOST = (
        "content-lost",
        Severity.ERROR,
        "build the book again; if it stays so, report it as a defect of the program, with the source",
    )
    """The book was read back and something that the source holds is not in it: text, a formula, a figure or a flag.

    Example: an EPUB from which a paragraph was cut.
    """

    FORMULAS_AS_TEX = ("formulas-as-tex", Severity.WARNING, "build the EPUB, the PDF or the page to have them typeset")
    """Pandoc cannot turn a formula into the mathematics of a format, so the formula stands there as TeX.

    Example: ``\\enclose{circle}{x}`` in a docx.
    """

    FORMULA_NOT_DRAWN = ("formula-not-drawn", Severity.WARNING, "build the edition with MathML, which shows it")
    """The EPUB edition with formulas as images shows this formula as its TeX, because it cannot be drawn.

    Example: ``\\text{𓂀}`` inside a formula: no font that pictures are drawn with has hieroglyphs.
    """

    SPACES_DROPPED = (
        "spaces-dropped",
        Severity.NOTE,
        "the dump left them where it removed bold type or a link",
    )
    """Spaces between two Chinese words, or before a full-width mark, were dropped: Chinese text has none there.

    Example: ``原始的 高置信度结果 ，`` becomes ``原始的高置信度结果，``.
    """
