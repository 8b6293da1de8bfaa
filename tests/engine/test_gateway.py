"""Requests reach the one workflow of their release, and its answers come back as ours."""

from __future__ import annotations

import asyncio
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from temporalio.client import WorkflowExecutionStatus
from temporalio.service import RPCError, RPCStatusCode

from domain.commands import CorrectTreatmentPicture, RecordDeath
from domain.deciding import NewRelease
from domain.errors import Refusal, Refused
from domain.events import EventKind
from domain.london_time import london_date
from infra.engine import Engine, ReleaseUnknownError
from tests.builders import (
    WORKER,
    a_new_release,
    a_screening,
    a_submission,
    all_essentials,
    an_opiate_picture,
    naloxone_given,
)
from tests.driving import Bench
from workflows.names import STAGE, workflow_id
from workflows.release import ReleaseWorkflow


def today() -> date:
    return london_date(datetime.now(UTC))


def new_release(**changes: object) -> NewRelease:
    facts: dict[str, object] = {
        "release_id": f"rel-{uuid.uuid4().hex[:12]}",
        "reception_on": today(),
        "scheduled_on": today() + timedelta(days=84),
    }
    return a_new_release(**{**facts, **changes})


async def test_a_start_is_answered_once_it_is_shown(bench: Bench, engine: Engine) -> None:
    new = new_release()

    outcome = await engine.begin(new, WORKER)

    assert bench.read_model.releases[new.release_id].seq == outcome.seq


async def test_ten_starts_of_one_release_are_one_release(bench: Bench, engine: Engine) -> None:
    new = new_release()

    outcomes = await asyncio.gather(*(engine.begin(new, WORKER) for _ in range(10)))

    assert {each.seq for each in outcomes} == {1}
    assert len(bench.read_model.events[new.release_id]) == 1


@pytest.mark.parametrize(
    "impossible",
    [
        {"scheduled_on": date(2001, 1, 1)},
        {"reception_on": date(2090, 1, 1)},
        {"reception_on": date(2008, 3, 3), "scheduled_on": date(2009, 3, 3)},
    ],
    ids=["leaves before the reception", "received in the future", "long before the record"],
)
async def test_an_impossible_start_leaves_no_workflow_behind(
    bench: Bench, engine: Engine, impossible: dict[str, date]
) -> None:
    new = new_release(**impossible)

    with pytest.raises(Refused):
        await engine.begin(new, WORKER)

    with pytest.raises(RPCError) as missing:
        await bench.client.get_workflow_handle(workflow_id(new.release_id)).describe()
    assert missing.value.status is RPCStatusCode.NOT_FOUND


async def test_what_is_submitted_with_a_start_is_recorded_with_it(
    bench: Bench, engine: Engine
) -> None:
    new = new_release()
    told = a_submission(all_essentials(today()), a_screening(today()))

    await engine.begin(new, WORKER, told)

    kinds = {each.kind for each in bench.read_model.events[new.release_id]}
    assert {"essentials_recorded", "screening_recorded"} <= kinds


async def test_a_submission_to_nobody_is_told_so(engine: Engine) -> None:
    with pytest.raises(ReleaseUnknownError):
        await engine.submit("rel-nobody", a_submission(all_essentials(today())))


async def test_a_refusal_comes_back_with_its_code_its_words_and_its_field(engine: Engine) -> None:
    new = new_release()
    await engine.begin(new, WORKER)

    too_early = a_submission(all_essentials(today() + timedelta(days=1)))

    with pytest.raises(Refused) as refused:
        await engine.submit(new.release_id, too_early)

    assert (refused.value.code, refused.value.field) == (Refusal.DATE_IN_FUTURE, "on")
    assert refused.value.message


async def closed_release(engine: Engine) -> str:
    new = new_release()
    await engine.begin(new, WORKER, a_submission(a_screening(today())))
    await engine.submit(new.release_id, a_submission(RecordDeath(on=today()), key="death"))
    return new.release_id


async def ended(bench: Bench, release_id: str) -> None:
    handle = bench.client.get_workflow_handle_for(ReleaseWorkflow.run, workflow_id(release_id))
    await handle.result()


async def test_a_closed_release_takes_a_correction(bench: Bench, engine: Engine) -> None:
    release_id = await closed_release(engine)
    await ended(bench, release_id)
    picture = an_opiate_picture(believed_drug_free=True)
    right = CorrectTreatmentPicture(treatment=picture, reason="wrong_record")

    outcome = await engine.submit(release_id, a_submission(right))
    await ended(bench, release_id)

    shown = bench.read_model.releases[release_id]
    assert (shown.seq, shown.treatment) == (outcome.seq, picture)
    assert not shown.is_open
    events = bench.read_model.events[release_id]
    assert [each.seq for each in events] == list(range(1, len(events) + 1))


async def test_a_closed_release_takes_a_correction_once(bench: Bench, engine: Engine) -> None:
    release_id = await closed_release(engine)
    await ended(bench, release_id)
    picture = an_opiate_picture(believed_drug_free=True)
    right = a_submission(CorrectTreatmentPicture(treatment=picture, reason="wrong_record"))

    first = await engine.submit(release_id, right)
    await ended(bench, release_id)
    second = await engine.submit(release_id, right)

    kinds = [each.kind for each in bench.read_model.events[release_id]]
    assert second.seq == first.seq
    assert kinds.count(EventKind.TREATMENT_PICTURE_CORRECTED) == 1


async def test_a_closed_release_takes_nothing_else(bench: Bench, engine: Engine) -> None:
    release_id = await closed_release(engine)
    await ended(bench, release_id)

    with pytest.raises(Refused) as refused:
        await engine.submit(release_id, a_submission(naloxone_given(today())))

    handle = bench.client.get_workflow_handle(workflow_id(release_id))
    assert refused.value.code is Refusal.CLOSED
    assert (await handle.describe()).status is WorkflowExecutionStatus.COMPLETED


async def test_what_closed_a_release_is_answered_again_with_the_same_key(
    bench: Bench, engine: Engine
) -> None:
    release_id = await closed_release(engine)
    await ended(bench, release_id)

    outcome = await engine.submit(release_id, a_submission(RecordDeath(on=today()), key="death"))

    assert outcome.seq == bench.read_model.releases[release_id].seq


async def test_a_start_of_a_closed_release_finds_it_closed(bench: Bench, engine: Engine) -> None:
    release_id = await closed_release(engine)
    await ended(bench, release_id)

    await engine.begin(new_release(release_id=release_id), WORKER)

    handle = bench.client.get_workflow_handle(workflow_id(release_id))
    assert (await handle.describe()).status is WorkflowExecutionStatus.COMPLETED
    assert not bench.read_model.releases[release_id].is_open


async def test_operators_can_find_releases_by_their_stage_and_by_nothing_else(
    bench: Bench, engine: Engine
) -> None:
    new = new_release()
    await engine.begin(new, WORKER)

    described = await bench.client.get_workflow_handle(workflow_id(new.release_id)).describe()

    ours = {
        pair.key.name: pair.value
        for pair in described.typed_search_attributes
        if pair.key.name not in ("BuildIds", "TemporalUsedWorkerDeploymentVersions")
    }
    assert ours == {STAGE.name: "custody"}
    assert not await described.memo()
