"""Sources that other programs read, from strangers: whatever they hold, a book comes of it, or a message."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import html5lib
import pytest

from pipeline.build import build
from pipeline.config import BuildConfig, Format
from pipeline.diagnostics import Reporter
from pipeline.errors import PipelineError

SECRET: Final = "TOP-SECRET-42"  # noqa: S105 - nothing is protected by it
BOMB: Final = (
    '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {name} "{f"&{inner};" * 10}">' for inner, name in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
EXTERNAL: Final = (
    '<!DOCTYPE rss SYSTEM "file://SECRET" [<!ENTITY x SYSTEM "file://SECRET"><!ENTITY % y SYSTEM "file://SECRET"> %y;]>'
)
ACTIVE: Final = """
<script>alert(1)</script><img src=x onerror=alert(1)><svg onload='alert(1)'><script>1</script></svg>
<a href='javascript:alert(1)'>a</a><a href='data:text/html,x'>b</a><a href='java&#10;script:alert(1)'>c</a>
<iframe src='file://SECRET'></iframe><object data='file://SECRET'></object><embed src='file://SECRET'>
<style>@import 'file://SECRET'</style><form action='/x'><input></form><base href='//x/'>
<img src='../secret.txt'><img src='file://SECRET'><img src='SECRET'><link rel=stylesheet href='//x'>
<details open ontoggle=alert(1)><a href=' vbscript:x'>d</a></details>
<meta http-equiv=refresh content='0;//x'>
""".replace("\n", "")
TEXT: Final = "<p>这一段足够长，用来让正文提取知道哪里是正文：它一句接着一句地说下去，没有别的用处。</p>"


def item(body: str, title: str = "题目甲乙") -> str:
    return f"<item><title>{title}</title><description><![CDATA[{TEXT}{body}]]></description></item>"


def export(body: str) -> str:
    encoded = f"<content:encoded><![CDATA[{TEXT}{body}]]></content:encoded>"
    kinds = 'xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return f'<rss version="2.0" {kinds}><channel><item><title>题目</title>{encoded}</item></channel></rss>'


HOSTILE: Final = {
    "markdown.md": f"# 题目\n\n{ACTIVE}\n\n[x](javascript:alert(1)) ![](../secret.txt) <javascript:alert(1)>\n",
    "front.md": '---\ntitle: "<script>alert(1)</script>"\npermalink: "javascript:alert(1)"\n---\n正文。\n',
    "aliases.md": "---\na: &a [x,x,x,x]\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\ntitle: *c\n---\n正文。\n",
    "tags.md": "正文 " + "{% highlight " * 200 + "{{< figure " * 200 + "![[" * 200 + "> [!" * 200 + "{{ site." * 200,
    "nested.md": "> " * 3000 + "正文\n\n" + "- " * 3000 + "正文\n\n" + "[" * 3000 + "![" * 3000,
    "nested.html": f"<title>题目</title>{TEXT}" + "<div><span>" * 3000 + "正文",
    "page.html": f"<html><head><title>题目</title></head><body><article>{TEXT}{ACTIVE}</article></body></html>",
    "entities.html": f"{BOMB}<html><head><title>题目</title></head><body>{TEXT}&i;</body></html>",
    "feed.xml": f'<rss version="2.0"><channel>{item(ACTIVE)}</channel></rss>',
    "bomb.xml": f'{BOMB}<rss version="2.0"><channel>{item("", "题目 &i;")}</channel></rss>',
    "external.xml": f'{EXTERNAL}<rss version="2.0"><channel>{item("", "题目 &x;")}</channel></rss>',
    "wordpress.xml": export(ACTIVE),
    "bomb-wordpress.xml": BOMB + export("").replace("题目", "题目 &i;"),
    "external-wordpress.xml": EXTERNAL + export("").replace("题目", "题目 &x;"),
    "shortcodes-wordpress.xml": export("[caption]" * 5000 + "[latex]" * 5000 + "$latex " * 5000),
    "broken.ipynb": '{"nbformat": 4, "cells": [{"cell_type": "code", "source": 7}]}',
    "include.rst": "题目\n====\n\n.. include:: SECRET\n.. raw:: html\n   :file: SECRET\n\n正文。\n",
    "include.org": "#+INCLUDE: SECRET\n\n正文。\n",
    "input.tex": "\\input{SECRET}\\openin1=SECRET 正文。",
    "book.docbook": EXTERNAL.replace("rss", "article") + "<article><title>题目</title><para>正文 &x;</para></article>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_source_does_nothing(name: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET, encoding="utf-8")
    source = tmp_path / "blog" / name
    source.parent.mkdir()
    source.write_text(HOSTILE[name].replace("SECRET", str(secret)), encoding="utf-8")
    (source.parent / "link.md").symlink_to(secret)
    config = BuildConfig(sources=(source.parent,), out=tmp_path / "out", slug="book", formats=(Format.HTML,), jobs=1)
    told, made = outcome(config)
    assert SECRET not in told
    assert SECRET not in made
    assert actions(made) == set()


def outcome(config: BuildConfig) -> tuple[str, str]:
    """Return what a build told, and the page that it made, if it made one."""
    reporter = Reporter()
    try:
        build(config, reporter, lambda _: None)
    except PipelineError as error:
        return str(error), ""
    told = "\n".join(found.message for found in reporter.diagnostics)
    return told, (config.out / "book.html").read_text(encoding="utf-8")


def actions(page: str) -> set[str]:
    """Return what in a page acts, or leads out of it, the book's own script and search form aside."""
    found = set()
    for element in html5lib.parse(page, namespaceHTMLElements=False).iter():
        if element.tag in ("iframe", "object", "embed", "base"):
            found.add(str(element.tag))
        if element.tag == "script" and "alert(" in (element.text or ""):
            found.add("script")
        for name, value in element.attrib.items():
            address = "".join(str(value).split()).lower()
            if str(name).startswith("on") or (str(name) in _ADDRESSES and address.startswith(_ACTING)):
                found.add(f"{name}={address}")
    return found


_ADDRESSES: Final = ("href", "src", "action", "content")
_ACTING: Final = ("javascript:", "vbscript:", "file:", "data:text", "//", "/x", "0;")


def test_looking_sees_what_acts() -> None:
    found = actions(f"<html><body>{ACTIVE}</body></html>")
    assert {"script", "iframe", "object", "embed", "base", "onerror=alert(1)", "action=/x", "href=//x"} <= found
    assert {"href=javascript:alert(1)", "href=vbscript:x", "href=data:text/html,x", "content=0;//x"} <= found
