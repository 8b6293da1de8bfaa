"""What of a row goes to the engine, what to the record of people, and what the rules refuse."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from domain.codes import Nation, Role, SubstanceGroup, TreatmentNeed
from domain.commands import Actor
from domain.facts import TreatmentPicture
from infra.imports.arrivals import arrivals, problems
from infra.imports.record import Recalled
from infra.reference_data.reference import ReferenceData
from infra.release_ids import release_id_for
from tests.builders import the_rules
from tests.imports.files import GOOD_ROW, Parse, a_file

KEY = b"k" * 32
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
WHO = Actor(id="import", role=Role.RESETTLEMENT)


def test_the_engine_gets_codes_and_dates_and_an_opaque_id(
    parse: Parse, reference: ReferenceData
) -> None:
    (arrival,) = arrivals(parse(a_file({})).rows, KEY, reference)

    new = arrival.new
    assert new.release_id == release_id_for(KEY, "Z0000AA", date(2026, 8, 3))
    assert (new.nation, new.service) == (
        Nation.WALES,
        reference.service_for("W06000022").service_id,
    )
    sent = new.model_dump_json()
    personal = ("Z0000AA", GOOD_ROW["surname"], GOOD_ROW["forename"], "Z123456", "900123", "1990")
    assert not any(each in sent for each in personal)


def test_the_record_gets_the_person(parse: Parse, reference: ReferenceData) -> None:
    (arrival,) = arrivals(parse(a_file({})).rows, KEY, reference)

    assert arrival.who.release_id == arrival.new.release_id
    assert arrival.who.person.forename == "Siân"
    assert arrival.who.person.mobile == "+447700900123"


@pytest.mark.parametrize(
    ("cell", "picture"),
    [
        ("", None),
        ("none", TreatmentPicture(need=TreatmentNeed.NOT_NEEDED)),
        (
            "opiate",
            TreatmentPicture(need=TreatmentNeed.NEEDED, stated_group=SubstanceGroup.OPIATE),
        ),
    ],
)
def test_a_need_that_is_not_known_is_left_to_the_screening(
    cell: str, picture: TreatmentPicture | None, parse: Parse, reference: ReferenceData
) -> None:
    (arrival,) = arrivals(parse(a_file({"treatment_group": cell})).rows, KEY, reference)

    assert arrival.new.treatment == picture


def test_whoever_was_recalled_brings_the_release_before_along(
    parse: Parse, reference: ReferenceData
) -> None:
    recalled = [
        Recalled("Z0000AA", date(2024, 1, 1), "long-ago"),
        Recalled("Z0000AA", date(2025, 1, 1), "the-one-before"),
        Recalled("Z0000AA", date(2026, 8, 3), "this-very-stay"),
        Recalled("Z0001AA", date(2025, 6, 1), "somebody-else"),
    ]

    (arrival,) = arrivals(parse(a_file({})).rows, KEY, reference, recalled)

    assert arrival.new.previous_release == "the-one-before"


def test_a_release_beyond_the_published_bank_holidays_is_a_problem_of_its_line(
    parse: Parse, reference: ReferenceData
) -> None:
    rows = parse(a_file({}, {"release_date": "2039-05-04"})).rows

    (problem,) = problems(arrivals(rows, KEY, reference), WHO, NOW, the_rules())

    assert (problem.line, problem.column) == (3, "release_date")


def test_a_good_file_has_no_problem(parse: Parse, reference: ReferenceData) -> None:
    found = arrivals(parse(a_file({}, {})).rows, KEY, reference)

    assert problems(found, WHO, NOW, the_rules()) == []
