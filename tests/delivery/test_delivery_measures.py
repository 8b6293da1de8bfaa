"""Measures of delivery from real rows: events of ladders, pages, texts and what failed."""

from __future__ import annotations

from datetime import date, timedelta

from domain.policy import Severity
from infra.database.tables import MessageRow
from infra.messages.measures import SqlMeasures
from notifications.measures import DeliveryReport
from notifications.wires import FaultClass, NotSentError, Outgoing
from tests.delivery.test_ladder_of_a_life import LAPSE, lapsing
from tests.office import Office

__all__ = ["lapsing"]

LAPSED_ON = LAPSE.date()


def report(office: Office, first: date = LAPSED_ON, last: date = LAPSED_ON) -> DeliveryReport:
    return SqlMeasures(office.database).report(first, last)


def take(office: Office, who: str) -> None:
    reference = office.messages(wording="needed_now")[-1].fields["reference"]
    office.text_from(office.number_of(who), f"OK {reference}")


def test_taken_by_the_first_person_asked(lapsing: Office) -> None:
    lapsing.wait_until(LAPSE + timedelta(minutes=6))
    take(lapsing, "provider-duty")
    # What is asked of a rung later does not change who took it first.
    lapsing.wait_until(LAPSE + timedelta(days=2))

    found = report(lapsing)

    (times,) = (each for each in found.acknowledging if each.severity is Severity.S1)
    assert (times.opened, times.acknowledged) == (1, 1)
    assert (times.median_minutes, times.p90_minutes) == (6.0, 6.0)
    assert found.first_level.taken == 1


def test_taken_by_the_deputy_is_past_the_first_level(lapsing: Office) -> None:
    lapsing.wait_until(LAPSE + timedelta(minutes=16))
    take(lapsing, "provider-deputy")

    found = report(lapsing)

    # The referral lapsed as well, and no worker is named who could have taken it.
    assert (found.first_level.taken, found.first_level.passed) == (0, 2)
    (times,) = (each for each in found.acknowledging if each.severity is Severity.S1)
    assert times.median_minutes == 16.0


def test_a_ladder_that_nobody_takes_is_exhausted_and_pages_count_people_once(
    lapsing: Office,
) -> None:
    lapsing.wait_until(LAPSE + timedelta(minutes=91))

    found = report(lapsing)

    (times,) = (each for each in found.acknowledging if each.severity is Severity.S1)
    assert (times.acknowledged, times.median_minutes, times.exhausted) == (0, None, 1)
    # Each rung rings by text and by call, which is one page.
    rang = [each for each in lapsing.messages() if is_page(each)]
    assert found.pages.total == len({(each.notice_id, each.recipient) for each in rang})
    assert found.pages.total < len(rang)
    assert (found.pages.most, found.pages.above) == (2, 0)


def is_page(message: MessageRow) -> bool:
    return (
        message.sent_at is not None
        and message.sent_at.date() == LAPSED_ON
        and message.wording in {"needed_now", "step_lapsed", "escalated", "chain_exhausted"}
    )


def test_another_day_has_other_ladders(lapsing: Office) -> None:
    lapsing.wait_until(LAPSE + timedelta(minutes=16))
    day_after = LAPSED_ON + timedelta(days=1)

    assert report(lapsing, day_after, day_after).acknowledging == ()
    before = LAPSED_ON - timedelta(days=1)
    assert report(lapsing, before, LAPSED_ON).acknowledging != ()


def test_failures_are_told_by_their_class(lapsing: Office) -> None:
    def fails(message: Outgoing) -> Exception | str:
        return NotSentError("21211", FaultClass.NUM) if message.channel == "sms" else "accept"

    lapsing.line.plan = fails
    lapsing.wait_until(LAPSE + timedelta(minutes=6))

    (sms,) = (each for each in report(lapsing).arriving if each.channel == "sms")
    failed = [e for e in lapsing.messages(channel="sms") if e.status == "failed"]
    on_the_day = [e for e in failed if e.created_at.date() == LAPSED_ON]
    assert on_the_day
    assert sms.failed == {FaultClass.NUM: len(on_the_day)}


def test_pages_that_became_pointless_are_told_by_reason(lapsing: Office) -> None:
    lapsing.wait_until(LAPSE + timedelta(minutes=1))
    take(lapsing, "provider-duty")  # before the call, which is then not made
    lapsing.wait_until(LAPSE + timedelta(minutes=20))

    skipped = [
        e for e in lapsing.messages() if e.status == "skipped" and e.created_at.date() == LAPSED_ON
    ]
    assert skipped
    assert sum(report(lapsing).unactionable.values()) == len(skipped)
    assert set(report(lapsing).unactionable) == {str(each.reason) for each in skipped}
