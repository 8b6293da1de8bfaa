"""A prescription that is opened again and saved unchanged stays exactly what it was."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.codes import Role
from domain.commands import ArrangePrescription
from domain.cover import (
    Collection,
    Depot,
    FormType,
    Formulation,
    Pharmacy,
    PrescriptionForm,
    ReleasedDose,
    Schedule,
    Supply,
    TakeHome,
)
from domain.facts import Prescription
from tests.api.conftest import NOW
from tests.api.fakes import World
from tests.builders import SERVICE
from tests.pages.casework.typing_in import everything_in
from tests.pages.conftest import As

FORM = "/cases/rel-1/events/arrange_prescription"
LEAVES_ON = date(2026, 12, 1)


def after(days: int) -> date:
    return LEAVES_ON + timedelta(days=days)


def a_form(*collections: tuple[int, int]) -> PrescriptionForm:
    return PrescriptionForm(
        form=FormType.FP10MDA,
        schedule=Schedule.TWO,
        signed_on=date(2026, 11, 20),
        collections=tuple(
            Collection(collect_on=after(on), covers_days=days) for on, days in collections
        ),
        pharmacy_id="FA123",
        is_first_collection_confirmed=True,
    )


PHARMACY = Pharmacy(
    pharmacy_id="FA123", closed_on=frozenset({after(20)}), closed_weekdays=frozenset({6})
)
DEPOT = Depot(formulation=Formulation.WEEKLY, given_on=LEAVES_ON, next_booked_on=after(7))


@pytest.mark.parametrize(
    ("supplies", "pharmacy"),
    [
        ((ReleasedDose(on=LEAVES_ON), TakeHome(from_on=after(1), days=13)), None),
        ((ReleasedDose(on=LEAVES_ON), a_form((1, 1), (2, 1), (3, 3), (6, 1))), PHARMACY),
        ((a_form((0, 7)), a_form((7, 7))), PHARMACY),
        ((DEPOT,), None),
    ],
)
async def test_saved_unchanged_it_is_the_same(
    world: World, as_: As, supplies: tuple[Supply, ...], pharmacy: Pharmacy | None
) -> None:
    world.has("rel-1")
    recorded = Prescription(supplies=supplies, pharmacy=pharmacy, prescriber_on=after(3))
    world.records("rel-1", ArrangePrescription(on=NOW.date(), **dict(recorded)))
    browser = await as_(Role.HEALTHCARE)

    opened = await browser.open(FORM)
    checked = await browser.submit(FORM, everything_in(opened))
    saved = await browser.submit(FORM, everything_in(checked))

    assert (checked.errors(), saved.status) == ([], 303)
    assert len(world.submitted) == 1
    assert world.states["rel-1"].prescription == recorded


async def test_visits_without_a_pattern_are_left_to_be_entered_and_never_guessed(
    world: World, as_: As
) -> None:
    world.has("rel-1", service=SERVICE)
    odd = ArrangePrescription(on=NOW.date(), supplies=(a_form((1, 1), (4, 1)),), pharmacy=PHARMACY)
    world.records("rel-1", odd)

    fields = (await (await as_(Role.HEALTHCARE)).open(FORM)).fields()

    assert fields["has_form1"] == "yes"
    assert fields["form1_first-day"] == ""
