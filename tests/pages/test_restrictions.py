from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from api.records import Person
from api.restriction_ports import RestrictionWanted
from domain.access_restriction import RestrictionReason
from domain.codes import Role, Sex
from domain.commands import BookAppointment, MoveReleaseDate, SendReferral
from tests.api.conftest import NOW, SUBJECTS
from tests.api.fakes import World, reference_of
from tests.api.visitors import an_account
from tests.builders import SERVICE
from tests.pages.conftest import As, Browser
from tests.pages.routes import IN_ADDRESSES, table

CASEWORK = [Role.RESETTLEMENT, Role.HEALTHCARE, Role.PROBATION, Role.PROVIDER]
DAY = timedelta(days=1)
LEAVES_ON = datetime(2026, 12, 1, 12, tzinfo=UTC)
SECRETS = ("Marlowe", "Quill", "A1000BC", reference_of("rel-1"), "rel-1")
ASKED = sorted(
    {
        (each.method, each.path, each.role)
        for each in table()
        if each.is_inside and each.role in CASEWORK and each.status != 403
        if "{release_id}" in each.path or "{escalation_id}" in each.path
    }
)


def _person(number: str, forename: str, surname: str) -> Person:
    return Person(number, None, forename, surname, date(1990, 1, 1), Sex.MALE, None, None)


@pytest.fixture
def scene(world: World) -> World:
    """One restricted record and one that is not, both with work that is late, and news."""
    for release_id in ("rel-1", "rel-2"):
        world.has(release_id)
        world.records(release_id, SendReferral(on=NOW.date(), service=SERVICE))
    world.people = {
        "rel-1": _person("A1000BC", "Quill", "Marlowe"),
        "rel-2": _person("A1001BC", "Sam", "Zeller"),
    }
    world.wait_until(NOW + timedelta(days=3))
    for role in CASEWORK:
        world.accounts.has(an_account(SUBJECTS[role], name=f"Known as {role}"))
    restricts(world, "ada")
    return world


def restricts(world: World, *readers: str) -> None:
    reason = RestrictionReason.RELATIVE_OF_STAFF
    wanted = RestrictionWanted("rel-1", reason, frozenset(readers), by="adm")
    world.restrictions.wanted["A1000BC"] = wanted


async def token(browser: Browser) -> str:
    return (await browser.open("/")).fields("/sign-out")["form_token"]


@pytest.mark.parametrize("role", CASEWORK)
async def test_every_page_and_form_of_the_record_is_refused_and_says_nothing_of_whom(
    scene: World, as_: As, role: Role
) -> None:
    browser = await as_(role)
    sent = {"form_token": await token(browser)}
    asked = [(method, path) for method, path, of in ASKED if of is role]

    for method, path in asked:
        address = path.format(**IN_ADDRESSES)
        page = await (browser.open(address) if method == "GET" else browser.submit(address, sent))

        assert page.status == 403, (method, path)
        assert page.heading == "Access to this record is restricted", (method, path)
        assert not any(each in page.response.text for each in SECRETS), (method, path)
    assert len(asked) > 15
    assert scene.views.noted == []


@pytest.mark.parametrize("role", CASEWORK)
@pytest.mark.parametrize(
    "address", ["/", "/cases", "/cases?tab=all", "/escalations", "/escalations?tab=others"]
)
async def test_lists_have_the_line_without_the_person(
    scene: World, as_: As, role: Role, address: str
) -> None:
    browser = await as_(role)
    page = await browser.open(address)

    assert not any(each in page.response.text for each in SECRETS), page.text
    restricts(scene, SUBJECTS[role].id)
    named = await browser.open(address)
    rows = [len(each.soup.select("main tr, main li")) for each in (page, named)]
    assert rows[0] == rows[1]
    assert ("Restricted access" in page.text) == ("Marlowe, Quill" in named.text)


async def test_whoever_is_named_sees_and_records_as_ever(scene: World, as_: As) -> None:
    restricts(scene, "pro")
    browser = await as_(Role.PROVIDER)

    assert "Marlowe" in (await browser.open("/cases/rel-1")).text
    taken = await browser.submit("/escalations/rel-1.1/take", {"form_token": await token(browser)})
    assert taken.status == 303


async def test_a_search_finds_the_person_for_nobody_else(scene: World, as_: As) -> None:
    browser = await as_(Role.RESETTLEMENT)

    for words in ("Marlowe", "quill marlowe", "A1000BC"):
        page = await browser.follow(await browser.send("/cases", words=words))
        assert "Nobody was found" in page.text, words


async def test_what_was_opened_before_is_listed_without_the_person(scene: World, as_: As) -> None:
    scene.restrictions.wanted.clear()
    browser = await as_(Role.RESETTLEMENT)
    await browser.open("/cases/rel-1")
    await browser.send("/cases", words="Marlowe")
    restricts(scene, "ada")

    for tab in ("recent", "found"):
        page = await browser.open(f"/cases?tab={tab}")
        assert "Restricted access Ask the service owner" in page.text
        assert not any(each in page.response.text for each in SECRETS)


async def test_appointments_and_news_of_home_do_not_tell_either(scene: World, as_: As) -> None:
    appointment = BookAppointment(
        on=NOW.date(), service=SERVICE, at=LEAVES_ON + timedelta(days=1), place="Desk"
    )
    scene.records("rel-1", appointment)
    scene.wait_until(LEAVES_ON - timedelta(days=3))
    moved = MoveReleaseDate(on=scene.time.date(), scheduled_on=date(2026, 12, 2))
    scene.records("rel-1", moved)
    subject = SUBJECTS[Role.PROBATION]
    browser = await as_(subject)
    scene.accounts.has(replace(an_account(subject), last_signed_in_at=scene.time - DAY))
    browser.client.cookies.clear()
    await browser.sign_in(subject.id)

    page = await browser.open("/")

    meetings = page.soup.find("h2", string="Appointments in the next 7 days")
    assert meetings is not None
    assert "Restricted access : something changed" in page.text
    assert not any(each in page.response.text for each in SECRETS)
    assert "Restricted access" in str(meetings.find_next("ul"))
    assert "Hartlepool" not in str(meetings.find_next("ul"))


async def test_the_refusal_names_whom_to_tell_and_else_the_service_owner(
    scene: World, as_: As
) -> None:
    restricts(scene, "hea")
    browser = await as_(Role.RESETTLEMENT)

    assert "Known as healthcare" in (await browser.open("/cases/rel-1")).text
    scene.accounts.off.add("hea")
    page = await browser.open("/cases/rel-1")
    assert "Known as healthcare" not in page.text
    assert "Tell the service owner now" in page.text


async def test_starting_a_release_for_the_person_shows_nobody_and_stops_at_the_same_stay(
    scene: World, as_: As
) -> None:
    browser = await as_(Role.RESETTLEMENT)

    page = await browser.send("/cases/new", prison_number="A1000BC")

    assert page.status == 200
    assert not any(each in page.text for each in ("Marlowe", "Quill", "rel-1"))


async def test_no_link_is_made_for_a_record_that_a_link_would_not_open(
    scene: World, as_: As
) -> None:
    restricts(scene, "res")
    browser = await as_(Role.RESETTLEMENT)

    page = await browser.open("/cases/rel-1/answer-link")

    assert page.status == 403
    assert "Telephone the service" in page.text


ANSWERS = {
    "reference": reference_of("rel-1"),
    "reason": "person_at_risk",
    "readers": "res\r\n HEA \r\n",
}


async def test_the_service_owner_restricts_a_record_and_lifts_that(scene: World, as_: As) -> None:
    scene.restrictions.wanted.clear()
    admin = await as_(Role.ADMIN)

    done = await admin.follow(await admin.send("/restrictions", **ANSWERS))

    assert "Access is restricted" in done.text
    assert f"{ANSWERS['reference']} In danger if the wrong person learns of it" in done.text
    assert "Known as healthcare, prison healthcare" in done.text
    (wanted,) = scene.restrictions.changes
    assert (wanted.readers, wanted.by) == (frozenset({"res", "hea"}), "adm")
    assert not any(each in done.text for each in ("Marlowe", "Quill", "A1000BC"))
    await admin.submit("/restrictions/rel-1/lift", {"form_token": await token(admin)})
    assert "No record is restricted" in (await admin.open("/restrictions")).text


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"reference": ""}, "reference", "Enter the reference"),
        ({"reference": "0000ZZ"}, "reference", "There is no record with this reference"),
        ({"reason": ""}, "reason", "Select why it is restricted"),
        ({"readers": " \r\n "}, "readers", "Enter the username of at least one person"),
        ({"readers": "res\r\nnobody"}, "readers", "with the username nobody"),
        ({"readers": "adm"}, "readers", "adm does not work with this record"),
    ],
)
async def test_what_would_close_a_record_to_everybody_is_refused(
    scene: World, as_: As, changes: dict[str, str], field: str, said: str
) -> None:
    scene.restrictions.wanted.clear()
    page = await (await as_(Role.ADMIN)).send("/restrictions", **(ANSWERS | changes))

    assert page.status == 400
    assert said in page.field_error(field)
    assert scene.restrictions.changes == []


async def test_the_service_owner_is_told_when_nobody_named_can_act(scene: World, as_: As) -> None:
    restricts(scene, "pro", "res")
    admin = await as_(Role.ADMIN)
    assert "Act now" not in (await admin.open("/")).text
    assert "Somebody can work" in (await admin.open("/restrictions?work=undone")).text

    restricts(scene, "res")
    for address in ("/", "/restrictions"):
        told = (await admin.open(address)).text
        assert "can act on its escalation: First appointment" in told

    undone = await admin.open("/restrictions?work=undone")
    assert len(undone.soup.select("main tbody tr")) == 1

    scene.accounts.off.add("res")
    assert "Nobody who is named can open it now" in (await admin.open("/")).text


async def test_merging_into_an_open_record_does_not_give_the_person_away(
    scene: World, as_: As
) -> None:
    restricts(scene, "res")
    browser = await as_(Role.RESETTLEMENT)
    day = {"on-day": "22", "on-month": "11", "on-year": "2026"}

    page = await browser.send("/cases/rel-1/events/merge", into=reference_of("rel-2"), **day)

    assert page.status == 400
    assert "Ask the service owner to restrict that one first" in page.text
