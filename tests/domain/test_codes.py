"""Codes: the group of every mix of substances, and wire values that must not move."""

from __future__ import annotations

from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import codes
from domain.codes import (
    OPIATES,
    NoSubstanceError,
    ReleaseType,
    Substance,
    SubstanceGroup,
    group_of,
)

ENUMS = (
    codes.EthnicityGroup,
    codes.HandoverParty,
    codes.Nation,
    codes.NeedSource,
    codes.Pathway,
    codes.ReleaseType,
    codes.Role,
    codes.Sex,
    codes.Substance,
    codes.SubstanceGroup,
    codes.TreatmentNeed,
)


@pytest.mark.parametrize(
    ("used", "group"),
    [
        ({Substance.HEROIN}, SubstanceGroup.OPIATE),
        ({Substance.HEROIN, Substance.CRACK, Substance.ALCOHOL}, SubstanceGroup.OPIATE),
        ({Substance.PRESCRIBED_OPIOIDS, Substance.ALCOHOL}, SubstanceGroup.OPIATE),
        ({Substance.CRACK}, SubstanceGroup.NON_OPIATE_ONLY),
        ({Substance.CRACK, Substance.CANNABIS}, SubstanceGroup.NON_OPIATE_ONLY),
        ({Substance.CRACK, Substance.ALCOHOL}, SubstanceGroup.NON_OPIATE_AND_ALCOHOL),
        ({Substance.ALCOHOL}, SubstanceGroup.ALCOHOL_ONLY),
    ],
)
def test_the_group_follows_everything_a_person_uses(
    used: set[Substance],
    group: SubstanceGroup,
) -> None:
    assert group_of(used) is group


@given(used=st.sets(st.sampled_from(Substance)), opiate=st.sampled_from(sorted(OPIATES)))
def test_any_opiate_wins_whatever_else_is_used(used: set[Substance], opiate: Substance) -> None:
    assert group_of({*used, opiate}) is SubstanceGroup.OPIATE


@given(used=st.sets(st.sampled_from(sorted(set(Substance) - OPIATES)), min_size=1))
def test_without_an_opiate_nobody_is_in_the_opiate_group(used: set[Substance]) -> None:
    group = group_of(used)

    assert group is not SubstanceGroup.OPIATE
    assert ("alcohol" in group) == (Substance.ALCOHOL in used)


def test_no_substance_has_no_group() -> None:
    with pytest.raises(NoSubstanceError, match="at least one substance"):
        group_of([])


def test_the_abbreviations_are_those_prison_systems_print() -> None:
    printed = {kind.value: kind.abbreviation for kind in ReleaseType if kind.abbreviation}

    assert printed == {
        "conditional": "CRD",
        "automatic": "ARD",
        "post_recall": "PRRD",
        "fixed_term_recall": "FTR",
        "early_transfer": "ETD",
        "mid_transfer": "MTD",
        "late_transfer": "LTD",
        "home_detention_curfew": "HDC",
        "parole": "APD",
    }


@pytest.mark.parametrize("enum", ENUMS, ids=lambda enum: enum.__name__)
def test_a_wire_value_is_its_name_in_lower_snake(enum: type[StrEnum]) -> None:
    assert [member.value for member in enum] == [member.name.lower() for member in enum]


def test_there_are_seven_pathways_and_four_groups() -> None:
    assert len(codes.Pathway) == 7
    assert len(SubstanceGroup) == 4
