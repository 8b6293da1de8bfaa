"""What happens between Save and the record: warnings, refusals, other people, a lost engine."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from api.ports import EngineUnavailableError
from domain.codes import Role
from domain.commands import (
    THE_SERVICE,
    Actor,
    ArrangePrescription,
    CancelRelease,
    RecordNearMiss,
    SendReferral,
)
from domain.cover import TakeHome
from domain.facts import NearMissKind
from tests.api.conftest import NOW
from tests.api.fakes import World, reference_of
from tests.builders import SERVICE, a_screening, an_appointment
from tests.pages.casework import typing_in
from tests.pages.casework.typing_in import RELEASED_ON, Typed, day, everything_in
from tests.pages.conftest import As, Browser

EVENTS = "/cases/rel-1/events"
BOOK = f"{EVENTS}/book_appointment"
MEDICINE = f"{EVENTS}/arrange_prescription"


@pytest.fixture(autouse=True)
def referred(world: World) -> World:
    world.has("rel-1")
    world.records("rel-1", SendReferral(on=NOW.date(), service=SERVICE))
    return world


async def test_the_cover_is_shown_day_by_day_before_anything_is_saved(
    world: World, as_: As
) -> None:
    browser = await as_(Role.HEALTHCARE)
    gap = typing_in.PRESCRIPTION | day("form1_first", date(2026, 12, 3)) | {"form1_weekdays": []}

    checked = await browser.send(MEDICINE, **gap)

    assert checked.status == 200
    assert world.submitted == []
    strip = [each.get_text(" ", strip=True) for each in checked.soup.select(".app-strip__day")]
    assert strip[:3] == [
        "Tue 1 Dec Dose before release",
        "Wed 2 Dec Nothing",
        "Thu 3 Dec From the pharmacy",
    ]
    assert "Nothing covers Wednesday 2 December 2026" in checked.text

    saved = await browser.submit(MEDICINE, everything_in(checked))
    assert saved.status == 303
    assert world.states["rel-1"].prescription is not None


async def test_another_answer_than_the_one_that_was_checked_is_checked_again(
    world: World, as_: As
) -> None:
    browser = await as_(Role.HEALTHCARE)
    checked = await browser.send(MEDICINE, **typing_in.PRESCRIPTION)

    again = await browser.submit(
        MEDICINE, everything_in(checked) | day("form1_last", date(2026, 12, 2))
    )

    assert again.status == 200
    assert "nothing covers Thursday 3 December 2026" in again.text
    assert world.submitted == []


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (RELEASED_ON + timedelta(days=22), "more than 21 days after the release"),
        (RELEASED_ON + timedelta(days=5), "Medicine is arranged until 3 December 2026 only"),
    ],
)
async def test_an_appointment_too_late_is_warned_of_and_can_still_be_booked(
    world: World, as_: As, on: date, said: str
) -> None:
    supply = TakeHome(from_on=RELEASED_ON, days=3)
    world.records("rel-1", ArrangePrescription(on=NOW.date(), supplies=(supply,)))
    browser = await as_(Role.PROVIDER)

    warned = await browser.send(BOOK, **(typing_in.APPOINTMENT | day("date", on)))

    assert (warned.status, world.submitted) == (200, [])
    assert said in warned.text
    assert (await browser.submit(BOOK, everything_in(warned))).status == 303
    assert len(world.states["rel-1"].appointments) == 1


async def test_an_appointment_in_time_is_booked_at_once(world: World, as_: As) -> None:
    page = await (await as_(Role.PROVIDER)).send(BOOK, **typing_in.APPOINTMENT)

    assert page.to == "/cases/rel-1"


async def test_what_the_rules_refuse_stands_at_the_field_and_everything_typed_is_kept(
    as_: As,
) -> None:
    browser = await as_(Role.PROVIDER)

    page = await browser.send(BOOK, **(typing_in.APPOINTMENT | day("date", date(2026, 11, 30))))

    assert page.status == 400
    assert page.field_error("date") == "The appointment is before the release. Check the date."
    assert page.errors()[0][1] == "#date"
    assert page.fields()["time"] == "9:30am"


async def test_nothing_typed_is_lost_of_answers_inside_answers(as_: As) -> None:
    browser = await as_(Role.HEALTHCARE)
    typed = typing_in.SCREENING | {"why_drugs_and_alcohol": ""}

    page = await browser.send(f"{EVENTS}/record_screening", **typed)

    assert page.errors() == [("Enter why support is required", "#why_drugs_and_alcohol")]
    kept = everything_in(page)
    for name in ("substances", "facts", "sources_support_required_drugs_and_alcohol", "need"):
        assert kept[name] == typed[name]


async def test_what_somebody_else_recorded_meanwhile_is_shown_before_it_is_saved_over(
    world: World, as_: As
) -> None:
    browser = await as_(Role.HEALTHCARE)
    opened = await browser.open(f"{EVENTS}/record_naloxone")
    by = Actor(id="prb", role=Role.PROBATION)
    miss = RecordNearMiss(on=NOW.date(), near_miss=NearMissKind.MISSED_FIRST_NIGHT)
    world.records("rel-1", miss, by=by)

    page = await browser.submit(
        f"{EVENTS}/record_naloxone", {**opened.fields(), **typing_in.NALOXONE}
    )

    assert page.status == 400
    assert "Near miss recorded" in page.text
    assert (await browser.submit(f"{EVENTS}/record_naloxone", page.fields())).status == 303


async def test_what_the_service_itself_records_meanwhile_does_not_hold_anybody_up(
    world: World, as_: As
) -> None:
    browser = await as_(Role.HEALTHCARE)
    opened = await browser.open(f"{EVENTS}/record_naloxone")
    miss = RecordNearMiss(on=NOW.date(), near_miss=NearMissKind.MISSED_FIRST_NIGHT)
    world.records("rel-1", miss, by=THE_SERVICE)

    typed = {**opened.fields(), **typing_in.NALOXONE}

    assert (await browser.submit(f"{EVENTS}/record_naloxone", typed)).status == 303


async def test_while_the_engine_is_away_it_says_that_nothing_was_saved_and_keeps_what_was_typed(
    world: World, as_: As
) -> None:
    world.failing = EngineUnavailableError()
    browser = await as_(Role.PROVIDER)

    page = await browser.send(BOOK, **typing_in.APPOINTMENT)

    assert page.status == 503
    assert "nothing was saved" in page.errors()[0][0]
    world.failing = None
    assert (await browser.submit(BOOK, page.fields())).status == 303


@pytest.mark.parametrize(
    ("role", "kind", "typed"),
    [
        (Role.RESETTLEMENT, "withdraw_referral", {}),
        (Role.PROVIDER, "cancel_appointment", {}),
        (Role.PROVIDER, "reject_referral", {"answer": "reject_referral", "reason": "no_capacity"}),
        (Role.RESETTLEMENT, "transfer", {"prison": "HLI"}),
        (Role.HEALTHCARE, "record_hospital_admission", {}),
    ],
)
async def test_a_double_click_is_one_act_also_when_the_first_took_the_question_away(
    world: World, as_: As, role: Role, kind: str, typed: Typed
) -> None:
    world.records("rel-1", an_appointment(NOW.date(), RELEASED_ON))
    browser = await as_(role)
    opened = await browser.open(f"{EVENTS}/{kind}")
    action = str(opened.soup.select("main form")[0]["action"])
    before = world.states["rel-1"].seq

    first = await browser.submit(action, {**opened.fields(), **typed})
    after = world.states["rel-1"].seq
    again = await browser.submit(action, {**opened.fields(), **typed})

    assert first.status == 303
    assert again.status == 303
    assert world.states["rel-1"].seq == after > before


async def test_whoever_loses_sight_by_what_they_saved_is_led_home_with_the_good_news(
    as_: As,
) -> None:
    browser = await as_(Role.RESETTLEMENT)

    page = await browser.send(f"{EVENTS}/transfer", prison="HLI")

    assert page.to == "/"
    assert "is recorded" in (await browser.follow(page)).text


async def test_clinical_detail_that_is_healthcares_is_not_overwritten_and_says_whom_to_ask(
    world: World, as_: As
) -> None:
    world.records("rel-1", a_screening(NOW.date()))
    browser = await as_(Role.RESETTLEMENT)

    page = await browser.send(f"{EVENTS}/record_screening", need="not_needed")

    assert page.status == 403
    assert "recorded by healthcare" in page.errors()[0][0]
    assert page.fields()["need"] == "not_needed"


async def test_a_step_opens_with_what_it_needs_next(world: World, as_: As) -> None:
    browser: Browser = await as_(Role.PROVIDER)

    assert (await browser.open("/cases/rel-1/steps/appointment")).heading == "Book an appointment"
    await browser.send(BOOK, **typing_in.APPOINTMENT)
    told = await browser.open("/cases/rel-1/steps/appointment")
    assert told.heading == "Record that the person was told of an appointment"
    await browser.submit(f"{EVENTS}/tell_appointment", told.fields())

    done = await browser.open("/cases/rel-1/steps/appointment")

    assert done.heading == "First appointment"
    assert done.soup.select_one("main form") is None
    assert done.soup.select_one(f'main a[href="{EVENTS}/cancel_appointment"]') is not None


async def test_a_record_is_merged_into_the_one_whose_reference_is_typed(
    world: World, as_: As
) -> None:
    world.has("rel-2")
    browser = await as_(Role.RESETTLEMENT)
    unknown = await browser.send(f"{EVENTS}/merge", into="ZZZZZZ")
    merged = await browser.send(f"{EVENTS}/merge", into=reference_of("rel-2"))

    assert unknown.field_error("into").startswith("There is no such record")
    assert merged.status == 303
    assert world.states["rel-1"].merged_into == "rel-2"


@pytest.mark.parametrize(
    ("role", "has", "has_not"),
    [
        (Role.RESETTLEMENT, "move_release_date", "record_release"),
        (Role.PROVIDER, "record_hospital_admission", "transfer"),
    ],
)
async def test_what_can_happen_is_listed_for_the_role_until_the_record_closes(
    world: World, as_: As, role: Role, has: str, has_not: str
) -> None:
    browser = await as_(role)

    page = await browser.open(EVENTS)
    links = {str(each["href"]).rsplit("/", 1)[-1] for each in page.soup.select("main a")}
    world.records("rel-1", CancelRelease(on=NOW.date(), reason="new_sentence"))
    closed = await browser.open(EVENTS)

    assert {has, "near-miss"} <= links
    assert has_not not in links
    assert [each["href"] for each in closed.soup.select("main ul a")] == [f"{EVENTS}/record_death"]
