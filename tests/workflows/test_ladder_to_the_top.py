"""A life nobody answers for: the workflow's own timers climb the ladder while time is skipped."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from activities.projection import Projector
from domain.commands import Actor, Command
from domain.due import due_of
from domain.errors import Refused
from domain.events import Event, EventKind
from domain.falling_due import next_wakeup
from domain.journey import Step
from domain.london_time import london_date
from domain.state import LadderStatus
from infra.database.engine import Database
from infra.database.queries import SqlReads
from infra.temporal.workers import SANDBOX, release_worker
from notifications.messages import MessageStatus
from tests.builders import a_plan, a_screening, a_submission, an_opiate_picture
from tests.database.scopes import EVERYTHING
from tests.driving import A_LITTLE, Bench, Running
from tests.office import HEALTHCARE, PROVIDER, RESETTLEMENT, Office

# What each rung of the shipped policy sends, twice through, and then the owner of the service.
A_ROUND = [
    *(("provider-duty", "sms"), ("provider-duty", "voice")),
    *(("provider-deputy", "voice"), ("provider-deputy", "sms")),
    ("provider-on-call-manager", "voice"),
]
TO_THE_TOP = [*A_ROUND, *A_ROUND, ("admin-service-owner", "voice")]


class DurableOffice(Office):
    """An office whose release is a workflow on a real server, with the server's clock."""

    release: Running

    def __init__(self, database: Database, now: datetime) -> None:
        super().__init__(database, now)
        self.loop = asyncio.get_running_loop()

    def _ask(self, release_id: str, command: Command, actor: Actor) -> bool:
        del release_id
        asked = self.release.send(a_submission(command, by=actor))
        try:
            asyncio.run_coroutine_threadsafe(asked, self.loop).result(30)
        except Refused:
            return False
        return True

    async def live_until(self, at: datetime) -> None:
        """Skip time to `at`; the workflow wakes by itself, and everybody is told on the way."""
        while (when := await self._next_instant()) <= at:
            self.now = max(self.now, when)
            await self.release.wait_until(self.now + A_LITTLE / 60)
            await self.release.shows_everything()
            await asyncio.to_thread(self.work_off)

    async def _next_instant(self) -> datetime:
        status = await self.release.status()
        wake = next_wakeup(status.release, status.rules)
        times = [each for each in (wake, self.next_work()) if each is not None]
        return min(times)


async def test_every_page_call_and_expiry_is_in_the_audit_trail(
    bench: Bench, database: Database
) -> None:
    office = DurableOffice(database, datetime.now(UTC))
    office.staff_every_post(RESETTLEMENT, HEALTHCARE, PROVIDER)
    projector = Projector(office.read_model, office)
    alone = Bench(bench.environment)
    async with release_worker(alone.client, projector, queue=alone.queue, runner=SANDBOX):
        leaves_on = london_date(office.now) + timedelta(days=15)
        office.release = await alone.begin(scheduled_on=leaves_on, service="cds-hartlepool")
        await started(office.release)
        await office.live_until(await lapse_of(office.release) + timedelta(minutes=2))
        first = office.messages(recipient="provider-duty", wording="needed_now")[-1]
        await asyncio.to_thread(answer, office, str(first.fields["reference"]))
        await office.live_until(office.now + timedelta(hours=6))

        assert rung(office) == TO_THE_TOP_AFTER_A_LEASE
        assert ladder_events(office) == [
            EventKind.ESCALATION_OPENED,
            EventKind.ESCALATION_ACKNOWLEDGED,
            EventKind.ACKNOWLEDGEMENT_EXPIRED,
            *[EventKind.ESCALATION_RAISED] * 4,
            EventKind.ESCALATION_EXHAUSTED,
        ]
        state = await office.release.status()
        assert state.release.escalations[Step.APPOINTMENT].status is LadderStatus.EXHAUSTED
        assert {each.status for each in office.messages(recipient="admin-service-owner")} >= {
            MessageStatus.ACCEPTED
        }


TO_THE_TOP_AFTER_A_LEASE = [A_ROUND[0], *TO_THE_TOP[2:]]
"""The first text was answered, so nobody was called; when the lease ran out the next rung rang."""


async def started(release: Running) -> None:
    on = release.new.reception_on
    await release.submit(a_screening(on, treatment=an_opiate_picture()), a_plan(on))


async def lapse_of(release: Running) -> datetime:
    """Return when the first appointment is due: ten working days before the day of release."""
    status = await release.status()
    due = due_of(status.release, Step.APPOINTMENT, status.rules)
    assert due is not None
    return due.at


def answer(office: Office, reference: str) -> None:
    office.text_from(office.number_of("provider-duty"), f"OK {reference}")


def rung(office: DurableOffice) -> list[tuple[str, str]]:
    """Return whom the appointment's ladder rang, and how, in the trail's own order."""
    about = {f".{each.seq}." for each in ladder(office)}
    return [
        (str(each.recipient), str(each.channel))
        for each in office.trail("accepted")
        if any(seq in str(each.notice_id) for seq in about) and "taken" not in str(each.notice_id)
    ]


def ladder_events(office: DurableOffice) -> list[EventKind]:
    return [each.kind for each in ladder(office)]


def ladder(office: DurableOffice) -> list[Event]:
    reads = SqlReads(office.database, covered_until=lambda _state: None)
    found = reads.events(office.release.release_id, EVERYTHING, after=0, limit=1_000) or ()
    kinds = ("escalation", "acknowledgement")
    return [
        each.event
        for each in found
        if each.event.step is Step.APPOINTMENT and each.event.kind.startswith(kinds)
    ]
