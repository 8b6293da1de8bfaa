"""What happens to an invented person from the day of release on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from domain.codes import Role
from domain.commands import (
    BookAppointment,
    RecordContact,
    RecordContactAttempt,
    RecordRelease,
    RecordRetention,
    RecordTreatmentStart,
)
from domain.facts import ReleaseRoute, RetentionOutcome
from domain.london_time import london_instant
from infra.demo.arranging import SEEN_AT, appointment_on
from infra.demo.case import Case, moment
from infra.demo.diary import Diary

TWELVE_WEEKS: Final = timedelta(days=84)


def released(
    diary: Diary, on: date | None = None, route: ReleaseRoute = ReleaseRoute.PLANNED
) -> None:
    """Write the release, on the expected day unless another is given."""
    case = diary.case
    on = on or case.expected_on
    if on > case.today:
        return
    diary.write(
        RecordRelease(
            at=moment(on, case.now),
            route=route,
            last_supervised_dose_on=on if case.found.opiate_treatment else None,
            naloxone_in_hand=case.found.has_opiate_history,
        )
    )


def seen(diary: Diary) -> None:
    """Write that the person came to the first appointment."""
    _came(diary, "a1", appointment_on(diary.case), attended=True)


def missed(diary: Diary) -> None:
    """Write that the person did not come to the first appointment."""
    _came(diary, "a1", appointment_on(diary.case), attended=False)


def looked_for(diary: Diary, *, reached: bool) -> None:
    """Write an attempt to reach the person on the day after the first appointment.

    Submitted by the service itself, because an attempt names the team that made it.
    """
    on = appointment_on(diary.case) + timedelta(days=1)
    diary.afterwards(Role.PROVIDER, RecordContactAttempt(on=on, reached=reached))


def booked_again(diary: Diary) -> None:
    """Book a second appointment a few days after the first, to which the person comes."""
    case = diary.case
    first_on = appointment_on(case)
    again_on = case.working_day(first_on + timedelta(days=4))
    booked_on = first_on + timedelta(days=1)
    diary.write(
        BookAppointment(
            on=booked_on,
            service=case.service,
            at=london_instant(again_on, SEEN_AT),
            place=f"{case.service}:main",
            told_on=booked_on,
        )
    )
    _came(diary, "a2", again_on, attended=True)


def started_on(case: Case) -> date:
    """Return the day treatment starts when all goes well: soon after the first appointment."""
    return case.working_day(appointment_on(case) + timedelta(days=case.choose((1, 2, 5), "start")))


def started(diary: Diary, on: date | None = None) -> None:
    """Write the start of structured treatment."""
    case = diary.case
    diary.write(RecordTreatmentStart(on=on or started_on(case), service=case.service))


def retained(
    diary: Diary, since: date, outcome: RetentionOutcome = RetentionOutcome.IN_TREATMENT
) -> None:
    """Write how treatment that started `since` stood twelve weeks later."""
    diary.write(RecordRetention(on=since + TWELVE_WEEKS, outcome=outcome))


def left(diary: Diary, outcome: RetentionOutcome, days: int) -> None:
    """Write that treatment ended some days after its start."""
    on = started_on(diary.case) + timedelta(days=days)
    diary.write(RecordRetention(on=on, outcome=outcome))


def _came(diary: Diary, appointment: str, on: date, *, attended: bool) -> None:
    if on < diary.case.today:
        diary.write(RecordContact(on=on, appointment=appointment, attended=attended))
