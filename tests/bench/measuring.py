"""The measurements: each does the same to releases and to bare workflows, in turns."""

from __future__ import annotations

import asyncio
import functools
import random
import statistics
import time
import uuid
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta

from domain.codes import HandoverParty
from domain.commands import (
    AcceptReferral,
    AcknowledgeHandover,
    Command,
    ConfirmLastDose,
    RecordContact,
    RecordRelease,
    RecordRetention,
    RecordTreatmentStart,
    SendHandover,
    SendReferral,
    TellAppointment,
)
from domain.deciding import NewRelease
from domain.facts import RetentionOutcome
from domain.london_time import london_date
from tests.bench.bare import BARE_QUEUE, Bare
from tests.bench.figures import Figure
from tests.bench.rig import Rig
from tests.builders import (
    SERVICE,
    WORKER,
    a_new_release,
    a_plan,
    a_prescription,
    a_screening,
    a_submission,
    all_essentials,
    an_appointment,
    naloxone_given,
)

Job = Callable[[], Awaitable[object]]

IN_FLIGHT = 24
SITTINGS = 10
PASSES = 3
"""Interleaved, so that a machine that slows down slows both."""


async def at_once(jobs: Sequence[Job], most: int = IN_FLIGHT) -> float:
    """Run jobs with at most `most` in flight and return the seconds they took."""
    gate = asyncio.Semaphore(most)

    async def run(job: Job) -> None:
        async with gate:
            await job()

    began = time.perf_counter()
    await asyncio.gather(*(run(each) for each in jobs))
    return time.perf_counter() - began


async def journeys(rig: Rig, count: int) -> Figure:
    """Whole journeys a second: ten sittings after the start, none of them lapsing."""
    ours, bare = [], []
    for _ in range(PASSES):
        ours.append(count / await at_once([lambda: _journey(rig)] * count))
        bare.append(count / await at_once([lambda: _bare_journey(rig)] * count))
    middle = statistics.median
    return Figure("journeys, whole, no lapse", "/s", middle(ours), middle(bare), 0.5, "more")


async def _journey(rig: Rig) -> None:
    today = london_date(datetime.now(UTC))
    release_id = uuid.uuid4().hex
    new = a_new_release(
        release_id=release_id,
        reception_on=today - timedelta(days=90),
        scheduled_on=today,
        as_given=True,
    )
    await rig.engine.begin(new, WORKER)
    for commands in _sittings_of_one_day():
        await rig.engine.submit(release_id, a_submission(*commands))


def _sittings_of_one_day() -> list[tuple[Command, ...]]:
    now = datetime.now(UTC)
    on = london_date(now)
    appointment = an_appointment(on, on, days=0)
    return [
        (a_screening(on),),
        (a_plan(on), SendReferral(on=on, service=SERVICE)),
        (AcceptReferral(on=on), appointment, TellAppointment(on=on, appointment="a1")),
        (a_prescription(on, on),),
        (all_essentials(on), SendHandover(on=on, pack="pack-1")),
        (
            AcknowledgeHandover(on=on, party=HandoverParty.COMMUNITY_DRUG_SERVICE),
            AcknowledgeHandover(on=on, party=HandoverParty.PROBATION),
        ),
        (
            AcknowledgeHandover(on=on, party=HandoverParty.PRISON_DRUG_SERVICE),
            naloxone_given(on),
            ConfirmLastDose(on=on, with_prescriber=True, with_pharmacy=True),
        ),
        (RecordRelease(at=now, naloxone_in_hand=True),),
        (
            RecordContact(on=on, appointment="a1", attended=True),
            RecordTreatmentStart(on=on, service=SERVICE),
        ),
        (RecordRetention(on=on, outcome=RetentionOutcome.LEFT_TREATMENT_COMPLETE),),
    ]


async def _bare_journey(rig: Rig) -> None:
    handle = await rig.client.start_workflow(
        Bare.run, SITTINGS + 1, id=f"bare/{uuid.uuid4().hex}", task_queue=BARE_QUEUE
    )
    for _ in range(SITTINGS + 1):
        await handle.execute_update(Bare.act)


async def opening(rig: Rig, count: int) -> tuple[list[Figure], list[str], list[str]]:
    """Open many releases and as many bare workflows; return figures and the ids of both."""
    today = london_date(datetime.now(UTC))
    new = a_new_release(
        reception_on=today - timedelta(days=90), scheduled_on=today + timedelta(days=83)
    )
    ours = [uuid.uuid4().hex for _ in range(count)]
    bare = [f"bare/{uuid.uuid4().hex}" for _ in range(count)]
    starts = [_bare_opener(rig, each) for each in bare]
    idle = functools.partial(rig.until_idle, bare=True)
    t_bare, k_bare, m_bare = await _opened(rig, starts, bare=True, until=idle)
    shown = rig.shown() + count
    starts = [_opener(rig, new.model_copy(update={"release_id": each})) for each in ours]
    until = functools.partial(rig.until_shown, shown)
    t_ours, k_ours, m_ours = await _opened(rig, starts, bare=False, until=until)
    sql = rig.sql_kib() / count
    figures = [
        Figure(f"import of {count:,} releases", "s", t_ours, t_bare, 1.5, "less"),
        Figure("Temporal database per open release", "KiB", k_ours, k_bare, 2.0, "less"),
        Figure("  and with our SQL beside it", "KiB", k_ours + sql, k_bare, 2.0, "less"),
        Figure("worker memory per cached release", "KiB", m_ours, m_bare, 2.0, "less"),
    ]
    return figures, ours, bare


async def _opened(rig: Rig, jobs: list[Job], *, bare: bool, until: Job) -> tuple[float, ...]:
    """Return seconds, KiB of Temporal database and KiB of worker memory per job.

    Args:
        rig: What to measure on.
        jobs: The starts; they are timed until all are accepted.
        bare: Which worker's memory is meant.
        until: Waits for what the workers still have to do, before sizes are read.
    """
    disk, memory = rig.temporal_kib(), rig.worker_kib(bare=bare)
    began = time.perf_counter()
    seconds = await at_once(jobs)
    await until()
    kind = "bare workflows idle" if bare else "releases in SQL"
    print(f"  ({kind} after {time.perf_counter() - began:.0f} s)", flush=True)
    count = len(jobs)
    grown = rig.worker_kib(bare=bare) - memory
    return seconds, (rig.temporal_kib() - disk) / count, grown / count


def _opener(rig: Rig, new: NewRelease) -> Job:
    return lambda: rig.engine.launch(new, WORKER)


def _bare_opener(rig: Rig, workflow_id: str) -> Job:
    return lambda: rig.client.start_workflow(
        Bare.run, 10_000, id=workflow_id, task_queue=BARE_QUEUE
    )


async def commands(rig: Rig, ours: list[str], bare: list[str], count: int) -> Figure:
    """A staff command's median time beside a bare update, one at a time, on random releases."""
    pick = random.Random(7)
    for each in range(10):
        await rig.engine.submit(
            ours[each], a_submission(all_essentials(london_date(datetime.now(UTC))))
        )
    mine: list[float] = []
    theirs: list[float] = []
    today = london_date(datetime.now(UTC))
    for _ in range(count):
        release_id = pick.choice(ours)
        submission = a_submission(all_essentials(today))
        mine.append(await _timed(rig.engine.submit(release_id, submission)))
        handle = rig.client.get_workflow_handle_for(Bare.run, pick.choice(bare))
        theirs.append(await _timed(handle.execute_update(Bare.act)))
    name = f"staff command, median with {len(ours):,} open"
    print(f"  (p99 {p99(mine):.0f} and {p99(theirs):.0f} ms)", flush=True)
    return Figure(name, "ms", statistics.median(mine), statistics.median(theirs), 2.0, "less")


async def _timed(job: Awaitable[object]) -> float:
    began = time.perf_counter()
    await job
    return (time.perf_counter() - began) * 1000


def p99(values: Sequence[float]) -> float:
    """Return the value that one in a hundred exceeds."""
    return sorted(values)[int(len(values) * 0.99)]
