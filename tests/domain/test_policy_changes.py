from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.policy.changes import PlannedChange, chained, version_on

TODAY = date(2026, 11, 27)
ROOT = "document"


def change(version: str, base: str, days: int = 0) -> PlannedChange:
    return PlannedChange(version, base, TODAY + timedelta(days=days))


def test_each_change_holds_from_its_day_until_the_next() -> None:
    changes = [change("a", ROOT, -5), change("b", "a", 3)]

    assert version_on(ROOT, changes, TODAY - timedelta(days=6)) == ROOT
    assert version_on(ROOT, changes, TODAY - timedelta(days=5)) == "a"
    assert version_on(ROOT, changes, TODAY + timedelta(days=2)) == "a"
    assert version_on(ROOT, changes, TODAY + timedelta(days=3)) == "b"


def test_changes_to_another_document_wait_until_it_is_in_use_again() -> None:
    changes = [change("a", ROOT), change("x", "another document"), change("b", "a")]

    assert version_on(ROOT, changes, TODAY) == "b"
    assert version_on("another document", changes, TODAY) == "x"
    assert version_on("a third", changes, TODAY) == "a third"


def test_what_was_taken_back_leaves_its_place_to_another() -> None:
    # `a` was taken back and is not among them.
    assert version_on(ROOT, [change("b", ROOT)], TODAY) == "b"


versions = st.sampled_from([ROOT, *"abcdef"])
changes = st.lists(st.builds(change, st.sampled_from("abcdef"), versions, st.integers(-9, 9)))


@given(changes, st.integers(-12, 12))
def test_the_version_is_the_document_or_one_that_leads_back_to_it(
    decided: list[PlannedChange], days: int
) -> None:
    chain = chained(ROOT, decided)
    on = TODAY + timedelta(days=days)

    assert [each.base for each in chain] == [ROOT, *(each.version for each in chain)][: len(chain)]
    begun = {each.version for each in chain if each.effective_on <= on}
    assert version_on(ROOT, decided, on) in begun | ({ROOT} if not begun else set())
