"""Looking ahead at midday before closed days, and setting the next look in the calendar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from temporalio import activity

from activities.delivery_ports import DeliveryDispatcher, Due
from notifications.hours import Hours


class LookAhead(Protocol):
    """What falls due while offices are closed."""

    def look(self, at: datetime) -> tuple[Due, ...]:
        """Write what is to be told at `at`, once; returns those still to be sent."""


class Calendar(Protocol):
    """Sets a look in the calendar."""

    def look_ahead(self, at: datetime) -> None:
        """Have the days after `at` looked at then."""


@dataclass(frozen=True)
class LookOut:
    """Looks ahead, and arranges the look after it.

    Attributes:
        hours: Returns those of the policy in force.
    """

    look_ahead: LookAhead
    dispatcher: DeliveryDispatcher
    calendar: Calendar
    hours: Callable[[], Hours]
    clock: Callable[[], datetime]

    @activity.defn(name="look_ahead")
    def look(self, at: str) -> None:
        """Tell what falls due before offices open again; harmless when repeated.

        Args:
            at: The aware instant of this look, ISO 8601.
        """
        self.dispatcher.send(self.look_ahead.look(datetime.fromisoformat(at)))
        self.arrange()

    def arrange(self) -> None:
        """Have the next look taken; a repeat arranges nothing twice."""
        self.calendar.look_ahead(self.hours().next_look_ahead(self.clock()))
