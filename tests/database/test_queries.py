from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from api.filters import EscalationFilter, PageOf, ReleaseFilter, ReleaseOrder, Turn
from api.records import EscalationRow
from domain.access import Scope
from domain.access_table import CASEWORK_ROLES, team_of
from domain.codes import Role, SubstanceGroup
from domain.commands import (
    AcceptReferral,
    AcknowledgeEscalation,
    Actor,
    RecordRelease,
    RejectReferral,
    SendReferral,
)
from domain.facts import RejectionReason
from domain.journey import DEFINITIONS, Step
from domain.state import LadderStatus, Phase
from infra.database.engine import Database
from infra.database.people import NewPerson, PeopleStore
from infra.database.queries import SqlReads
from infra.database.reconciling import open_releases, snapshot
from tests.builders import Journey, a_screening, at
from tests.database.projections import (
    LEAVES_ON,
    Ticking,
    a_read_model,
    drive,
    project,
)
from tests.database.scopes import EVERYTHING

ALL = PageOf(number=1, size=200)
COVERED_UNTIL = date(2026, 12, 7)


def reads(database: Database) -> SqlReads:
    return SqlReads(database, covered_until=lambda _state: COVERED_UNTIL, clock=Ticking())


def ids(
    database: Database, wanted: ReleaseFilter | None = None, scope: Scope = EVERYTHING
) -> list[str]:
    page = reads(database).releases(wanted or ReleaseFilter(), scope, ALL)
    assert page.total == len(page.rows)
    return [each.release_id for each in page.rows]


@pytest.fixture
def varied(database: Database) -> dict[str, Journey]:
    """Four releases at different stages, places and dates, three of people with names."""
    read_model, people = a_read_model(database), PeopleStore(database)
    journeys = {
        "a": Journey(release_id="a", prison="LEI", scheduled_on=date(2026, 12, 8)),
        "b": Journey(release_id="b", prison="BXI", probation_unit="N03CF1"),
        "c": Journey(release_id="c", destination="E06000002", service="cds-other"),
        "d": Journey(release_id="d"),
    }
    names = {"a": "Zane", "b": "adams", "d": "Ádamson"}
    for number, (release_id, surname) in enumerate(names.items()):
        person = NewPerson(f"Z100{number}AA", "Sam", surname, date(1990, 1, 1))
        people.register(person, release_id, date(2026, 6, 1))
    journeys["b"].submit(a_screening(date(2026, 9, 7)))
    journeys["c"].wait_until(at(date(2026, 9, 14)))
    drive(journeys["d"], 8)
    for each in journeys.values():
        project(read_model, each)
    return journeys


@pytest.mark.usefixtures("varied")
@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (ReleaseFilter(), ["b", "c", "d", "a"]),
        (ReleaseFilter(prison="BXI"), ["b"]),
        (ReleaseFilter(probation_unit="N03CF1"), ["b"]),
        (ReleaseFilter(destination="E06000002"), ["c"]),
        (ReleaseFilter(service="cds-other"), ["c"]),
        (ReleaseFilter(phase=Phase.COMMUNITY), ["d"]),
        (ReleaseFilter(step=Step.PLAN), ["b", "c", "a"]),
        (ReleaseFilter(step=Step.ENGAGEMENT), ["d"]),
        (ReleaseFilter(group=SubstanceGroup.OPIATE), ["b", "d"]),
        (ReleaseFilter(leaves_from=date(2026, 12, 2)), ["a"]),
        (ReleaseFilter(leaves_to=date(2026, 12, 1)), ["b", "c", "d"]),
        (ReleaseFilter(order=ReleaseOrder.LEAVES_ON_LAST), ["a", "b", "c", "d"]),
        (ReleaseFilter(order=ReleaseOrder.SURNAME), ["b", "d", "a", "c"]),
        (ReleaseFilter(order=ReleaseOrder.SURNAME_LAST), ["a", "d", "b", "c"]),
    ],
)
def test_a_list_is_narrowed_and_sorted_as_asked(
    database: Database, wanted: ReleaseFilter, found: list[str]
) -> None:
    assert ids(database, wanted) == found


def test_overdue_is_what_lapsed_or_fell_due_unnoticed(database: Database) -> None:
    read_model = a_read_model(database)
    noticed, unnoticed, ahead = (Journey(release_id=each) for each in ("rel-1", "rel-2", "rel-3"))
    noticed.wait_until(at(date(2026, 9, 14)))
    ahead.submit(a_screening(date(2026, 9, 7)))
    drive(ahead, 7)
    for each in (noticed, unnoticed, ahead):
        project(read_model, each)

    assert ids(database, ReleaseFilter(overdue=True)) == ["rel-1", "rel-2"]
    assert ids(database, ReleaseFilter(overdue=False)) == ["rel-3"]


def test_a_release_is_found_by_its_reference_however_it_is_written(
    database: Database, varied: dict[str, Journey]
) -> None:
    reference = next(
        each.reference
        for each in reads(database).releases(ReleaseFilter(), EVERYTHING, ALL).rows
        if each.release_id == "b"
    )

    written = f" {reference[:3].lower()}-{reference[3:].lower()}"
    assert ids(database, ReleaseFilter(reference=written)) == ["b"]


@pytest.mark.usefixtures("varied")
def test_pages_follow_one_another_and_know_the_total(database: Database) -> None:
    pages = [
        reads(database).releases(ReleaseFilter(), EVERYTHING, PageOf(number=number, size=3))
        for number in (1, 2, 3)
    ]

    assert [[each.release_id for each in page.rows] for page in pages] == [
        ["b", "c", "d"],
        ["a"],
        [],
    ]
    assert {page.total for page in pages} == {4}


@pytest.mark.usefixtures("varied")
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("adams", ["b", "d"]),
        ("ÁDAMSO", ["d"]),
        ("z1000aa", ["a"]),
        ("Z100", []),
        ("%", []),
        ("ams", []),
    ],
)
def test_a_person_is_found_by_prison_number_or_the_beginning_of_the_surname(
    database: Database, words: str, found: list[str]
) -> None:
    assert [each.release_id for each in reads(database).find(words, EVERYTHING)] == found


def test_a_line_of_the_list_says_who_where_and_what_is_next(
    database: Database, varied: dict[str, Journey]
) -> None:
    line = reads(database).releases(ReleaseFilter(prison="BXI"), EVERYTHING, ALL).rows[0]

    assert (line.prison_number, line.forename, line.surname) == ("Z1001AA", "Sam", "adams")
    assert (line.phase, line.expected_on) == (Phase.CUSTODY, LEAVES_ON)
    assert line.next_due_step is not None
    assert line.next_due_severity is not None


def test_a_release_out_of_scope_is_like_one_that_does_not_exist(
    database: Database, varied: dict[str, Journey]
) -> None:
    scope = Scope(left_since=date(2026, 11, 1), prisons=frozenset({"BXI"}))

    assert reads(database).release("a", scope) is None
    assert reads(database).events("a", scope, 0, 10) is None
    assert reads(database).escalation("c.1", scope) is None
    assert reads(database).release("b", scope) is not None


def test_a_release_comes_with_its_person_steps_and_state(
    database: Database, varied: dict[str, Journey]
) -> None:
    detail = reads(database).release("b", EVERYTHING)

    assert detail is not None
    assert detail.person is not None
    assert (detail.person.surname, detail.person.mobile) == ("adams", None)
    assert detail.state == varied["b"].state == reads(database).state("b")
    steps = [each.step for each in detail.steps]
    assert steps == [each for each in DEFINITIONS if each in varied["b"].state.steps]
    assert detail.covered_until == COVERED_UNTIL


def test_an_unregistered_release_has_no_person(
    database: Database, varied: dict[str, Journey]
) -> None:
    detail = reads(database).release("c", EVERYTHING)

    assert detail is not None
    assert detail.person is None


def test_events_come_back_as_they_happened(database: Database, varied: dict[str, Journey]) -> None:
    found = reads(database).events("d", EVERYTHING, after=2, limit=5)

    assert found is not None
    assert [each.event for each in found] == varied["d"].events[2:7]


def test_escalations_are_listed_the_most_severe_and_newest_first(
    database: Database, varied: dict[str, Journey]
) -> None:
    page = reads(database).escalations(EscalationFilter(is_open=True), EVERYTHING, ALL)

    keys = [(each.severity, -each.opened_at.timestamp()) for each in page.rows]
    assert keys == sorted(keys)
    assert page.total == len(page.rows) > 0
    assert {each.release_id for each in page.rows} >= {"c"}
    closed = reads(database).escalations(EscalationFilter(is_open=False), EVERYTHING, ALL)
    assert {each.status for each in closed.rows} <= {LadderStatus.CLOSED}
    one = page.rows[0]
    assert reads(database).escalation(one.escalation_id, EVERYTHING) == one
    only = EscalationFilter(release_id=one.release_id, step=one.step, severity=one.severity)
    assert one in reads(database).escalations(only, EVERYTHING, ALL).rows


def test_the_query_covers_exactly_what_the_scope_covers(database: Database) -> None:
    chance, read_model = random.Random(20261121), a_read_model(database)
    journeys = [_random_journey(chance, number) for number in range(24)]
    for each in journeys:
        project(read_model, each)

    for _ in range(60):
        scope = Scope(
            left_since=LEAVES_ON + timedelta(days=chance.choice([-3, 0, 5])),
            prisons=_some(chance, ("LEI", "BXI")),
            units=_some(chance, ("N54CLD", "N03CF1")),
            services=_some(chance, ("s1", "s2")),
        )
        expected = sorted(each.state.release_id for each in journeys if scope.covers(each.state))
        assert sorted(ids(database, scope=scope)) == expected, scope


def _some(chance: random.Random, codes: tuple[str, ...]) -> frozenset[str] | None:
    if chance.random() < 0.2:
        return None
    return frozenset(each for each in codes if chance.random() < 0.3)


def _random_journey(chance: random.Random, number: int) -> Journey:
    journey = Journey(
        release_id=f"rel-{number:02}",
        prison=chance.choice(["LEI", "BXI"]),
        probation_unit=chance.choice(["N54CLD", "N03CF1"]),
        service=chance.choice(["s1", "s2"]),
    )
    on = date(2026, 9, 7)
    for service in chance.sample(["s1", "s2"], k=chance.randint(0, 2)):
        journey.submit(SendReferral(on=on, service=service))
        if chance.random() < 0.5:
            journey.submit(RejectReferral(on=on, reason=RejectionReason.NO_CAPACITY))
        else:
            journey.submit(AcceptReferral(on=on))
            break
    if chance.random() < 0.5:
        journey.wait_until(at(LEAVES_ON, 10))
        journey.submit(RecordRelease(at=at(LEAVES_ON, 9), naloxone_in_hand=True))
    return journey


def test_reconciling_sees_every_open_release_and_its_version(
    database: Database, varied: dict[str, Journey]
) -> None:
    assert {each.release_id: (each.seq, each.phase) for each in open_releases(database)} == {
        name: (each.state.seq, each.state.phase) for name, each in varied.items()
    }


def test_a_snapshot_is_the_whole_state(database: Database, varied: dict[str, Journey]) -> None:
    state, version = snapshot(database, "d")

    assert (state, version) == (varied["d"].state, varied["d"].state.policy_version)
    with pytest.raises(LookupError):
        snapshot(database, "unknown")


@pytest.mark.usefixtures("varied")
@pytest.mark.parametrize("role", sorted(CASEWORK_ROLES))
def test_every_open_escalation_is_somebodys_turn_as_the_table_of_teams_says(
    database: Database, role: Role
) -> None:
    def listed(**wanted: object) -> list[EscalationRow]:
        return list(reads(database).escalations(EscalationFilter(**wanted), EVERYTHING, ALL).rows)  # type: ignore[arg-type]  # its fields of several types

    theirs = listed(turn=Turn(role, "somebody"))
    others = listed(turn=Turn(role, "somebody", is_theirs=False))

    assert all(role in team_of(each.step, released=each.is_released) for each in theirs)
    assert not any(role in team_of(each.step, released=each.is_released) for each in others)
    assert {each.escalation_id for each in [*theirs, *others]} == {
        each.escalation_id for each in listed(is_open=True)
    }


def test_what_a_colleague_has_taken_is_nobody_elses_turn(database: Database) -> None:
    read_model, journey = a_read_model(database), Journey(release_id="c")
    journey.wait_until(at(date(2026, 9, 14)))
    step = next(iter(journey.state.escalations))
    by = Actor(id="quick", role=next(iter(team_of(step, released=False))))
    journey.submit(AcknowledgeEscalation(step=step), by=by)
    project(read_model, journey)

    def steps(account: str) -> set[Step]:
        wanted = EscalationFilter(turn=Turn(by.role, account))
        return {each.step for each in reads(database).escalations(wanted, EVERYTHING, ALL).rows}

    assert step in steps("quick")
    assert step not in steps("slow")
