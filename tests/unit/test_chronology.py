from __future__ import annotations

from itertools import pairwise

from pipeline.transforms.years.chronology import OPEN, Constraint, propagate


def test_a_post_between_two_of_one_year_is_of_that_year() -> None:
    known = {"a": frozenset({2019}), "b": OPEN, "c": frozenset({2019})}
    years, narrowings = propagate(known, (Constraint("a", "b", 0), Constraint("b", "c", 0)))
    assert years["b"] == {2019}
    assert [narrowing.other for narrowing in narrowings["b"]] == ["a", "c"]


def test_a_later_day_of_the_calendar_is_an_earlier_year_where_the_order_says_so() -> None:
    years, _ = propagate({"a": frozenset({2019}), "b": frozenset({2019, 2020})}, (Constraint("a", "b", 1),))
    assert years["b"] == {2020}


def test_one_side_alone_concludes_nothing() -> None:
    years, _ = propagate({"a": frozenset({2019}), "b": OPEN}, (Constraint("a", "b", 0),))
    assert min(years["b"]) == 2019
    assert len(years["b"]) > 1


def test_a_constraint_that_cannot_hold_changes_nothing() -> None:
    known = {"a": frozenset({2020}), "b": frozenset({2019})}
    years, narrowings = propagate(known, (Constraint("a", "b", 0),))
    assert years == known
    assert not narrowings


def test_a_known_distance_works_in_both_directions() -> None:
    constraints = (Constraint("a", "b", 1, 1),)
    assert propagate({"a": frozenset({2019}), "b": OPEN}, constraints)[0]["b"] == {2020}
    assert propagate({"a": OPEN, "b": frozenset({2020})}, constraints)[0]["a"] == {2019}


def test_posts_of_which_nothing_is_known_stay_open() -> None:
    chain = [str(number) for number in range(200)]
    constraints = [Constraint(one, other, 1) for one, other in pairwise(chain)]
    assert set(propagate(dict.fromkeys(chain, OPEN), constraints)[0].values()) == {OPEN}


def test_a_chain_settles_whatever_the_order_of_its_constraints() -> None:
    chain = [str(number) for number in range(50)]
    known = dict.fromkeys(chain, OPEN) | {"0": frozenset({2019}), "49": frozenset({2019})}
    constraints = [Constraint(one, other, 0) for one, other in pairwise(chain)]
    for ordered in (constraints, constraints[::-1], constraints[::2] + constraints[1::2]):
        assert set(propagate(known, ordered)[0].values()) == {frozenset({2019})}
