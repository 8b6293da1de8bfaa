"""Loading: each release once, the person first, whatever breaks in between."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.codes import Role
from domain.commands import Actor, CancelRelease, EndJourney, SendReferral, Submission
from domain.errors import Refusal
from infra.engine import EngineUnavailableError, OutcomeUnknownError
from infra.imports.arrivals import Arrival, arrivals
from infra.imports.loading import CHUNK, Loader
from infra.reference_data.reference import ReferenceData
from tests.imports.files import Parse, a_file
from tests.imports.services import MemoryService

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 21)
LOADER = Actor(id="import", role=Role.RESETTLEMENT)
AT_ONCE = (timedelta(),) * 3
KEY = b"k" * 32


@pytest.fixture
def service() -> MemoryService:
    return MemoryService(NOW)


@pytest.fixture
def three(parse: Parse, reference: ReferenceData) -> list[Arrival]:
    return arrivals(parse(a_file({}, {}, {})).rows, KEY, reference)


def loader(service: MemoryService) -> Loader:
    return Loader(service, service, service, LOADER, pauses=AT_ONCE)


def asking(key: str, *commands: SendReferral | CancelRelease | EndJourney) -> Submission:
    return Submission(key=key, actor=LOADER, commands=commands)


async def test_every_row_becomes_a_release_of_its_person(
    service: MemoryService, three: list[Arrival]
) -> None:
    summary = await loader(service).load(three)

    assert (summary.started, summary.already_there, summary.refused) == (3, 0, [])
    assert {each.person.prison_number for each in service.people.values()} == {
        "Z0000AA",
        "Z0001AA",
        "Z0002AA",
    }
    assert set(service.releases) == set(service.people)


async def test_loading_the_same_again_changes_nothing(
    service: MemoryService, three: list[Arrival]
) -> None:
    await loader(service).load(three)
    releases, people = dict(service.releases), dict(service.people)

    summary = await loader(service).load(three)

    assert (summary.started, summary.already_there) == (0, 3)
    assert (service.releases, service.people) == (releases, people)
    assert (len(service.launched), service.transactions) == (3, [3])


async def test_only_what_is_new_in_a_longer_file_is_started(
    service: MemoryService, three: list[Arrival]
) -> None:
    await loader(service).load(three[:2])

    summary = await loader(service).load(three)

    assert (summary.started, summary.already_there) == (1, 2)


async def test_people_are_stored_in_few_transactions(
    service: MemoryService, parse: Parse, reference: ReferenceData
) -> None:
    many = arrivals(parse(a_file(*({},) * (2 * CHUNK + 1))).rows, KEY, reference)

    summary = await loader(service).load(many)

    assert summary.started == 2 * CHUNK + 1
    assert service.transactions == [CHUNK, CHUNK, 1]


async def test_no_more_than_asked_are_started_at_once(
    service: MemoryService, parse: Parse, reference: ReferenceData
) -> None:
    many = arrivals(parse(a_file(*({},) * 60)).rows, KEY, reference)

    await replace(loader(service), at_once=5).load(many)

    assert service.most_under_way == 5


@pytest.mark.parametrize("fault", [EngineUnavailableError, OutcomeUnknownError])
async def test_an_engine_that_is_away_for_a_moment_is_asked_again(
    fault: type[EngineUnavailableError], service: MemoryService, three: list[Arrival]
) -> None:
    service.faults = [fault, fault]

    summary = await loader(service).load(three)

    assert summary.done == 3
    assert len(service.releases) == 3
    assert len(service.launched) == 5


async def test_an_engine_that_stays_away_stops_the_loading_and_the_rest_is_loaded_later(
    service: MemoryService, three: list[Arrival]
) -> None:
    service.faults = [EngineUnavailableError] * 12

    with pytest.raises(EngineUnavailableError):
        await loader(service).load(three)
    service.faults = []
    summary = await loader(service).load(three)

    assert summary.started == 3


async def test_a_journey_is_brought_in_with_the_start_and_afterwards(
    service: MemoryService, three: list[Arrival]
) -> None:
    sent = asking("first", SendReferral(on=TODAY, service="cds-newport"))
    ended = asking("second", CancelRelease(on=TODAY, reason="new_sentence"))
    arrival = replace(three[0], with_start=sent, afterwards=(ended,))

    await loader(service).load([arrival])

    (release,) = service.releases.values()
    assert list(release.requests) == ["first", "second"]
    assert not release.is_open


async def test_what_an_interrupted_loading_still_owes_is_submitted_by_the_next(
    service: MemoryService, three: list[Arrival]
) -> None:
    one = asking("one", SendReferral(on=TODAY, service="cds-newport"))
    two = asking("two", CancelRelease(on=TODAY, reason="new_sentence"))
    await loader(service).load([replace(three[0], afterwards=(one,))])

    await loader(service).load([replace(three[0], afterwards=(one, two))])

    assert service.submitted == ["one", "two"]


async def test_a_refused_row_is_reported_by_its_line_and_the_others_go_on(
    service: MemoryService, three: list[Arrival]
) -> None:
    refused = asking("key", EndJourney(on=TODAY, reason="not_released_yet"))

    summary = await loader(service).load([replace(three[0], afterwards=(refused,)), *three[1:]])

    assert [each.line for each in summary.refused] == [three[0].line]
    assert Refusal.NOT_RELEASED.value not in summary.refused[0].reason
    assert "has not been released" in summary.refused[0].reason
    assert summary.started == 2


async def test_progress_is_told_after_every_release(
    service: MemoryService, three: list[Arrival]
) -> None:
    told: list[int] = []

    await replace(loader(service), on_progress=told.append).load(three)

    assert told == [1, 2, 3]


async def test_waiting_ends_once_the_record_shows_everything(
    service: MemoryService, three: list[Arrival]
) -> None:
    await loader(service).load(three[:2])

    assert await loader(service).until_shown(three[:2], timedelta(minutes=1)) == 0
    assert await loader(service).until_shown(three, timedelta()) == 1


async def test_an_empty_file_loads_nothing(service: MemoryService) -> None:
    summary = await loader(service).load([])

    assert summary.done == 0
    assert service.transactions == []
