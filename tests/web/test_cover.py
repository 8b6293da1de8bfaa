from __future__ import annotations

from datetime import date, timedelta

from infra.web.cover import PrescriptionCover
from tests.builders import Journey, a_prescription, the_rules

LEAVES_ON = date(2026, 12, 1)


def cover() -> PrescriptionCover:
    rules = the_rules()
    return PrescriptionCover({rules.policy.version: rules.policy}.__getitem__, rules.calendar)


def test_without_a_prescription_nothing_is_covered() -> None:
    assert cover()(Journey().state) is None


def test_cover_lasts_until_the_last_unbroken_day() -> None:
    journey = Journey()
    journey.submit(a_prescription(date(2026, 9, 7), LEAVES_ON, days=5))

    assert cover()(journey.state) == LEAVES_ON + timedelta(days=4)


def test_a_prescription_that_begins_too_late_covers_nothing() -> None:
    journey = Journey()
    journey.submit(a_prescription(date(2026, 9, 7), LEAVES_ON + timedelta(days=1)))

    assert cover()(journey.state) is None
