from __future__ import annotations

from datetime import date

import pytest

from api.records import Person
from domain.codes import EthnicityGroup, Role, Sex
from domain.commands import SendReferral
from tests.api.conftest import NOW
from tests.api.fakes import World
from tests.pages.conftest import As


@pytest.fixture(autouse=True)
def _people(world: World) -> None:
    for release_id, surname in (("rel-1", "Entwistle"), ("rel-2", "Garside")):
        world.has(release_id)
        world.people[release_id] = Person(
            "A1234BC", None, "Jo", surname, date(1990, 1, 1), Sex.MALE, EthnicityGroup.WHITE, None
        )


async def test_resettlement_sees_what_is_theirs_to_do_and_can_start_a_release(
    world: World, as_: As
) -> None:
    page = await (await as_(Role.RESETTLEMENT)).open("/")

    assert "Entwistle, Jo A1234BC" in page.text
    assert "Referral to community treatment" in page.text
    assert page.soup.find("a", href="/cases/new") is not None
    assert page.soup.find("a", href="/cases/rel-1") is not None


async def test_what_is_another_teams_to_do_is_not_in_the_list(as_: As) -> None:
    page = await (await as_(Role.HEALTHCARE)).open("/")

    assert "Entwistle" not in page.text
    assert "Nothing waits for your team." in page.text
    assert page.soup.find("a", href="/cases/new") is None


async def test_a_drug_service_sees_the_referrals_that_it_has_to_answer(
    world: World, as_: As
) -> None:
    world.records("rel-1", SendReferral(on=NOW.date(), service="cds-hartlepool"))

    page = await (await as_(Role.PROVIDER)).open("/")

    assert "Referrals to answer" in page.text
    assert "Entwistle" in page.text
    assert "Garside" not in page.text, "whoever was not referred does not exist for a service"


async def test_a_step_that_lapsed_is_among_the_escalations_with_its_severity(
    world: World, as_: As
) -> None:
    world.wait_until(NOW.replace(day=27))

    page = await (await as_(Role.RESETTLEMENT)).open("/")

    assert "Most urgent escalations" in page.text
    assert page.soup.select_one('a[href^="/escalations/rel-1."]') is not None


@pytest.mark.parametrize("role", [Role.ADMIN, Role.AUDITOR, Role.COMMISSIONER])
async def test_a_role_without_people_sees_none_and_is_led_on(as_: As, role: Role) -> None:
    page = await (await as_(role)).open("/")

    assert "Entwistle" not in page.soup.get_text()
    assert page.soup.select_one('main a[href="/policy"]') is not None
