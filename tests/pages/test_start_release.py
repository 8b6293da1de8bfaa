"""Starting a release, stage by stage."""

from __future__ import annotations

from datetime import date

import pytest

from api.pages.warnings import warnings_of
from api.ports import EngineUnavailableError
from domain.access import Subject
from domain.codes import ReleaseType, Role
from tests.api.conftest import NOW
from tests.api.fakes import World
from tests.builders import the_rules
from tests.pages.conftest import As, Browser, Page

NEW = "/cases/new"
PERSON = {
    "forename": "Jo",
    "surname": "Entwistle",
    "date_of_birth-day": "5",
    "date_of_birth-month": "3",
    "date_of_birth-year": "1990",
    "sex": "male",
}
RELEASE = {
    "prison": "LEI",
    "reception_date-day": "1",
    "reception_date-month": "6",
    "reception_date-year": "2026",
    "release_date-day": "2",
    "release_date-month": "2",
    "release_date-year": "2027",
    "release_type": "conditional",
    "local_authority": "E06000001",
    "probation_unit": "N54STHA",
}


@pytest.fixture
async def browser_of_resettlement(as_: As) -> Browser:
    return await as_(Role.RESETTLEMENT)


async def through(browser: Browser, number: str = "a1001 bc", **changes: str) -> Page:
    """Fill in every stage and return the last look."""
    page = await browser.send(NEW, prison_number=number)
    page = await browser.submit(NEW, page.fields() | PERSON | changes)
    return await browser.submit(NEW, page.fields() | RELEASE | changes)


async def test_a_release_is_started_and_the_record_says_so(
    world: World, browser_of_resettlement: Browser
) -> None:
    last = await through(browser_of_resettlement)

    assert last.heading == "Check your answers"
    assert "Name Jo Entwistle" in last.text
    assert "Release date Tuesday 2 February 2027" in last.text
    assert world.states == {}
    done = await browser_of_resettlement.submit(NEW, last.fields())
    record = await browser_of_resettlement.follow(done)
    assert record.heading == "Jo Entwistle"
    assert "The release is started." in record.text
    (person,) = world.people.values()
    assert person.prison_number == "A1001BC"


async def test_it_counts_once_however_often_it_is_sent(
    world: World, browser_of_resettlement: Browser
) -> None:
    last = await through(browser_of_resettlement)

    first = await browser_of_resettlement.submit(NEW, last.fields())
    again = await browser_of_resettlement.submit(NEW, last.fields())

    assert first.to == again.to
    assert len(world.states) == 1
    assert "Nothing changed" in (await browser_of_resettlement.follow(again)).text


async def test_errors_are_at_their_fields_and_nothing_typed_is_lost(
    browser_of_resettlement: Browser,
) -> None:
    number = await browser_of_resettlement.send(NEW, prison_number="12")
    assert number.status == 400
    assert "like A1234BC" in number.field_error("prison_number")
    assert number.fields()["prison_number"] == "12"

    person = await browser_of_resettlement.send(NEW, prison_number="A1001BC")
    wrong = await browser_of_resettlement.submit(
        NEW, person.fields() | PERSON | {"date_of_birth-month": "13", "sex": "", "mobile": "12"}
    )
    assert wrong.status == 400
    assert [where for _, where in wrong.errors()] == ["#date_of_birth-day", "#sex", "#mobile"]
    assert wrong.fields()["surname"] == "Entwistle"
    assert wrong.fields()["prison_number"] == "A1001BC"


async def test_what_only_the_whole_shows_leads_back_to_its_stage(
    world: World, browser_of_resettlement: Browser
) -> None:
    last = await through(browser_of_resettlement, **{"release_date-year": "2026"})

    page = await browser_of_resettlement.submit(NEW, last.fields())

    assert page.status == 400
    assert page.heading == "The release"
    assert "before the reception date" in page.field_error("release_date")
    assert page.fields()["surname"] == "Entwistle"
    assert world.states == {}


async def test_an_answer_can_be_changed_without_losing_the_others(
    browser_of_resettlement: Browser,
) -> None:
    last = await through(browser_of_resettlement)

    back = await browser_of_resettlement.submit(NEW, last.fields() | {"go": "person"})
    assert back.status == 200
    changed = back.fields() | {"surname": "Garside"}
    again = await browser_of_resettlement.submit(NEW, changed)
    end = await browser_of_resettlement.submit(NEW, again.fields())

    assert "Name Jo Garside" in end.text
    assert "HMP Leeds" in end.text


async def test_an_open_record_of_the_same_number_is_announced_with_the_person(
    world: World, browser_of_resettlement: Browser
) -> None:
    last = await through(browser_of_resettlement)
    done = await browser_of_resettlement.submit(NEW, last.fields())

    page = await browser_of_resettlement.send(NEW, prison_number="A1001BC")

    assert page.heading == "Is this the right person?"
    assert "Entwistle, Jo has an open record already" in page.text
    assert page.soup.find("a", href=done.to) is not None
    assert page.fields()["date_of_birth-year"] == "1990"
    assert len(world.views.noted) == 1


async def test_another_prisons_person_is_not_given_away(world: World, as_: As) -> None:
    elsewhere = Subject("other", Role.RESETTLEMENT, prisons=frozenset({"BXI"}))
    browser = await as_(elsewhere)
    last = await through(browser, prison="BXI")
    assert (await browser.submit(NEW, last.fields())).status == 303

    page = await (await as_(Role.RESETTLEMENT)).send(NEW, prison_number="A1001BC")

    assert page.heading == "Who is the person?"
    assert "Entwistle" not in page.text


async def test_only_their_own_prisons_can_be_chosen(
    world: World, browser_of_resettlement: Browser
) -> None:
    page = await through(browser_of_resettlement, prison="BXI")
    assert page.heading == "Check your answers"

    refused = await browser_of_resettlement.submit(NEW, page.fields())

    assert refused.status == 400
    assert "You do not work for this prison" in refused.field_error("prison")
    assert world.states == {}


async def test_while_the_engine_is_away_nothing_typed_is_lost(
    world: World, browser_of_resettlement: Browser
) -> None:
    last = await through(browser_of_resettlement)
    world.failing = EngineUnavailableError()

    page = await browser_of_resettlement.submit(NEW, last.fields())

    assert page.status == 503
    assert page.heading == "Check your answers"
    world.failing = None
    assert (await browser_of_resettlement.submit(NEW, page.fields())).status == 303


@pytest.mark.parametrize(
    ("on", "kind", "as_given", "said"),
    [
        (date(2027, 2, 2), ReleaseType.CONDITIONAL, False, []),
        (date(2027, 2, 5), ReleaseType.COURT, False, ["is a Friday"]),
        (date(2027, 2, 5), ReleaseType.CONDITIONAL, True, ["is a Friday"]),
        (
            date(2027, 2, 5),
            ReleaseType.CONDITIONAL,
            False,
            ["is a Friday", "brings it forward to Thursday 4 February 2027"],
        ),
        (date(2026, 12, 24), ReleaseType.COURT, False, ["the day before a bank holiday"]),
        (date(2026, 12, 2), ReleaseType.COURT, False, ["is 11 days away"]),
        (date(2026, 11, 18), ReleaseType.COURT, False, ["has passed"]),
        (date(2099, 1, 6), ReleaseType.CONDITIONAL, False, []),
    ],
)
def test_what_is_warned_of(on: date, kind: ReleaseType, said: list[str], *, as_given: bool) -> None:
    found = warnings_of(on, kind, NOW.date(), the_rules(), as_given=as_given)

    assert len(found) == len(said)
    assert all(part in sentence for part, sentence in zip(said, found, strict=True))


async def test_a_warning_is_shown_before_it_is_recorded(browser_of_resettlement: Browser) -> None:
    friday = {"release_date-day": "27", "release_date-month": "11", "release_date-year": "2026"}

    last = await through(browser_of_resettlement, release_type="court", **friday)

    assert "Friday 27 November 2026 is a Friday." in last.text
    assert "is 6 days away" in last.text
