"""One form from end to end; it stands for what every form does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from api.ports import EngineUnavailableError, OutcomeUnknownError
from domain.codes import Role
from domain.commands import Actor, RecordNearMiss
from domain.facts import NearMissKind
from tests.api.conftest import NOW, SUBJECTS
from tests.api.fakes import World
from tests.api.visitors import an_account
from tests.pages.conftest import As, Browser

FORM = "/cases/rel-1/near-miss"
ON = {"on-day": "20", "on-month": "11", "on-year": "2026"}
OVERDOSE = {"near_miss": "non_fatal_overdose"}


@pytest.fixture
async def browser_of_healthcare(world: World, as_: As) -> Browser:
    world.has("rel-1")
    return await as_(Role.HEALTHCARE)


async def test_it_is_recorded_and_the_record_says_so(
    world: World, browser_of_healthcare: Browser
) -> None:
    page = await browser_of_healthcare.send(FORM, **OVERDOSE, **ON)

    assert page.to == "/cases/rel-1"
    (submitted,) = world.submitted
    assert submitted.actor.id == "hea"
    (command,) = submitted.commands
    assert isinstance(command, RecordNearMiss)
    assert command.near_miss is NearMissKind.NON_FATAL_OVERDOSE
    assert command.on.isoformat() == "2026-11-20"


async def test_everything_wrong_is_said_at_once_and_nothing_typed_is_lost(
    world: World, browser_of_healthcare: Browser
) -> None:
    page = await browser_of_healthcare.send(FORM, **(ON | {"on-month": "13"}))

    assert page.status == 400
    assert page.errors() == [
        ("Select what happened", "#near_miss"),
        ("Date it happened must be a real date", "#on-day"),
    ]
    assert page.field_error("near_miss") == "Select what happened"
    assert page.field_error("on") == "Date it happened must be a real date"
    assert page.fields()["on-month"] == "13"
    assert world.submitted == []


async def test_what_the_rules_refuse_is_shown_at_its_field(
    browser_of_healthcare: Browser,
) -> None:
    page = await browser_of_healthcare.send(FORM, **OVERDOSE, **(ON | {"on-year": "2027"}))

    assert page.status == 400
    ((said, where),) = page.errors()
    assert where == "#on"
    assert page.field_error("on") == said
    assert page.soup.find(id="on") is not None


async def test_a_form_that_is_sent_twice_counts_once(
    world: World, browser_of_healthcare: Browser
) -> None:
    fields = (await browser_of_healthcare.open(FORM)).fields() | OVERDOSE | ON

    first = await browser_of_healthcare.submit(FORM, fields)
    again = await browser_of_healthcare.submit(FORM, fields)

    assert (first.to, again.to) == ("/cases/rel-1", "/cases/rel-1")
    assert len(world.states["rel-1"].reviews) == 1


async def test_what_somebody_else_recorded_since_is_shown_before_anything_is_saved(
    world: World, browser_of_healthcare: Browser
) -> None:
    world.accounts.has(an_account(SUBJECTS[Role.PROBATION], "Dan Okafor"))
    fields = (await browser_of_healthcare.open(FORM)).fields() | OVERDOSE | ON
    world.time = NOW + timedelta(minutes=5)
    by_probation = RecordNearMiss(on=NOW.date(), near_miss=NearMissKind.MISSED_FIRST_NIGHT)
    world.records("rel-1", by_probation, by=Actor(id="prb", role=Role.PROBATION))

    page = await browser_of_healthcare.submit(FORM, fields)

    assert page.status == 400
    assert "Near miss recorded, Dan Okafor (probation), 21 November 2026 at 10:05am" in page.text
    assert world.submitted == []
    assert page.fields()["on-day"] == "20"

    saved = await browser_of_healthcare.submit(FORM, page.fields())
    assert saved.to == "/cases/rel-1"
    assert len(world.states["rel-1"].reviews) == 2


async def test_what_they_recorded_themselves_since_is_no_surprise_to_anybody(
    world: World, browser_of_healthcare: Browser
) -> None:
    fields = (await browser_of_healthcare.open(FORM)).fields() | OVERDOSE | ON
    mine = RecordNearMiss(on=NOW.date(), near_miss=NearMissKind.MISSED_FIRST_NIGHT)
    world.records("rel-1", mine, by=Actor(id="hea", role=Role.HEALTHCARE))

    assert (await browser_of_healthcare.submit(FORM, fields)).status == 303


@pytest.mark.parametrize(
    ("failing", "said"),
    [
        (EngineUnavailableError(), "nothing was saved"),
        (OutcomeUnknownError(), "Save again: it counts once"),
    ],
)
async def test_while_the_engine_is_away_nothing_is_queued_and_nothing_typed_is_lost(
    world: World, browser_of_healthcare: Browser, failing: Exception, said: str
) -> None:
    world.failing = failing

    page = await browser_of_healthcare.send(FORM, **OVERDOSE, **ON)

    assert page.status == 503
    assert said in page.errors()[0][0]
    world.failing = None
    assert (await browser_of_healthcare.submit(FORM, page.fields())).status == 303
    assert len(world.states["rel-1"].reviews) == 1


@pytest.mark.parametrize("release_id", ["rel-2", "nonsense%2F", "x" * 200])
async def test_whether_somebody_elses_record_exists_is_never_told(
    world: World, as_: As, release_id: str
) -> None:
    world.has("rel-2", prison="HLI", probation_unit="N52BIRM")
    browser = await as_(Role.HEALTHCARE)
    token = (await browser.open("/")).fields("/sign-out")["form_token"]

    shown = await browser.open(f"/cases/{release_id}/near-miss")
    sent = await browser.submit(
        f"/cases/{release_id}/near-miss", {"form_token": token, **OVERDOSE, **ON}
    )

    assert (shown.status, sent.status) == (404, 404)
    assert shown.text == sent.text


async def test_opening_it_is_noted_once_and_only_for_whoever_may(
    world: World, browser_of_healthcare: Browser
) -> None:
    await browser_of_healthcare.open(FORM)
    await browser_of_healthcare.open("/cases/rel-2/near-miss")

    assert world.views.noted == [("hea", "rel-1", "/cases/{release_id}/near-miss")]


async def test_while_nothing_can_be_recorded_the_page_says_so_before_anybody_types(
    world: World, browser_of_healthcare: Browser
) -> None:
    assert "Nothing can be recorded" not in (await browser_of_healthcare.open(FORM)).text

    world.not_ready.add("engine")

    page = await browser_of_healthcare.open(FORM)
    assert page.status == 200
    assert "Nothing can be recorded at the moment" in page.text
