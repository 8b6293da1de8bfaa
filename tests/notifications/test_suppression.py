"""Nobody is texted who must not be, nor at an hour at which nobody should be."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.london_time import LONDON, NaiveInstantError, london_instant
from infra.policies.loading import default_policy
from notifications.suppression import (
    PersonFacts,
    Reason,
    Suppressed,
    quiet_until,
    suppressed,
    valid_for,
)

DELIVERY = default_policy().delivery
NOON = datetime(2026, 6, 1, 11, tzinfo=UTC)
WILLING = PersonFacts(
    died=False,
    closed=False,
    recalled=False,
    in_custody=False,
    agreed=True,
    opted_out=False,
    at_risk=False,
    number_usable=True,
    number_shared=False,
    appointment_stands=True,
)
REASONS = {
    "died": Reason.DIED,
    "closed": Reason.CLOSED,
    "recalled": Reason.RECALLED,
    "in_custody": Reason.IN_CUSTODY,
    "agreed": Reason.NO_AGREEMENT,
    "opted_out": Reason.OPTED_OUT,
    "at_risk": Reason.AT_RISK,
    "number_usable": Reason.NUMBER_UNUSABLE,
    "number_shared": Reason.NUMBER_SHARED,
    "appointment_stands": Reason.APPOINTMENT_CHANGED,
}
FACTS = st.builds(
    PersonFacts,
    **dict.fromkeys(REASONS, st.booleans()),
    texted_at=st.lists(
        st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001
        max_size=5,
    ).map(tuple),
    answers=st.booleans(),
)
MARCH = datetime(2026, 3, 28, 0, tzinfo=UTC)
OCTOBER = datetime(2026, 10, 24, 0, tzinfo=UTC)
INSTANTS = st.one_of(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001
    # Three days around each clock change.
    st.timedeltas(timedelta(), timedelta(days=3)).map(lambda after: MARCH + after),
    st.timedeltas(timedelta(), timedelta(days=3)).map(lambda after: OCTOBER + after),
)


def with_facts(values: dict[str, bool]) -> PersonFacts:
    return PersonFacts(**(WILLING._asdict() | values))


def wall(at: datetime) -> time:
    return at.astimezone(LONDON).time()


def test_a_willing_person_is_texted_by_day() -> None:
    assert suppressed(WILLING, NOON, DELIVERY) is None


@pytest.mark.parametrize(("fact", "reason"), REASONS.items())
def test_each_fact_alone_is_enough_and_recorded(fact: str, reason: Reason) -> None:
    facts = with_facts({fact: not getattr(WILLING, fact)})

    assert suppressed(facts, NOON, DELIVERY) == Suppressed(reason)
    # Also at night: it is not held until a morning on which it may not go either.
    assert suppressed(facts, NOON + timedelta(hours=10), DELIVERY) == Suppressed(reason)


def test_of_all_combinations_only_one_is_texted_and_a_death_outranks_the_rest() -> None:
    for values in product([False, True], repeat=len(REASONS)):
        facts = with_facts(dict(zip(REASONS, values, strict=True)))

        found = suppressed(facts, NOON, DELIVERY)

        assert (found is None) == (facts == WILLING)
        if facts.died:
            assert found == Suppressed(Reason.DIED)


@given(facts=FACTS, at=INSTANTS)
def test_never_after_a_death_without_agreement_or_at_night(
    facts: PersonFacts, at: datetime
) -> None:
    found = suppressed(facts, at, DELIVERY)

    if facts.died or not facts.agreed or facts.opted_out:
        assert found is not None
        assert found.until is None
    if found is None:
        assert time(9) <= wall(at) < time(20)
        assert facts == WILLING._replace(texted_at=facts.texted_at, answers=facts.answers)
    else:
        assert (found.until is not None) == (found.reason is Reason.QUIET_HOURS)


@given(INSTANTS)
def test_what_is_held_may_go_at_the_very_next_opening(at: datetime) -> None:
    until = quiet_until(at, DELIVERY)

    if until is None:
        assert time(9) <= wall(at) < time(20)
        return
    assert at < until <= at + timedelta(hours=14)  # 13 hours of night, 14 in October
    assert wall(until) == time(9)
    assert quiet_until(until, DELIVERY) is None
    assert quiet_until(until - timedelta(microseconds=1), DELIVERY) == until


@given(at=INSTANTS)
def test_no_text_is_valid_beyond_closing(at: datetime) -> None:
    length = valid_for(at, DELIVERY)

    assert timedelta() <= length <= timedelta(minutes=240)
    if suppressed(WILLING, at, DELIVERY):
        assert length == timedelta()
    else:
        assert length > timedelta()
        assert wall(at + length) <= time(20)
        assert length == timedelta(minutes=240) or wall(at + length) == time(20)


@pytest.mark.parametrize(
    ("at", "until"),
    [
        # The night of the spring change has twelve hours, that of the autumn change fourteen.
        (datetime(2026, 3, 28, 20, tzinfo=UTC), datetime(2026, 3, 29, 8, tzinfo=UTC)),
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), datetime(2026, 3, 29, 8, tzinfo=UTC)),
        (datetime(2026, 3, 29, 7, 59, tzinfo=UTC), datetime(2026, 3, 29, 8, tzinfo=UTC)),
        (datetime(2026, 3, 29, 8, tzinfo=UTC), None),
        (datetime(2026, 10, 24, 19, tzinfo=UTC), datetime(2026, 10, 25, 9, tzinfo=UTC)),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 9, tzinfo=UTC)),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), datetime(2026, 10, 25, 9, tzinfo=UTC)),
        (datetime(2026, 10, 25, 8, 59, tzinfo=UTC), datetime(2026, 10, 25, 9, tzinfo=UTC)),
        (datetime(2026, 6, 1, 18, 59, 59, tzinfo=UTC), None),
        (datetime(2026, 6, 1, 19, tzinfo=UTC), datetime(2026, 6, 2, 8, tzinfo=UTC)),
        (datetime(2026, 12, 31, 23, tzinfo=UTC), datetime(2027, 1, 1, 9, tzinfo=UTC)),
    ],
)
def test_nights_are_london_nights(at: datetime, until: datetime | None) -> None:
    found = suppressed(WILLING, at, DELIVERY)

    assert found == (Suppressed(Reason.QUIET_HOURS, until) if until else None)


@pytest.mark.parametrize(
    ("at", "minutes"),
    [
        (datetime(2026, 6, 1, 10, tzinfo=UTC), 240),
        (datetime(2026, 6, 1, 18, 58, tzinfo=UTC), 2),
        (datetime(2026, 6, 1, 19, tzinfo=UTC), 0),
        (datetime(2026, 12, 1, 19, 59, tzinfo=UTC), 1),
    ],
)
def test_a_text_is_tried_for_four_hours_or_until_the_night(at: datetime, minutes: int) -> None:
    assert valid_for(at, DELIVERY) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("ago", "reason"),
    [
        ([1, 2], None),
        ([1, 2, 6.99], Reason.CAP),
        ([1, 2, 7], None),
        ([0, 0, 0], Reason.CAP),
        ([8, 9, 10, 11], None),
    ],
)
def test_three_texts_in_seven_days_are_enough(ago: list[float], reason: Reason | None) -> None:
    facts = WILLING._replace(texted_at=tuple(NOON - timedelta(days=each) for each in ago))

    found = suppressed(facts, NOON, DELIVERY)

    assert (found.reason if found else None) == reason


def test_whoever_writes_is_answered_over_the_cap_and_at_any_hour() -> None:
    facts = WILLING._replace(texted_at=(NOON,) * 5, answers=True)

    assert suppressed(facts, NOON, DELIVERY) is None
    assert suppressed(facts, NOON + timedelta(hours=12), DELIVERY) is None
    assert suppressed(facts._replace(opted_out=True), NOON, DELIVERY) is not None


@given(
    on=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    opens=st.times(time(8), time(12)),
    closes=st.times(time(12, 1), time(21)),
)
@example(on=date(2026, 3, 29), opens=time(8), closes=time(21))
@example(on=date(2026, 10, 25), opens=time(8), closes=time(21))
def test_other_hours_hold_as_exactly(on: date, opens: time, closes: time) -> None:
    figures = DELIVERY.model_copy(update={"person_opens": opens, "person_closes": closes})
    moment = timedelta(microseconds=1)
    first, last = london_instant(on, opens), london_instant(on, closes)

    assert suppressed(WILLING, first, figures) is None
    assert suppressed(WILLING, last - moment, figures) is None
    assert quiet_until(first - moment, figures) == first
    assert quiet_until(last, figures) == london_instant(on + timedelta(days=1), opens)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(NaiveInstantError):
        suppressed(WILLING, datetime(2026, 6, 1, 12), DELIVERY)  # noqa: DTZ001
