"""The pages of a record: steps, people, history and the day-of-release sheet."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from api.records import Person
from domain.codes import EthnicityGroup, Role, Sex
from domain.commands import Actor, ChangeDestination, MoveReleaseDate, SendReferral
from tests.api.conftest import NOW, SUBJECTS
from tests.api.fakes import World
from tests.api.visitors import an_account
from tests.builders import a_screening
from tests.pages.conftest import As, Browser, Page, words

TODAY = NOW.date()
CLINICAL = Actor(id="hea", role=Role.HEALTHCARE)


@pytest.fixture(autouse=True)
def _person(world: World) -> None:
    world.has("rel-1")
    world.people["rel-1"] = Person(
        prison_number="A1001BC",
        crn="X123456",
        forename="Jo",
        surname="Entwistle",
        born_on=date(1990, 3, 5),
        sex=Sex.MALE,
        ethnicity=EthnicityGroup.WHITE,
        mobile="+447700900123",
    )
    world.accounts.has(an_account(SUBJECTS[Role.HEALTHCARE], "Tom Adeyemi"))
    world.records("rel-1", a_screening(TODAY), by=CLINICAL)
    world.records("rel-1", SendReferral(on=TODAY, service="cds-hartlepool"))


async def opened(as_: As, role: Role, path: str = "") -> Page:
    browser: Browser = await as_(role)
    page = await browser.open(f"/cases/rel-1{path}")
    assert page.status == 200
    return page


def steps(page: Page) -> dict[str, str]:
    """Each step with everything that is said of it."""
    found = page.soup.select(".govuk-task-list__item")
    return {
        words(each.select_one("a, .govuk-task-list__name-and-hint > div") or each): words(each)
        for each in found
    }


async def test_the_person_and_the_day_are_at_the_top(as_: As) -> None:
    page = await opened(as_, Role.RESETTLEMENT)

    assert page.heading == "Jo Entwistle"
    assert "A1001BC \N{EN DASH} HMP Leeds" in page.text
    assert "Release date Tuesday 1 December 2026 (in 10 days)" in page.text
    assert "Date of birth 5 March 1990" in page.text


async def test_what_is_next_is_said_with_what_is_missing_and_who_does_it(as_: As) -> None:
    page = await opened(as_, Role.RESETTLEMENT)

    said = words(page.soup.select_one(".app-next") or page.soup)
    assert said.startswith("Do next: ")
    assert "What is missing:" in said
    link = page.soup.select_one(".app-next a")
    assert link is not None
    assert str(link["href"]).startswith("/cases/rel-1/")


async def test_each_step_says_how_it_stands_and_what_it_waits_for(as_: As) -> None:
    listed = steps(await opened(as_, Role.PROBATION))

    assert "Completed" in listed["Screening"]
    assert "Done on 21 November 2026" in listed["Screening"]
    assert "The service has not accepted it." in listed["Referral to community treatment"]
    assert "No plan is recorded." in listed["Resettlement plan"]
    assert "Not answered: first night address" in listed["Essentials"]
    assert "Cannot start yet" in listed["In treatment at twelve weeks"]
    assert next(iter(listed)) == "Screening"


async def test_the_rule_behind_a_due_time_is_there_on_request(as_: As) -> None:
    page = await opened(as_, Role.PROBATION)

    details = page.soup.select_one("details")
    assert details is not None
    assert not details.has_attr("open")
    assert "before the expected release, by" in words(details)
    assert "Source: R27; S-004, TTG-2019 (read in the source)." in words(details)


async def test_what_is_late_and_escalated_is_said_before_anything_else(
    world: World, as_: As
) -> None:
    world.wait_until(NOW + timedelta(days=8))

    page = await opened(as_, Role.PROBATION)

    alert = page.soup.select_one(".moj-alert--warning")
    assert alert is not None
    assert "nobody has taken this" in words(alert)
    assert alert.select_one('a[href^="/escalations/rel-1."]') is not None
    assert any("Overdue by" in each for each in steps(page).values())


async def test_a_moved_date_is_announced(world: World, as_: As) -> None:
    moved = MoveReleaseDate(on=TODAY, scheduled_on=date(2026, 12, 10), as_given=True)
    world.records("rel-1", moved)

    page = await opened(as_, Role.PROVIDER)

    assert "The release date has moved. It was Tuesday 1 December 2026." in page.text


@pytest.mark.parametrize("role", [Role.RESETTLEMENT, Role.PROBATION])
@pytest.mark.parametrize(
    "path", ["", "/people", "/history", "/history?type=work", "/day-of-release"]
)
async def test_justice_staff_see_nothing_clinical(as_: As, role: Role, path: str) -> None:
    page = await opened(as_, role, path)

    said = page.soup.get_text(" ").lower()
    assert "heroin" not in said
    assert "opioid treatment" not in said
    assert "overdose risk" not in said


@pytest.mark.parametrize("role", [Role.HEALTHCARE, Role.PROVIDER])
async def test_clinical_staff_see_the_risk_and_the_answers(as_: As, role: Role) -> None:
    page = await opened(as_, role)

    assert "HIGH OVERDOSE RISK" in page.text
    assert "Heroin" in page.text


async def test_people_says_whom_to_ask_and_what_each_still_has_to_do(as_: As) -> None:
    page = await opened(as_, Role.PROVIDER, "/people")

    assert "Mobile 07700 900123" in page.text
    assert "Prison HMP Leeds" in page.text
    assert "Referral Sent, not yet answered" in page.text
    assert "Still to do First appointment" in page.text


async def test_history_is_newest_first_with_who_and_what_changed(world: World, as_: As) -> None:
    moved = MoveReleaseDate(on=TODAY, scheduled_on=date(2026, 12, 10), as_given=True)
    world.records("rel-1", moved, by=Actor(id="hea", role=Role.RESETTLEMENT))

    page = await opened(as_, Role.PROBATION, "/history?type=dates")

    first = page.soup.select_one(".moj-timeline__item")
    assert first is not None
    assert "Release date moved by Tom Adeyemi" in words(first)
    assert "Release date 1 December 2026 → 10 December 2026" in words(first)
    assert "21 November 2026 at 10am" in words(first)
    assert "Screening recorded" not in page.text


async def test_history_is_narrowed_to_what_one_person_did(world: World, as_: As) -> None:
    moved = MoveReleaseDate(on=TODAY, scheduled_on=date(2026, 12, 10), as_given=True)
    world.records("rel-1", moved, by=Actor(id="res", role=Role.RESETTLEMENT))
    world.accounts.has(an_account(SUBJECTS[Role.RESETTLEMENT], "Priya Nair"))

    page = await opened(as_, Role.PROBATION, "/history?who=res")

    done = page.soup.select(".moj-timeline__byline")
    assert done
    assert {words(each) for each in done} == {"by Priya Nair (prison resettlement)"}
    offered = [words(each) for each in page.soup.select("#who option")]
    assert offered[0] == "Everybody"
    assert {"Priya Nair (prison resettlement)", "Tom Adeyemi (prison healthcare)"} < set(offered)
    chosen = page.soup.select_one("#who option[selected]")
    assert chosen is not None
    assert words(chosen) == "Priya Nair (prison resettlement)"


async def test_history_tells_what_stood_there_before(world: World, as_: As) -> None:
    world.records(
        "rel-1",
        ChangeDestination(
            on=TODAY,
            destination="E08000035",
            probation_unit=world.states["rel-1"].probation_unit,
            service=world.states["rel-1"].service,
            nation="england",
        ),
    )

    page = await opened(as_, Role.PROBATION, "/history?type=dates")

    first = page.soup.select_one(".moj-timeline__item")
    assert first is not None
    assert "Destination Hartlepool → Leeds" in words(first)
    assert "→" not in words(first).replace("Destination Hartlepool → Leeds", ""), (
        "only what changed"
    )


async def test_history_has_pages_and_no_dead_ends(as_: As) -> None:
    first = await opened(as_, Role.PROBATION, "/history")
    none = await opened(as_, Role.PROBATION, "/history?type=escalations")
    far = await opened(as_, Role.PROBATION, "/history?page=99&type=nonsense")

    assert "Showing 1 to" in first.text
    assert "Nothing of this kind is recorded" in none.text
    assert far.soup.select_one('main a[href="/cases/rel-1/history"]') is not None


async def test_the_sheet_says_when_it_was_printed_and_what_is_not_settled(as_: As) -> None:
    page = await opened(as_, Role.HEALTHCARE, "/day-of-release")

    assert "This may have changed since it was printed on 21 November 2026 at 10am" in page.text
    bold = [words(each) for each in page.soup.select("td strong")]
    assert "No prescription is recorded" in bold
    assert "Not sent" in bold
    assert "OVERDOSE RISK" not in page.text


@pytest.mark.parametrize("path", ["", "/people", "/history", "/day-of-release"])
async def test_every_page_about_a_person_is_in_the_trail_once(
    world: World, as_: As, path: str
) -> None:
    await opened(as_, Role.PROBATION, path)

    assert world.views.noted == [("prb", "rel-1", f"/cases/{{release_id}}{path}")]
