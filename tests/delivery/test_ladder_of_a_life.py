"""A lapse on which a life depends: every page and call, until somebody answers or the top rings."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, select

from domain.duty.posts import Post
from domain.duty.rota import Absence
from domain.events import EventKind
from domain.journey import Step
from domain.policy import Channel
from domain.state import LadderStatus
from infra.database.tables import DataQualityTaskRow, ShiftRow, table_of
from infra.duty.absences import SqlAbsences
from notifications.messages import MessageStatus
from notifications.wires import FaultClass, NotSentError, Outgoing
from tests.builders import a_plan, a_screening, an_opiate_picture
from tests.office import Office, Outcome

# Ten working days before release, the first appointment of somebody on opioid treatment: S1.
LAPSE = datetime(2026, 11, 17, 17, tzinfo=UTC)
THE_LADDER = [
    ("17:00", "provider-duty", "sms"),
    ("17:05", "provider-duty", "voice"),
    ("17:15", "provider-deputy", "voice"),
    ("17:20", "provider-deputy", "sms"),
    ("17:30", "provider-on-call-manager", "voice"),
    ("17:45", "provider-duty", "sms"),
    ("17:50", "provider-duty", "voice"),
    ("18:00", "provider-deputy", "voice"),
    ("18:05", "provider-deputy", "sms"),
    ("18:15", "provider-on-call-manager", "voice"),
    ("18:30", "admin-service-owner", "voice"),
]


@pytest.fixture
def lapsing(office: Office) -> Office:
    """An hour before the lapse; whatever was paged until then is of no interest."""
    office.now = LAPSE - timedelta(hours=31)
    office.start(service="cds-hartlepool")
    on = office.now.date()
    office.submit("rel-1", a_screening(on, treatment=an_opiate_picture()), a_plan(on))
    office.wait_until(LAPSE - timedelta(hours=1))
    return office


def pages(office: Office) -> list[tuple[str, str, str]]:
    """Return when, whom and how: every page about the appointment that a provider took."""
    about = {
        f"rel-1.{each.seq}."
        for each in office.journeys["rel-1"].events
        if each.step is Step.APPOINTMENT
    }
    return [
        (f"{each.at:%H:%M}", str(each.recipient), str(each.channel))
        for each in office.trail("accepted")
        if any(str(each.notice_id).startswith(cause) for cause in about)
    ]


def ladder_status(office: Office) -> LadderStatus:
    return office.journeys["rel-1"].state.escalations[Step.APPOINTMENT].status


def test_where_nobody_answers_every_rung_is_paged_and_the_top_rings(lapsing: Office) -> None:
    lapsing.wait_until(LAPSE + timedelta(minutes=100))

    assert pages(lapsing) == THE_LADDER
    assert ladder_status(lapsing) is LadderStatus.EXHAUSTED


def test_an_answer_stops_everything_within_the_next_check(lapsing: Office) -> None:
    lapsing.wait_until(LAPSE + timedelta(minutes=2))
    reference = lapsing.messages(wording="needed_now")[-1].fields["reference"]

    lapsing.text_from(lapsing.number_of("provider-duty"), f"ok {reference.lower()}")
    lapsing.wait_until(LAPSE + timedelta(minutes=100))

    assert pages(lapsing)[:1] == THE_LADDER[:1]
    assert not [each for each in pages(lapsing) if each[2] == "voice"]
    skipped = [each.why for each in lapsing.trail("skipped") if each.at > LAPSE]
    assert "acknowledged" in skipped


def test_a_lease_that_runs_out_pages_the_next_rung(lapsing: Office) -> None:
    lapsing.wait_until(LAPSE + timedelta(minutes=2))
    reference = lapsing.messages(wording="needed_now")[-1].fields["reference"]
    lapsing.text_from(lapsing.number_of("provider-duty"), f"OK {reference}")

    lapsing.wait_until(LAPSE + timedelta(hours=4, minutes=3))

    kinds = [each.kind for each in lapsing.journeys["rel-1"].events]
    assert EventKind.ACKNOWLEDGEMENT_EXPIRED in kinds
    assert ("21:02", "provider-deputy", "voice") in pages(lapsing)


def test_whoever_has_gone_meanwhile_is_not_called_and_the_next_is_not_kept_waiting(
    lapsing: Office,
) -> None:
    lapsing.wait_until(LAPSE + timedelta(minutes=2))
    gone = Absence("provider-duty", LAPSE, None, None)
    SqlAbsences(lapsing.database, lapsing.clock).put([gone], "boss", str)

    lapsing.wait_until(LAPSE + timedelta(minutes=11))

    assert ("provider-duty", "voice", "absent") in [
        (each.recipient, each.channel, each.why) for each in lapsing.trail("skipped")
    ]
    # The text that went is not confirmed in ten minutes, and there is no other way to reach them.
    assert pages(lapsing) == [
        ("17:00", "provider-duty", "sms"),
        ("17:10", "provider-deputy", "voice"),
    ]


def test_the_deputy_is_called_at_once_when_the_duty_rota_is_empty(lapsing: Office) -> None:
    empty(lapsing, Post.DUTY)

    lapsing.wait_until(LAPSE + timedelta(minutes=1))

    assert pages(lapsing)[0] == ("17:00", "provider-deputy", "voice")
    raised = [
        each
        for each in lapsing.journeys["rel-1"].events
        if each.data.get("unreached") == "empty_rota"
    ]
    assert len(raised) == 1


def test_an_empty_rota_becomes_one_task_that_stays_open(lapsing: Office) -> None:
    empty(lapsing, Post.DUTY)

    lapsing.wait_until(LAPSE + timedelta(minutes=100))

    with lapsing.database.read() as session:
        tasks = session.execute(
            select(DataQualityTaskRow).where(DataQualityTaskRow.post == Post.DUTY)
        ).scalars()
        assert [(each.severity.value, each.reason.value) for each in tasks] == [
            ("S3", "empty_rota")
        ]


def test_with_every_rota_empty_the_service_owner_is_called_in_the_same_minute(
    lapsing: Office,
) -> None:
    for post in (Post.DUTY, Post.DEPUTY, Post.ON_CALL_MANAGER):
        empty(lapsing, post)

    lapsing.wait_until(LAPSE + timedelta(minutes=1))

    assert pages(lapsing) == [("17:00", "admin-service-owner", "voice")]


@pytest.mark.parametrize("fault", [FaultClass.NUM, FaultClass.OPT, FaultClass.BODY])
def test_a_text_that_is_refused_is_followed_by_the_call_at_once(
    lapsing: Office, fault: FaultClass
) -> None:
    lapsing.line.plan = lambda each: (
        NotSentError("21614", fault) if each.channel is Channel.SMS else "accept"
    )

    lapsing.wait_until(LAPSE + timedelta(minutes=1))

    assert pages(lapsing)[0] == ("17:00", "provider-duty", "voice")


def test_where_no_channel_works_the_whole_ladder_is_climbed_at_once(lapsing: Office) -> None:
    lapsing.line.plan = lambda _: NotSentError("21211", FaultClass.NUM)

    lapsing.wait_until(LAPSE + timedelta(minutes=1))

    assert ladder_status(lapsing) is LadderStatus.EXHAUSTED
    failed = {each.recipient for each in lapsing.messages(status=MessageStatus.FAILED)}
    assert {"provider-duty", "provider-deputy", "provider-on-call-manager"} <= failed


def test_a_provider_that_passes_is_tried_again_and_pages_nobody_twice(lapsing: Office) -> None:
    tried: Counter[str] = Counter()

    def twice_busy(message: Outgoing) -> Outcome:
        tried[message.id] += 1
        return NotSentError("20429", FaultClass.TRY) if tried[message.id] < 3 else "accept"

    lapsing.line.plan = twice_busy
    lapsing.wait_until(LAPSE + timedelta(minutes=1))

    first = lapsing.messages(recipient="provider-duty", channel=Channel.SMS)[-1]
    assert (first.status, first.tries) == (MessageStatus.ACCEPTED, 3)
    accepted = Counter(each.id for each in lapsing.line.accepted.values())
    assert set(accepted.values()) == {1}


def empty(office: Office, post: Post) -> None:
    """Take everybody off one post of the drug service."""
    shifts = table_of(ShiftRow)
    with office.database.write() as session:
        session.execute(delete(shifts).where(shifts.c.post == post, shifts.c.organisation != "*"))
