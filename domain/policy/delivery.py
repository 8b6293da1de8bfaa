"""When and how often people are told: digests, bundles, caps, hours and the provider's silence."""

from __future__ import annotations

from datetime import time
from typing import Annotated, Final, Self

from pydantic import Field, model_validator

from domain.policy.citing import Certainty, Citation, Document, WallTime


class Delivery(Document):
    """The figures behind every message, each with its citation in `cites`, by name.

    Attributes:
        digest_at: When S3 and S4 go out on working days, one message for each person.
        bundle_minutes: How long S2 texts to one person are gathered into one.
        texts_an_hour: Texts to one member of staff; what is over goes into one with a count.
            S1 is never bundled, capped or held.
        texts_a_day: The same for a London day.
        storm_pages: More pages than this from one cause within `storm_minutes` become one for
            each manager, with a count.
        next_channel_minutes: For S1, how long one channel has before the next is tried as well.
        unconfirmed_minutes: For S1, how long a text may lack its receipt before it counts as
            not delivered.
        call_again_minutes: Between two calls to the same person.
        calls: How often one person is called before somebody else is.
        look_ahead_at: On the last working day before closed days, when what would fall due in
            them is pulled forward (R64, R97).
        staff_opens: Earliest for what is not S1 to staff, on working days.
        staff_closes: Latest for the same.
        person_opens: Earliest for texts to the person leaving prison, on every day.
        person_closes: From then on those texts are held until `person_opens`.
        person_texts_a_week: Texts to that person in any 7 days.
        person_reminder_working_days: How long before an appointment they are reminded.
        text_valid_minutes: How long the provider may go on trying to deliver a text.
        reconcile_seconds: After an unknown outcome, how long before the provider is asked again
            and a text to staff is sent again.
        person_reconcile_minutes: The same for the person; sent again once at most.
        receipt_minutes: Without a receipt for so long, the provider is asked.
    """

    digest_at: WallTime
    bundle_minutes: Annotated[int, Field(ge=1, le=60)]
    texts_an_hour: Annotated[int, Field(ge=1, le=60)]
    texts_a_day: Annotated[int, Field(ge=1, le=200)]
    storm_pages: Annotated[int, Field(ge=2, le=500)]
    storm_minutes: Annotated[int, Field(ge=1, le=120)]
    next_channel_minutes: Annotated[int, Field(ge=1, le=60)]
    unconfirmed_minutes: Annotated[int, Field(ge=1, le=60)]
    call_again_minutes: Annotated[int, Field(ge=1, le=30)]
    calls: Annotated[int, Field(ge=1, le=5)]
    look_ahead_at: WallTime
    staff_opens: WallTime
    staff_closes: WallTime
    person_opens: WallTime
    person_closes: WallTime
    person_texts_a_week: Annotated[int, Field(ge=1, le=14)]
    person_reminder_working_days: Annotated[int, Field(ge=1, le=10)]
    text_valid_minutes: Annotated[int, Field(ge=5, le=600)]
    reconcile_seconds: Annotated[int, Field(ge=10, le=3_600)]
    person_reconcile_minutes: Annotated[int, Field(ge=1, le=240)]
    receipt_minutes: Annotated[int, Field(ge=5, le=1_440)]
    cites: dict[str, Citation]

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if self.person_opens >= self.person_closes or self.staff_opens >= self.staff_closes:
            msg = "each pair of hours must open earlier than it closes"
            raise ValueError(msg)
        if missing := self.figures() - self.cites.keys():
            msg = f"no citation for {', '.join(sorted(missing))}"
            raise ValueError(msg)
        return self

    @classmethod
    def figures(cls) -> frozenset[str]:
        """Return the names of the figures, each of which needs a citation."""
        return frozenset(cls.model_fields) - {"cites"}


def _study(section: str, *also: str) -> Citation:
    source = "; ".join((f"Notifications study, section {section}", *also))
    return Citation(source=source, certainty=Certainty.DEFAULT)


BEFORE_ANY_WAS_WRITTEN: Final = Delivery(
    digest_at=time(8, 45),
    bundle_minutes=15,
    texts_an_hour=4,
    texts_a_day=10,
    storm_pages=20,
    storm_minutes=10,
    next_channel_minutes=5,
    unconfirmed_minutes=10,
    call_again_minutes=3,
    calls=2,
    look_ahead_at=time(12),
    staff_opens=time(8, 30),
    staff_closes=time(17, 30),
    person_opens=time(9),
    person_closes=time(20),
    person_texts_a_week=3,
    person_reminder_working_days=2,
    text_valid_minutes=240,
    reconcile_seconds=60,
    person_reconcile_minutes=10,
    receipt_minutes=30,
    cites={
        "digest_at": _study("7.2 rule 4"),
        "bundle_minutes": _study("7.2 rule 4", "Grafana OnCall"),
        "texts_an_hour": _study("7.2 rule 4", "LinkedIn Iris"),
        "texts_a_day": _study("7.2 rule 4", "LinkedIn Iris"),
        "storm_pages": _study("7.2 rule 4", "R86"),
        "storm_minutes": _study("7.2 rule 4", "R86"),
        "next_channel_minutes": _study("7.2"),
        "unconfirmed_minutes": _study("7.2 rule 1"),
        "call_again_minutes": _study("6"),
        "calls": _study("6"),
        "look_ahead_at": _study("7.2 rule 5", "R64, R97"),
        "staff_opens": _study("5.3"),
        "staff_closes": _study("5.3"),
        "person_opens": _study("5.3"),
        "person_closes": _study("5.3"),
        "person_texts_a_week": _study("7.2 rule 7"),
        "person_reminder_working_days": _study("5.1 and 6", "HMPPS appointment reminders"),
        "text_valid_minutes": _study("1.6"),
        "reconcile_seconds": _study("1.5"),
        "person_reconcile_minutes": _study("1.5"),
        "receipt_minutes": _study("5.6"),
    },
)
"""What is read into documents that were pinned before the section existed.

A test holds it equal to the section of the document that ships, so that the same version does not
come to mean two things.
"""
