"""Messages as pages on both stores: what was told, why not, and whose eyes its words are for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import quote

import pytest

from api.filters import MessageFilter, PageOf
from api.message_records import MessageRecord
from api.pages.messages.words import (
    AUDIENCES,
    FAULT_CLASSES,
    HAPPENED,
    STANDS,
    TITLES,
    TO,
)
from domain.access import Scope
from domain.access_messages import MessageScope
from domain.codes import Role
from domain.commands import RecordRelease, SendReferral
from domain.policy import Channel, Severity, Target
from infra.database.engine import Database
from infra.messages.reading import SqlOutbox
from notifications.catalogue import Wording
from notifications.messages import MessageStatus, RecipientKind
from notifications.notices import Audience
from notifications.receipts import Report
from notifications.trail import Happened
from notifications.wires import FaultClass
from tests.api.conftest import SUBJECTS
from tests.api.fakes import World
from tests.builders import SERVICE, a_plan, a_screening, an_opiate_picture, at
from tests.office import FORENAME, MOBILE, PROVIDER, Office
from tests.pages.conftest import As, Browser, Page, words
from tests.pages.furnished import write_message

RELEASE_ON = date(2026, 12, 1)
EVERYTHING = MessageScope(Scope(left_since=RELEASE_ON, everything=True), unattached=True)


@pytest.fixture
def world(database: Database) -> World:
    return World(at(RELEASE_ON, 9), database)


@pytest.fixture
def office(world: World) -> Office:
    """A person who is out and has had the first text; their staff are told as time goes on."""
    found = Office(world.database, at(RELEASE_ON, 9))
    found.staff_every_post(PROVIDER)
    found.start(texts=True, service=SERVICE, reception_on=date(2026, 11, 1))
    referred = SendReferral(on=RELEASE_ON, service=SERVICE)
    screened = a_screening(RELEASE_ON, treatment=an_opiate_picture())
    found.submit("rel-1", screened, a_plan(RELEASE_ON), referred)
    found.submit("rel-1", RecordRelease(at=at(RELEASE_ON, 8), naloxone_in_hand=True))
    found.settle()
    world.time = found.now
    world.has("rel-1", service=SERVICE)
    world.records("rel-1", referred)
    return found


def told(world: World, **wanted: object) -> list[MessageRecord]:
    found = SqlOutbox(world.database).page(
        MessageFilter(**wanted),  # type: ignore[arg-type]  # of the same names
        EVERYTHING,
        PageOf(size=200),
    )
    return list(found.rows)


def first_text(world: World) -> str:
    (found,) = [each for each in told(world) if each.wording == Wording.FIRST_TEXT]
    return f"/messages/{quote(found.id, safe='')}"


def rows(page: Page) -> list[str]:
    return [words(each) for each in page.soup.select("table.app-cases tbody tr")]


async def test_the_list_says_when_what_to_whom_how_and_with_what_result(
    office: Office, as_: As
) -> None:
    page = await (await as_(Role.PROBATION)).open("/messages?to=person")

    (text,) = rows(page)
    assert text.startswith("1 Dec 2026, 9am sent 1 Dec 2026, 9am First text to the person")
    assert "The person Text Handed over" in text
    assert "It was handed over; whether it arrived is not known." in text
    assert FORENAME not in page.text
    assert MOBILE not in page.text


@pytest.mark.parametrize("role", [Role.RESETTLEMENT, Role.PROBATION, Role.PROVIDER])
async def test_whoever_works_with_the_release_reads_the_words_and_that_is_noted(
    world: World, office: Office, as_: As, role: Role
) -> None:
    browser = await as_(role)
    world.views.noted.clear()

    page = await browser.open(first_text(world))

    assert f"Hello {FORENAME}." in page.text
    assert "•••• 0199" in page.text
    assert MOBILE not in page.text
    assert world.views.noted == [(SUBJECTS[role].id, "rel-1", "/messages/{message_id}")]
    assert [words(each) for each in page.soup.select(".moj-timeline__title")] == [
        "Planned",
        "Given to the channel",
        "Handed over",
    ]


@pytest.mark.parametrize("role", [Role.ADMIN, Role.AUDITOR])
async def test_others_see_that_something_went_and_not_what(
    world: World, office: Office, as_: As, role: Role
) -> None:
    page = await (await as_(role)).open(first_text(world))

    assert page.status == 200
    assert FORENAME not in page.text
    assert "is read by those who work with the release" in page.text
    assert world.views.noted[-1] == (SUBJECTS[role].id, "rel-1", "/messages/{message_id}")
    assert page.soup.select_one('main a[href^="/cases"]') is None


async def test_out_of_scope_a_message_does_not_exist(world: World, office: Office, as_: As) -> None:
    elsewhere = replace(SUBJECTS[Role.RESETTLEMENT], id="far", prisons=frozenset({"HLI"}))
    browser = await as_(elsewhere)

    answers = [
        (await browser.open(path)).status
        for path in (first_text(world), "/messages/nothing", "/messages/%00")
    ]

    assert answers == [404, 404, 404]
    assert rows(await browser.open("/messages")) == []
    assert world.views.noted == []


async def test_why_nothing_was_sent_is_said_in_words(world: World, as_: As) -> None:
    write_message(
        world.database, status=MessageStatus.SKIPPED, reason="no_email", id="rel-1.9.a.email.1"
    )
    write_message(
        world.database,
        status=MessageStatus.HELD,
        reason="hourly_cap",
        id="rel-1.9.b.sms.1",
        channel=Channel.SMS,
    )

    page = await (await as_(Role.ADMIN)).open("/messages")

    held, skipped = sorted(rows(page), key=lambda each: "Not sent" in each)
    assert "Not sent, on purpose It was not sent, on purpose: no e-mail address" in skipped
    assert "Waits for others" in held
    assert "they have had as many texts this hour as anybody acts on." in held
    assert "Prison resettlement, HMP Leeds E-mail" not in held


async def test_a_providers_code_is_told_by_what_it_means(
    world: World, office: Office, as_: As
) -> None:
    (sent,) = [each for each in told(world) if each.wording == Wording.FIRST_TEXT]
    provider_id = next(each.provider_id for each in office.messages(id=sent.id))
    report = Report(
        provider_id=str(provider_id),
        provider_status="undelivered",
        message_id=sent.id,
        status=MessageStatus.FAILED,
        code="30005",
        fault=FaultClass.NUM,
    )
    office.follow(office.telling.receipts.record(report))
    browser = await as_(Role.PROVIDER)

    page = await browser.open(first_text(world))
    found = await browser.open("/messages?fault=num")
    none = await browser.open("/messages?fault=cfg")

    assert "It did not arrive: the number or address does not work" in page.text
    assert "(code 30005)" in page.text
    assert "undelivered, code 30005, 1 December 2026 at 9am" in page.text
    assert len(rows(found)) == 1
    assert rows(none) == []


async def test_on_the_embedded_default_it_says_that_nobody_received_it(
    world: World, as_: As
) -> None:
    planned = write_message(world.database, status=MessageStatus.ACCEPTED)
    _hand_over_to_the_console(world.database, planned.id)

    page = await (await as_(Role.ADMIN)).open("/messages")

    (row,) = rows(page)
    assert "Written here only" in row
    assert "nobody received it." in row


def _hand_over_to_the_console(database: Database, message_id: str) -> None:
    from sqlalchemy import update  # noqa: PLC0415 - this test alone reaches into the table

    from infra.database.tables import MessageRow, table_of  # noqa: PLC0415

    messages = table_of(MessageRow)
    accepted = update(messages).where(messages.c.id == message_id)
    with database.write() as session:
        session.execute(accepted.values(provider_id=f"console/{message_id}"))


async def test_filters_stand_in_the_address_and_can_be_taken_off(
    world: World, office: Office, as_: As
) -> None:
    office.wait_until(office.now + timedelta(days=3))
    world.time = office.now
    browser = await as_(Role.ADMIN)

    def expected(**wanted: object) -> int:
        return len(told(world, **wanted))

    for query, wanted in (
        ("channel=sms", {"channel": Channel.SMS}),
        ("status=queued", {"status": MessageStatus.QUEUED}),
        ("severity=S1", {"severity": Severity.S1}),
        ("to=person", {"kind": RecipientKind.PERSON}),
        ("first=2026-12-02", {"since": at(date(2026, 12, 2), 0)}),
        ("last=2026-12-01", {"until": at(date(2026, 12, 2), 0)}),
    ):
        page = await browser.open(f"/messages?{query}")
        assert len(rows(page)) == min(expected(**wanted), 50), query
        assert 0 < expected(**wanted) < expected(), query
        (selected,) = page.soup.select(".moj-filter__tag")
        assert selected["href"] == "/messages"


async def test_days_are_read_from_a_form_and_nonsense_is_left_out(office: Office, as_: As) -> None:
    browser = await as_(Role.ADMIN)

    page = await browser.open(
        "/messages?first-day=1&first-month=12&first-year=2026&status=lost&release=%3Cb%3E&page=x"
    )

    assert [words(each) for each in page.soup.select(".moj-filter__tag")] == [
        "Remove this filter 1 December 2026"
    ]
    assert page.fields("/messages")["first-year"] == "2026"


async def test_the_messages_of_one_release_are_a_viewing_and_tell_what_belongs_to_none(
    world: World, office: Office, as_: As
) -> None:
    office.wait_until(office.now + timedelta(days=3))
    world.time = office.now
    reference = next(str(each.reference) for each in told(world) if each.reference)
    browser = await as_(Role.PROBATION)
    world.views.noted.clear()

    page = await browser.open(f"/messages?release={reference.lower()}")

    assert world.views.noted == [("prb", "rel-1", "/messages")]
    assert "Decided about no single message" in page.text
    assert "Nobody was there" in page.text
    assert "The rota had nobody" in page.text


async def test_pages_hold_each_message_once(world: World, as_: As) -> None:
    for number in range(53):
        write_message(world.database, id=f"rel-1.9.step_lapsed.{number}.email.1")
    browser = await as_(Role.ADMIN)

    first, second = await browser.open("/messages"), await browser.open("/messages?page=2")
    far = await browser.open("/messages?page=9")

    links = [
        str(each["href"])
        for page in (first, second)
        for each in page.soup.select('td a[href^="/messages/"]')
    ]
    assert len(links) == len(set(links)) == 53
    assert "Showing 51 to 53 of 53 messages" in second.text
    assert "There is no such page" in far.text


async def test_without_any_message_it_says_when_there_will_be_one(as_: As) -> None:
    page = await (await as_(Role.HEALTHCARE)).open("/messages")
    narrowed = await (await as_(Role.HEALTHCARE)).open("/messages?status=failed")

    assert "There is no message yet" in page.text
    assert "No message matches these filters" in narrowed.text


async def test_the_history_of_a_record_tells_its_messages_among_the_events(
    world: World, office: Office, as_: As
) -> None:
    browser: Browser = await as_(Role.PROBATION)

    whole = await browser.open("/cases/rel-1/history")
    alone = await browser.open("/cases/rel-1/history?type=messages")
    work = await browser.open("/cases/rel-1/history?type=work")

    def titles(page: Page) -> list[str]:
        return [words(each) for each in page.soup.select(".moj-timeline__title")]

    text = "Text: first text to the person"
    assert text in titles(whole)
    assert "Referral sent" in titles(whole)
    assert text in titles(alone)
    assert "Referral sent" not in titles(alone)
    assert text not in titles(work)
    link = alone.soup.select_one(f'.moj-timeline a[href="{first_text(world)}"]')
    assert link is not None
    assert FORENAME not in alone.text
    times = [str(each["datetime"]) for each in whole.soup.select(".moj-timeline time")]
    assert times == sorted(times, reverse=True)


def test_everything_that_can_be_told_has_its_words() -> None:
    assert set(TITLES) == set(Wording)
    assert set(STANDS) == set(MessageStatus)
    assert set(HAPPENED) == set(Happened)
    assert set(FAULT_CLASSES) == set(FaultClass)
    assert set(TO) == set(RecipientKind)
    assert set(AUDIENCES) == {*Target, *Audience}
