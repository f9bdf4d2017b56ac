"""The book's own words, in the book's language: everything that a writer prints and no source said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class PagePhrases:
    """What the page in a browser says besides; ``{}`` and named fields are filled in by its script."""

    skip: str  # the link past the contents
    posts: str
    search: str
    search_hint: str
    search_all: str  # a link from a page of a divided book to the page with the text of all
    hits: str  # {at} ("3/" at the third hit, else nothing), {hits}, {posts}
    no_hits: str
    next_hit: str
    previous_hit: str
    close: str
    filter: str
    filtered: str
    theme: str
    keys: str
    cut: str  # marks a cut post in the contents
    original: str  # a link to the post on the web
    copy_tex: str
    copied: str
    count: str  # how many posts and formulas there are: {posts}, {formulas}
    imprint: str  # what a book made from a blog tells its reader of itself: {source}
    missing_images: str
    formulas_as_source: str
    inferred_years: str
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
    month_day: str
    year_month_day: str
    author_suffix: str  # after the author's name on a title page: "著"
    page: PagePhrases
    report: ReportPhrases
    permalink: str  # what the "#" beside a heading is, for those who cannot see it
    year: str  # title of a part that holds the posts of one year
    year_and: str  # between two pieces of evidence
    year_said: str  # evidence of a year: words of the post itself
    year_not_before: str  # evidence of a year: a post or a day that is earlier
    year_not_after: str  # evidence of a year: a post that is later
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


CHINESE = Phrases(
    contents="目录",
    landmarks="导览",
    about="关于本书",
    source="来源",
    author="作者",
    licence="许可",
    truncated="原文在此截断：所据的文本只收录了这篇文章的开头。",
    truncated_list="未收全的文章",
    read_at="全文见",
    year_inferred="年份系推断：{}",
    missing_image="原图缺失",
    formula_as_source="此公式未能排版，以下为其 TeX 源码",
    mentioned_in="被引用于",
    previous="上一篇",
    next="下一篇",
    series="系列",
    equations="公式索引",
    colophon="版本说明",
    cover="封面",
    title_page="书名页",
    notes="注释",
    month_day="{month}月{day}日",
    year_month_day="{year}年{month}月{day}日",
    author_suffix="著",
    permalink="此处的固定链接",
    page=PagePhrases(
        skip="跳到正文",
        posts="正文",
        search="搜索",
        search_hint="搜索文字或 TeX",
        search_all="在全书中搜索",
        hits="{at}{hits} 处，{posts} 篇",
        no_hits="没有找到",
        next_hit="下一处",
        previous_hit="上一处",
        close="关闭",
        filter="筛选目录",
        filtered="{} 篇",
        theme="切换明暗",
        keys="快捷键",
        cut="节选",
        original="原文",
        copy_tex="复制 TeX",
        copied="已复制",
        count="{posts} 篇文章，{formulas} 个公式",
        imprint="本书由博客文章的纯文本自动排成，文字依原样收录。",
        missing_images="{} 幅图片在所据的文本中已经缺失，只留下图题。",
        formulas_as_source="{} 个公式未能排版，以 TeX 源码示出。",
        inferred_years="{} 篇文章的年份系推断，依据注在文前。",
        comma="、",
    ),
    report=ReportPhrases(
        title="编辑报告",
        findings="{} 处",
        none="没有需要过问的地方。",
        by_code="按类别",
        by_post="按文章",
        all="全部",
        whole_book="全书",
        in_book="在书中查看",
        code="类别",
        severity="程度",
        count="次数",
        meaning="怎么办",
        error="错误",
        warning="警告",
        note="说明",
        posts="文章",
        cut="截断的文章",
        inferred="推断的年份",
        formulas="公式",
        as_source="未能排版的公式",
        images="缺失的图片",
    ),
    year="{year}年",
    year_and="；",
    year_said="文中说“{}”",
    year_not_before="不早于{}",
    year_not_after="不晚于{}",
    about_posts="全书共收文章 {posts} 篇，公式 {formulas} 个。",
    about_truncated="其中 {count} 篇在所据文本中只有开头部分，文末均已注明，并列于《{title}》。",
    about_years="{count} 篇的年份系推断所得，日期旁均已注明。",
    about_images="{count} 处插图为所据文本所缺，只存图题。",
    about_formulas="{count} 个公式未能排版，以 TeX 源码示之。",
    edition="版本",
    identifier="标识",
    made_with="制作",
    math_font="内嵌数学字体",
    page_source="页码据 PDF 版《{title}》",
    accessible="本书有多级目录与依序可读的正文，字体、字号与颜色均可由阅读器调整。",
    accessible_mathml="公式为 MathML，可由辅助技术朗读。",
    accessible_formula_images="公式为文字或图像，图像均附 TeX 源码作为替代文本。",
    accessible_lost_images="部分插图为所据文本所缺，只存图题。",
    accessible_images_without_text="部分图像没有替代文本。",
)

TRADITIONAL = Phrases(
    contents="目錄",
    landmarks="導覽",
    about="關於本書",
    source="來源",
    author="作者",
    licence="授權",
    truncated="原文在此截斷：所據的文本只收錄了這篇文章的開頭。",
    truncated_list="未收全的文章",
    read_at="全文見",
    year_inferred="年份係推斷：{}",
    missing_image="原圖缺失",
    formula_as_source="此公式未能排版，以下為其 TeX 原始碼",
    mentioned_in="被引用於",
    previous="上一篇",
    next="下一篇",
    series="系列",
    equations="公式索引",
    colophon="版本說明",
    cover="封面",
    title_page="書名頁",
    notes="註釋",
    month_day="{month}月{day}日",
    year_month_day="{year}年{month}月{day}日",
    author_suffix="著",
    permalink="此處的固定連結",
    page=PagePhrases(
        skip="跳到正文",
        posts="正文",
        search="搜尋",
        search_hint="搜尋文字或 TeX",
        search_all="在全書中搜尋",
        hits="{at}{hits} 處，{posts} 篇",
        no_hits="沒有找到",
        next_hit="下一處",
        previous_hit="上一處",
        close="關閉",
        filter="篩選目錄",
        filtered="{} 篇",
        theme="切換明暗",
        keys="快速鍵",
        cut="節選",
        original="原文",
        copy_tex="複製 TeX",
        copied="已複製",
        count="{posts} 篇文章，{formulas} 個公式",
        imprint="本書由部落格文章的純文字自動排成，文字依原樣收錄。",
        missing_images="{} 幅圖片在所據的文本中已經缺失，只留下圖題。",
        formulas_as_source="{} 個公式未能排版，以 TeX 原始碼示出。",
        inferred_years="{} 篇文章的年份係推斷，依據註在文前。",
        comma="、",
    ),
    report=ReportPhrases(
        title="編輯報告",
        findings="{} 處",
        none="沒有需要過問的地方。",
        by_code="按類別",
        by_post="按文章",
        all="全部",
        whole_book="全書",
        in_book="在書中檢視",
        code="類別",
        severity="程度",
        count="次數",
        meaning="怎麼辦",
        error="錯誤",
        warning="警告",
        note="說明",
        posts="文章",
        cut="截斷的文章",
        inferred="推斷的年份",
        formulas="公式",
        as_source="未能排版的公式",
        images="缺失的圖片",
    ),
    year="{year}年",
    year_and="；",
    year_said="文中說「{}」",
    year_not_before="不早於{}",
    year_not_after="不晚於{}",
    about_posts="全書共收文章 {posts} 篇，公式 {formulas} 個。",
    about_truncated="其中 {count} 篇在所據文本中只有開頭部分，文末均已註明，並列於《{title}》。",
    about_years="{count} 篇的年份係推斷所得，日期旁均已註明。",
    about_images="{count} 處插圖為所據文本所缺，只存圖題。",
    about_formulas="{count} 個公式未能排版，以 TeX 原始碼示之。",
    edition="版本",
    identifier="識別碼",
    made_with="製作",
    math_font="內嵌數學字型",
    page_source="頁碼據 PDF 版《{title}》",
    accessible="本書有多級目錄與依序可讀的正文，字型、字級與顏色均可由閱讀器調整。",
    accessible_mathml="公式為 MathML，可由輔助技術朗讀。",
    accessible_formula_images="公式為文字或圖像，圖像均附 TeX 原始碼作為替代文字。",
    accessible_lost_images="部分插圖為所據文本所缺，只存圖題。",
    accessible_images_without_text="部分圖像沒有替代文字。",
)

ENGLISH = Phrases(
    contents="Contents",
    landmarks="Landmarks",
    about="About this book",
    source="Source",
    author="Author",
    licence="Licence",
    truncated="The text was cut here: the source holds only the beginning of this post.",
    truncated_list="Posts that are not complete",
    read_at="Read the whole post at",
    year_inferred="year inferred: {}",
    missing_image="image missing from the source",
    formula_as_source="This formula could not be typeset; its TeX source follows",
    mentioned_in="Mentioned in",
    previous="Previous",
    next="Next",
    series="Series",
    equations="Equations",
    colophon="Colophon",
    cover="Cover",
    title_page="Title page",
    notes="Notes",
    month_day="{month:02d}-{day:02d}",
    year_month_day="{year}-{month:02d}-{day:02d}",
    author_suffix="",
    permalink="Link to this place",
    page=PagePhrases(
        skip="Skip to the text",
        posts="Posts",
        search="Search",
        search_hint="Search text or TeX",
        search_all="Search the whole book",
        hits="Hits: {at}{hits}, posts: {posts}",
        no_hits="Nothing found",
        next_hit="Next hit",
        previous_hit="Previous hit",
        close="Close",
        filter="Filter the contents",
        filtered="Posts: {}",
        theme="Light or dark",
        keys="Keyboard",
        cut="excerpt",
        original="Original",
        copy_tex="Copy TeX",
        copied="Copied",
        count="Posts: {posts}, formulas: {formulas}",
        imprint="This book was typeset automatically from the plain text of a blog; its words are the author's.",
        missing_images="Images missing from the source: {}; their captions remain.",
        formulas_as_source="Formulas that could not be typeset and are shown as TeX: {}.",
        inferred_years="Posts whose year was inferred: {}; the evidence stands before each.",
        comma=", ",
    ),
    report=ReportPhrases(
        title="Editor’s report",
        findings="Findings: {}",
        none="There is nothing to look into.",
        by_code="By code",
        by_post="By post",
        all="All",
        whole_book="The whole book",
        in_book="See it in the book",
        code="Code",
        severity="Severity",
        count="Count",
        meaning="What to do",
        error="error",
        warning="warning",
        note="note",
        posts="Posts",
        cut="Posts that were cut",
        inferred="Inferred years",
        formulas="Formulas",
        as_source="Formulas shown as TeX",
        images="Missing images",
    ),
    year="{year}",
    year_and="; ",
    year_said="the text says “{}”",
    year_not_before="not before {}",
    year_not_after="not after {}",
    about_posts="Posts in this book: {posts}; formulas: {formulas}.",
    about_truncated="Posts of which the source holds only the beginning: {count}, marked and listed under “{title}”.",
    about_years="Posts whose year was inferred: {count}; it is marked beside the date.",
    about_images="Images missing from the source: {count}; their captions are kept.",
    about_formulas="Formulas that could not be typeset and are shown as their TeX source: {count}.",
    edition="Edition",
    identifier="Identifier",
    made_with="Made with",
    math_font="Embedded math font",
    page_source="Page numbers follow the PDF edition of “{title}”",
    accessible="The book has contents in levels and text in reading order; fonts, sizes and colours can be changed.",
    accessible_mathml="Formulas are MathML, which assistive technology can speak.",
    accessible_formula_images="Formulas are text or images; each image has its TeX source as alternative text.",
    accessible_lost_images="Some images are missing from the source; their captions are kept.",
    accessible_images_without_text="Some images have no alternative text.",
)


_TRADITIONAL: Final = frozenset({"hant", "tw", "hk", "mo"})
"""Scripts and regions of a language tag that write Chinese in traditional characters."""


def writes_traditional(language: str) -> bool:
    """Whether a BCP 47 tag says Chinese in traditional characters.

    Where a tag names script and region, the script decides: ``zh-Hans-TW`` is simplified.
    """
    primary, *others = language.lower().replace("_", "-").split("-")
    return primary == "zh" and "hans" not in others and not _TRADITIONAL.isdisjoint(others)


def phrases_for(language: str) -> Phrases:
    """Return the words for a BCP 47 language tag: Chinese for ``zh``, in its script, English for all others."""
    if writes_traditional(language):
        return TRADITIONAL
    return CHINESE if language.lower().split("-")[0] == "zh" else ENGLISH
