"""Gaps and overlaps: found exactly where nobody, or more than one person, is on duty."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from domain.codes import Role
from domain.duty.flaws import Flaw, FlawKind, absence_flaws, flaws
from domain.duty.posts import Post, Team
from domain.duty.rota import Absence, Shift, Unfilled, covered
from tests.domain.duty_builders import MONDAY, absence, hours, shift


def test_a_rota_without_a_break_has_no_flaw() -> None:
    assert flaws([shift("ada", 0, 8), shift("ben", 8, 16), shift("cal", 16, None)]) == ()
    assert flaws([]) == ()


def test_a_gap_names_the_shifts_on_both_sides_and_the_time_between() -> None:
    found = flaws([shift("ben", 10, 16), shift("ada", 0, 8)])

    assert found == (Flaw(FlawKind.GAP, 1, 0, MONDAY + hours(8), MONDAY + hours(10)),)


def test_an_overlap_names_both_shifts_also_when_they_are_not_neighbours() -> None:
    found = flaws([shift("ada", 0, 20), shift("ben", 4, 6), shift("cal", 8, 24)])

    assert found == (
        Flaw(FlawKind.OVERLAP, 0, 1, MONDAY + hours(4), MONDAY + hours(6)),
        Flaw(FlawKind.OVERLAP, 0, 2, MONDAY + hours(8), MONDAY + hours(20)),
    )


def test_a_shift_after_one_without_an_end_overlaps_it() -> None:
    found = flaws([shift("ada", 0, None), shift("ben", 8, None)])

    assert found == (Flaw(FlawKind.OVERLAP, 0, 1, MONDAY + hours(8), None),)


def test_a_shift_that_ends_before_it_starts_is_told_and_hides_no_gap() -> None:
    found = flaws([shift("ada", 0, 8), shift("ben", 9, 8), shift("cal", 12, 16)])

    assert [(each.kind, each.first, each.second) for each in found] == [
        (FlawKind.ENDS_BEFORE_START, 1, 1),
        (FlawKind.GAP, 0, 2),
    ]


def test_rotas_of_other_teams_and_posts_are_none_of_its_business() -> None:
    healthcare = Team("LEI", Role.HEALTHCARE)
    rotas = [shift("ada", 0, 8), shift("ada", 4, 12, post=Post.DEPUTY)]

    assert flaws([*rotas, shift("ben", 6, 9, team=healthcare)]) == ()


HALF_HOURS = st.integers(0, 48)
SHIFTS = st.lists(
    st.tuples(HALF_HOURS, st.integers(1, 20)).map(
        lambda span: shift("ada", span[0] / 2, (span[0] + span[1]) / 2)
    ),
    min_size=1,
    max_size=7,
)


@given(rota=SHIFTS)
def test_no_flaw_means_exactly_one_person_at_every_instant(rota: list[Shift]) -> None:
    found = flaws(rota)

    first = min(each.starts_at for each in rota)
    last = max(each.ends_at for each in rota if each.ends_at is not None)
    instants = [first + hours(n / 2) for n in range(int((last - first) / hours(0.5)))]
    counts = {at: sum(_holds(each, at) for each in rota) for at in instants}
    assert (found == ()) == all(each == 1 for each in counts.values())
    for at, count in counts.items():
        told = {each.kind for each in found if _during(each, at)}
        assert (FlawKind.GAP in told) == (count == 0)
        assert (FlawKind.OVERLAP in told) == (count > 1)


@given(rota=SHIFTS, data=st.data())
def test_the_order_of_a_file_changes_nothing_but_the_numbers(
    rota: list[Shift], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(rota))

    assert _times(flaws(rota)) == _times(flaws(shuffled))


def _holds(each: Shift, at: datetime) -> bool:
    return each.starts_at <= at and (each.ends_at is None or at < each.ends_at)


def _during(flaw: Flaw, at: datetime) -> bool:
    return flaw.starts_at <= at and (flaw.ends_at is None or at < flaw.ends_at)


def _times(found: tuple[Flaw, ...]) -> list[tuple[FlawKind, datetime]]:
    return sorted((each.kind, each.starts_at) for each in found)


def test_absences_of_one_person_may_leave_gaps_and_not_overlap() -> None:
    assert absence_flaws([absence("ada", 0, 8), absence("ada", 30, 40)]) == ()
    assert absence_flaws([absence("ada", 0, 8), absence("ben", 4, 9)]) == ()

    found = absence_flaws([absence("ada", 0, 8), absence("ada", 4, None)])

    assert found == (Flaw(FlawKind.OVERLAP, 0, 1, MONDAY + hours(4), MONDAY + hours(8)),)


def test_nobody_covers_for_themselves() -> None:
    found = absence_flaws([absence("ada", 0, 8, "ada")])

    assert [each.kind for each in found] == [FlawKind.COVERS_THEMSELVES]


def test_cover_that_leads_back_names_the_absences_that_are_last_in_the_file() -> None:
    found = absence_flaws(
        [absence("ada", 0, 9, "ben"), absence("cal", 4, None, "ada"), absence("ben", 2, 8, "cal")]
    )

    assert found == (Flaw(FlawKind.COVER_LOOP, 1, 2, MONDAY + hours(4), MONDAY + hours(8)),)


def test_people_may_cover_for_one_another_at_different_times() -> None:
    assert absence_flaws([absence("ada", 0, 8, "ben"), absence("ben", 8, 16, "ada")]) == ()


PEOPLE = ("ada", "ben", "cal", "dot", "eve")
WEEK = 12
"""Hours in which everything happens."""

AWAY = st.builds(
    lambda who, start, length, cover: absence(
        who, start, None if start + length > WEEK else start + length, cover
    ),
    st.sampled_from(PEOPLE),
    st.integers(0, WEEK - 1),
    st.integers(1, WEEK),
    st.sampled_from([*PEOPLE, None]),
)


def one_at_a_time(absences: list[Absence]) -> list[Absence]:
    """Leave out whatever would have somebody away twice at once, or cover for themselves."""
    found: list[Absence] = []
    for each in absences:
        kinds = {flaw.kind for flaw in absence_flaws([*found, each])}
        if not kinds & {FlawKind.OVERLAP, FlawKind.COVERS_THEMSELVES}:
            found.append(each)
    return found


@given(absences=st.lists(AWAY, max_size=9).map(one_at_a_time))
def test_a_loop_is_told_exactly_where_whoever_follows_cover_finds_nobody_for_it(
    absences: list[Absence],
) -> None:
    found = absence_flaws(absences)

    assert {each.kind for each in found} <= {FlawKind.COVER_LOOP}
    for hour in range(WEEK + 1):
        at = MONDAY + hours(hour)
        lost = any(covered(absences, who, at) is Unfilled.COVER_LOOP for who in PEOPLE)
        assert any(_during(each, at) for each in found) == lost
