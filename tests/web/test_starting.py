"""Starting and submitting through the API: once each, whatever is repeated or comes at once."""

from __future__ import annotations

import asyncio

import pytest

from domain.commands import RecordRelease
from tests.builders import at
from tests.web.bodies import a_body, days, long_under_way, started
from tests.web.service import RELEASES, Service

pytestmark = pytest.mark.server


async def test_the_same_release_is_started_once_and_left_as_it_is(shared_service: Service) -> None:
    resettlement = shared_service.resettlement
    body = a_body()
    first = await resettlement.post(RELEASES, body)

    again = await resettlement.post(RELEASES, body | {"surname": "Other", "crn": "X654321"})

    assert (again.status_code, again.json()["created"]) == (200, False)
    assert again.json()["id"] == first.json()["id"]
    shown = (await resettlement.get(f"{RELEASES}/{first.json()['id']}")).json()
    assert shown["person"]["surname"] == "Example"
    assert shown["person"]["crn"] == "X123456"


async def test_many_who_start_the_same_release_at_once_start_one(shared_service: Service) -> None:
    resettlement = shared_service.resettlement
    body = a_body()

    answers = await asyncio.gather(*(resettlement.post(RELEASES, body) for _ in range(6)))

    assert {each.status_code for each in answers} <= {200, 201}
    references = {each.json()["reference"] for each in answers}
    assert len(references) == 1
    listed = await resettlement.get(RELEASES, reference=references.pop())
    assert listed.json()["total"] == 1


async def test_after_a_cancelled_release_the_same_reception_starts_another(
    shared_service: Service,
) -> None:
    resettlement = shared_service.resettlement
    body = a_body()
    cancelled = (await resettlement.post(RELEASES, body)).json()["id"]
    command = {"kind": "cancel_release", "on": days(0).isoformat(), "reason": "new_sentence"}
    answer = await resettlement.post(f"{RELEASES}/{cancelled}/commands", command)
    assert answer.status_code == 200, answer.text

    again = await resettlement.post(RELEASES, body)

    assert again.status_code == 201
    assert again.json()["id"] != cancelled


async def test_after_a_recall_the_next_release_knows_the_one_before(
    shared_service: Service,
) -> None:
    resettlement = shared_service.resettlement
    body = a_body(**long_under_way(days(-10)))
    recalled = (await resettlement.post(RELEASES, body)).json()["id"]
    await resettlement.ask(recalled, RecordRelease(at=at(days(-10), 9), naloxone_in_hand=True))
    command = {"kind": "recall", "on": days(-4).isoformat()}
    answer = await resettlement.post(f"{RELEASES}/{recalled}/commands", command)
    assert answer.status_code == 200, answer.text

    number = body["prison_number"]
    following = await started(
        resettlement, prison_number=number, reception_date=days(-4).isoformat()
    )

    shown = (await resettlement.get(f"{RELEASES}/{following}")).json()
    assert shown["previous_release"] == recalled


async def test_a_closed_release_takes_corrections_only(shared_service: Service) -> None:
    resettlement = shared_service.resettlement
    release_id = await started(resettlement, **long_under_way(days(-10)))
    await resettlement.ask(release_id, RecordRelease(at=at(days(-10), 9), naloxone_in_hand=True))
    path = f"{RELEASES}/{release_id}/commands"
    died = {"kind": "record_death", "on": days(-5).isoformat()}
    assert (await resettlement.post(path, died)).status_code == 200

    refused = await resettlement.post(path, {"kind": "recall", "on": days(-4).isoformat()})
    correction = {
        "kind": "correct_release",
        "at": at(days(-9), 9).isoformat(),
        "reason": "recorded_wrongly",
    }
    corrected = await resettlement.post(path, correction)

    assert (refused.status_code, refused.json()["code"]) == (409, "release_closed")
    assert corrected.status_code == 200, corrected.text
    shown = (await resettlement.get(f"{RELEASES}/{release_id}")).json()
    assert shown["released"]["on"] == days(-9).isoformat()


async def test_a_repeated_key_records_once_and_another_body_is_refused(
    shared_service: Service,
) -> None:
    resettlement = shared_service.resettlement
    release_id = await started(resettlement)
    path = f"{RELEASES}/{release_id}/commands"
    moved = {"kind": "move_release_date", "on": days(0).isoformat(), "as_given": True}
    first = await resettlement.post(path, moved | {"scheduled_on": days(70).isoformat()}, key="k-1")

    again = await resettlement.post(path, moved | {"scheduled_on": days(70).isoformat()}, key="k-1")
    other = await resettlement.post(path, moved | {"scheduled_on": days(60).isoformat()}, key="k-1")

    assert first.status_code == again.status_code == 200
    assert again.json() == first.json() | {"duplicate": True}
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")
