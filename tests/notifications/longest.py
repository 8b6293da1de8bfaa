"""The longest plausible value of every field of a wording."""

from __future__ import annotations

from notifications.catalogue import Wording, fields_of, link_to_list
from notifications.catalogue.fields import FIELDS

BASE = "https://handover.our-council.gov.uk"


def longest(wording: Wording) -> dict[str, str]:
    """Return all that a wording needs, without a forename."""
    fields = {name: FIELDS[name].longest for name in sorted(fields_of(wording))}
    if "link" in fields and "reference" not in fields:
        fields["link"] = link_to_list(BASE)
    return fields
