"""What an audit search found, as a CSV file to keep or to pass on to an investigation."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Final

from api.pages.happenings import in_words
from api.pages.policy import CHANGES as POLICY_CHANGES
from api.pages.professionals import CHANGES as PROFESSIONAL_CHANGES
from api.pages.record.reaching import CHANGES as PHONE_CHANGES
from api.pages.restricting import CHANGES as RESTRICTION_CHANGES
from api.pages.roles import ROLES
from api.pages.viewing import Deed
from domain.events import EventKind

COLUMNS: Final = ("at", "who", "role", "account", "record", "release", "deed", "what")
"""`at` is UTC in ISO 8601; `deed` is saw or changed."""

_BESIDE_EVENTS: Final = RESTRICTION_CHANGES | PROFESSIONAL_CHANGES | PHONE_CHANGES | POLICY_CHANGES
_STARTS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def trail_file(deeds: Iterable[Deed]) -> str:
    """Return deeds as a CSV file with headings, in the order given."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([_cell(each) for each in _line(deed)] for deed in deeds)
    return text.getvalue()


def what_of(deed: Deed) -> str:
    """Return what was done: a change in words, the page's route for a viewing."""
    if not deed.is_change:
        return deed.what
    return _BESIDE_EVENTS.get(deed.what) or in_words(EventKind(deed.what))


def _line(deed: Deed) -> tuple[str, ...]:
    return (
        deed.at.isoformat(timespec="seconds"),
        deed.name or "Another system",
        ROLES[deed.role] if deed.role else "",
        deed.account_id,
        deed.reference,
        deed.release_id,
        "changed" if deed.is_change else "saw",
        what_of(deed),
    )


def _cell(text: str) -> str:
    """Keep a spreadsheet from taking somebody's name for a formula."""
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text
