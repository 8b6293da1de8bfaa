"""Measures of live releases: kept by the projection itself, with every earlier version."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import delete

from api.measure_records import CountsWanted
from domain.codes import EthnicityGroup, Nation, Sex
from domain.commands import CorrectTreatmentStart
from domain.measures.counts import Counts, EnglandCounts
from domain.measures.cuts import Cut
from domain.measures.periods import Period, PeriodKind
from infra.database.engine import Database
from infra.database.people import NewPerson, PeopleStore
from infra.database.read_model import SqlReadModel
from infra.database.tables import CountedByRow, MeasuredRow, SupersededRow, table_of
from infra.measures.figures import shipped_figures
from infra.measures.reading import SqlMeasures
from infra.measures.rebuilding import rebuild_sums
from infra.measures.recounting import Recount
from tests.builders import Journey
from tests.database.projections import AUDIT_KEY, LEAVES_ON, Ticking, drive, notices_of, submit

MONTH = Period(PeriodKind.MONTH, LEAVES_ON.replace(day=1))
FAMILIES = ("days", "furthest", "lapse", "wait", "ack", "excluded")
ADA = NewPerson("A1234BC", "Ada", "Example", date(1990, 5, 17), ethnicity=EthnicityGroup.ASIAN)


def counts(
    database: Database, cut: Cut = Cut.NATION, known_on: date | None = None
) -> dict[str, Counts]:
    wanted = CountsWanted(Nation.ENGLAND, cut, (MONTH,), known_on=known_on, families=FAMILIES)
    (found,) = SqlMeasures(database).counts([wanted])
    return {key: each for key, each in found[MONTH].items() if each}


def whole(database: Database, known_on: date | None = None) -> Counts:
    return counts(database, known_on=known_on).get("all", EnglandCounts())


class Record:
    """A read model and people whose clock a test can set."""

    def __init__(self, database: Database) -> None:
        self.clock = Ticking()
        self.read_model = SqlReadModel(database, AUDIT_KEY, self.clock)
        self.people = PeopleStore(database, self.clock, self.read_model.measuring)

    def lives(self, journey: Journey, sittings: int | None = None) -> None:
        for each in drive(journey, sittings):
            self.read_model.project(each, notices_of(each))

    def on(self, day: date) -> None:
        self.clock.now = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def test_each_fact_shows_in_the_transaction_that_records_it(database: Database) -> None:
    record, journey = Record(database), Journey()
    seen: list[tuple[int, int, int]] = []
    for each in drive(journey):
        record.read_model.project(each, notices_of(each))
        now = whole(database)
        seen.append((now["releases"], now["need_started"], now["retained"]))

    assert list(dict.fromkeys(seen)) == [(0, 0, 0), (1, 0, 0), (1, 1, 0), (1, 1, 1)]
    assert whole(database)["furthest.retained"] == 1
    assert whole(database)["days.1"] == 1
    assert counts(database, Cut.DESTINATION).keys() == {"E06000001"}


def test_a_repeated_and_a_late_projection_change_nothing(database: Database) -> None:
    record, journey = Record(database), Journey()
    projections = drive(journey)
    for each in projections:
        record.read_model.project(each, notices_of(each))
    before = whole(database)

    for each in (projections[-1], projections[-3], projections[-2]):
        record.read_model.project(each, ())

    assert whole(database) == before


def test_a_correction_changes_the_past_and_the_vintage_keeps_it(database: Database) -> None:
    record, journey = Record(database), Journey()
    record.lives(journey)
    record.on(date(2027, 4, 20))
    late = CorrectTreatmentStart(on=LEAVES_ON + timedelta(days=30), reason="typing_error")
    record.read_model.project(submit(journey, late), ())

    assert whole(database)["need_started"] == 0
    assert whole(database, date(2027, 4, 19))["need_started"] == 1
    assert whole(database, date(2027, 4, 20))["need_started"] == 0
    assert whole(database, date(2026, 11, 20))["releases"] == 0


def test_a_corrected_person_moves_to_another_group(database: Database) -> None:
    record, journey = Record(database), Journey()
    record.people.register(ADA, "rel-1", date(2026, 6, 1))
    record.lives(journey)
    assert counts(database, Cut.ETHNICITY).keys() == {"asian"}
    assert counts(database, Cut.AGE_BAND).keys() == {"35-44"}
    record.on(date(2027, 5, 1))

    corrected = NewPerson(
        *("A1234BC", "Ada", "Example", date(2000, 5, 17)),
        sex=Sex.FEMALE,
        ethnicity=EthnicityGroup.BLACK,
    )
    record.people.register(corrected, "rel-1", date(2026, 6, 1))

    assert counts(database, Cut.ETHNICITY).keys() == {"black"}
    assert counts(database, Cut.AGE_BAND).keys() == {"25-34"}
    assert counts(database, Cut.SEX).keys() == {"female"}
    assert counts(database, Cut.ETHNICITY, date(2027, 4, 30)).keys() == {"asian"}


def test_a_person_who_is_registered_later_is_counted_where_they_belong(database: Database) -> None:
    record, journey = Record(database), Journey()
    record.lives(journey)
    assert counts(database, Cut.ETHNICITY).keys() == {"not_recorded"}

    record.people.register(ADA, "rel-1", date(2026, 6, 1))

    assert counts(database, Cut.ETHNICITY).keys() == {"asian"}


def test_of_two_releases_that_cannot_both_be_true_one_is_excluded_and_counted(
    database: Database,
) -> None:
    record = Record(database)
    one, other = Journey(), Journey(release_id="rel-2", reception_on=date(2026, 9, 1))
    record.people.register(ADA, "rel-1", date(2026, 6, 1))
    record.people.register(ADA, "rel-2", date(2026, 9, 1))

    for each in (other, one):
        record.lives(each)

    found = whole(database)
    assert (found["releases"], found["counted"]) == (2, 1)
    assert found.family("excluded") == {"overlapping_release": 1}


def test_the_trail_alone_gives_every_version_again(database: Database) -> None:
    record, journey = Record(database), Journey()
    record.people.register(ADA, "rel-1", date(2026, 6, 1))
    record.lives(journey)
    record.on(date(2027, 4, 20))
    late = CorrectTreatmentStart(on=LEAVES_ON + timedelta(days=30), reason="typing_error")
    record.read_model.project(submit(journey, late), ())
    days = [date(2026, 11, 21), date(2027, 4, 19), date(2027, 4, 20)]
    kept = [whole(database, each) for each in days]

    with database.write() as session:
        for table in (MeasuredRow, SupersededRow, CountedByRow):
            session.execute(delete(table_of(table)))
    recount = Recount(database, record.read_model.measuring, shipped_figures())

    assert recount.if_needed()
    assert [whole(database, each) for each in days] == kept
    assert whole(database) == kept[-1]
    assert not recount.if_needed()


def test_many_writers_at_once_lose_no_count(database: Database) -> None:
    record = Record(database)
    journeys = [Journey(release_id=f"rel-{n}") for n in range(12)]
    for n, each in enumerate(journeys):
        person = NewPerson(f"A{1000 + n}BC", "Ada", "Example", date(1990, 5, 17))
        record.people.register(person, each.state.release_id, date(2026, 6, 1))

    def live(journey: Journey) -> None:
        for each in drive(journey):
            record.read_model.project(each, ())

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(live, journeys))
    kept = [counts(database, cut) for cut in Cut]

    assert whole(database)["need_started"] == 12
    with database.write() as session:
        rebuild_sums(session, "any")
    assert [counts(database, cut) for cut in Cut] == kept


def test_the_stamp_changes_with_every_change_that_can_be_counted(database: Database) -> None:
    record, journey = Record(database), Journey()
    measures = SqlMeasures(database)
    seen = {measures.stamp()}
    record.lives(journey)
    seen.add(measures.stamp())
    record.on(date(2027, 4, 20))
    late = CorrectTreatmentStart(on=LEAVES_ON + timedelta(days=30), reason="typing_error")
    record.read_model.project(submit(journey, late), ())
    seen.add(measures.stamp())
    record.people.register(ADA, "rel-1", date(2026, 6, 1))
    seen.add(measures.stamp())
    with database.write() as session:
        rebuild_sums(session, "any")
    seen.add(measures.stamp())

    assert len(seen) == 5


def test_the_facts_of_one_release_are_those_it_is_counted_by(database: Database) -> None:
    record, journey = Record(database), Journey()
    measures = SqlMeasures(database)
    assert measures.release("rel-1") is None
    record.lives(journey)

    facts = measures.release("rel-1")

    assert facts is not None
    assert shipped_figures().counts(facts) == whole(database)
