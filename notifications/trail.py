"""The vocabulary of the trail: one row for every decision about a message (rule 7)."""

from __future__ import annotations

from enum import StrEnum


class Happened(StrEnum):
    """What was decided or learnt; a wire value is never reused or renamed."""

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
