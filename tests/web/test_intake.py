from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from api.ports import NotAcceptableError
from api.records import NewRelease
from domain.codes import EthnicityGroup, ReleaseType, Sex, TreatmentNeed
from infra.reference_data.loading import load_reference_data
from infra.web.intake import CheckedIntake
from infra.web.places import PublicPlaces


@pytest.fixture(scope="module")
def intake() -> CheckedIntake:
    reference = load_reference_data()
    now = datetime(2026, 11, 21, 10, tzinfo=UTC)
    return CheckedIntake(PublicPlaces(reference), reference, lambda: now)


DETAILS = NewRelease(
    prison_number="Z1234ZZ",
    crn=None,
    forename="Ada",
    surname="Example",
    born_on=date(1990, 2, 3),
    sex=Sex.FEMALE,
    ethnicity=EthnicityGroup.NOT_STATED,
    prison="LEI",
    scheduled_on=date(2027, 2, 2),
    release_type=ReleaseType.CONDITIONAL,
    reception_on=date(2026, 11, 20),
    local_authority="E06000001",
    probation_unit="N54STHA",
    treatment_need=TreatmentNeed.NOT_YET_KNOWN,
    treatment_group=None,
    mobile=None,
)


def faults(intake: CheckedIntake, details: NewRelease) -> set[str]:
    with pytest.raises(NotAcceptableError) as refused:
        intake.checked(details)
    return {each.field for each in refused.value.faults}


def test_the_service_of_the_area_is_found(intake: CheckedIntake) -> None:
    assert intake.checked(DETAILS).service == "cds-hartlepool"


def test_a_service_that_is_given_stays(intake: CheckedIntake) -> None:
    given = replace(DETAILS, service="cds-leeds")

    assert intake.checked(given).service == "cds-leeds"


def test_codes_come_back_as_they_are_current(intake: CheckedIntake) -> None:
    # Mansfield is a district of Nottinghamshire.
    checked = intake.checked(replace(DETAILS, prison="lei", local_authority="E07000174"))

    assert (checked.prison, checked.local_authority) == ("LEI", "E10000024")


def test_every_unknown_code_is_named_at_once(intake: CheckedIntake) -> None:
    wrong = replace(DETAILS, prison="XXX", local_authority="X1", probation_unit="X2", service="X3")

    found = faults(intake, wrong)

    assert found == {"prison", "local_authority", "probation_unit", "service"}


@pytest.mark.parametrize(
    ("details", "field"),
    [
        (replace(DETAILS, reception_on=date(2026, 11, 22)), "reception_date"),
        (replace(DETAILS, scheduled_on=date(2026, 11, 19)), "release_date"),
        (replace(DETAILS, born_on=date(2010, 2, 3)), "date_of_birth"),
    ],
)
def test_dates_are_checked_as_in_a_file(
    intake: CheckedIntake, details: NewRelease, field: str
) -> None:
    assert faults(intake, details) == {field}


def test_a_wrong_code_does_not_hide_a_wrong_date(intake: CheckedIntake) -> None:
    wrong = replace(DETAILS, prison="XXX", reception_on=date(2026, 11, 22))

    assert faults(intake, wrong) == {"prison", "reception_date"}
