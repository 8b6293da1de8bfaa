"""Who reads which free text of a release (R124).

Nobody can redact what somebody wrote in their own words, so a note of a clinical role stays with
clinical roles. What justice staff wrote holds no clinical detail they could have known, and is for
whoever sees the answer that it belongs to.
"""

from __future__ import annotations

from domain.access_detail import CLINICAL_ROLES, JUSTICE_ROLES
from domain.codes import Role


def sees_note(reader: Role, author: Role | None) -> bool:
    """Return whether `reader` may see a note that belongs to something they see.

    Args:
        reader: Who reads.
        author: Of the note; None when nobody knows any more, which is taken for clinical.
    """
    return reader in CLINICAL_ROLES or (reader in JUSTICE_ROLES and author in JUSTICE_ROLES)
