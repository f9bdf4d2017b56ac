"""Date lines: the forms that are days, and the lines that are none."""

from __future__ import annotations

import pytest

from pipeline.readers.dates import find_date
from pipeline.readers.dump.dates import parse_date_line, settled


@pytest.mark.parametrize(
    ("text", "year", "month", "day"),
    [
        ("18 Apr", None, 4, 18),
        ("18 Apr 2018", 2018, 4, 18),
        ("18 April, 2018", 2018, 4, 18),
        ("18th April 2018", 2018, 4, 18),
        ("18-Apr-2018", 2018, 4, 18),
        ("Apr 18", None, 4, 18),
        ("Apr 18, 2018", 2018, 4, 18),
        ("Apr. 18th, 2018", 2018, 4, 18),
        ("SEPTEMBER 1", None, 9, 1),
        ("Sept 1", None, 9, 1),
        ("Wednesday, April 18, 2018", 2018, 4, 18),
        ("Posted on April 18, 2018", 2018, 4, 18),
        ("Posted on April 18, 2018 by Terence Tao", 2018, 4, 18),
        ("18 April, 2018 by Tom in Maths", 2018, 4, 18),
        ("Date: 2018-04-18", 2018, 4, 18),
        ("2018-04-18", 2018, 4, 18),
        ("2018/4/18", 2018, 4, 18),
        ("2018.04.18", 2018, 4, 18),
        ("2018-04-18 12:30", 2018, 4, 18),
        ("2018-04-18T12:30:05", 2018, 4, 18),
        ("2018-04-18T20:15:00Z", 2018, 4, 18),
        ("2018-04-18 20:15:00 +0800", 2018, 4, 18),
        ("2018年4月18日", 2018, 4, 18),
        ("2018 年 4 月 18 日 星期三", 2018, 4, 18),
        ("2018年4月18日（周三）", 2018, 4, 18),
        ("4月18日", None, 4, 18),
        ("2018年4月18日(水)", 2018, 4, 18),
        ("4月18日 水曜日", None, 4, 18),
        ("2018년 4월 18일 (수)", 2018, 4, 18),
        ("18.4.2018", 2018, 4, 18),
        ("４月１８日", None, 4, 18),
        ("\ufeff  18 Apr\u3000", None, 4, 18),
        ("March 12, 2019 at 3:00 pm", 2019, 3, 12),
        ("12 March 2019, 3:00 PM", 2019, 3, 12),
        ("2019年3月12日 下午3:00", 2019, 3, 12),
        ("2019. 3. 12.", 2019, 3, 12),
        ("2019. 3. 12. 15:30", 2019, 3, 12),
        ("2019.3.12.", 2019, 3, 12),
        ("2019-03-12 by Joe", 2019, 3, 12),
        ("二〇一九年三月十二日", 2019, 3, 12),
        ("二〇二〇年十月三十一日 星期六", 2020, 10, 31),
        ("二〇二〇年十二月二十日", 2020, 12, 20),
        ("29 Feb", None, 2, 29),
        ("29 Feb 2016", 2016, 2, 29),
    ],
)
def test_a_day(text: str, year: int | None, month: int, day: int) -> None:
    date = parse_date_line(text)
    assert date
    assert (date.year, date.month, date.day, date.exists) == (year, month, day, True)


@pytest.mark.parametrize("text", ["31 Feb", "30 Feb 2016", "29 Feb 2018", "0 Apr", "32 Jan", "2018-13-01", "31 Jun"])
def test_a_day_that_does_not_exist(text: str) -> None:
    date = parse_date_line(text)
    assert date
    assert not date.exists


@pytest.mark.parametrize(
    "text",
    [
        "",
        "18",
        "Apr",
        "18 Apr was a fine day",
        "On 18 Apr",
        "18 Avrl",
        "2018-04/18",
        "118-04-18",
        "4月18",
        "18 Apr 20",
        "1.2.3",
        "2019. 3",
        "March 12, 2019 at noon",
        "三月十二日",
        "二〇一九年三月",
        "二〇一九年三月十二十日",
        "二〇一九年三月日",
        "18 Apr" + " " * 80 + "2018",
    ],
)
def test_no_day(text: str) -> None:
    assert parse_date_line(text) is None


@pytest.mark.parametrize(
    ("texts", "days"),
    [
        (("13/12/2019", "3/12/2019"), [(12, 13), (12, 3)]),
        (("3/12/2019", "12/13/2019"), [(3, 12), (12, 13)]),
        (("3-12-2019", "30-4-2019"), [(12, 3), (4, 30)]),
        (("13/12/2019", "12/25/2019", "14/1/2020"), [(12, 13), None, (1, 14)]),
        (("30/2/2019", "3/12/2019"), [None, None]),
        (("3/12/2019", "4/11/2019"), [None, None]),
        (("13/12/2019", "12/13/2019"), [None, None]),
        (("18 Apr", "3/12/2019"), [(4, 18), None]),
    ],
)
def test_days_tell_one_another_which_number_is_the_month(
    texts: tuple[str, ...], days: list[tuple[int, int] | None]
) -> None:
    found = [date for text in texts if (date := parse_date_line(text))]
    assert [day and (day.month, day.day) for day in settled(found)] == days


def test_forms_tell_dumps_apart() -> None:
    forms = [date.form for text in ("18 Apr", "18 Apr 2018", "Apr 18", "2018-04-18") if (date := parse_date_line(text))]
    assert forms == ["day month", "day month", "month day", "numeric"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Sat, 02 Jan 2016 10:00:00 +0800", (2016, 1, 2)),
        ("Posted on Sept. 12, 2019", (2019, 9, 12)),
        ("May 5 2016", (2016, 5, 5)),
        ("2. März 2016", (2016, 3, 2)),
        ("le 12 octobre 2016", (2016, 10, 12)),
        ("Decision 10 2015, made on 3 June 2016", (2016, 6, 3)),
        ("Decision 10 2015", None),
        ("Market 12, 2019", None),
        ("Mayor 5 2016", None),
        ("Problem set 3 2015", None),
        ("Time out 12, 2019", None),
    ],
)
def test_a_day_in_text_has_the_name_of_a_month_and_no_word_that_begins_like_one(
    text: str, day: tuple[int, int, int] | None
) -> None:
    found = find_date(text)
    assert (found and (found.year, found.month, found.day)) == day
