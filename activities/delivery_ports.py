"""What telling people needs from the outside: rows, rotas, wires and the engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

from domain.commands import Actor, Unreached
from domain.duty.rota import Unfilled
from domain.journey import Step
from domain.policy import Channel, Policy, Severity
from notifications.evidence import Known
from notifications.folding import Load
from notifications.recipients import Staff
from notifications.routing import Routing
from notifications.sending import Claim
from notifications.standing import Noted, Standing
from notifications.wires import FaultClass


class Due(NamedTuple):
    """A message that is to be sent, as its dispatcher needs to know it."""

    id: str
    channel: Channel
    severity: Severity
    due_at: datetime


class Routed(NamedTuple):
    """What routing wrote: messages to send, and bundles that something waits in."""

    messages: tuple[Due, ...]
    bundles: tuple[Due, ...]


Decide = Callable[[Standing, Mapping[str, Load]], Routing]
"""Answers what becomes of a notice, from how things stand inside the transaction that writes it."""


class Notices(Protocol):
    """Notices and the messages that they became."""

    def noted(self, notice_id: str) -> Noted | None:
        """Return a notice, whether routed or not; None when it is unknown."""

    def standing(self, noted: Noted) -> Standing:
        """Return how its release stands now."""

    def alike(self, noted: Noted, within: timedelta) -> int:
        """Return how many notices of the same cause came in the time before it."""

    def route(self, noted: Noted, recipients: Sequence[str], decide: Decide) -> Routed:
        """Write what `decide` answers, once; a repeat returns what was written.

        The loads of `recipients` are read and theirs is the lock, so that two notices at once
        cannot both be the last text of an hour.
        """

    def nobody_there(self, noted: Noted, unfilled: Unfilled) -> None:
        """Keep why nobody could be found."""

    def known(self, notice_id: str) -> tuple[tuple[Known, ...], Unfilled | None]:
        """Return every message of a notice, and why nobody could be found for it, if so."""

    def others_paged(self, noted: Noted) -> tuple[Staff, ...]:
        """Return the staff whose phones rang for an escalation and who did not take it."""

    def bring_forward(self, message_ids: Sequence[str]) -> tuple[Due, ...]:
        """Make messages due now; returns those that are still to be sent."""

    def again(self, failed_id: str, again_id: str, at: datetime) -> tuple[Due, ...]:
        """Write one more try of a message that reached nobody; repeats change nothing."""

    def weighed(self, notice_id: str) -> None:
        """Keep that the evidence of a notice has been acted on."""


class PersonNotices(Protocol):
    """Notices to the person leaving prison."""

    def route(self, noted: Noted) -> tuple[Due, ...]:
        """Write the messages that a notice stands for, once; returns those still to be sent."""


class Messages(Protocol):
    """Messages on their way; claimed before they are sent so that a repeat sends nothing."""

    def claim(self, message_id: str) -> Claim:
        """Claim a message for one sender.

        It is checked again with fresh rows: what need not be told any more is skipped with its
        reason, what may not be told yet is postponed.
        """

    def sent(self, message_id: str, provider_id: str, *, found: bool) -> None:
        """Record that the provider has it; `found` when an earlier try had been accepted."""

    def refused(self, message_id: str, code: str, fault: FaultClass) -> str | None:
        """Record that it was certainly not accepted: queued again when that passes, failed else.

        Returns:
            The notice whose evidence is to be weighed, when it failed.
        """

    def unknown(self, message_id: str, code: str) -> None:
        """Record that nobody knows whether it was accepted."""


class Bundles(Protocol):
    """Several notices for one recipient, told at once."""

    def tell(self, bundle_id: str) -> tuple[Due, ...]:
        """Write the one message for what still waits in a bundle; nothing when nothing does."""


class Ladders(Protocol):
    """What the delivery side asks of the escalations of a release.

    Each returns whether it was done; False when the escalation has moved on meanwhile.
    """

    def unreached(
        self, release_id: str, step: Step, number: int, level: int, reason: Unreached
    ) -> bool:
        """Leave a rung that reaches nobody."""

    def take(self, release_id: str, step: Step, actor: Actor, key: str) -> bool:
        """Take the work for somebody who answered."""

    def pass_on(self, release_id: str, step: Step, actor: Actor, key: str) -> bool:
        """Turn to the next rung for somebody who cannot act."""


class Policies(Protocol):
    """Stored policy documents."""

    def policy(self, version: str) -> Policy:
        """Return a document by its version.

        Raises:
            LookupError: None is stored under it.
        """


class DeliveryDispatcher(Protocol):
    """Sets work on its way as durable activities, without waiting and without failing."""

    def send(self, messages: Sequence[Due]) -> None:
        """Have each message sent at its time, the gravest first."""

    def tell(self, bundles: Sequence[Due]) -> None:
        """Have each bundle told at its time."""

    def weigh(self, notice_id: str, severity: Severity, at: datetime | None) -> None:
        """Have the evidence of a notice weighed at `at`, or now."""
