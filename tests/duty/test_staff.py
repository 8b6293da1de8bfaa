"""Staff, absences, named workers and tasks in SQL, on both stores."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from api.filters import PageOf
from domain.codes import Role
from domain.duty.access import TeamScope
from domain.duty.posts import Post
from domain.duty.quality import TaskOutcome
from domain.duty.rota import Absence, Unfilled
from domain.duty.staff import StaffEntry
from infra.database.engine import Database
from infra.database.identities import acting_id
from infra.database.users import NewAccount, UserStore
from infra.duty.absences import SqlAbsences
from infra.duty.errors import FlawedRotaError
from infra.duty.staff import Changes, SqlStaff
from infra.duty.store import SqlDuty
from infra.duty.tasks import SqlTasks
from infra.duty.workers import SqlWorkers
from tests.builders import Journey
from tests.database.projections import a_read_model, project
from tests.duty.staffing import AT, HARTLEPOOL, LEEDS, LEEDS_HEALTH, Staffing

ADA = StaffEntry("lei-1", "Ada Example", LEEDS, "ada@example.org", "+447700900001")
KIT = StaffEntry("hpl-1", "Kit Example", HARTLEPOOL, None, "+447700900002")
EVERYONE = TeamScope(None, None)
HOUR = timedelta(hours=1)


def name_of(place: int) -> str:
    return f"line {place + 2}"


def test_staff_are_added_changed_and_left_alone_by_their_reference(database: Database) -> None:
    staff = SqlStaff(database, lambda: AT)

    assert staff.put([ADA, KIT], "tests") == Changes(added=2)
    before = staff.by_reference(["lei-1", "hpl-1", "none"])
    assert staff.put([ADA, KIT], "tests") == Changes(unchanged=2)
    assert staff.put([ADA._replace(name="Ada Other"), KIT], "tests") == Changes(0, 1, 1)

    after = staff.by_reference(["lei-1", "hpl-1"])
    assert after["lei-1"] == before["lei-1"]._replace(name="Ada Other")
    assert after["hpl-1"] == before["hpl-1"]


def test_an_account_is_entered_kept_where_nothing_is_said_and_taken_away(
    database: Database,
) -> None:
    staff = SqlStaff(database, lambda: AT)

    def account() -> str | None:
        return staff.by_reference(["lei-1"])["lei-1"].account

    staff.put([ADA._replace(account="ada.example")], "tests")
    assert staff.put([ADA], "tests") == Changes(unchanged=1)
    assert account() == "ada.example"
    staff.put([ADA._replace(account="")], "tests")
    assert account() is None


def test_an_account_is_theirs_only_with_the_role_of_their_team(database: Database) -> None:
    staff, users = SqlStaff(database), UserStore(database)
    entries = [ADA._replace(account="ada.example"), KIT._replace(account="ada.example")]
    staff.put(entries, "tests")
    assert staff.unjoined(entries) == ("lei-1", "hpl-1")

    account_id = users.add(NewAccount("Ada.Example", "Ada", ADA.team.role))

    assert staff.unjoined(entries) == ("hpl-1",)
    known = staff.by_reference(["lei-1", "hpl-1"])
    with database.read() as session:
        acting = [acting_id(session, known[each].id) for each in ("lei-1", "hpl-1")]
    assert acting == [account_id, known["hpl-1"].id]
    assert users.names(acting) == {account_id: "Ada", known["hpl-1"].id: "Kit Example"}


def test_ids_of_staff_say_nothing_about_them(database: Database) -> None:
    staff = SqlStaff(database)
    staff.put([ADA], "tests")

    staff_id = staff.by_reference(["lei-1"])["lei-1"].id

    assert "lei" not in staff_id
    assert len(staff_id) <= 20


def test_whoever_has_left_stays_left_when_an_old_file_comes_again(database: Database) -> None:
    staff = SqlStaff(database, lambda: AT)
    staff.put([ADA], "tests")
    staff_id = staff.by_reference(["lei-1"])["lei-1"].id

    left = staff.leave(staff_id, "tests")
    staff.put([ADA], "tests")

    assert left is not None
    assert left.left_at == AT
    assert staff.one(staff_id) == left
    assert staff.leave("nobody", "tests") is None


def test_an_id_that_no_database_can_compare_with_is_nobodys(database: Database) -> None:
    assert SqlStaff(database).one("s\0") is None
    assert SqlTasks(database).one("t\0") is None


def test_lists_of_staff_are_narrowed_by_team_and_paged(database: Database) -> None:
    staff = SqlStaff(database)
    nurse = StaffEntry("lei-2", "Nia Example", LEEDS_HEALTH, None, None)
    staff.put([ADA, KIT, nurse], "tests")

    def names(scope: TeamScope, organisation: str | None = None, page: int = 1) -> list[str]:
        found = staff.page(scope, organisation, PageOf(page, 2))
        return [each.name for each in found.rows]

    assert names(TeamScope(Role.RESETTLEMENT, frozenset({"LEI"}))) == ["Ada Example"]
    assert names(TeamScope(Role.HEALTHCARE, None)) == ["Nia Example"]
    assert names(TeamScope(Role.HEALTHCARE, frozenset())) == []
    assert names(EVERYONE, "cds-hartlepool") == ["Kit Example"]
    assert names(EVERYONE, page=1) + names(EVERYONE, page=2) == [
        "Nia Example",
        "Ada Example",
        "Kit Example",
    ]
    assert staff.page(EVERYONE, None, PageOf(1, 2)).total == 3


@pytest.fixture
def absences(database: Database) -> SqlAbsences:
    staffing = Staffing(database)
    for each in ("ada", "ben"):
        staffing.employs(each)
    return SqlAbsences(database, lambda: AT)


def away(start: int, end: int | None, cover: str | None = None) -> Absence:
    ends_at = None if end is None else AT + end * HOUR
    return Absence("ada", AT + start * HOUR, ends_at, cover)


def times(absences: SqlAbsences) -> list[tuple[datetime, datetime | None, str | None]]:
    return [
        (each.starts_at, each.ends_at, each.cover.id if each.cover else None)
        for each in absences.of("ada")
    ]


def test_the_same_absences_again_change_nothing(absences: SqlAbsences) -> None:
    new = [away(1, 8, "ben"), away(20, None)]

    assert absences.put(new, "tests", name_of) == Changes(added=2)
    assert absences.put(new, "tests", name_of) == Changes(unchanged=2)
    assert absences.put([away(1, 9, "ben")], "tests", name_of) == Changes(changed=1)
    assert times(absences) == [
        (AT + HOUR, AT + 9 * HOUR, "ben"),
        (AT + 20 * HOUR, None, None),
    ]


def test_two_absences_at_once_are_refused_with_the_entry(absences: SqlAbsences) -> None:
    absences.put([away(1, 8)], "tests", name_of)

    with pytest.raises(FlawedRotaError) as refused:
        absences.put([away(7, 9)], "tests", name_of)

    assert [(each.place, each.field) for each in refused.value.faults] == [(0, "starts_at")]
    assert absences.faults([away(7, 9)], name_of) == refused.value.faults
    assert times(absences) == [(AT + HOUR, AT + 8 * HOUR, None)]


def test_replacing_absences_leaves_what_is_over_and_drops_the_rest(absences: SqlAbsences) -> None:
    absences.put([away(-9, -1), away(1, 8), away(20, None)], "tests", name_of)

    absences.replace("ada", [away(1, 8), away(10, 12, "ben")], "tests", name_of)

    assert times(absences) == [
        (AT + HOUR, AT + 8 * HOUR, None),
        (AT + 10 * HOUR, AT + 12 * HOUR, "ben"),
    ]
    with pytest.raises(FlawedRotaError):
        absences.replace("ada", [away(-3, 2), away(1, 8)], "tests", name_of)
    with pytest.raises(FlawedRotaError, match="Correct"):
        absences.replace("ada", [away(-3, -2)._replace(starts_at=AT - 8 * HOUR)], "t", name_of)


def a_chain(*people: str) -> list[Absence]:
    """Each of them away in the same night, and covered by the next."""
    return [away(1, 8, cover)._replace(staff_id=who) for who, cover in pairwise(people)]


def test_cover_that_leads_back_is_refused_however_long_the_way(absences: SqlAbsences) -> None:
    for each in ("cal", "dot"):
        Staffing(absences._database).employs(each)
    absences.put(a_chain("ben", "cal", "dot", "ada"), "tests", name_of)
    loop = a_chain("ada", "ben")

    with pytest.raises(FlawedRotaError) as put:
        absences.put(loop, "tests", name_of)
    with pytest.raises(FlawedRotaError) as replaced:
        absences.replace("ada", loop, "tests", name_of)

    assert [(each.place, each.field) for each in put.value.faults] == [(0, "cover")]
    assert put.value.faults == replaced.value.faults == absences.faults(loop, name_of)
    assert times(absences) == []
    absences.put([away(8, 12, "ben")], "tests", name_of)


def test_a_loop_by_way_of_what_is_recorded_of_somebody_in_the_same_file_is_refused(
    absences: SqlAbsences,
) -> None:
    Staffing(absences._database).employs("cal")
    absences.put(a_chain("ben", "cal", "ada"), "tests", name_of)
    elsewhen = Absence("ben", AT + 50 * HOUR, None, None)

    with pytest.raises(FlawedRotaError):
        absences.put([*a_chain("ada", "ben"), elsewhen], "tests", name_of)


def test_an_absence_that_replaces_one_of_a_loop_breaks_it(absences: SqlAbsences) -> None:
    absences.put(a_chain("ben", "ada"), "tests", name_of)

    absences.put([*a_chain("ada", "ben"), _alone("ben")], "tests", name_of)

    assert times(absences) == [(AT + HOUR, AT + 8 * HOUR, "ben")]


def _alone(who: str) -> Absence:
    return away(1, 8)._replace(staff_id=who)


def test_one_worker_of_each_party_is_named_and_can_be_taken_back(database: Database) -> None:
    project(a_read_model(database), Journey())
    staffing = Staffing(database)
    for each, team in (("ada", LEEDS), ("ben", LEEDS), ("kit", HARTLEPOOL)):
        staffing.employs(each, team)
    workers = SqlWorkers(database)

    for staff_id in ("ada", "ben", "ben"):
        workers.name("rel-1", Role.RESETTLEMENT, staff_id, "tests")
    workers.name("rel-1", Role.PROVIDER, "kit", "tests")

    assert [(each.role, each.staff.id) for each in workers.of("rel-1")] == [
        (Role.PROVIDER, "kit"),
        (Role.RESETTLEMENT, "ben"),
    ]
    workers.name("rel-1", Role.PROVIDER, None, "tests")
    assert [each.role for each in workers.of("rel-1")] == [Role.RESETTLEMENT]


def test_a_closed_task_says_what_was_done_and_the_same_again_is_another(
    database: Database,
) -> None:
    duty, tasks = SqlDuty(database), SqlTasks(database, lambda: AT)
    everything = PageOf()

    def report() -> None:
        duty.report(Unfilled.EMPTY_ROTA, LEEDS, Post.DUTY, "rel-1", AT)

    report()
    (task,) = tasks.page(EVERYONE, everything, is_open=True).rows
    assert tasks.close(task.id, TaskOutcome.ROTA_FILLED, "account-1")
    assert not tasks.close(task.id, TaskOutcome.RECORDED_WRONGLY, "account-2")
    report()

    closed = tasks.one(task.id)
    assert closed is not None
    assert (closed.outcome, closed.closed_by) == (TaskOutcome.ROTA_FILLED, "account-1")
    assert tasks.page(EVERYONE, everything, is_open=False).rows == (closed,)
    assert len(tasks.page(EVERYONE, everything, is_open=True).rows) == 1
    assert tasks.page(EVERYONE, everything, is_open=None).total == 2
    elsewhere = TeamScope(Role.HEALTHCARE, None)
    assert tasks.page(elsewhere, everything, is_open=None).total == 0


def test_one_member_of_staff_signs_in_by_an_account_and_another_takes_it_over(
    database: Database,
) -> None:
    staff = SqlStaff(database, lambda: AT)
    ben = ADA._replace(reference="lei-2", name="Ben Example")
    staff.put([ADA, ben], "tests")
    account_id = UserStore(database).add(NewAccount("Ada.Example", "Ada", LEEDS.role))
    ids = {name: each.id for name, each in staff.by_reference(["lei-1", "lei-2"]).items()}

    staff.link(ids["lei-1"], "ada.example", "tests")
    assert staff.by_account() == {account_id: "lei-1"}
    staff.link(ids["lei-2"], "ada.example", "tests")

    assert staff.by_account() == {account_id: "lei-2"}
