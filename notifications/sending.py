"""What every way of sending is given, and promises."""

from __future__ import annotations

from typing import NamedTuple, Protocol


class QueuedNotice(NamedTuple):
    """A notice as its sender sees it.

    Attributes:
        reference: The release's short reference, the only thing that names it to people.
        audience: A `notifications.notices.Audience` or a `domain.policy.Target`.
        organisation: The prison, probation unit or service whose people are meant.
    """

    id: str
    reference: str
    template: str
    audience: str
    severity: str
    step: str | None
    organisation: str


class Sender(Protocol):
    """One way of sending a notice."""

    def send(self, notice: QueuedNotice) -> str:
        """Send and return the provider's id.

        Raises:
            notifications.errors.NotSentError: It was certainly not sent; says whether to retry.
        """
