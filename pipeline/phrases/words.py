"""What there is to say in a book beside the words of its sources: a field for each, the same in every language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PagePhrases:
    """What the page in a browser says besides; ``{}`` and named fields are filled in by its script."""

    skip: str  # the link past the contents
    search: str
    search_hint: str
    search_all: str  # a link from a page of a divided book to the page with the text of all
    hits: str  # {at} ("3/" at the third hit, else nothing), {hits}, {posts}
    no_hits: str
    no_hits_here: str  # on one page of a divided book
    next_hit: str
    previous_hit: str
    close: str
    filter: str
    filtered: str
    theme: str
    keys: str
    original: str  # a link to the post on the web
    copy_tex: str
    copied: str
    count: str  # how many posts and formulas there are: {posts}, {formulas}
    comma: str  # between the titles of a list


@dataclass(frozen=True, slots=True)
class ReportPhrases:
    """What the report for the editor says."""

    title: str
    findings: str  # {}
    none: str
    by_code: str
    by_post: str
    all: str
    whole_book: str  # heads what was found in no post
    in_book: str  # a link from a finding to its post
    code: str
    severity: str
    count: str
    meaning: str
    error: str
    warning: str
    note: str
    posts: str
    cut: str
    inferred: str
    formulas: str
    as_source: str
    images: str


@dataclass(frozen=True, slots=True)
class Phrases:
    """One language's words. Fields with ``{}`` are format strings."""

    contents: str
    landmarks: str  # names the list of cover, contents and beginning, for those who hear it
    about: str
    source: str
    author: str
    licence: str
    truncated: str  # stands where a post was cut
    truncated_list: str  # heading of the list of cut posts
    excerpt: str  # marks a cut post in the contents; the same word wherever one is spoken of
    read_at: str  # before the address where the whole post stands
    year_inferred: str  # beside a year that was concluded, with the evidence
    missing_image: str  # before the caption of a picture that the source lost
    formula_as_source: str  # told of a formula shown as its TeX
    mentioned_in: str
    previous: str
    next: str
    series: str
    equations: str
    colophon: str
    cover: str
    title_page: str
    notes: str
    month_day: str  # {day}, {month}
    year_month_day: str
    author_suffix: str  # after the author's name on a title page: "著"
    page: PagePhrases
    report: ReportPhrases
    labelled: str  # {label}: {text}
    aside: str  # {}, in the language's parentheses
    insertion: str  # {}, in the brackets that mark what the book puts among the author's words
    post_title: str  # the title of a post where a sentence names it
    permalink: str  # what the "#" beside a heading is, for those who cannot see it
    year: str  # title of a part that holds the posts of one year
    year_and: str  # between two pieces of evidence
    year_said: str  # evidence of a year: words of the post itself
    year_said_also: str  # between two quotations of that evidence, with the marks that end one and begin the next
    year_not_before: str  # evidence of a year: a post or a day that is earlier
    year_not_after: str  # evidence of a year: a post that is later
    about_made: str  # where the words are from, and who set them
    about_posts: str  # how many posts and formulas the book holds
    about_truncated: str
    about_years: str
    about_images: str
    about_formulas: str
    edition: str  # before the day on which the edition was made
    identifier: str
    made_with: str  # before the names of the programs
    math_font: str  # before the licence of the embedded font
    page_source: str  # what the numbers of the page list count
    accessible: str  # sentences of the accessibility summary, each for what is true of the book
    accessible_mathml: str
    accessible_formula_images: str
    accessible_lost_images: str
    accessible_images_without_text: str
    gap: str = " "  # between words in brackets and what stands beside them
    months: tuple[str, ...] = ()  # what {month} is, where months have names; else it is a number
    first_day: str = ""  # what {day} is on the first of a month, where that is no number like the others

    def lost_picture(self, alt: str = "") -> str:
        """Return what stands in the place of a picture that the source lost, before what is known of it."""
        words = self.insertion.format(self.missing_image)
        return f"{words}{self.gap}{alt}" if alt else words

    def date(self, year: int | None, month: int, day: int) -> str:
        """Return a day as readers of the language write it; ``year`` is None where nobody knows it."""
        form = self.month_day if year is None else self.year_month_day
        return form.format(
            year=year,
            month=self.months[month - 1] if self.months else month,
            day=self.first_day if self.first_day and day == 1 else day,
        )
