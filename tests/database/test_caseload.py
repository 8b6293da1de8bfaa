from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from api.filters import PageOf
from api.pages.caseload import CaseFilter, CaseOrder, CasePage, DueIs, LedBy, Reader, Stage
from domain.access import Scope
from domain.codes import Role
from domain.events import EventKind
from domain.journey import Step
from infra.database.caseload import CaseloadReads
from infra.database.engine import Database
from infra.database.people import NewPerson, PeopleStore
from infra.database.users import NewAccount, UserStore
from infra.database.views import ViewStore
from infra.duty.workers import SqlWorkers
from tests.builders import Journey, a_screening, at
from tests.database.projections import a_read_model, drive, project
from tests.database.scopes import EVERYTHING
from tests.duty.staffing import LEEDS, LEEDS_HEALTH, Staffing

NOW = at(date(2026, 9, 14))
WANTED = CaseFilter(now=NOW, soon=NOW + timedelta(days=3))
ALL = PageOf(size=200)
READERS = {"ada": Role.RESETTLEMENT, "kit": Role.HEALTHCARE}
NOBODY = Scope(left_since=date(2026, 1, 1))


@pytest.fixture
def reads(database: Database) -> CaseloadReads:
    """Four releases: late, screened, in the community, and one that another prison has."""
    read_model, people = a_read_model(database), PeopleStore(database)
    journeys = {
        "late": Journey(release_id="late", scheduled_on=date(2026, 12, 8)),
        "screened": Journey(release_id="screened", prison="BXI"),
        "out": Journey(release_id="out"),
    }
    names = {"late": ("Zoë", "Adams"), "screened": ("Sam", "O'Neil"), "out": ("Ann", "Sams")}
    for number, (release_id, (forename, surname)) in enumerate(names.items()):
        person = NewPerson(f"Z100{number}AA", forename, surname, date(1990, 1, 1))
        people.register(person, release_id, date(2026, 6, 1))
    journeys["late"].wait_until(NOW)
    journeys["screened"].submit(a_screening(date(2026, 9, 7)))
    drive(journeys["out"], 8)
    for each in journeys.values():
        project(read_model, each)
    return CaseloadReads(database, lambda: NOW)


def ids(page: CasePage) -> list[str]:
    assert page.total == len(page.rows)
    return [each.release.release_id for each in page.rows]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, ["screened", "out", "late"]),
        ({"stage": Stage.BEFORE}, ["screened", "late"]),
        ({"stage": Stage.AFTER}, ["out"]),
        ({"stage": Stage.CLOSED}, []),
        ({"words": "o'ne"}, ["screened"]),
        ({"words": "ADAMS"}, ["late"]),
        ({"words": "sam o'neil"}, ["screened"]),
        ({"words": "O'Neil, Sam"}, ["screened"]),
        ({"words": "o'neil s%"}, []),
        ({"words": "z1000aa"}, ["late"]),
        ({"words": "z1000 aa"}, ["late"]),
        ({"words": "100"}, []),
        ({"words": "..."}, []),
        ({"prison": "BXI"}, ["screened"]),
        ({"leaves_from": date(2026, 12, 2)}, ["late"]),
        ({"leaves_to": date(2026, 12, 1)}, ["screened", "out"]),
        ({"leaves_among": (date(2026, 12, 8), date(2027, 1, 1))}, ["late"]),
        ({"leaves_among": ()}, []),
        ({"open_step": Step.FIRST_CONTACT}, ["out"]),
        ({"ids": ("out", "late", "unknown")}, ["out", "late"]),
        ({"due": DueIs.OVERDUE}, ["late", "screened"]),
        ({"due": DueIs.ON_TRACK}, ["out"]),
        ({"due": DueIs.SOON}, []),
        ({"due": DueIs.SOON, "now": at(date(2026, 9, 8)), "soon": NOW}, ["screened"]),
        ({"due": DueIs.OVERDUE, "team": Role.RESETTLEMENT}, ["late", "screened"]),
        ({"due": DueIs.OVERDUE, "team": Role.PROVIDER}, []),
        ({"team": Role.PROVIDER}, ["out"]),
        ({"order": CaseOrder.LEAVES_ON_LAST}, ["late", "out", "screened"]),
        ({"order": CaseOrder.SURNAME}, ["late", "screened", "out"]),
        ({"order": CaseOrder.URGENCY}, ["late", "screened", "out"]),
    ],
    ids=str,
)
def test_a_list_is_narrowed_and_ordered(
    reads: CaseloadReads, changes: dict[str, object], found: list[str]
) -> None:
    wanted = replace(WANTED, **changes)  # type: ignore[arg-type]  # its fields of several types

    got = ids(reads.cases(wanted, EVERYTHING, ALL))

    ordered = "order" in changes
    assert (got if ordered else sorted(got)) == (found if ordered else sorted(found))


def test_the_step_that_is_late_is_named_before_the_one_that_is_next(reads: CaseloadReads) -> None:
    (row,) = reads.cases(replace(WANTED, ids=("late",)), EVERYTHING, ALL).rows

    assert row.step is Step.SCREENING
    assert row.due_at is not None
    assert row.due_at <= NOW


def test_a_team_sees_its_own_step(reads: CaseloadReads) -> None:
    wanted = replace(WANTED, ids=("screened",), team=Role.RESETTLEMENT)

    (row,) = reads.cases(wanted, EVERYTHING, ALL).rows

    assert row.step in (Step.PLAN, Step.REFERRAL)


def test_pages_do_not_overlap(reads: CaseloadReads) -> None:
    pages = [reads.cases(WANTED, EVERYTHING, PageOf(number, 2)) for number in (1, 2, 3)]

    assert [len(each.rows) for each in pages] == [2, 1, 0]
    assert {each.total for each in pages} == {3}


def test_what_is_out_of_scope_is_neither_shown_nor_counted(reads: CaseloadReads) -> None:
    scope = Scope(left_since=date(2026, 1, 1), prisons=frozenset({"BXI"}))

    assert ids(reads.cases(WANTED, scope, ALL)) == ["screened"]
    assert reads.cases(WANTED, NOBODY, ALL) == CasePage((), 0)
    assert reads.meetings(NOW, NOW + timedelta(days=200), NOBODY, 9) == ()


def test_the_next_appointments_are_listed(reads: CaseloadReads) -> None:
    found = reads.meetings(at(date(2026, 12, 1)), at(date(2026, 12, 31)), EVERYTHING, 9)

    assert [(each.release.release_id, each.release.surname) for each in found] == [("out", "Sams")]
    assert reads.meetings(NOW, NOW + timedelta(days=1), EVERYTHING, 9) == ()


def test_what_was_viewed_last_comes_first_and_once(
    reads: CaseloadReads, database: Database
) -> None:
    times = iter(range(9))
    views = ViewStore(database, lambda: NOW + timedelta(minutes=next(times)))
    for release_id in ("late", "out", "late"):
        views.note("me", release_id, "/cases/{release_id}")
    views.note("somebody", "screened", "/cases/{release_id}")

    assert reads.seen("me", 9) == ("late", "out")
    assert reads.seen("me", 1) == ("late",)


def test_what_others_changed_is_news_and_what_i_did_myself_is_not(reads: CaseloadReads) -> None:
    kinds = [EventKind.SCREENING_RECORDED]
    long_ago = NOW - timedelta(days=30)

    found = reads.changes(kinds, long_ago, "somebody-else", EVERYTHING, 9)

    assert {each.release.release_id for each in found} >= {"screened"}
    assert reads.changes(kinds, long_ago, "staff-1", EVERYTHING, 9) == ()
    assert reads.changes(kinds, NOW + timedelta(days=300), "x", EVERYTHING, 9) == ()
    assert reads.changes([EventKind.DIED], long_ago, "x", EVERYTHING, 9) == ()
    assert reads.changes(kinds, long_ago, "x", NOBODY, 9) == ()


def test_cases_are_found_by_who_leads_on_them_in_the_readers_team(
    reads: CaseloadReads, database: Database
) -> None:
    staffing = Staffing(database)
    for staff_id, team in (("ada", LEEDS), ("ben", LEEDS), ("kit", LEEDS_HEALTH)):
        staffing.employs(staff_id, team)
    workers = SqlWorkers(database)
    workers.name("late", Role.RESETTLEMENT, "ada", "tests")
    workers.name("out", Role.RESETTLEMENT, "ben", "tests")
    workers.name("screened", Role.HEALTHCARE, "kit", "tests")
    users = UserStore(database)
    ada, kit = (
        Reader(users.add(NewAccount(f"account-{each}", each, role)), role)
        for each, role in READERS.items()
    )

    def led(by: LedBy, reader: Reader) -> list[str]:
        wanted = replace(WANTED, led_by=by, reader=reader)
        found = reads.cases(wanted, EVERYTHING, ALL)
        assert reads.count(wanted, EVERYTHING) == found.total
        return ids(found)

    assert led(LedBy.ME, ada) == ["late"]
    assert led(LedBy.NOBODY, ada) == ["screened"], "another team's lead is not one of ours"
    assert led(LedBy.ME, kit) == ["screened"]
    assert led(LedBy.ME, ada._replace(role=Role.HEALTHCARE)) == []
    (late,) = reads.cases(replace(WANTED, ids=("late",)), EVERYTHING, ALL).rows
    assert (late.step, late.lead) == (Step.SCREENING, "Name of ada")


@pytest.mark.parametrize("order", list(CaseOrder))
def test_a_teams_list_has_the_order_and_the_length_of_any_other(
    reads: CaseloadReads, order: CaseOrder
) -> None:
    wanted = replace(WANTED, team=Role.RESETTLEMENT, order=order)
    every = ids(reads.cases(wanted, EVERYTHING, ALL))
    assert len(every) > 1

    assert ids(reads.cases(replace(WANTED, ids=tuple(every), order=order), EVERYTHING, ALL)) == (
        every
    )
    for number, release_id in enumerate(every, start=1):
        part = reads.cases(wanted, EVERYTHING, PageOf(number, 1))
        assert [each.release.release_id for each in part.rows] == [release_id]
        assert part.total == len(every) == reads.count(wanted, EVERYTHING)
    assert reads.cases(wanted, EVERYTHING, PageOf(99, 1)).total == len(every)
