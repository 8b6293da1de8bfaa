"""The professionals of a release as its pages show them: cards, and entries of its history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final

from api.pages.dates import instant
from api.pages.happenings import ANOTHER_SYSTEM
from api.pages.phones import spaced
from api.pages.professionals import KINDS, in_midsentence
from api.pages.record.contacts import NOBODY, Contact, Naming
from api.pages.record.story import Told
from api.pages.roles import with_role
from api.professional_ports import ProfessionalEntry, standing
from domain.codes import Role
from domain.professionals import Professional, keeps_professional, sees_professional

_NOTHING: Final = "nothing"


def seen_by(entries: Iterable[ProfessionalEntry], role: Role) -> tuple[ProfessionalEntry, ...]:
    """Return the entries that `role` may know of, in the order given."""
    return tuple(each for each in entries if sees_professional(role, each.professional))


def cards_of(
    release_id: str,
    entries: tuple[ProfessionalEntry, ...],
    names: Mapping[str, str],
    reader: Role,
) -> tuple[Contact, ...]:
    """Return a card for each professional that the reader may know of, named or not.

    Args:
        release_id: Whose they are.
        entries: Of the release, the oldest first.
        names: Of the accounts that recorded them.
        reader: Whose role it is that sees them.
    """
    now = standing(entries)
    return tuple(
        _card(release_id, each, now.get(each), names, reader)
        for each in Professional
        if sees_professional(reader, each)
    )


def _card(
    release_id: str,
    professional: Professional,
    entry: ProfessionalEntry | None,
    names: Mapping[str, str],
    reader: Role,
) -> Contact:
    is_named = entry is not None and entry.name is not None
    rows = _rows(entry, names) if entry and is_named else (("Name", NOBODY),)
    naming = Naming(
        f"/cases/{release_id}/people/{professional.value.replace('_', '-')}",
        "Change" if is_named else "Add",
        in_midsentence(professional),
    )
    keeps = keeps_professional(reader, professional)
    return Contact(KINDS[professional], rows, naming=naming if keeps else None)


def _rows(entry: ProfessionalEntry, names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    recorded = f"By {who_recorded(entry, names)}, {instant(entry.at)}"
    return (*_facts(entry), ("Recorded", recorded))


def _facts(entry: ProfessionalEntry) -> tuple[tuple[str, str], ...]:
    facts = {
        "Name": entry.name,
        "Phone": spaced(entry.phone) if entry.phone else None,
        "Email": entry.email,
    }
    return tuple((name, value) for name, value in facts.items() if value)


def who_recorded(entry: ProfessionalEntry, names: Mapping[str, str]) -> str:
    """Return whoever recorded an entry and for which team."""
    return with_role(names.get(entry.by, ANOTHER_SYSTEM), entry.role)


def told_professionals(
    entries: Sequence[ProfessionalEntry], names: Mapping[str, str]
) -> list[tuple[ProfessionalEntry, Told]]:
    """Return each entry with its words in a history, which say what stood there before.

    Args:
        entries: All of a release that the reader may know of, the oldest first.
        names: Of the accounts that recorded them.
    """
    found: list[tuple[ProfessionalEntry, Told]] = []
    for each in Professional:
        theirs = [one for one in entries if one.professional is each]
        chain: list[ProfessionalEntry | None] = [None, *theirs]
        found += [(now, _told(before, now, names)) for before, now in pairwise(chain) if now]
    return found


def _told(
    before: ProfessionalEntry | None, now: ProfessionalEntry, names: Mapping[str, str]
) -> Told:
    done = "taken away" if now.name is None else "recorded"
    return Told(
        what=f"{KINDS[now.professional]} {done}",
        step=None,
        who=who_recorded(now, names),
        at=now.at,
        on=None,
        lines=_lines(dict(_facts(before)) if before else {}, dict(_facts(now))),
    )


def _lines(was: Mapping[str, str], now: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return each fact with what it was where that differs."""
    lines = []
    for name in ("Name", "Phone", "Email"):
        old, new = was.get(name), now.get(name)
        if old and old != new:
            lines.append((name, f"{old} → {new or _NOTHING}"))
        elif new:
            lines.append((name, new))
    return tuple(lines)
