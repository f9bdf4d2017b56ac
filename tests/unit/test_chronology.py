from __future__ import annotations

from itertools import pairwise

from pipeline.transforms.years.chronology import OPEN, Link, settle


def test_a_post_between_two_of_one_year_is_of_that_year() -> None:
    known = {"a": frozenset({2019}), "b": OPEN, "c": frozenset({2019})}
    years, steps = settle(known, (Link("a", "b", 0), Link("b", "c", 0)))
    assert years["b"] == {2019}
    assert [step.other for step in steps["b"]] == ["a", "c"]


def test_a_later_day_of_the_calendar_is_an_earlier_year_where_the_order_says_so() -> None:
    years, _ = settle({"a": frozenset({2019}), "b": frozenset({2019, 2020})}, (Link("a", "b", 1),))
    assert years["b"] == {2020}


def test_one_side_alone_concludes_nothing() -> None:
    years, _ = settle({"a": frozenset({2019}), "b": OPEN}, (Link("a", "b", 0),))
    assert min(years["b"]) == 2019
    assert len(years["b"]) > 1


def test_a_link_that_cannot_hold_changes_nothing() -> None:
    known = {"a": frozenset({2020}), "b": frozenset({2019})}
    years, steps = settle(known, (Link("a", "b", 0),))
    assert years == known
    assert not steps


def test_a_known_distance_works_in_both_directions() -> None:
    links = (Link("a", "b", 1, 1),)
    assert settle({"a": frozenset({2019}), "b": OPEN}, links)[0]["b"] == {2020}
    assert settle({"a": OPEN, "b": frozenset({2020})}, links)[0]["a"] == {2019}


def test_posts_of_which_nothing_is_known_stay_open() -> None:
    chain = [str(number) for number in range(200)]
    links = [Link(one, other, 1) for one, other in pairwise(chain)]
    assert set(settle(dict.fromkeys(chain, OPEN), links)[0].values()) == {OPEN}


def test_a_chain_settles_whatever_the_order_of_its_links() -> None:
    chain = [str(number) for number in range(50)]
    known = dict.fromkeys(chain, OPEN) | {"0": frozenset({2019}), "49": frozenset({2019})}
    links = [Link(one, other, 0) for one, other in pairwise(chain)]
    for ordered in (links, links[::-1], links[::2] + links[1::2]):
        assert set(settle(known, ordered)[0].values()) == {frozenset({2019})}
