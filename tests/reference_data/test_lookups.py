"""Reference data: what each lookup resolves, and what a refusal tells a person."""

from __future__ import annotations

from datetime import date

import pytest

from domain.codes import Nation, Sex, Substance, SubstanceGroup, group_of
from domain.identifiers import UnknownCodeError
from infra.reference_data.loading import load_reference_data
from infra.reference_data.reference import ReferenceData


@pytest.fixture(scope="module")
def reference() -> ReferenceData:
    return load_reference_data()


def test_a_prison_is_found_however_its_code_is_typed(reference: ReferenceData) -> None:
    assert reference.prison(" lei ").name == "HMP Leeds"


def test_a_closed_prison_is_known_but_releases_nobody(reference: ReferenceData) -> None:
    assert not reference.prison("HYI").is_active
    with pytest.raises(UnknownCodeError, match="HMP Holloway is closed") as refused:
        reference.releasing_prison("HYI")

    assert refused.value.field == "prison"


def test_every_open_prison_says_whom_it_holds(reference: ReferenceData) -> None:
    assert all(prison.holds for prison in reference.releasing_prisons.entries.values())
    assert reference.prison("BZI").holds == {Sex.FEMALE}


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("E06000001", "Hartlepool"),
        ("E08000019", "Sheffield"),
        ("E07000026", "Cumberland"),
        ("E10000023", "North Yorkshire"),
        ("E07000207", "Surrey"),
        ("W06000015", "Cardiff"),
    ],
)
def test_an_old_code_or_a_district_means_its_upper_tier_authority(
    reference: ReferenceData,
    code: str,
    name: str,
) -> None:
    assert reference.local_authority(code).name == name


def test_a_divided_county_is_refused_with_both_successors(reference: ReferenceData) -> None:
    with pytest.raises(UnknownCodeError, match="divided") as refused:
        reference.local_authority("E10000006")

    assert "E06000063 (Cumberland) or E06000064 (Westmorland" in refused.value.message


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [("W0600023", "W06000023 (Powys)"), ("hartlepol", "E06000001 (Hartlepool)")],
)
def test_a_wrong_code_or_a_name_is_refused_with_close_matches(
    reference: ReferenceData,
    typed: str,
    suggested: str,
) -> None:
    with pytest.raises(UnknownCodeError) as refused:
        reference.local_authority(typed)

    assert refused.value.field == "local_authority"
    assert suggested in refused.value.message


def test_a_refusal_does_not_repeat_what_was_typed(reference: ReferenceData) -> None:
    with pytest.raises(UnknownCodeError) as refused:
        reference.probation_unit("Zebedee Quillfeather")

    assert "Quillfeather" not in refused.value.message
    assert "like N54STHA" in refused.value.message


def test_a_place_belongs_to_its_probation_region(reference: ReferenceData) -> None:
    assert reference.region_of(reference.local_authority("E06000001")).name == "North East"
    assert reference.region_of(reference.probation_unit("WPTGWT")).nation is Nation.WALES


def test_the_destination_decides_the_nation(reference: ReferenceData) -> None:
    assert reference.nation_of_destination("W06000022") is Nation.WALES
    assert reference.nation_of_destination("E08000019") is Nation.ENGLAND


def test_every_authority_has_a_service_whose_provider_works_in_its_nation(
    reference: ReferenceData,
) -> None:
    authorities = reference.local_authorities.entries.values()

    strays = [
        authority.name
        for authority in authorities
        if authority.nation
        not in reference.provider(reference.service_for(authority.code).provider).nations
    ]

    assert len(authorities) == 175
    assert strays == []


def test_the_service_of_a_district_is_its_countys(reference: ReferenceData) -> None:
    service = reference.service_for("E07000207")

    assert service == reference.service("cds-surrey")
    assert service.name == "Surrey community drug and alcohol service"


def test_the_bank_holidays_answer_for_whole_years(reference: ReferenceData) -> None:
    holidays = reference.bank_holidays

    assert (holidays.covers_from, holidays.covers_until) == (date(2015, 1, 1), date(2028, 12, 31))
    assert date(2026, 12, 28) in holidays.holidays
    assert all(
        sum(on.year == year for on in holidays.holidays) >= 8
        for year in range(holidays.covers_from.year, holidays.covers_until.year + 1)
    )


def test_every_substance_has_words_and_its_group_agrees_with_the_rule(
    reference: ReferenceData,
) -> None:
    groups = {
        "opiate": SubstanceGroup.OPIATE,
        "non_opiate": SubstanceGroup.NON_OPIATE_ONLY,
        "alcohol": SubstanceGroup.ALCOHOL_ONLY,
    }

    assert {entry.substance for entry in reference.substances} == set(Substance)
    for entry in reference.substances:
        assert group_of([entry.substance]) is groups[entry.contributes_to]
