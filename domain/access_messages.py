"""Who may read which messages, replies and measures (ADR 0006).

Whoever works with a release reads what was sent about it, word for word. The service owner and
auditors see that something was sent, to whom and why, without the words of texts to the person.
What a person wrote back is free text that may tell of health, so it is for clinical roles (R124).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import NamedTuple

from domain.access import Scope, Subject, scope_of
from domain.access_denials import Denial, NotPermitted
from domain.access_detail import CLINICAL_ROLES
from domain.access_table import CASEWORK_ROLES
from domain.codes import Role


class MessageScope(NamedTuple):
    """Which messages or replies somebody sees in lists.

    Attributes:
        releases: Those about these releases.
        unattached: Those too that belong to no release: digests and alarms, strangers' replies.
    """

    releases: Scope
    unattached: bool


def message_scope_of(subject: Subject, today: date) -> MessageScope:
    """Return which messages `subject` sees; the service owner answers for all of them."""
    scope, owner = scope_of(subject, today), subject.role is Role.ADMIN
    return MessageScope(replace(scope, everything=True) if owner else scope, unattached=owner)


def reply_scope_of(subject: Subject, today: date) -> MessageScope:
    """Return which replies `subject` sees; those of unknown senders are the service owner's."""
    return MessageScope(scope_of(subject, today), unattached=subject.role is Role.ADMIN)


def sees_words(subject: Subject, *, is_to_person: bool) -> bool:
    """Return whether `subject` reads the words of a message that they see."""
    return subject.role in CASEWORK_ROLES or not is_to_person


def sees_reply(subject: Subject, *, is_by_person: bool) -> bool:
    """Return whether `subject` reads the text of a reply that they see."""
    return subject.role in CLINICAL_ROLES or not is_by_person


def may_mark_read(subject: Subject, *, is_by_person: bool, is_restricted: bool = False) -> None:
    """Let those mark a reply as read who can read it.

    Raises:
        NotPermitted: `CLINICAL_REPLY`, or `RESTRICTED` when its record is closed to them.
    """
    if is_restricted:
        raise NotPermitted(Denial.RESTRICTED)
    if not sees_reply(subject, is_by_person=is_by_person):
        raise NotPermitted(Denial.CLINICAL_REPLY)
