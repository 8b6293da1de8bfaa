"""Rotas as pages on both stores: what each reader sees, what a manager changes, what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.codes import Role
from domain.duty.posts import SERVICE_TEAM, Post
from infra.database.engine import Database
from infra.duty.rotas import SqlRotas
from tests.api.conftest import NOW, SUBJECTS
from tests.api.fakes import World
from tests.duty.staffing import HARTLEPOOL, LEEDS, Staffing
from tests.pages.conftest import As, Browser, Page, words

ROTA = "/rotas/resettlement/LEI"
MANAGER = replace(SUBJECTS[Role.RESETTLEMENT], id="boss", manager=True)
HOUR = timedelta(hours=1)
NUMBER = "07700 900123"


@pytest.fixture
def world(database: Database) -> World:
    return World(NOW, database)


@pytest.fixture
def staffing(world: World) -> Staffing:
    found = Staffing(world.database)
    for each in ("ada", "ben"):
        found.employs(each)
    return found


@pytest.fixture
async def manager(staffing: Staffing, as_: As) -> Browser:
    return await as_(MANAGER)


def rows(page: Page, caption: str) -> list[str]:
    """Return the rows of a table as they read."""
    for table in page.soup.find_all("table"):
        found = table.find("caption")
        if found is not None and words(found) == caption:
            return [words(each) for each in table.select("tbody tr")]
    return []


def lacks(page: Page) -> list[str]:
    return [words(each) for each in page.soup.select("#missing + ul li")]


def typed(staff: str, starts: str, ends: str = "") -> dict[str, str]:
    """Return what is typed for a shift: `27 11 2026 8am`."""
    found = {"staff": staff}
    for field, text in (("starts", starts), ("ends", ends)):
        day, month, year, time = text.split(maxsplit=3) if text else ("", "", "", "")
        found |= {f"{field}-day": day, f"{field}-month": month, f"{field}-year": year}
        found[f"{field}_time"] = time
    return found


def stored(world: World) -> list[tuple[str, datetime, datetime | None]]:
    rota = SqlRotas(world.database).rota(LEEDS, Post.DUTY)
    return [(each.staff_id, each.starts_at, each.ends_at) for each in rota]


async def test_the_list_says_who_is_on_duty_now_and_next_and_where_nobody_will_be(
    staffing: Staffing, as_: As
) -> None:
    staffing.employs("kit", HARTLEPOOL)
    staffing.on(Post.DUTY, "ada", until=NOW + 10 * HOUR)
    staffing.on(Post.DUTY, "ben", from_=NOW + 10 * HOUR, until=NOW + 34 * HOUR)
    staffing.on(Post.DUTY, "kit", HARTLEPOOL)

    own = await (await as_(Role.RESETTLEMENT)).open("/rotas")
    other = await (await as_(Role.RESETTLEMENT)).open("/rotas?whose=all&place=hartlepool")

    (leeds,) = rows(own, "Teams and who is on duty")
    assert "HMP Leeds" in leeds
    assert "Name of ada until Sat 21 Nov 2026, 8pm" in leeds
    assert "Name of ben from Sat 21 Nov 2026, 8pm" in leeds
    assert "Nobody from Sun 22 Nov 2026, 8pm" in leeds
    (service,) = [each for each in rows(other, "Teams and who is on duty") if "kit" in each]
    assert "until further notice No change in the next 7 days Filled for 7 days" in service
    assert "+44" not in other.text
    assert NUMBER not in own.text


async def test_teams_with_a_gap_are_found_among_all(staffing: Staffing, as_: As) -> None:
    staffing.on(Post.DUTY, "ada")

    page = await (await as_(Role.ADMIN)).open("/rotas?whose=gaps&place=leeds&role=resettlement")
    empty = await (await as_(Role.ADMIN)).open("/rotas?whose=gaps&place=leeds&role=healthcare")

    assert "No team matches" in page.text
    (line,) = rows(empty, "Teams and who is on duty")
    assert "HMP Leeds" in line
    assert "Nobody no shift runs then" in line
    assert "Nobody now" in line


async def test_whoever_hands_over_sees_who_is_there_and_no_number(
    staffing: Staffing, as_: As
) -> None:
    staffing.on(Post.DUTY, "ada")
    staffing.away("ada", "ben")

    page = await (await as_(Role.PROBATION)).open(ROTA)

    (duty,) = [each for each in rows(page, "Posts now and next") if each.startswith("Duty")]
    assert "Name of ben covers for Name of ada, until at least" in duty
    assert duty.endswith("Phone and e-mail")
    assert NUMBER not in page.text
    assert "example.org" not in page.text
    assert page.soup.select_one(f'main a[href^="{ROTA}/duty"]') is None
    assert "Who is away" not in page.text, "that is for the team and the service owner"


async def test_a_manager_sees_how_to_reach_them_and_who_is_away(
    staffing: Staffing, manager: Browser
) -> None:
    staffing.on(Post.DUTY, "ada")
    staffing.away("ada", "ben")

    page = await manager.open(ROTA)

    (duty,) = [each for each in rows(page, "Posts now and next") if each.startswith("Duty")]
    assert duty.endswith(f"{NUMBER} ben@example.org")
    (away,) = rows(page, "Absences")
    assert away.startswith("Name of ada")
    assert "Name of ben" in away


async def test_every_gap_is_named_with_what_ends_it(staffing: Staffing, manager: Browser) -> None:
    for post in (Post.DEPUTY, Post.ON_CALL_MANAGER, Post.TEAM_MANAGER, Post.HEAD_OF_SERVICE):
        staffing.on(post, "ben")
    staffing.on(Post.DUTY, "ben", until=NOW + HOUR)
    staffing.on(Post.DUTY, "ben", from_=NOW + 3 * HOUR)

    (gap,) = lacks(await manager.open(ROTA))

    assert gap.startswith(
        "Duty: nobody from Sat 21 Nov 2026, 11am until Sat 21 Nov 2026, 1pm, "
        "because no shift runs then. Put somebody on"
    )
    page = await manager.open(ROTA)
    link = page.soup.select_one("#missing + ul a")
    assert link is not None
    form = await manager.open(str(link["href"]))
    assert form.fields()["starts_time"] == "11am"
    assert form.fields()["ends_time"] == "1pm"


async def test_two_at_once_are_named_too(staffing: Staffing, manager: Browser) -> None:
    staffing.on(Post.DUTY, "ada")
    staffing.on(Post.DUTY, "ben", from_=NOW + HOUR, until=NOW + 2 * HOUR)

    found = [each for each in lacks(await manager.open(ROTA)) if "two people" in each]

    (told,) = found
    assert told == (
        "Duty: two people at once from Sat 21 Nov 2026, 11am until Sat 21 Nov 2026, midday; "
        "the later shift counts. End the earlier shift where the later one begins."
    )


async def test_an_empty_rota_says_what_to_do_next(world: World, as_: As) -> None:
    nobody = await (await as_(MANAGER)).open(ROTA)
    reader = await (await as_(Role.PROVIDER)).open(ROTA)
    Staffing(world.database).employs("ada")
    somebody = await (await as_(MANAGER)).open(ROTA)

    assert "This rota is empty" in nobody.text
    assert nobody.soup.select_one(f'.govuk-inset-text a[href="{ROTA}/staff"]') is not None
    assert "A manager of the team, or the service owner, fills it." in reader.text
    assert somebody.soup.select_one(f'.govuk-inset-text a[href="{ROTA}/duty/shift"]') is not None


async def test_a_first_member_of_staff_is_added_and_put_on(world: World, as_: As) -> None:
    manager = await as_(MANAGER)

    added = await manager.send(
        f"{ROTA}/staff", reference="lei-1", name="Ada Example", mobile="07700 900101"
    )
    page = await manager.follow(added)
    assert "Ada Example is added" in page.text
    form = await manager.open(f"{ROTA}/duty/shift")
    option = form.soup.select_one('#staff option:not([value=""])')
    assert option is not None
    done = await manager.send(
        f"{ROTA}/duty/shift", **typed(str(option["value"]), "21 11 2026 10am")
    )

    page = await manager.follow(done)
    assert "Ada Example from Sat 21 Nov 2026, 10am until further notice" in page.text
    ((_, starts_at, ends_at),) = stored(world)
    assert (starts_at, ends_at) == (NOW, None)


async def test_what_is_wrong_with_a_member_of_staff_is_said_at_the_field(manager: Browser) -> None:
    page = await manager.send(
        f"{ROTA}/staff", reference="Ada Example", name="Ada", mobile="0113 496 0000"
    )
    again = await manager.send(
        f"{ROTA}/staff", reference="lei-9", name="Ada", mobile="0113 4960000"
    )

    assert page.status == again.status == 400
    assert "not their name" in page.field_error("reference")
    assert "landline" in again.field_error("mobile")
    assert again.fields()["name"] == "Ada"


async def test_a_form_that_is_not_filled_in_says_what_to_enter(manager: Browser) -> None:
    page = await manager.send(f"{ROTA}/duty/shift", **typed("", "", "31 2 2027 soon"))

    assert page.status == 400
    assert page.errors() == [
        ("Select who has the shift", "#staff"),
        ("Enter the day on which the shift starts", "#starts-day"),
        ("Enter the time at which the shift starts", "#starts_time"),
        ("Day on which the shift ends must be a real date", "#ends-day"),
        ("Time at which the shift ends must be a time, such as 9:30am or 14:00", "#ends_time"),
    ]
    assert page.fields()["ends_time"] == "soon"


async def test_times_are_those_of_london_clocks(
    staffing: Staffing, manager: Browser, world: World
) -> None:
    sent = typed("ada", "27 3 2027 8pm", "28 3 2027 8am")
    await manager.send(f"{ROTA}/duty/shift", **sent)
    skipped = await manager.send(f"{ROTA}/deputy/shift", **typed("ada", "28 3 2027 1:30am"))
    twice = await manager.send(f"{ROTA}/deputy/shift", **typed("ada", "31 10 2027 1:30am"))
    told = await manager.send(f"{ROTA}/deputy/shift", **typed("ada", "31 10 2027 1:30am GMT"))

    ((_, starts_at, ends_at),) = stored(world)
    assert (starts_at, ends_at) == (
        datetime(2027, 3, 27, 20, tzinfo=UTC),
        datetime(2027, 3, 28, 7, tzinfo=UTC),
    )
    assert "does not happen" in skipped.field_error("starts_time")
    assert "happens twice" in twice.field_error("starts_time")
    assert "1:30am GMT" in (await manager.follow(told)).text


async def test_a_shift_that_leaves_a_gap_is_refused_and_nothing_is_lost(
    staffing: Staffing, manager: Browser, world: World
) -> None:
    staffing.on(Post.DUTY, "ada", until=NOW + HOUR)
    before = stored(world)

    page = await manager.send(f"{ROTA}/duty/shift", **typed("ben", "22 11 2026 10am"))

    assert page.status == 400
    assert "Nobody is on duty from Sat 21 Nov 2026 11:00" in page.field_error("starts")
    assert page.errors()[0][1] == "#starts-day"
    assert page.fields()["starts_time"] == "10am"
    assert stored(world) == before


async def test_a_shift_is_changed_and_sent_twice_counts_once(
    staffing: Staffing, manager: Browser, world: World
) -> None:
    staffing.on(Post.DUTY, "ada", from_=NOW - HOUR, until=NOW + 8 * HOUR)
    path = f"{ROTA}/duty/20261121T090000Z/change"
    opened = await manager.open(path)
    assert opened.fields()["staff"] == "ada"
    assert (opened.fields()["starts_time"], opened.fields()["ends_time"]) == ("9am", "6pm")
    sent = opened.fields() | typed("ben", "21 11 2026 8:30am", "21 11 2026 8pm")

    done = await manager.submit(path, sent)
    again = await manager.submit(path, sent)

    assert (done.status, again.status) == (303, 303)
    assert stored(world) == [("ben", NOW - 1.5 * HOUR, NOW + 10 * HOUR)]


async def test_what_a_colleague_changed_meanwhile_is_shown_and_not_overwritten(
    staffing: Staffing, manager: Browser, world: World
) -> None:
    staffing.on(Post.DUTY, "ada")
    path = f"{ROTA}/duty/shift"
    mine = await manager.open(path)
    other = await manager.send(path, **typed("ben", "22 11 2026 8am", "22 11 2026 8pm"))
    assert other.status == 303
    before = stored(world)
    sent = mine.fields() | typed("ben", "22 11 2026 10am", "22 11 2026 11am")

    page = await manager.submit(path, sent)

    assert page.status == 400
    ((told, _),) = page.errors()
    assert told == (
        "Somebody else changed this rota after you opened this page. Read what stands there now, "
        "then save again if yours is still right."
    )
    assert any("8am" in each and "ben" in each for each in rows(page, "What stands in the rota"))
    assert stored(world) == before
    assert (await manager.submit(path, page.fields())).status == 303


async def test_a_shift_ends_and_somebody_takes_over_until_its_own_end(
    staffing: Staffing, manager: Browser, world: World
) -> None:
    staffing.on(Post.DUTY, "ada", from_=NOW - HOUR, until=NOW + 8 * HOUR)
    path = f"{ROTA}/duty/20261121T090000Z/end"
    sent = (await manager.open(path)).fields() | typed("", "", "21 11 2026 midday")
    sent["next"] = "ben"

    done = await manager.submit(path, sent)
    again = await manager.submit(path, sent)

    assert (done.status, again.status) == (303, 303)
    assert stored(world) == [
        ("ada", NOW - HOUR, NOW + 2 * HOUR),
        ("ben", NOW + 2 * HOUR, NOW + 8 * HOUR),
    ]


async def test_the_last_shift_of_a_post_can_end_without_anybody_next(
    staffing: Staffing, manager: Browser, world: World
) -> None:
    staffing.on(Post.DUTY, "ada", from_=NOW - HOUR)

    done = await manager.send(
        f"{ROTA}/duty/20261121T090000Z/end", **typed("", "", "22 11 2026 9am"), next="nobody"
    )

    assert stored(world) == [("ada", NOW - HOUR, NOW + 23 * HOUR)]
    page = await manager.follow(done)
    assert any("nobody from Sun 22 Nov 2026, 9am" in each for each in lacks(page))


@pytest.mark.parametrize(
    "end",
    [
        ("21 11 2026 7am", "ben", "ends", "must be later than the start"),
        ("21 11 2026 8pm", "ben", "ends", "Enter an earlier time"),
        ("21 11 2026 midday", "nobody", "ends", "Nobody is on duty from Sat 21 Nov 2026 12:00"),
        ("21 11 2026 midday", "", "next", "Select who takes over"),
    ],
)
async def test_an_end_that_cannot_be_is_refused(
    staffing: Staffing, manager: Browser, world: World, end: tuple[str, str, str, str]
) -> None:
    ends, who, field, reason = end
    staffing.on(Post.DUTY, "ada", from_=NOW - HOUR, until=NOW + 8 * HOUR)
    staffing.on(Post.DUTY, "ben", from_=NOW + 8 * HOUR)
    before = stored(world)

    page = await manager.send(f"{ROTA}/duty/20261121T090000Z/end", **typed("", "", ends), next=who)

    assert page.status == 400
    assert reason in page.field_error(field)
    assert stored(world) == before


async def test_an_absence_with_cover_is_recorded_changed_and_taken_back(
    staffing: Staffing, manager: Browser
) -> None:
    staffing.employs("kit", HARTLEPOOL)
    sent = typed("ada", "1 12 2026 9am", "3 12 2026 9am") | {"cover": "ben"}
    recorded = await manager.send(f"{ROTA}/absence", **sent)
    page = await manager.follow(recorded)
    assert "Name of ada is away from Tue 1 Dec 2026, 9am until Thu 3 Dec 2026, 9am." in page.text
    assert [each.split("Change")[0].strip() for each in rows(page, "Absences")] == [
        "Name of ada Tue 1 Dec 2026, 9am Thu 3 Dec 2026, 9am Name of ben"
    ]

    path = f"{ROTA}/absence/ada/20261201T090000Z"
    opened = await manager.open(f"{path}/change")
    assert (opened.fields()["cover"], opened.fields()["ends_time"]) == ("ben", "9am")
    changed = await manager.send(f"{path}/change", cover="", cover_reference="ref-kit")
    page = await manager.follow(changed)
    assert "Name of kit, Hartlepool" in rows(page, "Absences")[0]

    gone = await manager.submit(f"{path}/cancel", page.fields(f"{path}/cancel"))
    assert "The absence of Name of ada is taken back." in (await manager.follow(gone)).text
    assert rows(await manager.open(ROTA), "Absences") == []


@pytest.mark.parametrize(
    ("change", "field", "reason"),
    [
        ({"cover": "ada"}, "cover", "themselves"),
        ({"cover_reference": "ref-nobody"}, "cover_reference", "Nobody who works here"),
        ({"staff": ""}, "staff", "Select who is away"),
        ({"ends-day": "30", "ends-month": "11"}, "ends", "later than the start"),
    ],
)
async def test_an_absence_that_cannot_be_is_refused_at_its_field(
    manager: Browser, change: dict[str, str], field: str, reason: str
) -> None:
    sent = typed("ada", "1 12 2026 9am", "3 12 2026 9am") | change

    page = await manager.send(f"{ROTA}/absence", **sent)

    assert page.status == 400
    assert reason in page.field_error(field)
    assert page.fields()["starts_time"] == "9am"


async def test_an_absence_that_has_begun_is_ended_and_not_taken_back(
    staffing: Staffing, manager: Browser
) -> None:
    staffing.away("ada")
    page = await manager.open(ROTA)
    path = f"{ROTA}/absence/ada/20261101T000000Z/cancel"
    assert page.soup.select_one(f'form[action="{path}"]') is None
    token = page.fields("/sign-out")

    said = await manager.follow(await manager.submit(path, token))

    assert "this absence has begun" in said.text
    assert len(rows(said, "Absences")) == 1


async def test_an_absence_that_somebody_else_changed_is_shown_and_not_overwritten(
    staffing: Staffing, manager: Browser
) -> None:
    staffing.employs("kit", HARTLEPOOL)
    path = f"{ROTA}/absence/ada/20261201T090000Z"
    sent = typed("ada", "1 12 2026 9am", "3 12 2026 9am")
    await manager.send(f"{ROTA}/absence", **sent, cover="ben")
    opened = (await manager.open(f"{path}/change")).fields()
    listed = (await manager.open(ROTA)).fields(f"{path}/cancel")
    await manager.send(f"{path}/change", cover="", cover_reference="ref-kit")

    late = await manager.submit(f"{path}/change", opened | {"ends_time": "10am"})
    gone = await manager.follow(await manager.submit(f"{path}/cancel", listed))

    assert late.status == 400
    assert "Somebody else changed this absence" in late.text
    assert "covered by Name of kit" in late.text
    assert late.fields()["ends_time"] == "10am"
    assert "Nothing was saved: somebody else changed this absence" in gone.text
    (row,) = rows(gone, "Absences")
    assert "Name of kit" in row
    assert "9am" in row
    assert (await manager.submit(f"{path}/change", late.fields())).status == 303, "seen by now"


async def test_an_absence_is_not_recorded_over_one_that_starts_then(
    staffing: Staffing, manager: Browser
) -> None:
    sent = typed("ada", "1 12 2026 9am", "3 12 2026 9am")
    await manager.send(f"{ROTA}/absence", **sent, cover="ben")

    other = typed("ada", "1 12 2026 9am", "5 12 2026 9am")
    page = await manager.send(f"{ROTA}/absence", **other)

    assert "recorded already" in page.field_error("starts")
    assert "Thu 3 Dec 2026" in rows(await manager.open(ROTA), "Absences")[0]


@pytest.mark.parametrize("form", ["duty/shift", "absence", "staff"])
async def test_only_managers_of_the_team_may_change_it(
    staffing: Staffing, as_: As, form: str
) -> None:
    elsewhere = replace(MANAGER, id="far", prisons=frozenset({"HLI"}))
    colleague = await (await as_(Role.RESETTLEMENT)).open(f"{ROTA}/{form}")
    assert colleague.status == 403
    assert "Only a manager can decide this" in colleague.text

    page = await (await as_(elsewhere)).open(f"{ROTA}/{form}")

    assert page.status == 403
    assert "This is another team" in page.text


@pytest.mark.parametrize(
    "path",
    [
        "/rotas/governor/LEI",
        "/rotas/provider/LEI",
        "/rotas/resettlement/XXX",
        f"{ROTA}/nobody/shift",
        f"{ROTA}/service_owner/yesterday/change",
        f"{ROTA}/duty/20261121T090000Z/end",
        f"{ROTA}/absence/ada/20261121T090000Z/change",
    ],
)
async def test_what_does_not_exist_is_not_found(staffing: Staffing, as_: As, path: str) -> None:
    assert (await (await as_(Role.ADMIN)).open(path)).status == 404


async def test_the_service_has_a_rota_of_its_own(staffing: Staffing, as_: As) -> None:
    staffing.employs("sam", SERVICE_TEAM)
    staffing.on(Post.SERVICE_OWNER, "sam", SERVICE_TEAM)
    admin = await as_(Role.ADMIN)

    page = await admin.open("/rotas/admin/*")

    assert page.heading == "Rota: The service itself"
    assert rows(page, "Posts now and next")[0].startswith("Service owner Called")
    assert "Name of sam" in page.text
    assert any(each.startswith("Lead when a person has died") for each in lacks(page))
    assert rows(await admin.open("/rotas"), "Teams and who is on duty")[0].startswith(
        "The service itself"
    )


async def test_weeks_to_look_ahead_can_be_chosen(staffing: Staffing, manager: Browser) -> None:
    staffing.on(Post.DUTY, "ada", until=NOW + timedelta(weeks=6))

    month, quarter = await manager.open(ROTA), await manager.open(f"{ROTA}?weeks=12")

    assert not any(each.startswith("Duty") for each in lacks(month))
    assert any(each.startswith("Duty") for each in lacks(quarter))
