from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from api.records import Person
from domain.codes import EthnicityGroup, Role, Sex
from domain.commands import MoveReleaseDate, SendReferral
from domain.duty.posts import Post
from domain.duty.rota import Unfilled
from infra.database.tables import MessageRow
from infra.duty.store import SqlDuty
from notifications.messages import MessageStatus
from tests.api.conftest import NOW, SUBJECTS
from tests.api.fakes import World
from tests.api.visitors import an_account
from tests.builders import SERVICE, a_screening
from tests.duty.staffing import HARTLEPOOL
from tests.pages.conftest import As, words
from tests.pages.furnished import furnish, write_message


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


async def test_the_step_that_is_shown_is_the_teams_own_even_when_another_is_due_first(
    as_: As,
) -> None:
    page = await (await as_(Role.HEALTHCARE)).open("/")

    assert "Entwistle, Jo" in page.text
    assert "Referral to community treatment" not in page.text
    assert page.soup.find("a", href="/cases/new") is None


async def test_what_others_changed_since_the_last_time_is_told(world: World, as_: As) -> None:
    subject = SUBJECTS[Role.HEALTHCARE]
    before = replace(an_account(subject), last_signed_in_at=NOW - timedelta(hours=1))
    browser = await as_(subject)
    world.accounts.has(before)
    browser.client.cookies.clear()
    await browser.sign_in("hea")
    world.records("rel-2", MoveReleaseDate(on=NOW.date(), scheduled_on=date(2026, 12, 15)))

    page = await browser.open("/")

    assert "Changed since you last signed in" in page.text
    said = "Garside, Jo : release date moved, 1 December 2026 → 15 December 2026, 21 November 2026"
    assert said in page.text


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

    assert "Escalations to act on" in page.text
    assert "No community service has accepted the referral" in page.text
    assert page.soup.select_one('a[href^="/escalations/rel-1."]') is not None


@pytest.mark.parametrize("role", [Role.ADMIN, Role.AUDITOR])
async def test_a_role_without_people_sees_none_and_is_led_on(as_: As, role: Role) -> None:
    page = await (await as_(role)).open("/")

    assert "Entwistle" not in page.soup.get_text()
    assert page.soup.select_one('main a[href="/policy"]') is not None


async def test_what_the_team_is_late_with_comes_before_what_is_urgent_for_others(
    world: World, as_: As
) -> None:
    world.has("soon", scheduled_on=date(2026, 12, 3))
    world.records("soon", a_screening(NOW.date()), SendReferral(on=NOW.date(), service=SERVICE))
    world.has("late", scheduled_on=date(2027, 1, 26))
    world.wait_until(NOW + timedelta(days=4))

    page = await (await as_(Role.RESETTLEMENT)).open("/")

    tags = [words(each) for each in page.soup.select("td:nth-child(2) .govuk-tag")]
    assert any(each.startswith("Overdue") for each in tags)
    assert tags == sorted(tags, key=lambda each: not each.startswith("Overdue"))


async def test_a_commissioner_is_at_home_on_the_dashboard(as_: As) -> None:
    page = await (await as_(Role.COMMISSIONER)).open("/")

    assert page.to == "/dashboard"


async def test_each_number_of_the_service_owner_is_the_length_of_its_list(
    world: World, as_: As
) -> None:
    furnish(world.database)
    SqlDuty(world.database).report(Unfilled.COVER_LOOP, HARTLEPOOL, Post.DUTY, "rel-7", NOW)
    for number, at in enumerate((NOW, NOW - timedelta(days=6), NOW - timedelta(days=8))):
        change = {"status": MessageStatus.FAILED, "created_at": at}
        planned = write_message(world.database, id=f"failed-{number}")
        with world.database.write() as session:
            session.execute(update(MessageRow).where(MessageRow.id == planned.id).values(**change))
    world.accounts.has(an_account(SUBJECTS[Role.PROVIDER]))
    browser = await as_(Role.ADMIN)
    home = await browser.open("/")

    counted = {}
    for each in home.soup.select(".app-stat"):
        link = each.select_one("a")
        assert link is not None
        number = int(words(each).split()[0].replace(",", ""))
        counted[str(link["href"]).split("?")[0]] = number
        listed = await browser.open(str(link["href"]))
        total = re.search(r"of ([0-9]+) (?:teams?|tasks?|messages?)", listed.text)
        rows = len(listed.soup.select("main tbody tr"))
        assert number == (int(total[1]) if total else rows), link["href"]
    gaps = counted.pop("/rotas")
    assert gaps > 100
    assert counted == {"/restrictions": 0, "/messages": 2, "/quality-tasks": 2, "/users": 1}
