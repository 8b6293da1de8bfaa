"""What has been arranged so that medicine continues after the gate: codes and dates only.

Nothing here says which medicine or how much of it: such a field does not exist, so nothing can
compute, suggest or leak one. These models travel in a durable process and in commands. Change
this file when staff need to record another way in which a person is supplied.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationInfo,
    field_serializer,
    field_validator,
)

PharmacyId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
Weekday = Annotated[int, Field(ge=0, le=6)]


class SupplyRecord(BaseModel):
    """A part of what staff record: frozen, strict about names, silent about refused values."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class FormType(StrEnum):
    """The prescription forms of the two nations; `MDA` forms are collected in instalments."""

    FP10 = "fp10"
    FP10MDA = "fp10mda"
    WP10 = "wp10"
    WP10MDA = "wp10mda"


class Schedule(StrEnum):
    """The controlled-drug schedule written on the record of a form (R48, R49)."""

    TWO = "2"
    THREE = "3"
    FOUR = "4"
    FIVE = "5"
    OTHER = "other"


class Formulation(StrEnum):
    """How long a long-acting injection lasts (R59)."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"


class ReleasedDose(SupplyRecord):
    """The supervised dose on the day of release, before the gate (R51).

    Attributes:
        on: The only day it covers.
    """

    kind: Literal["released_dose"] = "released_dose"
    on: date


class TakeHome(SupplyRecord):
    """Medicine handed to the person at the gate (R44).

    Attributes:
        from_on: The first day it is for.
        days: How many days it is for, in a row.
    """

    kind: Literal["take_home"] = "take_home"
    from_on: date
    days: Annotated[int, Field(ge=1, le=56)]


class Collection(SupplyRecord):
    """One planned visit to the pharmacy.

    Attributes:
        collect_on: The day of the visit, which is also the first day it covers.
        covers_days: How many days in a row it covers.
    """

    collect_on: date
    covers_days: Annotated[int, Field(ge=1, le=56)]


def _each_after_the_last(collections: tuple[Collection, ...]) -> tuple[Collection, ...]:
    if any(later.collect_on <= earlier.collect_on for earlier, later in pairwise(collections)):
        msg = "Give each collection once, in the order of their dates"
        raise ValueError(msg)
    return collections


class PrescriptionForm(SupplyRecord):
    """One prescription form: a single collection, or instalments in the order of their dates.

    Attributes:
        signed_on: When the prescriber signed.
        appropriate_on: The earliest day of supply the prescriber wrote, when there is one.
        collections: At least one; more than one makes it a form in instalments.
        pharmacy_id: Which of the pharmacies given beside the supplies it is collected from.
        is_first_collection_confirmed: The pharmacy said it is open on the first collection day.
    """

    kind: Literal["prescription_form"] = "prescription_form"
    form: FormType
    schedule: Schedule
    signed_on: date
    appropriate_on: date | None = None
    collections: Annotated[
        tuple[Collection, ...],
        Field(min_length=1, max_length=56),
        AfterValidator(_each_after_the_last),
    ]
    pharmacy_id: PharmacyId
    is_first_collection_confirmed: bool = False

    @property
    def valid_from_on(self) -> date:
        """The day from which the form can be supplied: the later of its two dates (R49)."""
        return max(self.signed_on, self.appropriate_on or self.signed_on)


class Depot(SupplyRecord):
    """A long-acting injection, given only by a healthcare professional (R59).

    Attributes:
        given_on: The day of the injection, which is the first day it covers.
        next_due_on: When the next one is due; None takes the day after the interval.
        next_booked_on: The day a clinician is booked to give the next one, when booked.
    """

    kind: Literal["depot"] = "depot"
    formulation: Formulation
    given_on: date
    next_due_on: date | None = None
    next_booked_on: date | None = None

    @field_validator("next_due_on", "next_booked_on")
    @classmethod
    def _after_this_one(cls, next_on: date | None, info: ValidationInfo) -> date | None:
        given_on = info.data.get("given_on")
        if next_on is not None and given_on is not None and next_on <= given_on:
            msg = "The next injection must be after this one"
            raise ValueError(msg)
        return next_on


Supply = Annotated[
    ReleasedDose | TakeHome | PrescriptionForm | Depot,
    Field(discriminator="kind"),
]


class Pharmacy(SupplyRecord):
    """The days on which one pharmacy does not dispense.

    Attributes:
        pharmacy_id: An opaque id; name and address are held elsewhere.
        closed_on: Single closed days, such as a stocktake or a bereavement.
        closed_weekdays: Days of every week, Monday 0 to Sunday 6.
        closes_on_bank_holidays: False only for a pharmacy that said it opens on all of them.
    """

    pharmacy_id: PharmacyId
    closed_on: frozenset[date] = frozenset()
    closed_weekdays: frozenset[Weekday] = frozenset()
    closes_on_bank_holidays: bool = True

    # A set iterates in another order in every process; sorted, equal pharmacies are equal bytes.
    @field_serializer("closed_on")
    def _dates_in_order(self, closed_on: frozenset[date]) -> list[date]:
        return sorted(closed_on)

    @field_serializer("closed_weekdays")
    def _weekdays_in_order(self, closed_weekdays: frozenset[int]) -> list[int]:
        return sorted(closed_weekdays)
