"""How severe a lapse is, and what raises it."""

from __future__ import annotations

from enum import StrEnum

from domain.policy.citing import Citation, Document


class Severity(StrEnum):
    """S1 a life, S2 today, S3 the next working day, S4 a report."""

    S1 = "S1"
    S2 = "S2"
    S3 = "S3"
    S4 = "S4"


class Condition(StrEnum):
    """A state of the release that raises a step's severity."""

    OPIATE_GROUP = "opiate_group"
    OPIATE_TREATMENT = "opiate_treatment"
    NO_ADDRESS_WITH_OPIATE_TREATMENT = "no_address_with_opiate_treatment"
    FIRST_FOURTEEN_DAYS = "first_fourteen_days"
    SHORT_NOTICE = "short_notice"


class Raise(Document):
    """Use severity `to` while `when` holds; the first that holds wins."""

    when: Condition
    to: Severity
    cite: Citation
