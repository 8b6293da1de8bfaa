from __future__ import annotations

from datetime import timedelta

import pytest

from domain.access import Subject
from domain.codes import Nation, Role
from domain.commands import SendReferral
from tests.api.conftest import NOW
from tests.api.fakes import World
from tests.api.test_measures import CARDIFF, a_release
from tests.pages.conftest import As

PATH = "/cases/rel-1/counted"


@pytest.fixture
def scene(world: World) -> World:
    world.has("rel-1")
    world.records("rel-1", SendReferral(on=NOW.date(), service="cds-hartlepool"))
    return world


def measured(world: World, **changes: object) -> None:
    on = NOW.date() - timedelta(days=60)
    facts = {"release_id": "rel-1", "started_on": on + timedelta(days=9)}
    world.measured.releases.append(a_release(1, on, **facts | changes))


@pytest.mark.parametrize("role", [Role.HEALTHCARE, Role.PROVIDER])
async def test_clinicians_read_why_a_release_counts(scene: World, as_: As, role: Role) -> None:
    measured(scene)

    page = await (await as_(role)).open(PATH)

    assert page.heading == "How this release is counted"
    assert "Counted, as reached, because a treatment need was identified" in page.text
    assert "treatment started 9 days after release, on 1 October 2026" in page.text
    assert "person was not on opioid substitution treatment" in page.text
    assert "20 working days" not in page.text, "a measure of the other nation"


async def test_wales_is_explained_by_its_own_measures(scene: World, as_: As) -> None:
    scene.has("rel-2", destination=CARDIFF, nation=Nation.WALES)
    scene.records("rel-2", SendReferral(on=NOW.date(), service="cds-hartlepool"))
    measured(scene, release_id="rel-2", nation=Nation.WALES, destination=CARDIFF)

    page = await (await as_(Role.HEALTHCARE)).open("/cases/rel-2/counted")

    assert "within 20 working days" in page.text
    assert "within three weeks" not in page.text


async def test_a_release_that_has_not_happened_is_in_no_measure(scene: World, as_: As) -> None:
    assert "in no measure yet" in (await (await as_(Role.HEALTHCARE)).open(PATH)).text


@pytest.mark.parametrize(
    "role", [Role.RESETTLEMENT, Role.PROBATION, Role.COMMISSIONER, Role.ADMIN, Role.AUDITOR]
)
async def test_nobody_else_is_told_or_led_there(scene: World, as_: As, role: Role) -> None:
    measured(scene)
    browser = await as_(role)

    page = await browser.open(PATH)

    assert page.status == 403
    assert "treatment started" not in page.text
    assert PATH not in str((await browser.open("/cases/rel-1")).soup)


async def test_it_does_not_exist_for_clinicians_elsewhere(scene: World, as_: As) -> None:
    measured(scene)
    elsewhere = Subject("hea-2", Role.HEALTHCARE, prisons=frozenset({"BXI"}))

    page = await (await as_(elsewhere)).open(PATH)

    assert page.status == 404
    assert "counted" not in page.text


async def test_looking_is_noted(scene: World, as_: As) -> None:
    await (await as_(Role.HEALTHCARE)).open(PATH)

    assert [noted[1] for noted in scene.views.noted] == ["rel-1"]
