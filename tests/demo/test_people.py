"""The invented people: the file is what the generator makes, imports cleanly and names nobody."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import date, timedelta

import pytest

from domain.codes import Nation, ReleaseType
from infra.demo.lives import ANCHOR, FIRST_RELEASE, LAST_RELEASE
from infra.demo.make_people import PEOPLE_FILE, make_people
from infra.imports.columns import COLUMNS
from infra.imports.releases import parse_releases
from infra.imports.rows import ImportRow
from infra.reference_data.loading import load_reference_data
from infra.reference_data.reference import ReferenceData

FRIDAY = 4
MOVED_TYPES = {ReleaseType.CONDITIONAL, ReleaseType.AUTOMATIC, ReleaseType.POST_RECALL}


@pytest.fixture(scope="module")
def reference() -> ReferenceData:
    return load_reference_data()


@pytest.fixture(scope="module")
def people(reference: ReferenceData) -> tuple[ImportRow, ...]:
    with PEOPLE_FILE.open("rb") as stream:
        result = parse_releases(stream, reference, today=ANCHOR)
    assert result.problems == ()
    return result.rows


def test_the_committed_file_is_what_the_generator_makes(reference: ReferenceData) -> None:
    assert make_people(reference) == PEOPLE_FILE.read_text(encoding="utf-8")


def test_the_file_has_the_documented_columns_only() -> None:
    headings = next(csv.reader(io.StringIO(PEOPLE_FILE.read_text(encoding="utf-8"))))

    assert tuple(headings) == COLUMNS


def test_five_hundred_different_people_import_without_a_problem(
    people: tuple[ImportRow, ...],
) -> None:
    assert len(people) == 500
    assert len({person.prison_number for person in people}) == 500
    assert len({(person.forename, person.surname, person.born_on) for person in people}) == 500


def test_nothing_in_the_file_can_reach_or_point_at_anybody(people: tuple[ImportRow, ...]) -> None:
    mobiles = Counter(person.mobile for person in people)

    assert all(person.prison_number.startswith("Z") for person in people)
    assert all(person.crn is None or person.crn.startswith("Z") for person in people)
    assert all(mobile is None or mobile.startswith("+447700900") for mobile in mobiles)
    assert mobiles[None] > 20
    assert any(count > 1 for mobile, count in mobiles.items() if mobile)


def test_each_person_is_in_an_open_prison_for_their_sex_and_leaves_for_a_unit_of_the_region(
    people: tuple[ImportRow, ...],
    reference: ReferenceData,
) -> None:
    for person in people:
        destination = reference.local_authority(person.local_authority)
        unit = reference.probation_unit(person.probation_unit)

        assert reference.releasing_prison(person.prison).holds == {person.sex}
        assert unit.probation_region == destination.probation_region


def test_both_nations_and_most_regions_receive_people(
    people: tuple[ImportRow, ...],
    reference: ReferenceData,
) -> None:
    nations = Counter(reference.nation_of_destination(row.local_authority) for row in people)
    regions = {reference.probation_unit(row.probation_unit).probation_region for row in people}

    assert nations[Nation.WALES] >= 30
    assert nations[Nation.ENGLAND] >= 300
    assert len(regions) == 12


def test_treatment_groups_have_the_published_shares(people: tuple[ImportRow, ...]) -> None:
    groups = Counter(person.treatment_group for person in people if person.treatment_group)
    needed = sum(groups.values())

    assert {group: round(100 * count / needed) for group, count in groups.items()} == {
        "opiate": 52,
        "non_opiate_only": 10,
        "non_opiate_and_alcohol": 19,
        "alcohol_only": 19,
    }


def test_releases_lie_on_both_sides_of_the_anchor(people: tuple[ImportRow, ...]) -> None:
    days = [person.scheduled_on for person in people]

    assert FIRST_RELEASE <= min(days) < ANCHOR - timedelta(weeks=24)
    assert ANCHOR + timedelta(weeks=14) < max(days) <= LAST_RELEASE
    assert all(person.reception_on < min(ANCHOR, person.scheduled_on) for person in people)


def test_fridays_and_eves_are_there_for_releases_the_rule_moves_and_those_it_leaves(
    people: tuple[ImportRow, ...],
) -> None:
    fridays = {row.release_type for row in people if row.scheduled_on.weekday() == FRIDAY}
    eves = {row.release_type for row in people if row.scheduled_on == date(2026, 12, 24)}

    assert fridays >= {ReleaseType.CONDITIONAL, ReleaseType.HOME_DETENTION_CURFEW}
    assert eves - MOVED_TYPES


def test_most_releases_are_at_the_conditional_or_automatic_date(
    people: tuple[ImportRow, ...],
) -> None:
    kinds = Counter(person.release_type for person in people)

    assert kinds[ReleaseType.CONDITIONAL] + kinds[ReleaseType.AUTOMATIC] > 350
    assert len(kinds) >= 9
