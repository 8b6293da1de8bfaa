"""The person at the top of every page of a record, with what must not be overlooked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from api.pages.dates import days_away
from api.pages.people import Banner, banner_of
from api.pages.release_days import badge_of
from api.ports import Services
from api.records import ReleaseDetail
from domain.calendars import WorkingCalendar
from domain.codes import ReleaseType
from domain.london_time import london_date
from domain.state import Release

AT_RISK: Final = "HIGH OVERDOSE RISK"
RECALLS: Final = frozenset({ReleaseType.FIXED_TERM_RECALL, ReleaseType.POST_RECALL})


class Badge(NamedTuple):
    """A fact about the person, in capitals."""

    text: str
    classes: str


@dataclass(frozen=True)
class Heading:
    """The banner of a record.

    Attributes:
        away: How far the day of release is: `in 5 days`.
        lead: Who leads in the reader's own team.
        going_to: Where the person goes, by the name of the area.
    """

    person: Banner
    reference: str
    crn: str | None
    away: str
    badges: tuple[Badge, ...]
    going_to: str
    service: str
    lead: str | None
    earlier: tuple[date, ...]
    is_open: bool


def heading_of(
    detail: ReleaseDetail,
    shown: Release,
    services: Services,
    calendar: WorkingCalendar,
    lead: str | None,
) -> Heading:
    """Return the heading of a release.

    Args:
        detail: The release.
        shown: Its state as the reader may see it.
        services: The ports.
        calendar: Tells which days are Fridays and eves.
        lead: Who leads in the reader's own team.
    """
    places = services.place_names
    return Heading(
        person=banner_of(detail, services),
        reference=detail.reference,
        crn=detail.person.crn if detail.person else None,
        away=days_away(shown.leaves_on, london_date(services.now())),
        badges=badges_of(shown, calendar),
        going_to=places.local_authority(shown.destination),
        service=places.service(shown.service) if shown.service else "Not known yet",
        lead=lead,
        earlier=tuple(each for each in shown.earlier_dates if each != shown.expected_on),
        is_open=shown.is_open,
    )


def badges_of(shown: Release, calendar: WorkingCalendar) -> tuple[Badge, ...]:
    """Return what stands out; the risk of overdose only for those who may know of it."""
    awkward = badge_of(shown.leaves_on, calendar) if shown.released is None else None
    recalled = shown.previous_release or shown.returned_on or shown.release_type in RECALLS
    at_risk = shown.treatment is not None and shown.treatment.has_opiate_history
    found = (
        (awkward, "moj-badge--red"),
        ("RECALL" if recalled else None, "moj-badge--purple"),
        (AT_RISK if at_risk else None, "moj-badge--black"),
        ("SHORT NOTICE" if shown.short_notice else None, "moj-badge--blue"),
        ("IN HOSPITAL" if shown.in_hospital else None, "moj-badge--bright-purple"),
    )
    return tuple(Badge(text, classes) for text, classes in found if text)
