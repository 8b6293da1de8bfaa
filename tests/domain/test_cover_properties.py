"""Prescription cover: what holds for every mix of supplies, against a slow and simple oracle."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.calendars import WorkingCalendar
from domain.cover import (
    Collection,
    CoverProblemCode,
    CoverReport,
    Depot,
    FormType,
    Formulation,
    Pharmacy,
    PrescriptionForm,
    ReleasedDose,
    Schedule,
    Supply,
    TakeHome,
)
from tests.domain.bank_holidays import CALENDAR
from tests.domain.cover_builders import after, asked

# Christmas, a leap day, Easter and both clock changes lie within reach of these.
STARTS = st.sampled_from(
    [
        date(2026, 12, 22),
        date(2028, 2, 25),
        date(2026, 4, 1),
        date(2027, 3, 24),
        date(2026, 10, 22),
    ],
)
NEAR = st.integers(-6, 24)
LENGTHS = st.integers(1, 16)


@st.composite
def pharmacies(draw: st.DrawFn, start_on: date) -> Pharmacy:
    return Pharmacy(
        pharmacy_id=draw(st.sampled_from(["P1", "P2"])),
        closed_on=frozenset(after(start_on, n) for n in draw(st.sets(NEAR, max_size=3))),
        closed_weekdays=frozenset(draw(st.sets(st.integers(0, 6), max_size=2))),
        closes_on_bank_holidays=draw(st.booleans()),
    )


@st.composite
def forms(draw: st.DrawFn, start_on: date) -> PrescriptionForm:
    offsets = sorted(draw(st.sets(NEAR, min_size=1, max_size=6)))
    return PrescriptionForm(
        form=draw(st.sampled_from(FormType)),
        schedule=draw(st.sampled_from(Schedule)),
        signed_on=after(start_on, draw(st.integers(-35, 8))),
        appropriate_on=draw(st.none() | st.integers(-30, 8).map(lambda n: after(start_on, n))),
        collections=tuple(
            Collection(collect_on=after(start_on, n), covers_days=draw(LENGTHS)) for n in offsets
        ),
        pharmacy_id="P1",
        is_first_collection_confirmed=draw(st.booleans()),
    )


@st.composite
def depots(draw: st.DrawFn, start_on: date) -> Depot:
    given_on = after(start_on, draw(st.integers(-30, 10)))
    later = st.none() | st.integers(1, 40).map(lambda n: after(given_on, n))
    return Depot(
        formulation=draw(st.sampled_from(Formulation)),
        given_on=given_on,
        next_due_on=draw(later),
        next_booked_on=draw(later),
    )


def supplies(start_on: date) -> st.SearchStrategy[Supply]:
    return st.one_of(
        NEAR.map(lambda n: ReleasedDose(on=after(start_on, n))),
        st.builds(
            TakeHome,
            kind=st.just("take_home"),
            from_on=NEAR.map(lambda n: after(start_on, n)),
            days=LENGTHS,
        ),
        forms(start_on),
        depots(start_on),
    )


@st.composite
def cases(draw: st.DrawFn) -> tuple[date, date, Pharmacy, list[Supply]]:
    start_on = draw(STARTS)
    return (
        start_on,
        after(start_on, draw(st.integers(0, 24))),
        draw(pharmacies(start_on)),
        draw(st.lists(supplies(start_on), max_size=4)),
    )


def report_of(
    case: tuple[date, date, Pharmacy, list[Supply]],
    *more: Supply,
    calendar: WorkingCalendar = CALENDAR,
) -> CoverReport:
    from_on, until_on, pharmacy, arranged = case
    return asked(
        *arranged,
        *more,
        from_on=from_on,
        until_on=until_on,
        pharmacy=pharmacy,
        calendar=calendar,
    )


def _open(pharmacy: Pharmacy, on: date) -> bool:
    if pharmacy.pharmacy_id != "P1":
        return True
    if pharmacy.closes_on_bank_holidays and on in CALENDAR.holidays:
        return False
    return on not in pharmacy.closed_on and on.weekday() not in pharmacy.closed_weekdays


def _form_covers(form: PrescriptionForm, on: date, from_on: date, pharmacy: Pharmacy) -> bool:
    valid_on = max(form.signed_on, form.appropriate_on or form.signed_on)
    possible = [
        each
        for each in form.collections
        if each.collect_on >= from_on
        and each.collect_on >= valid_on
        and _open(pharmacy, each.collect_on)
    ]
    expires = form.schedule in {Schedule.TWO, Schedule.THREE, Schedule.FOUR}
    if not possible or (expires and (possible[0].collect_on - valid_on).days > 28):
        return False
    is_instalment = form.form in {FormType.FP10MDA, FormType.WP10MDA}
    if is_instalment and (on - form.collections[0].collect_on).days >= 14:
        return False
    return any(0 <= (on - each.collect_on).days < each.covers_days for each in possible)


def _depot_covers(depot: Depot, on: date) -> bool:
    weekly = depot.formulation is Formulation.WEEKLY
    interval, window = (7, 2) if weekly else (28, 7)
    injections = [depot.given_on]
    due_on = depot.next_due_on or after(depot.given_on, interval)
    if depot.next_booked_on and abs((depot.next_booked_on - due_on).days) <= window:
        injections.append(depot.next_booked_on)
    return any(0 <= (on - injected_on).days < interval for injected_on in injections)


def _covers(supply: Supply, on: date, from_on: date, pharmacy: Pharmacy) -> bool:
    match supply:
        case ReleasedDose():
            return supply.on == on
        case TakeHome():
            return 0 <= (on - supply.from_on).days < supply.days
        case Depot():
            return _depot_covers(supply, on)
        case PrescriptionForm():
            return _form_covers(supply, on, from_on, pharmacy)


@given(case=cases())
def test_a_day_is_covered_exactly_when_some_supply_covers_it(
    case: tuple[date, date, Pharmacy, list[Supply]],
) -> None:
    from_on, _, pharmacy, arranged = case

    report = report_of(case)

    for day in report.days:
        expected = any(_covers(each, day.on, from_on, pharmacy) for each in arranged)
        assert day.covered is expected, day.on


@given(case=cases())
def test_every_day_from_release_to_appointment_is_reported_once_in_order(
    case: tuple[date, date, Pharmacy, list[Supply]],
) -> None:
    from_on, until_on, _, _ = case

    report = report_of(case)

    assert [day.on for day in report.days] == [
        from_on + timedelta(days=n) for n in range((until_on - from_on).days + 1)
    ]
    assert all(from_on <= on <= until_on for on in report.uncovered_on)


@given(case=cases(), data=st.data())
def test_adding_a_supply_never_uncovers_a_day(
    case: tuple[date, date, Pharmacy, list[Supply]],
    data: st.DataObject,
) -> None:
    more = data.draw(supplies(case[0]))

    assert set(report_of(case, more).uncovered_on) <= set(report_of(case).uncovered_on)


@given(case=cases())
def test_every_uncovered_day_is_named_by_a_problem_that_blocks(
    case: tuple[date, date, Pharmacy, list[Supply]],
) -> None:
    report = report_of(case)

    named = {
        on
        for each in report.problems
        if each.code
        in {CoverProblemCode.DAYS_UNCOVERED, CoverProblemCode.COVER_ENDS_BEFORE_APPOINTMENT}
        for on in each.on
        if each.is_blocking
    }
    assert named == set(report.uncovered_on)


@given(case=cases())
def test_continuous_means_no_uncovered_day_and_nothing_that_blocks(
    case: tuple[date, date, Pharmacy, list[Supply]],
) -> None:
    report = report_of(case)

    blocking = [each for each in report.problems if each.is_blocking]
    assert report.is_continuous == (not report.uncovered_on and not blocking)


@given(case=cases(), data=st.data())
def test_the_order_in_which_supplies_were_recorded_changes_no_day(
    case: tuple[date, date, Pharmacy, list[Supply]],
    data: st.DataObject,
) -> None:
    from_on, until_on, pharmacy, arranged = case
    shuffled = data.draw(st.permutations(arranged))

    again = report_of((from_on, until_on, pharmacy, shuffled))

    assert again.days == report_of(case).days
    assert sorted(again.problems, key=repr) == sorted(report_of(case).problems, key=repr)


@given(case=cases())
def test_a_calendar_that_knows_nothing_still_gives_a_report(
    case: tuple[date, date, Pharmacy, list[Supply]],
) -> None:
    ignorant = WorkingCalendar(
        holidays=frozenset(),
        covers_from=date(2020, 1, 1),
        covers_until=date(2020, 12, 31),
    )

    report = report_of(case, calendar=ignorant)

    assert len(report.days) == len(report_of(case).days)
