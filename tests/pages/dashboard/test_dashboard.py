"""The dashboard over measured releases in memory: right figures, and nothing that is withheld."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Any

import pytest

from api.measure_records import BadLines
from domain.access import Subject
from domain.codes import Nation, Role, Sex, SubstanceGroup
from domain.journey import Step
from domain.measures.release import MeasuredRelease
from tests.api.conftest import NOW
from tests.api.fakes import World
from tests.api.test_measures import BIRMINGHAM, CARDIFF, HARTLEPOOL, a_release, many
from tests.api.test_waits_and_acknowledgement import escalated, to_wales
from tests.pages.conftest import As, Page

SOMEWHERE = "E06000004"
EVERYWHERE = Subject("com-all", Role.COMMISSIONER, areas=None)


@cache
def _three_areas() -> tuple[MeasuredRelease, ...]:
    world = World(NOW)
    many(world, HARTLEPOOL, per_month=30, started=12)
    many(world, BIRMINGHAM, per_month=50, started=30)
    many(world, "E08000035", per_month=40, started=20)
    return tuple(world.measured.releases)


@pytest.fixture
def measured(world: World) -> World:
    world.measured.releases = list(_three_areas())
    return world


def table(page: Page, caption: str) -> dict[str, list[str]]:
    """The cells of each row of a table, by its first one."""
    found = next(
        each
        for each in page.soup.find_all("table")
        if caption in each.caption.get_text()  # type: ignore[union-attr]  # tables of ours have one
    )
    rows = [
        [re.sub(r"\s+", " ", cell.get_text(" ")).strip() for cell in row.find_all(["th", "td"])]
        for row in found.select("tbody tr")
    ]
    return {first: rest for first, *rest in rows}


async def test_the_headline_says_rate_counts_interval_target_maturity_and_definition(
    measured: World, as_: As
) -> None:
    page = await (await as_(Role.COMMISSIONER)).open("/dashboard")

    assert page.heading == "Continuity of care: England"
    for said in (
        "52% Year to September 2026: 744 of 1,440 releases.",
        "95% confidence interval 49.1% to 54.2%. This is below the national ambition of 75%.",
        "Mature",
        "Definition version 1.",
        "Median from release to treatment, of those who started: 4 days",
    ):
        assert said in page.text, said


async def test_the_line_over_time_is_drawn_and_told_by_quarter_with_a_file(
    measured: World, as_: As
) -> None:
    browser = await as_(Role.COMMISSIONER)
    page = await browser.open("/dashboard")

    assert len(page.soup.select("figure svg[role=img] desc")) >= 2
    rows = table(page, "Started treatment within three weeks, of all with a treatment need")
    assert rows["July to September 2026"][:3] == ["186", "360", "51.7%"]
    href = next(str(a["href"]) for a in page.soup.find_all("a") if "over time (CSV)" in a.text)
    file = await browser.client.get(href)
    assert file.headers["content-type"].startswith("text/csv")
    assert "2026-Q3" in file.text


async def test_the_period_is_chosen_in_the_address(measured: World, as_: As) -> None:
    browser = await as_(Role.COMMISSIONER)

    months = table(await browser.open("/dashboard?per=month"), "Started treatment within")
    years = table(await browser.open("/dashboard?per=year"), "Started treatment within")

    assert months["September 2026"][:2] == ["62", "120"]
    assert years["Year to September 2026"][:2] == ["744", "1,440"]


async def test_a_recent_quarter_is_marked_and_counted_as_provisional(
    measured: World, as_: As
) -> None:
    measured.time = measured.time.replace(month=10)

    page = await (await as_(Role.COMMISSIONER)).open("/dashboard")

    rows = table(page, "Started treatment within three weeks")
    assert "July to September 2026 (provisional)" in rows
    assert "1 period of the line over time" in page.text


async def test_groups_stand_by_name_with_intervals_and_lead_to_own_areas_only(
    measured: World, as_: As
) -> None:
    page = await (await as_(Role.COMMISSIONER)).open("/dashboard")

    rows = table(page, "by local authority")
    assert list(rows) == [f"Name of {each}" for each in (HARTLEPOOL, BIRMINGHAM, "E08000035")]
    assert rows[f"Name of {HARTLEPOOL}"][-1] == "Below"
    assert rows[f"Name of {BIRMINGHAM}"][-1] == "Above"
    links = {str(a["href"]) for a in page.soup.select("main table a")}
    assert links == {f"/dashboard/areas/{HARTLEPOOL}"}


@pytest.mark.parametrize("by", ["prison", "probation_region", "sex", "age_band", "substance_group"])
async def test_other_groups_are_chosen_in_the_address(measured: World, as_: As, by: str) -> None:
    page = await (await as_(Role.COMMISSIONER)).open(f"/dashboard?by={by}")

    assert page.status == 200
    (row,) = table(page, f"by {'age' if by == 'age_band' else by.replace('_', ' ')}").values()
    assert row[:2] == ["744", "1,440"]


async def test_the_funnel_tells_stages_losses_and_what_had_lapsed(measured: World, as_: As) -> None:
    lapsed = {"lapsed": frozenset({Step.REFERRAL})}
    many(measured, HARTLEPOOL, per_month=10, started=0, referred_on=None, **lapsed)

    page = await (await as_(Role.AUDITOR)).open("/dashboard")

    rows = table(page, "People who reached each stage")
    assert rows["Screened, treatment needed"][1:3] == ["1,560", "100%"]
    assert rows["Referral sent"][1] == "1,440"
    assert "Referral sent: 120 lost, 8% of those who had come so far" in page.text
    assert "(120)" in page.text


async def test_what_is_left_out_and_what_is_unknown_is_counted(measured: World, as_: As) -> None:
    early = {"started_on": date(2026, 9, 1)}
    measured.measured.releases += [
        a_release(80_000 + n, date(2026, 9, 2), **early) for n in range(6)
    ]
    measured.measured.lines = BadLines(placed=7, unplaced=12)

    text = (await (await as_(Role.AUDITOR)).open("/dashboard")).text

    assert "Left out of every figure 6 releases" in text
    assert "Treatment recorded as started before the release 6" in text
    assert "7 in this year; 12 without a readable area or day" in text
    assert "Ethnicity not recorded 1,440 of the releases counted" in text


async def test_published_figures_stand_beside_with_source_and_vintage(
    measured: World, as_: As
) -> None:
    page = await (await as_(Role.COMMISSIONER)).open("/dashboard")

    assert "Alcohol and drug treatment in secure settings 2020 to 2021" in page.text
    assert "27 January 2022" in page.text
    assert "sources differ" in page.text


async def test_wales_has_a_page_of_its_own_and_no_line_of_england(measured: World, as_: As) -> None:
    many(measured, CARDIFF, per_month=20, started=10, nation=Nation.WALES)
    browser = await as_(EVERYWHERE)

    wales = await browser.open("/dashboard?nation=wales")
    england = await browser.open("/dashboard")

    assert "120 of 120 releases" in wales.text
    assert "744" not in wales.text
    assert f"Name of {CARDIFF}" not in england.text
    assert not wales.soup.find(id="published")
    assert "no success rate of everybody" in wales.text


async def test_a_prisons_releases_to_wales_are_not_lost_silently(measured: World, as_: As) -> None:
    many(measured, CARDIFF, per_month=20, started=10, nation=Nation.WALES)

    page = await (await as_(Role.COMMISSIONER)).open("/dashboard?prison=LEI")

    assert "744 of 1,440 releases" in page.text
    assert "are measured by another definition and never added to these" in page.text
    assert "120 of 120" in page.text


async def test_too_fine_a_choice_is_explained_and_everything_stays_chosen(
    measured: World, as_: As
) -> None:
    page = await (await as_(Role.COMMISSIONER)).open("/dashboard?prison=LEI&group=opiate")

    assert page.status == 400
    assert "Narrow by one of prison, region, treatment group, sex, age or ethnicity" in page.text
    assert page.fields()["prison"] == "LEI"


@pytest.mark.parametrize(
    "path",
    ["/dashboard?nowhere=1", "/dashboard?prison=NOPE", "/dashboard?known=2026-10-03"],
)
async def test_what_is_not_there_is_not_found(measured: World, as_: As, path: str) -> None:
    assert (await (await as_(Role.COMMISSIONER)).open(path)).status == 404


async def test_the_past_is_shown_as_it_was_known(measured: World, as_: As) -> None:
    page = await (await as_(Role.COMMISSIONER)).open("/dashboard?known=2026-06-30")

    assert "as known at the end of 30 June 2026" in page.text
    assert "Year to March 2026" in page.text
    assert "October to December 2026" not in page.text


async def test_an_area_has_its_page(measured: World, as_: As) -> None:
    browser = await as_(Role.COMMISSIONER)
    chosen = await browser.open(f"/dashboard?area={HARTLEPOOL}&per=year")

    page = await browser.follow(chosen)

    assert chosen.to == f"/dashboard/areas/{HARTLEPOOL}?per=year"
    assert page.heading == "Continuity of care: Hartlepool"
    assert "40% Year to September 2026: 144 of 360 releases." in page.text
    assert "4 days" in page.text
    assert not page.soup.find(id="published")


async def test_groups_within_an_area_are_of_the_year_to_march(measured: World, as_: As) -> None:
    for each in (HARTLEPOOL, BIRMINGHAM, "E08000035"):
        many(measured, each, per_month=20, started=8, sex=Sex.FEMALE)

    page = await (await as_(Role.COMMISSIONER)).open(f"/dashboard/areas/{HARTLEPOOL}?by=sex")

    rows = table(page, "by sex, Year to March 2026")
    assert {name: cells[0] for name, cells in rows.items()} == {
        "Name of female": "96",
        "Name of male": "144",
    }


async def test_what_is_too_small_for_quarters_is_told_for_the_year_to_march(
    measured: World, as_: As
) -> None:
    """Somewhere releases 24 a year, two a month, of whom half start."""
    for month in range(30):
        on = date(2024 + (3 + month) // 12, (3 + month) % 12 + 1, 3)
        for each in range(2):
            start = on if each else None
            number = 60_000 + 2 * month + each
            facts = {"destination": SOMEWHERE, "started_on": start}
            measured.measured.releases.append(a_release(number, on, **facts))
    browser = await as_(EVERYWHERE)

    area = await browser.open(f"/dashboard/areas/{SOMEWHERE}")

    assert "50% Year to March 2026: 12 of 24 releases." in area.text
    assert "Choose rolling years above" in area.text
    years = await browser.open(f"/dashboard/areas/{SOMEWHERE}?per=year")
    assert table(years, "Started treatment within")["Year to March 2026"][:2] == ["12", "24"]
    nation = table(await browser.open("/dashboard"), "by local authority, Year to March 2026")
    assert nation[f"Name of {SOMEWHERE}"][:2] == ["12", "24"]


@pytest.mark.parametrize("tail", ["", "?by=sex", "?per=year"])
async def test_another_area_is_refused(measured: World, as_: As, tail: str) -> None:
    browser = await as_(Role.COMMISSIONER)

    page = await browser.open(f"/dashboard/areas/{BIRMINGHAM}{tail}")
    file = await browser.client.get(f"/dashboard/continuity.csv?area={BIRMINGHAM}")

    assert (page.status, file.status_code) == (403, 403)
    assert "600" not in page.text
    assert (
        await (await as_(EVERYWHERE)).open(f"/dashboard/areas/{BIRMINGHAM}{tail}")
    ).status == 200


async def test_an_area_that_is_on_no_list_is_not_found(as_: As) -> None:
    assert (await (await as_(EVERYWHERE)).open("/dashboard/areas/E99999999")).status == 404


@pytest.mark.parametrize("path", ["/dashboard", f"/dashboard/areas/{HARTLEPOOL}"])
async def test_without_releases_the_page_says_so(world: World, as_: As, path: str) -> None:
    page = await (await as_(Role.COMMISSIONER)).open(path)

    assert page.status == 200
    assert "There are no releases to show yet" in page.text
    assert not page.soup.select("svg[role=img]")


def _told(page: Page) -> set[str]:
    """Every number that stands anywhere in the page's markup, drawings and alternatives too."""
    return set(re.findall(r"(?<![\w.#-])\d[\d,]*(?:\.\d+)?%?", str(page.soup.find("main"))))


@pytest.mark.parametrize("per", ["quarter", "year"])
async def test_a_withheld_number_is_nowhere_in_the_page(measured: World, as_: As, per: str) -> None:
    """An area with 3 of 9 a year: neither they, nor the rate, nor its interval."""
    facts: dict[str, Any] = {"destination": SOMEWHERE, "group": SubstanceGroup.OPIATE}
    for n, month in enumerate((1, 2, 3, 4, 5, 6, 7, 8, 9)):
        on = date(2026, month, 3)
        start = date(2026, month, 9) if n % 3 == 0 else None
        measured.measured.releases.append(a_release(70_000 + n, on, started_on=start, **facts))

    browser = await as_(EVERYWHERE)
    area = await browser.open(f"/dashboard/areas/{SOMEWHERE}?per={per}")
    nation = await browser.open(f"/dashboard?per={per}")

    assert "Withheld: small numbers" in area.text
    assert not {"33.3%", "12.1%", "64.6%", "33%", "12%", "65%"} & _told(area)
    assert "3 of 9" not in str(area.soup)
    row = table(nation, "by local authority")[f"Name of {SOMEWHERE}"]
    assert all(cell.startswith("*") for cell in row[:4])
    assert not {"33.3%", "12.1%", "64.6%"} & _told(nation)
    drawn = [str(each) for each in nation.soup.select("svg title") if SOMEWHERE in str(each)]
    assert drawn
    assert all("Withheld" in each for each in drawn)


async def test_the_way_there_is_on_the_home_page_and_in_the_navigation(as_: As) -> None:
    for role, is_there in ((Role.AUDITOR, True), (Role.ADMIN, False)):
        page = await (await as_(role)).open("/")
        assert bool(page.soup.select('main a[href="/dashboard"]')) is is_there
        assert bool(page.soup.select('nav a[href="/dashboard"]')) is is_there


async def test_a_commissioner_has_the_dashboard_as_home(as_: As) -> None:
    browser = await as_(Role.COMMISSIONER)

    shown = await browser.follow(await browser.open("/"))

    assert [str(each["href"]) for each in shown.soup.select("nav a[aria-current]")] == [
        "/dashboard"
    ]


def shares(measured: World) -> None:
    """Women in each of the areas, one in eight of all."""
    for each in (HARTLEPOOL, BIRMINGHAM, "E08000035"):
        many(measured, each, per_month=5, started=2, sex=Sex.FEMALE, age=50)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("prison=LEI", "England, released from HMP Leeds"),
        ("region=N54", "England, probation region North East"),
        ("group=opiate", "England, substance group: opiate"),
        ("sex=male", "England, sex: male"),
        ("age=25-34", "England, age: 25 to 34"),
        ("ethnicity=not_recorded", "England, ethnicity: not recorded"),
    ],
)
async def test_figures_are_narrowed_in_the_address(
    measured: World, as_: As, query: str, said: str
) -> None:
    page = await (await as_(Role.COMMISSIONER)).open(f"/dashboard?{query}")

    assert page.status == 200
    assert said in page.text
    assert "744 of 1,440 releases" in page.text
    name, _, key = query.partition("=")
    assert page.fields()[name] == key


async def test_an_area_is_narrowed_and_what_is_not_published_of_it_says_why(
    measured: World, as_: As
) -> None:
    shares(measured)

    page = await (await as_(Role.COMMISSIONER)).open(f"/dashboard/areas/{HARTLEPOOL}?sex=female")

    assert "Hartlepool, sex: female" in page.text
    assert "40% Year to March 2026: 24 of 60 releases." in page.text
    assert "Stages are published for an area as a whole" in page.text
    assert "Acknowledgement times are told for a nation" in page.text
    assert table(page, "Started treatment within three weeks")["Year to March 2026"][:2] == [
        *("24", "60"),
    ]
    assert "There are no releases" not in page.text


@pytest.mark.parametrize(
    "path", ["/dashboard?prison=LEI&sex=male", f"/dashboard/areas/{HARTLEPOOL}?age=55%2B&sex=male"]
)
async def test_two_choices_at_once_are_refused_in_words_with_each_by_itself(
    measured: World, as_: As, path: str
) -> None:
    page = await (await as_(Role.COMMISSIONER)).open(path)

    assert page.status == 400
    assert "the difference of two tables can be one person" in page.text
    assert not page.soup.find("table")
    instead = [str(a["href"]) for a in page.soup.select("main li a") if "Only" in a.text]
    assert len(instead) == 2
    for each in instead:
        assert (await (await as_(Role.COMMISSIONER)).open(each)).status == 200


async def test_groups_say_what_they_add_up_to_and_who_is_not_among_them(
    measured: World, as_: As
) -> None:
    shares(measured)
    many(measured, HARTLEPOOL, per_month=4, started=1, sex=None)

    nation = await (await as_(Role.COMMISSIONER)).open("/dashboard?by=sex")
    area = await (await as_(Role.COMMISSIONER)).open(f"/dashboard/areas/{HARTLEPOOL}?by=sex")

    assert "The groups add up to 1,668, of a total of 1,668. Not recorded: 48." in nation.text
    assert "Releases to Wales are not among them" in nation.text
    assert "add up to 468, of a total of 468. Not recorded: 48." in area.text


async def test_a_withheld_group_is_said_to_be_part_of_the_total(measured: World, as_: As) -> None:
    on = date(2026, 2, 2)
    few = [a_release(90_000 + n, on, sex=Sex.FEMALE) for n in range(2)]
    measured.measured.releases += few

    page = await (await as_(Role.COMMISSIONER)).open("/dashboard?by=sex")

    assert "2 groups are withheld and part of the total of" in page.text


async def test_welsh_waits_stand_by_band_on_the_pages_of_wales_alone(
    measured: World, as_: As
) -> None:
    for area in (CARDIFF, "W06000011"):
        to_wales(measured, area, 5, 20)
        to_wales(measured, area, -3, 6)
    browser = await as_(EVERYWHERE)

    wales = await browser.open("/dashboard?nation=wales")
    cardiff = await browser.open(f"/dashboard/areas/{CARDIFF}")

    rows = table(wales, "Waits by band")
    assert rows["Within 20 working days"][0] == "120"
    assert rows["Sub-total with a wait"][0] == "120"
    assert rows["Invalid: treatment recorded before the referral"][0] == "36"
    assert table(cardiff, "Waits by band, Year to March 2026")["Within 20 working days"][0] == "80"
    assert "A wait runs from the first referral" in wales.text
    england, prison = [
        await browser.open(each) for each in ("/dashboard", "/dashboard?nation=wales&prison=LEI")
    ]
    for page in (england, prison):
        assert not [each for each in page.soup.find_all("caption") if "by band" in each.text]
    assert "Waits are told by band for all of Wales" in prison.text


async def test_acknowledgement_times_stand_by_severity(measured: World, as_: As) -> None:
    escalated(measured, HARTLEPOOL, 4, 12, 90, times=6)
    browser = await as_(Role.COMMISSIONER)

    page = await browser.open("/dashboard")

    rows = table(page, "By severity, Year to June 2026")
    assert rows["S1, a life"] == ["15 minutes", "36", "54", "66.7%", "15 minutes"]
    assert "No escalations" in rows["S4, a report"][1]
    assert "How soon escalations are acknowledged (version 1)" in page.text
    href = next(
        str(a["href"]) for a in page.soup.find_all("a") if "acknowledgement times" in a.text
    )
    assert "acknowledgement,1," in (await browser.client.get(href)).text
