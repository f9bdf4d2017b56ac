from __future__ import annotations

import io
import json
import os
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from pipeline.codes import Code
from pipeline.config import BuildConfig, TextOptions
from pipeline.diagnostics import Reporter
from pipeline.document import Figure, Link, Note
from pipeline.document import Image as Picture
from pipeline.errors import SourceError, UsageError
from pipeline.readers.detect import Form, Kind, detect, detect_binary
from pipeline.readers.fetch import Fetcher, FetchError
from pipeline.readers.files import files_read
from pipeline.readers.folders import files_of
from pipeline.readers.sites import Site
from pipeline.readers.sources import Sources, read_sources
from pipeline.walk import iter_blocks, iter_images, iter_inlines, own_inlines, source_text

_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_DOCUMENT = f'<Relationship Id="r1" Type="{_OFFICE}" Target="word/document.xml"/>'
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def read(*paths: Path, form: str = "") -> tuple[Sources, Reporter]:
    reporter = Reporter()
    return read_sources(BuildConfig(sources=paths, text=TextOptions(format=form), jobs=1), reporter), reporter


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def picture(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (4, 4)).save(path, "PNG")
    return path


def titles(sources: Sources) -> list[str]:
    return [source_text(post.title) for post in sources.posts]


@pytest.mark.parametrize(
    ("path", "text", "form"),
    [
        ("a.txt", "18 Apr\n\nA title\n\nText.", Kind.DUMP),
        ("a.md", "18 Apr\n\nA title\n\nText.", Kind.DUMP),
        ("a.txt", "---\ntitle: x\n---\ntext", Kind.MARKDOWN),
        ("a.md", "text", Kind.MARKDOWN),
        ("a", "", Kind.DUMP),
        ("a.txt", "<!DOCTYPE html><p>x", Kind.HTML),
        ("a.txt", "<p>x</p>", Kind.DUMP),
        ("a.xml", '<?xml version="1.0"?><rss version="2.0"><channel/></rss>', Kind.FEED),
        ("a.xml", '<feed xmlns="http://www.w3.org/2005/Atom"/>', Kind.FEED),
        ("a.xml", '<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"/>', Kind.WORDPRESS),
        ("a.html", '{"cells": [], "nbformat": 4}', "ipynb"),
        ("a.org", "* x", "org"),
        ("a.txt", "{\\rtf1 x}", "rtf"),
    ],
)
def test_what_a_file_holds_goes_before_its_name(path: str, text: str, form: Form) -> None:
    assert detect(path, text) == form


def test_a_word_document_is_known_by_its_parts() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert detect_binary("a.txt", buffer.getvalue()) == "docx"
    assert detect_binary("a.docx", b"18 Apr") is None
    assert detect_binary("a.zip", b"PK\x03\x04 and then nothing") is None


def docx(path: Path, document: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{_PACKAGE}">{_DOCUMENT}</Relationships>')
        archive.writestr("word/document.xml", document)
    return path


def test_a_word_document_is_read(tmp_path: Path) -> None:
    text = f'<w:document xmlns:w="{_WORD}"><w:body><w:p><w:r><w:t>Text.</w:t></w:r></w:p></w:body></w:document>'
    sources, reporter = read(docx(tmp_path / "a.docx", text))
    assert [source_text(run) for block in sources.posts[0].blocks for run in own_inlines(block)] == ["Text."]
    assert reporter.diagnostics == []


def test_a_word_document_that_is_damaged_ends_the_build(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"a\.docx: pandoc could not read it as docx: ."):
        read(docx(tmp_path / "a.docx", "<broken"))


def test_a_text_that_is_said_to_be_a_word_document_ends_the_build(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"a\.txt: pandoc could not read it as docx: ."):
        read(write(tmp_path / "a.txt", "18 Apr\n\nA title\n"), form="docx")


def test_the_user_may_say_what_a_file_is(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "18 Apr\n\n# A title\n")
    sources, _ = read(path, form="markdown")
    assert titles(sources) == ["a"]


@pytest.mark.parametrize(
    ("names", "posts"),
    [
        (("source/_posts/a.md", "source/about/index.md", "README.md"), ("source/_posts/a.md",)),
        (("_posts/b.md", "_posts/a/c.md", "index.html"), ("_posts/a/c.md", "_posts/b.md")),
        (("content/posts/a.md", "content/posts/_index.md", "layouts/x.html"), ("content/posts/a.md",)),
        (("content/a.md", "hugo.toml", "notes.txt"), ("content/a.md",)),
        (("content/a.md", "config/_default/hugo.toml", "notes.txt"), ("content/a.md",)),
        (("content/a.md", "dump.txt"), ("content/a.md", "dump.txt")),
        ((".obsidian/x.md", "notes/a.md", "README.md", "page_files/x.html", "page.html"), ("notes/a.md", "page.html")),
        (("a.txt", "b.xml", "c.png", "d.docx"), ("a.txt", "b.xml", "d.docx")),
    ],
)
def test_a_folder_means_the_posts_in_it(names: tuple[str, ...], posts: tuple[str, ...], tmp_path: Path) -> None:
    for name in names:
        write(tmp_path / name, "x")
    assert files_of(tmp_path) == tuple(tmp_path / post for post in posts)


def test_links_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    secret = write(tmp_path / "secret" / "c.md", "x")
    post = write(tmp_path / "posts" / "b.md", "x")
    for name, target in (("a.md", secret), ("more", secret.parent), ("gone.md", tmp_path / "gone.md")):
        (tmp_path / "posts" / name).symlink_to(target)
    assert files_of(tmp_path / "posts") == (post,)


def test_what_a_site_keeps_beside_its_posts_is_reported_unless_it_is_named_too(tmp_path: Path) -> None:
    post, page, note = "_posts/2018-04-18-a.md", "about.md", "notes/b.md"
    for name in (post, page, note, "README.md"):
        write(tmp_path / name, f"---\nlayout: post\ntitle: {name}\n---\nText.")
    write(tmp_path / "plain.md", "Text.\n\ntitle: none\n")
    write(tmp_path / "scaffolds" / "post.md", "---\ntitle: {{ title }}\n---\n")
    write(tmp_path / "out" / "book.md", "---\ntitle: The book\n---\n")
    reporter = Reporter()
    read_sources(BuildConfig(sources=(tmp_path, tmp_path / "notes"), out=tmp_path / "out", jobs=1), reporter)
    (left,) = reporter.diagnostics
    assert (left.code, left.span and left.span.path) == (Code.POST_LEFT_OUT, str(tmp_path / page))


def test_nothing_is_beside_the_posts_of_a_folder_that_is_no_site(tmp_path: Path) -> None:
    for name in ("a.md", "notes/b.md"):
        write(tmp_path / name, f"---\ntitle: {name}\n---\nText.")
    assert read(tmp_path)[1].diagnostics == []


@pytest.mark.parametrize(
    ("path", "date"),
    [
        ("2020-05-06-yi.md", (2020, 5, 6)),
        ("2020-05-06-yi/index.md", (2020, 5, 6)),
        ("2020/05/06/yi.md", (2020, 5, 6)),
        ("2020/05/06/yi/index.md", (2020, 5, 6)),
        ("2020/05/06/index.md", (2020, 5, 6)),
        ("backup-2020-05-06/yi.md", None),
        ("backup-2020-05-06/posts/yi/index.md", None),
        ("2020/05/06/blog/posts/yi.md", None),
    ],
)
def test_the_day_of_a_post_is_never_that_of_a_folder_far_above(
    path: str, date: tuple[int, int, int] | None, tmp_path: Path
) -> None:
    (post,) = read(write(tmp_path / path, "x"))[0].posts
    assert (post.date and (post.date.year, post.date.month, post.date.day)) == date


@pytest.mark.parametrize(("form", "said"), [("feed", "--from"), ("dump", "")])
def test_what_is_said_of_a_source_without_posts_is_of_its_form(form: str, said: str, tmp_path: Path) -> None:
    _, reporter = read(write(tmp_path / "a.txt", "No day\n\nText.\n"), form=form)
    (found,) = (found for found in reporter.diagnostics if found.code is Code.NO_POSTS)
    assert said in found.help
    assert bool(said) == bool(found.help)


def test_a_folder_without_posts_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no post"):
        read(tmp_path)


@pytest.mark.parametrize(("out", "posts"), [("books", ["a"]), ("", ["a", "b"]), ("..", ["a", "b"])])
def test_what_a_build_left_in_a_folder_of_the_source_is_no_source(out: str, posts: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "blog"
    write(folder / "a.md", "x")
    write(folder / "books/b.md", "x")
    sources = read_sources(BuildConfig(sources=(folder,), out=folder / out, jobs=1), Reporter())
    assert titles(sources) == posts


def report(folder: Path, artefacts: list[str]) -> None:
    """Leave in ``folder`` what a build leaves there beside its books."""
    made = [{"name": name, "sha256": "0"} for name in artefacts]
    write(folder / "report.json", json.dumps({"schema": 1, "artefacts": made, "posts": []}))


@pytest.mark.parametrize("folder", ["blog", "blog/2018"])
def test_of_what_stands_beside_a_report_only_what_it_lists_is_a_book(folder: str, tmp_path: Path) -> None:
    for file in ("a.txt", "book.html", "book/p-1.html", "notes/b.txt"):
        write(tmp_path / folder / file, "18 Apr\n\nA title\n\nText.\n")
    report(tmp_path / folder, ["book.html", "book/p-1.html"])
    config = BuildConfig(sources=(tmp_path / "blog",), jobs=1)
    assert files_read(config) == (tmp_path / folder / "a.txt", tmp_path / folder / "notes/b.txt")
    reporter = Reporter()
    assert len(read_sources(config, reporter).posts) == 2
    assert Code.POST_LEFT_OUT not in {found.code for found in reporter.diagnostics}


@pytest.mark.parametrize(("out", "said"), [("", "book.txt is a book"), ("books", "book.txt is in")])
def test_of_a_folder_where_all_is_passed_over_the_reason_is_told(out: str, said: str, tmp_path: Path) -> None:
    write(tmp_path / "blog/books/book.txt", "18 Apr\n\nA title\n\nText.\n")
    report(tmp_path / "blog/books", ["book.txt"])
    with pytest.raises(SourceError, match="no post") as raised:
        read_sources(BuildConfig(sources=(tmp_path / "blog",), out=tmp_path / "blog" / out, jobs=1), Reporter())
    assert said in raised.value.help


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "[" * 9999, '{"artefacts": [{"name": 1}], "posts": []}', '{"artefacts": [], "posts": [1]}']
)
def test_a_report_of_something_else_tells_nothing(text: str, tmp_path: Path) -> None:
    kept = write(tmp_path / "2018/a.txt", "18 Apr\n\nA title\n\nText.\n")
    write(tmp_path / "2018/report.json", text)
    assert files_read(BuildConfig(sources=(tmp_path,))) == (kept,)


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("_config.yml", "title: x\nurl: https://A.example # of the blog\n"),
        ("hugo.toml", "baseURL = 'http://a.example/blog/'\n"),
    ],
)
def test_a_link_by_the_sites_own_address_leads_to_the_post(name: str, settings: str, tmp_path: Path) -> None:
    write(tmp_path / name, settings)
    write(tmp_path / "_posts/2016-01-02-yi.md", "x")
    link = "[]({}://{}/2016/yi/)"
    write(tmp_path / "_posts/b.md", f"{link.format('https', 'a.example')} {link.format('https', 'b.example')}")
    sources, _ = read(tmp_path)
    links = [inline.url for inline in iter_inlines(sources.posts[1].blocks) if isinstance(inline, Link)]
    assert links == [str(tmp_path / "_posts/2016-01-02-yi.md"), "https://b.example/2016/yi/"]


def test_drafts_are_reported(tmp_path: Path) -> None:
    write(tmp_path / "source/_posts/a.md", "x")
    write(tmp_path / "source/_drafts/b.md", "x")
    sources, reporter = read(tmp_path)
    assert titles(sources) == ["a"]
    assert reporter.by_code() == {Code.POST_LEFT_OUT: 1}


@pytest.mark.parametrize(
    ("setting", "published"),
    [
        ("draft: true", []),
        ("draft: Yes", []),
        ("published: no", []),
        ("published: off", []),
        ("published: 2016-01-02", ["T"]),
        ("draft: no", ["T"]),
    ],
)
def test_a_draft_may_say_so_in_all_words_of_yaml(setting: str, published: list[str], tmp_path: Path) -> None:
    sources, _ = read(write(tmp_path / "a.md", f"---\ntitle: T\n{setting}\n---\ntext"))
    assert titles(sources) == published


@pytest.mark.parametrize("place", ["a.png", "a/fig.png", "images/fig.png", "deep/er/only.png"])
def test_an_image_beside_its_post_comes_along(place: str, tmp_path: Path) -> None:
    picture(tmp_path / "source/_posts" / place)
    address = {"a/fig.png": "fig.png", "deep/er/only.png": "only.png"}.get(place, place)
    write(tmp_path / "source/_posts/a.md", f"text ![]({address})")
    sources, reporter = read(tmp_path)
    assert [resource.media_type for resource in sources.resources.values()] == ["image/png"]
    assert reporter.diagnostics == []


def test_an_image_of_the_site_comes_along(tmp_path: Path) -> None:
    picture(tmp_path / "source/images/fig.png")
    write(tmp_path / "source/_posts/a.md", "![](/images/fig.png)\n\n> - ![](/images/fig.png)")
    sources, _ = read(tmp_path)
    blocks = sources.posts[0].blocks
    shown = [image for block in iter_blocks(blocks) if (image := getattr(block, "image", None))]
    assert len(shown) == 2
    assert {image.resource for image in shown} == set(sources.resources)


def test_an_image_in_a_footnote_comes_along_and_one_that_is_lost_there_is_reported(tmp_path: Path) -> None:
    picture(tmp_path / "fig.png")
    write(tmp_path / "a.md", "Text[^1].\n\n[^1]: A note.\n\n    ![here](fig.png)\n\n    ![gone](gone.png)\n")
    sources, reporter = read(tmp_path)
    (note,) = [inline for inline in iter_inlines(sources.posts[0].blocks) if isinstance(inline, Note)]
    assert [image.resource for image in iter_images(sources.posts[0].blocks)] == [*sources.resources, ""]
    assert [source_text(block.caption) for block in note.blocks if isinstance(block, Figure)] == ["", "gone"]
    assert reporter.by_code() == {Code.IMAGE_LOST: 1}


@pytest.mark.parametrize(
    ("place", "found"), [("fig.png", 1), ("a/fig.png", 0), ("deep/er/fig.png", 0), ("images/fig.png", 0)]
)
def test_an_image_of_a_dump_lies_beside_it_and_nowhere_else(place: str, found: int, tmp_path: Path) -> None:
    picture(tmp_path / place)
    write(tmp_path / "a.txt", "18 Apr\n\nA title\n\n![](fig.png)\n")
    for source in (tmp_path, tmp_path / "a.txt"):
        sources, _ = read(source)
        assert len(sources.resources) == found


@pytest.mark.parametrize(
    "address", ["../secret.png", "/../secret.png", "%2e%2e/secret.png", "link.png", "a%00.png", "{}"]
)
def test_no_address_leads_out_of_the_folder(address: str, tmp_path: Path) -> None:
    secret = picture(tmp_path / "secret.png")
    folder = tmp_path / "posts"
    write(folder / "a.md", f"text ![]({address.format(secret)}) more")
    (folder / "link.png").symlink_to(secret)
    sources, reporter = read(folder)
    assert sources.resources == {}
    assert reporter.by_code() == {Code.IMAGE_LOST: 1}


def test_an_image_on_the_web_is_not_fetched_unasked(tmp_path: Path) -> None:
    write(tmp_path / "a.md", "text ![x](https://a.example/x.png) more")
    sources, reporter = read(tmp_path / "a.md")
    (image,) = [inline for inline in iter_inlines(sources.posts[0].blocks) if isinstance(inline, Picture)]
    assert (image.alt, image.resource) == ("x", "")
    assert "--fetch" in reporter.diagnostics[0].message
    assert reporter.diagnostics[0].help == "build with --fetch"


@pytest.mark.parametrize("answer", [b"", b"no image", FetchError("the server answers 404")])
def test_an_image_of_many_posts_is_fetched_once(
    answer: bytes | FetchError, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def follow(_fetcher: Fetcher, url: str) -> bytes:
        asked.append(url)
        if isinstance(answer, FetchError):
            raise answer
        return answer or picture(tmp_path / "x.image").read_bytes()

    monkeypatch.setattr(Fetcher, "_follow", follow)
    for name in ("a", "b", "c"):
        write(tmp_path / f"{name}.md", "text ![x](https://a.example/x.png) more")
    reporter = Reporter()
    sources = read_sources(BuildConfig(sources=(tmp_path,), fetch=True, jobs=1), reporter)
    assert asked == ["https://a.example/x.png"]
    assert len(sources.resources) == (not answer)
    assert reporter.by_code() == ({Code.IMAGE_LOST: 3} if answer else {})
    assert not any("--fetch" in found.help for found in reporter.diagnostics), "it was fetched, in vain"


def test_sources_keep_the_order_in_which_they_were_named(tmp_path: Path) -> None:
    markdown = write(tmp_path / "b.md", "# M")
    dump = write(tmp_path / "a.txt", "18 Apr\n\nD\n\nText.")
    page = write(tmp_path / "c.html", "<html><head><title>P</title></head><body><p>text</p></body></html>")
    assert titles(read(markdown, dump, page)[0]) == ["M", "D", "P"]
    assert titles(read(page, markdown, dump)[0]) == ["P", "M", "D"]


def test_a_form_that_nobody_knows_is_a_usage_error(tmp_path: Path) -> None:
    path = write(tmp_path / "a.md", "x")
    with pytest.raises(UsageError, match="nonsense"):
        read(path, form="nonsense")


@pytest.mark.parametrize(
    "front",
    [
        "---\ntags: &a [*a]\ntitle: T\n---\n",
        "---\ntitle: T\nx: {a: {b: [1, {c: 2}]}}\n---\n",
        "+++\ntitle = 'T'\nx = [[1]]\n+++\n",
    ],
)
def test_front_matter_may_hold_anything(front: str, tmp_path: Path) -> None:
    sources, _ = read(write(tmp_path / "a.md", f"{front}text"))
    assert titles(sources) == ["T"]


def test_an_xml_declaration_that_is_no_longer_true_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    item = "<item><title>题目甲乙丙丁</title></item>"
    text = f'<?xml version="1.0" encoding="gb2312"?><rss version="2.0"><channel>{item}</channel></rss>'
    path.write_bytes(text.encode("gb2312"))
    assert titles(read(path)[0]) == ["题目甲乙丙丁"]


_ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Mathe am\nMorgen</title><link rel="self" href="https://m.example/f"/>
<link href="https://m.example/"/><author><name>Karl Ö.</name></author></feed>"""
_RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>数学随想</title><link>https://s.example</link>
<item><title>A</title><author>a@s.example (B)</author></item></channel></rss>"""
_WXR = """<?xml version="1.0"?><rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Attic</title>
<link>https://a.example</link><wp:author><wp:author_display_name><![CDATA[Mary]]></wp:author_display_name></wp:author>{}
</channel></rss>"""
_SECOND = "<wp:author><wp:author_display_name>Paul</wp:author_display_name></wp:author>"


@pytest.mark.parametrize(
    ("name", "text", "site"),
    [
        ("a.xml", _ATOM, Site("Mathe am Morgen", "Karl Ö.", "https://m.example/")),
        ("a.xml", _RSS, Site("数学随想", "", "https://s.example")),
        ("a.xml", _WXR.format(""), Site("Attic", "Mary", "https://a.example")),
        ("a.xml", _WXR.format(_SECOND), Site("Attic", "", "https://a.example")),
        ("_config.yml", "title: Notes\nauthor: Jane Roe\nbaseurl: /blog\n", Site("Notes", "Jane Roe", "")),
        (
            "_config.yml",
            "title: 手记\nauthor:\n  name: 某人\nurl: https://h.example\n",
            Site("手记", "某人", "https://h.example"),
        ),
        (
            "hugo.toml",
            "baseURL='https://g.example/'\ntitle='G'\n[params]\nauthor='H'",
            Site("G", "H", "https://g.example/"),
        ),
        ("_config.yml", "title: [a: b", Site()),
        ("hugo.toml", "title = ", Site()),
        ("a.html", "<!DOCTYPE html><title>Page</title><p>Text.", Site()),
        ("a.txt", "18 Apr\n\nA title\n\nText.", Site()),
    ],
)
def test_what_a_source_says_of_its_blog_is_known(tmp_path: Path, name: str, text: str, site: Site) -> None:
    write(tmp_path / name, text)
    write(tmp_path / "post.md", "Text.")
    assert read(tmp_path)[0].site == site


def test_of_two_blogs_neither_names_the_book(tmp_path: Path) -> None:
    write(tmp_path / "a.xml", _ATOM)
    write(tmp_path / "b.xml", _RSS)
    assert read(tmp_path)[0].site == Site()


def test_a_file_whose_name_is_no_utf8_is_named_as_far_as_it_can_be(tmp_path: Path) -> None:
    file = tmp_path / os.fsdecode(b"n\xff.txt")
    file.write_text("18 Apr\n\nA title\n\nSome text.\n", encoding="utf-8")
    config = BuildConfig(sources=(file,))
    (post,) = read_sources(config, Reporter()).posts
    assert Path(post.span.path).name == "n\ufffd.txt"
    assert config.name == "n\ufffd"
