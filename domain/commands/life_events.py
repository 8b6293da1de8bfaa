"""What life does to a release: moved, transferred, recalled, in hospital, died, merged."""

from __future__ import annotations

from typing import Literal

from domain.facts import (
    Code,
    Day,
    Fact,
)


class MoveReleaseDate(Fact):
    """The release date has moved; the day-of-release rule applies unless `as_given`."""

    kind: Literal["move_release_date"] = "move_release_date"
    on: Day
    scheduled_on: Day
    as_given: bool = False


class Transfer(Fact):
    """The person has moved to another prison; owners change, work is kept."""

    kind: Literal["transfer"] = "transfer"
    on: Day
    prison: Code


class ChangeDestination(Fact):
    """Another area, probation unit or service will receive the person."""

    kind: Literal["change_destination"] = "change_destination"
    on: Day
    destination: Code
    probation_unit: Code
    service: Code | None = None
    nation: Literal["england", "wales"]


class Recall(Fact):
    """Recalled or returned to custody: the community leg closes, its history stays."""

    kind: Literal["recall"] = "recall"
    on: Day


class RecordHospitalAdmission(Fact):
    """In hospital: appointments wait, the three-week limit does not."""

    kind: Literal["record_hospital_admission"] = "record_hospital_admission"
    on: Day


class RecordHospitalDischarge(Fact):
    """Out of hospital again."""

    kind: Literal["record_hospital_discharge"] = "record_hospital_discharge"
    on: Day


class RecordDeath(Fact):
    """The person has died; everything stops and only the death lead is told (R114)."""

    kind: Literal["record_death"] = "record_death"
    on: Day


class CancelRelease(Fact):
    """The release will not happen, for example because of a new sentence."""

    kind: Literal["cancel_release"] = "cancel_release"
    on: Day
    reason: Code


class Merge(Fact):
    """This record is the same person's as another one, where the work goes on."""

    kind: Literal["merge"] = "merge"
    on: Day
    into: Code
