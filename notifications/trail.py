"""The vocabulary of the trail: one row for every decision about a message (rule 7)."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Happened(StrEnum):
    """What was decided or learnt; a wire value is never reused or renamed.

    Those in `RECORDED` were recorded by somebody, whose account is their reason.
    """

    PLANNED = "planned"
    HELD = "held"
    SKIPPED = "skipped"
    NOBODY_THERE = "nobody_there"
    BROUGHT_FORWARD = "brought_forward"
    SENDING = "sending"
    POSTPONED = "postponed"
    ACCEPTED = "accepted"
    FOUND_AGAIN = "found_again"
    OUTCOME_UNKNOWN = "outcome_unknown"
    REFUSED = "refused"
    RECEIPT = "receipt"
    DELIVERED = "delivered"
    FAILED = "failed"
    ANSWERED = "answered"
    FOLDED = "folded"
    TAKEN = "taken"
    PASSED_ON = "passed_on"
    OPTED_OUT = "opted_out"
    OPTED_IN = "opted_in"
    REDACTED = "redacted"
    AGREED = "agreed"
    NOT_AGREED = "not_agreed"
    AT_RISK = "at_risk"
    NOT_AT_RISK = "not_at_risk"
    LANGUAGE_CHOSEN = "language_chosen"
    NUMBER_CHANGED = "number_changed"
    NUMBER_CHECKED = "number_checked"


RECORDED: Final = frozenset(
    {
        *(Happened.AGREED, Happened.NOT_AGREED),
        *(Happened.AT_RISK, Happened.NOT_AT_RISK),
        *(Happened.LANGUAGE_CHOSEN, Happened.NUMBER_CHANGED, Happened.NUMBER_CHECKED),
    }
)
"""What is known of a person's phone, and their agreement to texts."""
