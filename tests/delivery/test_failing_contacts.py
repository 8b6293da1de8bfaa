"""Rule 1 for staff whom a channel does not reach for good: the next at once, and a task."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from api.duty_records import TaskRecord
from api.filters import PageOf
from domain.duty.access import TeamScope
from domain.duty.posts import Team
from domain.duty.quality import TaskOutcome, TaskReason
from domain.duty.staff import StaffEntry
from domain.journey import Step
from domain.policy import Channel, Severity, Target
from infra.duty.staff import SqlStaff
from infra.duty.tasks import SqlTasks
from notifications.catalogue import Wording
from notifications.folding import Fold
from notifications.messages import MessageStatus
from notifications.twilio.reports import report_of_text
from notifications.wires import FaultClass, NotSentError, Outgoing
from tests.delivery.test_ladder_of_a_life import LAPSE, lapsing, pages
from tests.delivery.test_receipts import sweep
from tests.office import PROVIDER, RESETTLEMENT, Office, Outcome

__all__ = ["lapsing"]

EVERYBODY = TeamScope(None, None)
WHO = "provider-duty"
NEW_NUMBER = "+447700900888"
A_MINUTE = timedelta(minutes=1)
UNKNOWN_NUMBER = NotSentError("21211", FaultClass.NUM)


def tasks(office: Office, *, is_open: bool = True) -> list[TaskRecord]:
    """The tasks about somebody, as their managers see them."""
    found = SqlTasks(office.database, office.clock).page(EVERYBODY, PageOf(), is_open=is_open)
    return [each for each in found.rows if each.staff is not None]


def about(office: Office, *, is_open: bool = True) -> list[tuple[str, TaskReason]]:
    return [(each.staff.id, each.reason) for each in tasks(office, is_open=is_open) if each.staff]


def outcomes(office: Office) -> list[tuple[TaskReason, TaskOutcome | None, str | None]]:
    return [(each.reason, each.outcome, each.closed_by) for each in tasks(office, is_open=False)]


def give(
    office: Office, who: str = WHO, *, mobile: str | None = None, email: str | None = None
) -> None:
    """Enter somebody again with another number or address, as their manager does."""
    staff = SqlStaff(office.database, office.clock)
    known = staff.by_reference([who])[who]
    entry = StaffEntry(who, known.name, known.team, email or known.email, mobile or known.mobile)
    staff.put([entry], "boss")


def texts_fail(outcome: Exception) -> Callable[[Outgoing], Outcome]:
    own = f".{WHO}.{Channel.SMS}."
    return lambda each: outcome if own in each.id else "accept"


def the_text(office: Office) -> str:
    return office.messages(recipient=WHO, channel=Channel.SMS)[-1].id


def report(office: Office, word: str, code: str | None = None) -> None:
    """Let the provider say how the newest text to somebody stands."""
    row = office.messages(id=the_text(office))[0]
    told = report_of_text(str(row.provider_id), word, code, row.id)
    office.follow(office.telling.receipts.record(told))
    office.settle()


def refused(office: Office) -> None:
    office.line.plan = texts_fail(UNKNOWN_NUMBER)
    office.wait_until(LAPSE)


def undelivered(office: Office) -> None:
    office.wait_until(LAPSE)
    report(office, "undelivered", "30005")


def stopped_at_the_provider(office: Office) -> None:
    office.line.plan = texts_fail(NotSentError("21610", FaultClass.OPT))
    office.wait_until(LAPSE)


def stopped(office: Office) -> None:
    office.wait_until(LAPSE)
    report(office, "delivered")
    office.text_from(office.number_of(WHO), "STOP")


WAYS = [
    (refused, TaskReason.NUMBER_FAILED),
    (undelivered, TaskReason.NUMBER_FAILED),
    (stopped_at_the_provider, TaskReason.TEXTS_STOPPED),
    (stopped, TaskReason.TEXTS_STOPPED),
]
NAMES = [fail.__name__ for fail, _ in WAYS]
Fail = Callable[[Office], None]


@pytest.mark.parametrize(("fail", "reason"), WAYS, ids=NAMES)
def test_the_call_follows_at_once_and_one_task_stands_until_there_is_another_number(
    lapsing: Office, fail: Fail, reason: TaskReason
) -> None:
    fail(lapsing)
    assert ("17:00", WHO, "voice") in pages(lapsing)
    (task,) = tasks(lapsing)
    assert task.staff is not None
    assert (task.staff.id, task.team, task.post) == (WHO, PROVIDER, None)
    assert (task.reason, task.severity) == (reason, Severity.S3)

    # The ladder comes round again: they are called without a text, and there is still one task.
    lapsing.line.plan = lambda _: "accept"
    lapsing.wait_until(LAPSE + timedelta(minutes=46))
    again = [each for each in pages(lapsing) if each[1] == WHO and each[0] > "17:30"]
    assert again == [("17:45", WHO, "voice")]
    newest = lapsing.messages(recipient=WHO, channel=Channel.SMS)[-1]
    assert newest.status is MessageStatus.SKIPPED
    assert about(lapsing) == [(WHO, reason)]

    give(lapsing, mobile=NEW_NUMBER)
    assert about(lapsing) == []
    assert outcomes(lapsing) == [(reason, TaskOutcome.CONTACT_REPLACED, "boss")]
    on_duty = lapsing.telling.router.duty.recipients(
        Target.DUTY_ROTA, "rel-1", Step.APPOINTMENT, lapsing.now
    )
    assert [(each.id, each.mobile_failed, each.texts_stopped) for each in on_duty.staff] == [
        (WHO, False, False)
    ]


def test_another_address_leaves_the_task_about_the_number_open(lapsing: Office) -> None:
    refused(lapsing)

    give(lapsing, email="other@example.org")

    assert about(lapsing) == [(WHO, TaskReason.NUMBER_FAILED)]


def test_what_is_reported_of_a_number_that_was_replaced_is_held_against_nobody(
    lapsing: Office,
) -> None:
    lapsing.wait_until(LAPSE)
    give(lapsing, mobile=NEW_NUMBER)

    report(lapsing, "undelivered", "30005")

    assert about(lapsing) == []
    assert ("17:00", WHO, "voice") in pages(lapsing)


@pytest.mark.parametrize("fault", [FaultClass.BODY, FaultClass.TRY, FaultClass.CFG])
def test_what_is_no_fault_of_the_number_raises_nothing(lapsing: Office, fault: FaultClass) -> None:
    lapsing.line.plan = texts_fail(NotSentError("30007", fault))

    lapsing.wait_until(LAPSE + A_MINUTE)

    assert about(lapsing) == []


def test_a_failed_call_is_a_task_as_well(lapsing: Office) -> None:
    own = f".{WHO}.{Channel.VOICE}."
    lapsing.line.plan = lambda each: UNKNOWN_NUMBER if own in each.id else "accept"

    lapsing.wait_until(LAPSE + timedelta(minutes=6))

    assert about(lapsing) == [(WHO, TaskReason.NUMBER_FAILED)]


def test_start_closes_the_task_of_a_stop_in_the_name_of_who_sent_it(lapsing: Office) -> None:
    stopped(lapsing)

    lapsing.text_from(lapsing.number_of(WHO), "START")

    assert outcomes(lapsing) == [(TaskReason.TEXTS_STOPPED, TaskOutcome.CONTACT_WORKS, WHO)]


def test_a_text_that_arrives_after_all_closes_the_task(lapsing: Office) -> None:
    undelivered(lapsing)
    report(lapsing, "delivered")

    assert outcomes(lapsing) == [
        (TaskReason.NUMBER_FAILED, TaskOutcome.CONTACT_WORKS, "throughcare")
    ]


def test_a_number_that_its_manager_found_to_work_is_texted_again(lapsing: Office) -> None:
    refused(lapsing)
    lapsing.line.plan = lambda _: "accept"
    (task,) = tasks(lapsing)

    SqlTasks(lapsing.database, lapsing.clock).close(task.id, TaskOutcome.CONTACT_WORKS, "boss")
    lapsing.wait_until(LAPSE + timedelta(minutes=46))

    assert ("17:45", WHO, "sms") in pages(lapsing)


def test_a_task_closed_otherwise_leaves_the_number_alone(lapsing: Office) -> None:
    refused(lapsing)
    lapsing.line.plan = lambda _: "accept"
    (task,) = tasks(lapsing)

    SqlTasks(lapsing.database, lapsing.clock).close(task.id, TaskOutcome.REACHED_OTHERWISE, "boss")
    lapsing.wait_until(LAPSE + timedelta(minutes=46))

    assert ("17:45", WHO, "voice") in pages(lapsing)
    assert about(lapsing) == []


def test_whoever_leaves_takes_their_tasks_along(lapsing: Office) -> None:
    refused(lapsing)

    SqlStaff(lapsing.database, lapsing.clock).leave(WHO, "boss")

    assert outcomes(lapsing) == [(TaskReason.NUMBER_FAILED, TaskOutcome.LEFT, "boss")]


def test_a_stop_is_a_task_for_everybody_who_has_the_number(lapsing: Office) -> None:
    number = lapsing.number_of(WHO)
    lapsing.employ("twin", Team("LEI", RESETTLEMENT.role), mobile=number)

    lapsing.text_from(number, "STOP")

    assert sorted(about(lapsing)) == [
        (WHO, TaskReason.TEXTS_STOPPED),
        ("twin", TaskReason.TEXTS_STOPPED),
    ]


def test_a_number_that_stopped_texts_before_it_was_theirs_is_a_task_too(lapsing: Office) -> None:
    lapsing.text_from(NEW_NUMBER, "STOP")
    give(lapsing, mobile=NEW_NUMBER)
    assert about(lapsing) == []

    lapsing.wait_until(LAPSE)

    assert about(lapsing) == [(WHO, TaskReason.TEXTS_STOPPED)]
    assert ("17:00", WHO, "voice") in pages(lapsing)


# What is of today goes by e-mail and text at once; what is not, and what is too many, in a bundle.


FOUR = datetime(2026, 9, 7, 16, tzinfo=UTC)
MANAGER = "resettlement-team-manager"


@pytest.fixture
def by_day(office: Office) -> Office:
    """Something of today will have lapsed by four, with a worker whom texts alone can reach."""
    office.employ("ann", RESETTLEMENT, email=None)
    for number in range(3):
        release_id = f"rel-{number}"
        office.start(release_id, scheduled_on=date(2026, 10, 5), as_given=True)
        office.name_worker(release_id, RESETTLEMENT.role, "ann")
    return office


def escalated(office: Office, at: datetime) -> set[str | None]:
    """Of which releases the manager has been told, at one instant."""
    told = office.messages(recipient=MANAGER, wording=Wording.ESCALATED, created_at=at)
    return {each.release_id for each in told if each.status is MessageStatus.ACCEPTED}


def ann_is_unknown(message: Outgoing) -> Outcome:
    return UNKNOWN_NUMBER if ".ann." in message.id else "accept"


def test_where_the_only_channel_fails_the_next_level_is_told_at_once(by_day: Office) -> None:
    by_day.line.plan = ann_is_unknown

    by_day.wait_until(FOUR)

    assert len(escalated(by_day, FOUR)) == 1
    assert about(by_day) == [("ann", TaskReason.NUMBER_FAILED)]


def test_what_was_told_in_a_bundle_that_failed_goes_on_to_the_next_level(by_day: Office) -> None:
    by_day.wait_until(FOUR)
    held = {each.release_id for each in by_day.messages(recipient="ann", reason=Fold.RECENT)}
    assert len(held) == 2
    by_day.line.plan = ann_is_unknown

    by_day.wait_until(FOUR + timedelta(minutes=15, seconds=11))
    sweep(by_day)
    by_day.settle()

    assert about(by_day) == [("ann", TaskReason.NUMBER_FAILED)]
    folded = by_day.messages(recipient="ann", reason="bundle_failed")
    assert {each.release_id for each in folded} == held
    ladders = [by_day.journeys[str(each)].state.escalations for each in held]
    assert [[rung.level for rung in each.values()] for each in ladders] == [[2], [2]]


def test_an_address_that_fails_is_a_task_until_there_is_another(by_day: Office) -> None:
    give(by_day, who="ann", email="gone@example.org")
    no_mailbox = NotSentError("550", FaultClass.NUM)
    by_day.line.plan = lambda each: no_mailbox if each.channel is Channel.EMAIL else "accept"

    by_day.wait_until(FOUR)
    assert about(by_day) == [("ann", TaskReason.EMAIL_FAILED)]
    assert escalated(by_day, FOUR) == set()  # she has had the text

    give(by_day, who="ann", email="ann@example.org")
    assert outcomes(by_day) == [(TaskReason.EMAIL_FAILED, TaskOutcome.CONTACT_REPLACED, "boss")]
