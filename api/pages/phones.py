"""Phone numbers as people read them out."""

from __future__ import annotations

from typing import Final

_COUNTRY: Final = "+44"


def spaced(number: str) -> str:
    """Return `+447700900123` as `07700 900123`: the United Kingdom's in national form."""
    is_ours = number.startswith(_COUNTRY)
    national = f"0{number.removeprefix(_COUNTRY)}" if is_ours else number
    return f"{national[:5]} {national[5:]}"
