from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime

import pytest

from api.pages.viewing import Deed, DeedFilter
from domain.codes import Role
from tests.api.fakes import World
from tests.pages.conftest import As, Browser

DAY = {"since-day": "1", "since-month": "7", "since-year": "2026"}


@pytest.fixture
async def auditor(world: World, as_: As) -> Browser:
    at = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    seen = Deed(at, "res", "Priya Nair", Role.RESETTLEMENT, "rel-1", "AAA111", False, "/cases/{id}")
    changed = Deed(at, "api", None, None, "rel-2", "BBB222", True, "referral_sent")
    world.views.known = [seen, changed]
    return await as_(Role.AUDITOR)


async def test_it_says_who_saw_and_who_changed_what_in_london_time(auditor: Browser) -> None:
    page = await auditor.send("/audit", **DAY)

    assert page.status == 200
    assert "2 found" in page.text
    assert "2 Jul 2026, 12:30am Priya Nair, prison resettlement AAA111 Saw" in page.text
    assert "Another system BBB222 Changed Referral sent" in page.text


async def test_the_search_itself_is_in_the_trail(auditor: Browser, world: World) -> None:
    await auditor.send("/audit", **DAY, reference="AAA111", deeds="changes")

    wanted = DeedFilter(reference="AAA111", since=date(2026, 7, 1), changes=True)
    assert world.views.searches == [("aud", wanted)]


@pytest.mark.parametrize("typed", [{}, {"since-day": "32"}, {"deeds": "changes"}])
async def test_a_search_for_everything_or_for_no_day_is_not_carried_out(
    auditor: Browser, world: World, typed: dict[str, str]
) -> None:
    page = await auditor.send("/audit", **typed)

    assert page.status == 400
    assert page.errors()
    assert world.views.searches == []


async def test_days_in_the_wrong_order_are_said_to_be(auditor: Browser) -> None:
    until = {"until-day": "30", "until-month": "6", "until-year": "2026"}
    page = await auditor.send("/audit", **DAY, **until)

    assert page.errors() == [("Last day must be the same as or after the first day", "#until-day")]


async def test_nothing_that_was_searched_for_stands_in_an_address(auditor: Browser) -> None:
    page = await auditor.open("/audit")

    forms = page.soup.select("main form")
    assert [str(each.get("method")) for each in forms] == ["post"]


async def test_what_was_found_is_a_file_to_keep_and_the_trail_says_who_took_it(
    auditor: Browser, world: World
) -> None:
    world.views.known.append(
        Deed(
            datetime(2026, 7, 1, 9, tzinfo=UTC),
            "x",
            "=HYPERLINK(0)",
            Role.PROBATION,
            "rel-1",
            "AAA111",
            False,
            "/cases",
        )
    )

    page = await auditor.send("/audit", **DAY, **{"as": "csv"})

    assert page.response.headers["content-type"] == "text/csv; charset=utf-8"
    assert "attachment" in page.response.headers["content-disposition"]
    lines = list(csv.DictReader(io.StringIO(page.response.text.removeprefix("\ufeff"))))
    assert [(each["record"], each["deed"], each["what"]) for each in lines] == [
        ("AAA111", "saw", "/cases/{id}"),
        ("BBB222", "changed", "Referral sent"),
        ("AAA111", "saw", "/cases"),
    ]
    assert lines[0]["at"] == "2026-07-01T23:30:00+00:00"
    assert lines[2]["who"] == "'=HYPERLINK(0)", "a spreadsheet would run it"
    assert world.views.files == ["aud"]
    assert len(world.views.searches) == 1


async def test_no_file_is_made_of_a_search_for_everything(auditor: Browser, world: World) -> None:
    page = await auditor.send("/audit", **{"as": "csv"})

    assert page.status == 400
    assert world.views.files == []
