"""The policy in force and the versions before it, as a page shows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Final, NamedTuple

from api.pages.policy import Figure, FigureChange, PolicySection, PolicyVersion, ShownPolicy
from domain.policy import Policy
from infra.database import policies
from infra.database.engine import Database
from infra.policies.changing import changeable
from infra.policies.figures import sections
from infra.web.store import StoreThreads


def shown(policy: Policy) -> ShownPolicy:
    """Return the policy with every figure in words, as `throughcare policy show` prints it."""
    may = changeable(policy)
    return ShownPolicy(
        version=policy.version,
        title=policy.title,
        effective_on=policy.effective_on,
        decided_by=policy.decided_by,
        sections=tuple(
            PolicySection(
                each.title,
                tuple(
                    Figure(
                        row.what,
                        row.figure,
                        row.cite.source,
                        row.cite.note or "",
                        row.cite.certainty.value,
                        row.place.slug,
                        row.place.slug in may,
                    )
                    for row in each.rows
                ),
            )
            for each in sections(policy)
        ),
    )


@dataclass(frozen=True, slots=True)
class StoredVersions:
    """Implements `api.pages.policy.PolicyVersions` over the documents that releases followed."""

    database: Database
    threads: StoreThreads

    async def __call__(self) -> tuple[PolicyVersion, ...]:
        """Return every version, the newest first."""
        return versions_of(await self.threads.read(policies.every, self.database))


def versions_of(stored: tuple[tuple[Policy, datetime], ...]) -> tuple[PolicyVersion, ...]:
    """Return versions with what each changed, the newest first; `stored` has the oldest first."""
    documents = [None, *(policy for policy, _ in stored)]
    changes = [tuple(figures_changed(old, new)) for old, new in pairwise(documents) if new]
    return tuple(
        PolicyVersion(
            version=policy.version,
            title=policy.title,
            effective_on=policy.effective_on,
            stored_at=at,
            decided_by=policy.decided_by,
            changes=changed,
        )
        for (policy, at), changed in reversed(list(zip(stored, changes, strict=True)))
    )


def figures_changed(old: Policy | None, new: Policy) -> Iterator[FigureChange]:
    """Yield the figures that a version has differently from the one before it, if there is one."""
    if old is None:
        return
    before, after = _rows(old), _rows(new)
    for slug in dict.fromkeys([*before, *after]):
        was, now = before.get(slug, _NOTHING), after.get(slug, _NOTHING)
        if was.figure != now.figure:
            named = now if now is not _NOTHING else was
            yield FigureChange(named.section, named.what, was.figure, now.figure)


class _Figure(NamedTuple):
    section: str
    what: str
    figure: str


_NOTHING: Final = _Figure("", "", "")


def _rows(policy: Policy) -> dict[str, _Figure]:
    return {
        row.place.slug: _Figure(each.title, row.what, row.figure)
        for each in sections(policy)
        for row in each.rows
    }
