"""Which entry is to blame, and what it is told, when new shifts join a stored rota."""

from __future__ import annotations

from domain.duty.checking import EntryFault, absence_faults, shift_faults
from domain.duty.rota import Shift
from tests.domain.duty_builders import MONDAY, absence, hours, shift


def line(place: int) -> str:
    return f"line {place + 2}"


def faults(new: list[Shift], stored: list[Shift], now: float = 0) -> tuple[EntryFault, ...]:
    return shift_faults(new, stored, MONDAY + hours(now), line)


def test_a_gap_is_told_at_the_later_shift_and_names_the_earlier() -> None:
    assert faults([shift("ada", 0, 8), shift("ben", 9, 16)], []) == (
        EntryFault(
            1,
            "starts_at",
            "Nobody is on duty from Mon 23 Nov 2026 08:00 to Mon 23 Nov 2026 09:00, "
            "between this and line 2",
        ),
    )


def test_an_overlap_is_told_at_the_later_shift_and_names_the_earlier() -> None:
    (fault,) = faults([shift("ben", 7, None), shift("ada", 0, 8)], [])

    assert (fault.place, fault.field) == (0, "starts_at")
    assert fault.message == (
        "This overlaps line 3 from Mon 23 Nov 2026 07:00 to Mon 23 Nov 2026 08:00"
    )


def test_a_new_period_must_join_the_stored_rota_on_both_sides() -> None:
    stored = [shift("ada", 0, 8), shift("ben", 8, 24), shift("cal", 24, 48)]

    assert faults([shift("dot", 8, 20)], stored) == ()
    before = faults([shift("dot", 60, 72)], stored)
    after = faults([shift("dot", -20, -4)], stored, now=-24)

    assert [(each.place, each.field) for each in before] == [(0, "starts_at")]
    assert [(each.place, each.field) for each in after] == [(0, "ends_at")]
    assert all("the rota that is loaded already" in each.message for each in (*before, *after))


def test_a_break_in_what_is_over_or_stored_is_not_held_against_anybody() -> None:
    stored = [shift("ada", 0, 8), shift("ben", 30, 40), shift("cal", 42, None)]

    assert faults([shift("dot", 20, 30)], stored, now=9) == ()


def test_a_shift_without_a_right_end_is_told_alone() -> None:
    (fault,) = faults([shift("ada", 8, 8)], [shift("ben", 0, None)])

    assert (fault.field, fault.message) == ("ends_at", "The end must be later than the start")


def test_absences_are_judged_beside_those_that_stay() -> None:
    assert absence_faults([absence("ada", 0, 8)], [absence("ada", 8, 16)], line) == ()

    (fault,) = absence_faults([absence("ada", 0, 9)], [absence("ada", 8, 16)], line)

    assert (fault.place, fault.field) == (0, "starts_at")
    assert "an absence that is recorded already" in fault.message


def test_a_loop_of_cover_is_told_at_the_new_absence_with_what_to_do() -> None:
    stored = [absence("ben", 0, 9, "cal"), absence("cal", 4, None, "ada")]

    assert absence_faults([absence("ada", 0, 8, "ben")], stored, line) == (
        EntryFault(
            0,
            "cover",
            "Cover leads back to whoever is away, by way of an absence that is recorded already, "
            "from Mon 23 Nov 2026 04:00 to Mon 23 Nov 2026 08:00. "
            "Name somebody who is there then, or nobody",
        ),
    )
    new = [absence("dot", 0, 8, "eve"), absence("eve", 0, 8, "dot")]
    (fault,) = absence_faults(new, stored, line)
    assert (fault.place, fault.field) == (1, "cover")
    assert "by way of line 2" in fault.message


def test_a_loop_that_was_stored_before_is_not_held_against_anybody() -> None:
    stored = [absence("ben", 0, None, "cal"), absence("cal", 0, None, "ben")]

    assert absence_faults([absence("ada", 0, 8, "ben")], stored, line) == ()
