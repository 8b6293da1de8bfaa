"""With which wording a notice is told to staff, and what fills it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final, NamedTuple

from domain.journey import Step
from domain.policy import Delivery, Severity
from notifications.catalogue import Wording, at_fields, by_fields, fields_of, link_to
from notifications.notices import Template
from notifications.standing import Noted, Standing


class Worded(NamedTuple):
    """A wording and exactly the fields that it needs."""

    wording: Wording
    fields: Mapping[str, str]


_ALWAYS_ALIKE: Final = {
    Template.STEP_DUE_SOON: Wording.STEP_DUE_SOON,
    Template.CHAIN_EXHAUSTED: Wording.CHAIN_EXHAUSTED,
    Template.RELEASE_DATE_MOVED: Wording.RELEASE_DATE_MOVED,
    Template.TRANSFERRED: Wording.TRANSFERRED,
    Template.HANDOVER_READY: Wording.HANDOVER_READY,
    Template.RELEASE_CLOSED: Wording.RELEASE_CLOSED,
    Template.DEATH_RECORDED: Wording.DEATH_RECORDED,
    Template.TAKEN: Wording.TAKEN,
    Template.TEXTS_NOT_ARRIVING: Wording.TEXTS_NOT_ARRIVING,
    Template.REPLY_TO_READ: Wording.REPLY_TO_READ,
}


def worded(
    noted: Noted, standing: Standing, delivery: Delivery, link_base: str, now: datetime
) -> Worded:
    """Return how a notice to staff is told.

    Args:
        noted: Any notice but those for the person leaving prison.
        standing: How its release stands now.
        delivery: The figures that a wording may name.
        link_base: Our own address, without a path.
        now: Stands in for a due time that is not known any more.
    """
    wording = _wording(noted, standing)
    known = _Known(noted, standing, delivery, link_base, now)
    return Worded(wording, known.only(fields_of(wording)))


def _wording(noted: Noted, standing: Standing) -> Wording:
    if noted.template in _ALWAYS_ALIKE:
        return _ALWAYS_ALIKE[noted.template]
    if noted.severity is Severity.S1:
        return Wording.NEEDED_NOW
    if noted.template is Template.HELP_ASKED:
        return Wording.HELP_ASKED
    if noted.template is Template.ESCALATED:
        return Wording.ESCALATED
    if noted.step is Step.FIRST_CONTACT and standing.appointment_at is not None:
        return Wording.ATTENDANCE_WANTED
    return Wording.STEP_LAPSED


class _Known(NamedTuple):
    noted: Noted
    standing: Standing
    delivery: Delivery
    link_base: str
    now: datetime

    def only(self, names: frozenset[str]) -> dict[str, str]:
        return {each: _FIELDS[each](self) for each in sorted(names)}

    @property
    def due_at(self) -> datetime:
        return self.standing.due_at or self.now

    @property
    def day(self) -> str:
        if _wording(self.noted, self.standing) is Wording.ATTENDANCE_WANTED:
            return at_fields(self.standing.appointment_at or self.due_at)["on"]
        return by_fields(self.due_at)["on"]


_FIELDS: Final[Mapping[str, Callable[[_Known], str]]] = {
    "reference": lambda known: known.noted.reference,
    "link": lambda known: link_to(known.link_base, known.noted.reference),
    "on": lambda known: known.day,
    "by": lambda known: by_fields(known.due_at)["by"],
    "minutes": lambda known: str(known.delivery.next_channel_minutes),
}
