"""Opaque release ids: one stay in custody always has the same one, and nobody can read it back.

Prison numbers are few enough to be tried one by one, so the id is keyed (architecture: ids are
stored in the clear by Temporal).
"""

from __future__ import annotations

import base64
import hmac
from datetime import date
from typing import Final

ID_BYTES: Final = 15
"""120 bits: 24 characters of base 32 without padding."""


def release_id_for(id_key: bytes, prison_number: str, reception_on: date, ordinal: int = 1) -> str:
    """Return the id of one release.

    Args:
        id_key: 32 secret bytes; another key gives other ids.
        prison_number: Normalised.
        reception_on: The reception that the release ends.
        ordinal: Counts releases from the same reception, when the first was cancelled.
    """
    episode = f"{prison_number}|{reception_on.isoformat()}|{ordinal}"
    digest = hmac.digest(id_key, episode.encode(), "sha256")
    return base64.b32encode(digest[:ID_BYTES]).decode().lower()
