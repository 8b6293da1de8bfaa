"""From a journey to what is measured of it: now, and as it was known on a day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.codes import EthnicityGroup
from domain.commands import AcknowledgeEscalation, CorrectTreatmentStart
from domain.events import EventKind
from domain.facts import NaloxoneAnswer, RetentionOutcome
from domain.journey import Step
from domain.measures.acknowledging import acknowledgements
from domain.measures.definitions import MeasureId
from domain.measures.reading import Background, age_on, measured
from domain.measures.release import Cover, MeasuredRelease
from domain.measures.spells import Spell, overlapping
from domain.measures.vintages import Version, events_known_on, known_on, state_known_on
from tests.builders import Journey, at, sittings, the_rules
from tests.domain.measures.measured import member

LEAVES_ON = date(2026, 12, 1)
BACKGROUND = Background(date(1990, 12, 2), EthnicityGroup.MIXED, "N54")


def after_all_sittings() -> Journey:
    journey = Journey()
    for when, commands in sittings(LEAVES_ON):
        journey.now = when
        journey.submit(*commands)
    return journey


def facts_of(journey: Journey) -> MeasuredRelease:
    answered = acknowledgements(journey.events)
    found = measured(journey.state, BACKGROUND, journey.rules, answered)
    assert found is not None
    return found


def test_a_journey_in_which_nothing_lapses_is_measured_as_it_was() -> None:
    facts = facts_of(after_all_sittings())

    assert facts.model_dump(exclude={"release_id", "nation", "group", "need", "sex"}) == {
        "destination": "E06000001",
        "prison": "LEI",
        "probation_region": "N54",
        "released_on": LEAVES_ON,
        "age": 35,
        "ethnicity": EthnicityGroup.MIXED,
        "referred_on": LEAVES_ON - timedelta(days=80),
        "accepted": True,
        "appointed": True,
        "seen": True,
        "missed": False,
        "started_on": LEAVES_ON + timedelta(days=1),
        "retention": RetentionOutcome.IN_TREATMENT,
        "retained_on": LEAVES_ON + timedelta(days=85),
        "died_on": None,
        "returned_on": None,
        "cover": Cover.CONTINUOUS,
        "uncovered_days": 0,
        "opiate_history": True,
        "naloxone": NaloxoneAnswer.SUPPLIED_AND_TRAINED,
        "naloxone_in_hand": True,
        "lapsed": frozenset(),
        "acknowledgements": (),
        "merged": False,
        "overlaps": False,
    }
    assert member(MeasureId.RETENTION_ALL, facts).reached


def test_nobody_is_measured_before_release() -> None:
    journey = Journey()

    assert measured(journey.state, BACKGROUND, journey.rules) is None


def test_lapses_and_their_acknowledgements_are_read_from_the_history() -> None:
    journey = Journey()
    journey.wait_until(datetime(2026, 9, 30, 10, tzinfo=UTC))
    opened = next(e for e in journey.events if e.kind is EventKind.ESCALATION_OPENED)
    assert opened.step is not None
    journey.submit(AcknowledgeEscalation(step=opened.step))

    times = acknowledgements(journey.events)

    assert times[0].minutes == int((journey.now - opened.at).total_seconds() // 60)
    assert len(times) == sum(e.kind is EventKind.ESCALATION_OPENED for e in journey.events)
    lapsed = {step for step, each in journey.state.steps.items() if each.lapses}
    assert Step.SCREENING in lapsed


def test_a_correction_changes_the_figure_and_the_old_vintage_stays() -> None:
    journey = after_all_sittings()
    recorded = journey.now
    journey.now += timedelta(days=10)
    journey.submit(CorrectTreatmentStart(on=None, reason="wrong-person"))

    now = facts_of(journey)
    then = state_known_on(journey.events, recorded.date())
    assert then is not None
    before = measured(then, BACKGROUND, the_rules())
    assert before is not None

    assert now.started_on is None
    assert before.started_on == LEAVES_ON + timedelta(days=1)


@given(days=st.integers(-100, 120))
def test_a_vintage_holds_what_was_recorded_by_the_end_of_its_day(days: int) -> None:
    on = LEAVES_ON + timedelta(days=days)
    journey = _JOURNEY

    known = events_known_on(journey.events, on)

    assert known == tuple(
        each for each in journey.events if each.at < at(on, 0) + timedelta(days=1)
    )
    assert (state_known_on(journey.events, on) is None) == (not known)


_JOURNEY = after_all_sittings()


def test_kept_versions_and_the_history_give_the_same_vintage() -> None:
    journey = _JOURNEY
    versions = []
    for n, event in enumerate(journey.events, start=1):
        state = state_known_on(journey.events[:n], date(2099, 1, 1))
        assert state is not None
        versions.append(Version(event.at, measured(state, BACKGROUND, journey.rules)))

    for days in range(-100, 120, 5):
        on = LEAVES_ON + timedelta(days=days)
        state = state_known_on(journey.events, on)
        expected = measured(state, BACKGROUND, journey.rules) if state else None
        assert known_on(versions, on) == expected


def test_a_day_ends_at_midnight_in_london() -> None:
    facts = facts_of(_JOURNEY)
    midnight = datetime(2026, 6, 30, 23, tzinfo=UTC)
    kept = [Version(midnight, facts)]

    assert known_on(kept, date(2026, 6, 30)) is None
    assert known_on(kept, date(2026, 7, 1)) == facts


def test_the_last_of_two_versions_of_one_instant_stands() -> None:
    instant = datetime(2026, 1, 1, tzinfo=UTC)
    facts = facts_of(_JOURNEY)

    assert known_on([Version(instant, None), Version(instant, facts)], date(2026, 1, 1)) == facts


@pytest.mark.parametrize(
    ("born_on", "on", "age"),
    [
        (date(1990, 12, 2), date(2026, 12, 1), 35),
        (date(1990, 12, 2), date(2026, 12, 2), 36),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (None, date(2026, 3, 1), None),
        (date(2027, 1, 1), date(2026, 3, 1), None),
    ],
)
def test_age_is_in_whole_years(born_on: date | None, on: date, age: int | None) -> None:
    assert age_on(born_on, on) == age


def test_two_exits_without_custody_between_them_overlap() -> None:
    first = Spell("a", date(2025, 1, 1), date(2026, 1, 10))
    again = Spell("b", date(2025, 6, 1), date(2026, 2, 1))
    later = Spell("c", date(2026, 1, 10), date(2026, 3, 1))

    assert overlapping([later, again, first]) == {"b"}


def test_the_same_day_twice_is_one_release() -> None:
    one, same = Spell("a", None, date(2026, 1, 10)), Spell("b", None, date(2026, 1, 10))

    assert overlapping([same, one]) == {"b"}
    assert overlapping([one, Spell("c", None, date(2026, 1, 11))]) == frozenset()


SPELLS = st.lists(
    st.tuples(st.integers(0, 200), st.integers(0, 60)).map(
        lambda each: (date(2026, 1, 1) + timedelta(days=each[0]), each[1])
    ),
    max_size=6,
).map(
    lambda found: [
        Spell(f"r{n}", on, on + timedelta(days=days)) for n, (on, days) in enumerate(found)
    ]
)


@given(spells=SPELLS)
def test_what_is_kept_does_not_overlap_and_something_is(spells: list[Spell]) -> None:
    excluded = overlapping(spells)
    kept = [each for each in spells if each.release_id not in excluded]

    assert overlapping(kept) == frozenset()
    assert bool(kept) == bool(spells)
