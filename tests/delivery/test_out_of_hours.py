"""Rule 4 and 5 at night: who leaves in the morning is a reason to disturb whoever is on duty."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.commands import FlagExploitation
from domain.facts import ExploitationSign
from domain.policy import Channel, Severity
from infra.database.engine import Database
from notifications.messages import MessageStatus
from notifications.wires import FaultClass, NotSentError
from tests.office import HEALTHCARE, PROBATION, PROVIDER, RESETTLEMENT, Office

AFTERNOON = datetime(2026, 9, 7, 14, tzinfo=UTC)
MIDNIGHT = datetime(2026, 9, 7, 23, tzinfo=UTC)
"""In London."""

SIGNS = (ExploitationSign.CUCKOOING, ExploitationSign.COUNTY_LINES)
MOMENT = timedelta(milliseconds=1)
FOUR_HOURS = timedelta(hours=4)


class TickingOffice(Office):
    """An office in which time passes between two looks at the clock, as it does everywhere."""

    def clock(self) -> datetime:
        """Return the office's now, a moment later than the last time."""
        self.now += MOMENT
        return self.now


@pytest.fixture
def office(database: Database) -> TickingOffice:
    found = TickingOffice(database, AFTERNOON)
    found.staff_every_post(RESETTLEMENT, HEALTHCARE, PROBATION, PROVIDER)
    return found


def texts_at_night(office: Office, leaves_in: timedelta) -> list[MessageStatus]:
    """Let a safeguarding referral lapse at midnight; return how the texts of that hour stand."""
    on = AFTERNOON.date()
    office.start(scheduled_on=on + leaves_in, as_given=True)
    office.submit("rel-1", *(FlagExploitation(on=on, sign=each) for each in SIGNS))
    office.wait_until(MIDNIGHT + timedelta(minutes=5))
    found = office.messages(channel=Channel.SMS, severity=Severity.S2)
    return [each.status for each in found if each.created_at > MIDNIGHT]


def test_where_somebody_leaves_in_the_morning_whoever_is_on_duty_is_texted_at_once(
    office: Office,
) -> None:
    assert texts_at_night(office, timedelta(days=1)) == [MessageStatus.ACCEPTED]


def test_where_nobody_leaves_soon_it_waits_for_the_morning(office: Office) -> None:
    assert MessageStatus.ACCEPTED not in texts_at_night(office, timedelta(days=30))


def test_a_page_of_the_day_that_the_provider_holds_up_is_not_sent_at_night(office: Office) -> None:
    office.line.plan = lambda _: NotSentError("20429", FaultClass.TRY, retry_after=FOUR_HOURS)
    office.start(scheduled_on=AFTERNOON.date() + timedelta(days=28), as_given=True)
    office.name_worker("rel-1", RESETTLEMENT.role, office.employ("ann", RESETTLEMENT))

    office.wait_until(AFTERNOON + timedelta(hours=3))
    office.line.plan = lambda _: "accept"
    office.wait_until(MIDNIGHT)

    (text,) = office.messages(recipient="ann", channel=Channel.SMS)
    assert (text.status, text.reason) == (MessageStatus.QUEUED, "out_of_hours")
    office.wait_until(MIDNIGHT + timedelta(hours=10))
    assert office.messages(id=text.id)[0].status is MessageStatus.ACCEPTED
