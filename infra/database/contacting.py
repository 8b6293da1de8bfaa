"""The ways in which a person can be reached."""

from __future__ import annotations

from enum import StrEnum


class ContactKind(StrEnum):
    """One of each kind is kept for a person."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    EMAIL = "email"
    ADDRESS = "address"
