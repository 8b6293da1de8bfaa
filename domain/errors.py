"""Every refusal the domain can give; a new kind of refusal is the reason to change this file."""

from __future__ import annotations

from enum import StrEnum


class ThroughcareError(Exception):
    """An error written for people: what is wrong and what to do, without personal data."""

    def __init__(self, message: str) -> None:
        """Keep `message`, one or more plain sentences."""
        super().__init__(message)
        self.message = message


class Refusal(StrEnum):
    """Stable codes of refusals; clients may match on them, the wording may change."""

    CLOSED = "release_closed"
    ALREADY_DONE = "already_done"
    OUT_OF_ORDER = "out_of_order"
    NOT_RELEASED = "not_released"
    ALREADY_RELEASED = "already_released"
    NO_CHANGE = "no_change"
    UNKNOWN_ITEM = "unknown_item"
    WRONG_STATE = "wrong_state"
    DATE_IN_FUTURE = "date_in_future"
    DATE_TOO_EARLY = "date_too_early"
    DATE_TOO_LATE = "date_too_late"
    REASON_NOT_ALLOWED = "reason_not_allowed"
    INCOMPLETE = "incomplete"
    NOTHING_TO_ACKNOWLEDGE = "nothing_to_acknowledge"
    KEY_REUSED = "idempotency_key_reused"


class Refused(ThroughcareError):  # noqa: N818 - the field's word: a command is accepted or refused
    """A command that the rules do not allow now; nothing has changed.

    Attributes:
        code: Why, as a stable code.
        field: The command's field to correct, when one is to blame.
    """

    def __init__(self, code: Refusal, message: str, field: str | None = None) -> None:
        """Keep the code and the field beside the sentence for people."""
        super().__init__(message)
        self.code = code
        self.field = field
