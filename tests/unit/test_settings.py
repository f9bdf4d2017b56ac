from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.build import understand
from pipeline.codes import Code
from pipeline.config import BuildConfig, Format, Sort, TextOptions
from pipeline.diagnostics import Reporter
from pipeline.errors import SourceError
from pipeline.readers.sources import read_sources
from pipeline.resolve import resolve
from pipeline.settings import find_config, load_config
from pipeline.writers.contract import WriterOptions
from pipeline.writers.formats import writer_of

NO_ENVIRONMENT: dict[str, str] = {}


def written(folder: Path, text: str) -> Path:
    path = folder / "book.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_tables_become_the_configuration(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        'sources = ["a.txt"]\nsort = "date"\nformats = ["html", "pdf"]\n'
        '[book]\ntitle = "T"\n[[post]]\npost = "P"\nyear = 2018\n',
    )
    config = load_config(path, NO_ENVIRONMENT)
    assert config.sources == (tmp_path / "a.txt",)
    assert config.sort is Sort.DATE
    assert config.formats == (Format.HTML, Format.PDF)
    assert config.metadata.title == "T"
    assert [(post.post, post.year) for post in config.posts] == [("P", 2018)]


@pytest.mark.parametrize(
    ("text", "message", "line", "column"),
    [
        ('[book]\ntitel = "x"\n', "book.titel: is not a setting", 2, 1),
        ('jobs = 1\nsort = "random"\n', "sort: input should be 'source' or 'date'", 2, 1),
        ('[epub]\nmath = "jpg"\n', "epub.math: input should be 'mathml', 'images' or 'png'", 2, 1),
        ('[html]\nsplit = "week"\n', "html.split: input should be 'post' or 'year'", 2, 1),
        ('[book]\nsubjects = ["a", 3]\n', "book.subjects.1: input should be text in quotation marks", 2, 1),
        ("[[post]]\npost = 3\n", "post.0.post: input should be text in quotation marks", 2, 1),
        (
            '[[post]]\npost = "A"\nyear = 2018\n\n[[post]] # B\npost = "B"\n  year = "?"\n',
            "post.1.year: input should be a whole number",
            7,
            3,
        ),
        (
            "[html]\nembed_font = true\n[epub]\nembed_font = 3\n",
            "epub.embed_font: input should be true or false",
            4,
            1,
        ),
        ('[[post]]\nyear = 1\n[[post]]\npost = "B"\n', "post.0.post: field required", 1, 3),
        ('epub.math = "jpg"\n', "epub.math: input should be 'mathml', 'images' or 'png'", 1, 1),
        ("[epub]\n[pdf]\nmath = 1\n", "pdf.math: is not a setting", 3, 1),
        ("strict = true\nbook = 3\n", "book: input should be a table of settings", 2, 1),
        ("strict = true\n[ books ]\n", "books: is not a setting", 2, 3),
        ("jobs = 1\nout = 3\n", "out: input should be a path in quotation marks", 2, 1),
        ("sources = [3]\n", "sources.0: input should be a path in quotation marks", 1, 1),
        ("jobs = 1\n\nplaces = {}\n", "places: is not a setting", 3, 1),
    ],
)
def test_what_no_build_understands_is_said_with_its_place(
    tmp_path: Path, text: str, message: str, line: int, column: int
) -> None:
    with pytest.raises(SourceError) as caught:
        load_config(written(tmp_path, text), NO_ENVIRONMENT)
    assert str(caught.value) == message
    assert caught.value.span is not None
    assert (caught.value.span.line, caught.value.span.column) == (line, column)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("jobs = -3", "jobs: input should be greater than or equal to 0"),
        ("jobs = 2.0", "jobs: input should be a whole number"),
        ("jobs = true", "jobs: input should be a whole number"),
        ('jobs = "4"', "jobs: input should be a whole number"),
        ('parts = "yes"', "parts: input should be true or false"),
        ("strict = 1", "strict: input should be true or false"),
        ('fetch = "on"', "fetch: input should be true or false"),
        ('text.punctuation = "no"', "text.punctuation: input should be true or false"),
        ("html.embed_font = 0", "html.embed_font: input should be true or false"),
        ('[[post]]\npost = "A"\nskip = 1', "post.0.skip: input should be true or false"),
        ('[[post]]\npost = "A"\nyear = 0', "post.0.year: input should be greater than or equal to 1"),
        ('[[post]]\npost = "A"\nyear = 20180', "post.0.year: input should be less than or equal to 9999"),
        ('macros = "x"', 'macros: input should be a list, such as ["…"]'),
        ('book.language = "Chinese"', "book.language: input should be a language tag such as zh-CN or en"),
        ('pdf.paper = "a7x"', "pdf.paper: input should be a4, a5, b5, letter or a size such as 148mmx210mm"),
        ('pdf.font_size = "50"', "pdf.font_size: input should be a number and pt, mm, cm or in, such as 10pt"),
        ("pdf.font_size = 11", "pdf.font_size: input should be text in quotation marks"),
        ("book.modified = 2020", "book.modified: input should be a date such as 2020-01-31"),
        ('book.modified = "2020"', "book.modified: input should be a date such as 2020-01-31"),
        ('book.modified = "2020-13-01"', "book.modified: input should be a valid datetime"),
    ],
)
def test_what_is_nearly_a_value_is_none(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(SourceError) as caught:
        load_config(written(tmp_path, text), NO_ENVIRONMENT)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize("value", ['language = "zh-Hant-TW"', 'language = ""', 'language = "EN"'])
def test_a_language_is_any_tag(tmp_path: Path, value: str) -> None:
    language = load_config(written(tmp_path, f"[book]\n{value}\n"), NO_ENVIRONMENT).metadata.language
    assert value == f'language = "{language}"'


@pytest.mark.parametrize("value", ["A4", "8.5in x 11in", "148mmx210mm"])
def test_a_paper_is_a_name_or_a_size(tmp_path: Path, value: str) -> None:
    assert load_config(written(tmp_path, f'[pdf]\npaper = "{value}"\n'), NO_ENVIRONMENT).pdf.paper == value


def test_values_are_taken_as_toml_has_them(tmp_path: Path) -> None:
    text = 'jobs = 0\nparts = false\n[book]\nmodified = {}\n[[post]]\npost = "A"\nyear = 1\nskip = true\n'
    for day in ("2020-01-31", '"2020-01-31"', "2020-01-31T00:00:00", "2020-01-31T02:00:00+02:00"):
        config = load_config(written(tmp_path, text.format(day)), NO_ENVIRONMENT)
        assert (config.jobs, config.parts, config.posts[0].year, config.posts[0].skip) == (0, False, 1, True)
        assert config.metadata.modified == datetime(2020, 1, 31, tzinfo=UTC)


@pytest.mark.parametrize("value", ["2", '"2"'])
def test_the_place_in_a_series_may_be_a_number(tmp_path: Path, value: str) -> None:
    config = load_config(written(tmp_path, f"[book]\nseries_index = {value}\n"), NO_ENVIRONMENT)
    assert config.metadata.series_index == "2"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_setting_has_its_place_however_lines_end(tmp_path: Path, end: str) -> None:
    path = tmp_path / "book.toml"
    path.write_bytes('[book]\ntitle = "x"\n\n[epub]\nmath = 3\n'.replace("\n", end).encode())
    with pytest.raises(SourceError) as caught:
        load_config(path, NO_ENVIRONMENT)
    assert str(caught.value.span) == f"{path}:5:1"


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("jobs = 1\ntitle = \n", 2, 9),
        ("jobs = 1\nslug = 'a\n\n\n", 2, 10),
        ('jobs = 1\nslug = "a', 2, 10),
        ('slug = "a\nb"', 1, 10),
        ("jobs = 1\njobs = 2\n", 2, 9),
    ],
)
def test_what_is_no_toml_is_said_with_its_place(tmp_path: Path, text: str, line: int, column: int) -> None:
    with pytest.raises(SourceError) as caught:
        load_config(written(tmp_path, text), NO_ENVIRONMENT)
    assert str(caught.value.span) == f"{tmp_path / 'book.toml'}:{line}:{column}"
    assert "(at " not in str(caught.value)
    assert "toml.io" in caught.value.help


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ('slg = "x"', "did you mean slug?"),
        ("[books]", "did you mean book?"),
        ('[book]\ntitel = "x"', "did you mean title?"),
        ('[[post]]\npost = "x"\nyaer = 1', "did you mean year?"),
        ('title = "x"', "it belongs to [book]"),
        ("[book]\nmath = 1", "it belongs to [epub]"),
        ("frobnicate = 1", "see the settings that pipeline init writes"),
        ("place = 1", "see the settings that pipeline init writes"),
        ("jobs = -1", ""),
    ],
)
def test_a_name_that_is_none_brings_the_one_that_is_meant(tmp_path: Path, text: str, advice: str) -> None:
    with pytest.raises(SourceError) as caught:
        load_config(written(tmp_path, text), NO_ENVIRONMENT)
    assert caught.value.help == advice


def test_a_file_that_cannot_be_read_says_why_once(tmp_path: Path) -> None:
    path = tmp_path / "book.toml"
    with pytest.raises(SourceError) as caught:
        load_config(path, NO_ENVIRONMENT)
    assert str(caught.value) == f"{path}: No such file or directory"
    path.write_bytes("[book]\n# 题".encode() + b"\xff")
    with pytest.raises(SourceError, match="no UTF-8") as caught:
        load_config(path, NO_ENVIRONMENT)
    assert str(caught.value.span) == f"{path}:2:4"


def test_a_file_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    assert load_config(written(tmp_path, "\ufeffjobs = 3\n"), NO_ENVIRONMENT).jobs == 3


FAULTY = """cover = "none.png"
macros = ['x']

[text]
encoding = "klingon"
format = "docxx"

[[post]]
post = "A title"
year = 2018

[[post]]
year = 2019
post = "Another"
"""


def test_what_only_a_build_finds_has_its_place_in_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, FAULTY)
    (tmp_path / "a.txt").write_text("18 Apr\n\nA title\n\nText.\n", encoding="utf-8")
    config = replace(load_config(path, NO_ENVIRONMENT), sources=(tmp_path / "a.txt",), cache=None, jobs=1)
    for text, line in ((config.text, 6), (replace(config.text, format=""), 5)):
        with pytest.raises(SourceError) as caught:
            read_sources(replace(config, text=text), Reporter())
        assert str(caught.value.span) == f"{path}:{line}:1"
    reporter = Reporter()
    config = replace(config, text=TextOptions())
    book = resolve(understand(config, reporter, lambda _: None, mathml=False), reporter)
    writer_of(Format.EPUB)(book, WriterOptions(slug="book"), reporter)
    places = {found.code: str(found.span) for found in reporter.diagnostics}
    assert places[Code.COVER_UNREADABLE] == f"{path}:1:1"
    assert places[Code.MACRO] == f"{path}:2:1"
    assert places[Code.OVERRIDE_UNUSED] == f"{path}:14:1"


def test_the_program_s_own_names_of_tables_are_no_settings(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="metadata: is not a setting") as raised:
        load_config(written(tmp_path, "jobs = 1\n[metadata]\ntitle = 'A'\n"), NO_ENVIRONMENT)
    assert raised.value.span
    assert raised.value.span.line == 2
    assert raised.value.help == "it is called book"


def test_source_date_epoch_dates_what_the_file_does_not(tmp_path: Path) -> None:
    environment = {"SOURCE_DATE_EPOCH": "86400"}
    undated = load_config(written(tmp_path, ""), environment)
    assert undated.metadata.modified == datetime(1970, 1, 2, tzinfo=UTC)
    stated = load_config(written(tmp_path, "[book]\nmodified = 2020-01-01T00:00:00Z\n"), environment)
    assert stated.metadata.modified == datetime(2020, 1, 1, tzinfo=UTC)


def test_an_epoch_that_is_no_number_is_said(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="SOURCE_DATE_EPOCH"):
        load_config(written(tmp_path, ""), {"SOURCE_DATE_EPOCH": "today"})


def test_the_configuration_is_found_here_or_beside_the_source(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    beside = written(there, "")
    assert find_config((there / "dump.txt",), here) == beside
    assert find_config((there,), here) == beside
    assert find_config((), here) is None
    mine = written(here, "")
    assert find_config((there / "dump.txt",), here) == mine


def test_a_book_is_called_as_its_first_source_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "my.blog"
    (folder / "posts").mkdir(parents=True)
    monkeypatch.chdir(folder / "posts")

    def name(*sources: str) -> str:
        return BuildConfig(sources=tuple(map(Path, sources))).name

    assert [name("a.txt", "b.txt"), name("-", "b.txt"), name("-")] == ["a", "b", "book"]
    assert [name("."), name(".."), name(str(folder))] == ["posts", "my.blog", "my.blog"]
