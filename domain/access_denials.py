"""Why something is not permitted: a stable code and a sentence that says whom to ask."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from domain.errors import ThroughcareError


class Denial(StrEnum):
    """Stable codes of why something is not permitted."""

    ROLE = "role_not_permitted"
    OUT_OF_SCOPE = "out_of_scope"
    PRISON = "prison_not_yours"
    SERVICE = "service_not_yours"
    AREA = "area_not_yours"
    STEP = "step_not_yours"
    PARTY = "party_not_yours"
    ACTION = "action_not_yours"
    TEAM = "team_not_yours"
    CLINICAL_DETAIL = "clinical_detail_not_yours"
    CLINICAL_FILTER = "clinical_filter_not_yours"
    CLINICAL_REPLY = "clinical_reply_not_yours"
    MANAGERS_ONLY = "managers_only"
    BEFORE_RELEASE = "not_before_release"
    RESTRICTED = "record_restricted"
    RESTRICTED_LINK = "record_restricted_no_link"


_REASONS: Final = {
    Denial.ROLE: "Your role cannot do this. Ask the team that owns the work.",
    Denial.OUT_OF_SCOPE: "There is no such release.",
    Denial.PRISON: "You do not work for this prison. Only its own staff can start a release there.",
    Denial.SERVICE: "This concerns another service. Only that service can record it.",
    Denial.AREA: "You commission another area. Ask for your own, or for the whole nation.",
    Denial.STEP: "Another team owns this step. Ask that team to answer it.",
    Denial.PARTY: "Each party acknowledges the pack for itself. Acknowledge it for your own.",
    Denial.ACTION: "Another team owns this action. Ask that team to close it.",
    Denial.TEAM: "This is another team's. Ask one of its managers, or the service owner.",
    Denial.CLINICAL_DETAIL: (
        "Clinical detail is recorded by healthcare. State only whether treatment is needed."
    ),
    Denial.CLINICAL_FILTER: "Only clinical roles can filter by treatment group. Leave it out.",
    Denial.CLINICAL_REPLY: (
        "What a person writes may tell of their health. Ask healthcare or the drug service."
    ),
    Denial.MANAGERS_ONLY: "Only a manager can decide this. Ask yours.",
    Denial.RESTRICTED: (
        "Access to this record is restricted. Ask the service owner who may open it."
    ),
    Denial.RESTRICTED_LINK: (
        "This record is restricted, so it cannot be opened by a link. Telephone the service."
    ),
    Denial.BEFORE_RELEASE: "Until the release the prison's own team does this. Ask that team.",
}


class NotPermitted(ThroughcareError):  # noqa: N818 - it reads as what it says, like `Refused`
    """The subject may not ask this; nothing has changed.

    Attributes:
        code: Why, as a stable code.
    """

    def __init__(self, code: Denial) -> None:
        """Take the sentence for people from the code."""
        super().__init__(_REASONS[code])
        self.code = code
