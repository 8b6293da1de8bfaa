"""A change of one shift: what becomes of the rota around it, and what counts as another rota."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from domain.duty.revising import Revision, version_of
from domain.duty.rota import Shift
from tests.domain.duty_builders import shift

ADA, BEN = shift("ada", 0, 12), shift("ben", 12, 24)
ROTA = [ADA, BEN]


def after(new: Shift, instead_of: Shift | None = None) -> set[Shift]:
    return set(Revision(new, instead_of, version_of(ROTA)).after(ROTA))


def test_a_new_shift_cuts_its_time_out_of_what_stood_there() -> None:
    assert after(shift("cal", 6, 18)) == {
        shift("ada", 0, 6),
        shift("cal", 6, 18),
        shift("ben", 18, 24),
    }


def test_another_version_of_a_shift_leaves_nothing_of_the_first() -> None:
    assert after(shift("ada", 2, 8), instead_of=ADA) == {shift("ada", 2, 8), BEN}


def test_the_next_shift_gives_way_to_one_that_is_made_longer() -> None:
    assert after(shift("ada", 0, 15), instead_of=ADA) == {shift("ada", 0, 15), shift("ben", 15, 24)}


def test_the_same_change_again_changes_nothing() -> None:
    longer = shift("ada", 0, 15)
    once = Revision(longer, ADA, "").after(ROTA)

    assert set(Revision(longer, ADA, "").after(once)) == set(once)


@given(order=st.permutations([ADA, BEN, shift("cal", 24, None)]))
def test_a_version_does_not_depend_on_the_order(order: list[Shift]) -> None:
    assert version_of(order) == version_of([*ROTA, shift("cal", 24, None)])


def test_who_when_and_until_when_are_each_part_of_the_version() -> None:
    versions = {
        version_of([shift(who, start, end)])
        for who, start, end in (
            ("ada", 0, 12),
            ("ben", 0, 12),
            ("ada", 1, 12),
            ("ada", 0, 13),
            ("ada", 0, None),
        )
    } | {version_of([])}

    assert len(versions) == 6
