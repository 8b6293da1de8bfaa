"""From a release in the record to a measured one, in the transaction that changes the record."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Final

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from domain.codes import EthnicityGroup
from domain.events import Event, EventKind
from domain.measures.acknowledging import acknowledgements
from domain.measures.reading import Background, measured
from domain.policy import Policy
from domain.rules import Rules
from domain.state import Release
from infra.database.tables import EpisodeRow, EventRow, PersonRow, ReleaseRow
from infra.measures.figures import Figures
from infra.measures.keeping import MeasureKeeping
from infra.measures.rows import Known, Source

_LADDERS: Final = (EventKind.ESCALATION_OPENED, EventKind.ESCALATION_ACKNOWLEDGED)

PolicyOf = Callable[[str], Policy]
"""Returns the policy document of a version."""


def person_key(key: bytes, prison_number: str) -> str:
    """Return what stands for a person among measured releases; it cannot be read back."""
    return hmac.digest(key, f"measures|{prison_number}".encode(), "sha256").hex()[:32]


class Measuring:
    """Measures releases of the record; one for each process and database."""

    def __init__(self, key: bytes, figures: Figures, policy_of: PolicyOf) -> None:
        """Measure by `figures`.

        Args:
            key: Secret bytes, the same for all processes of a service, for `person_key`.
            figures: The policy of the measures and the public lists.
            policy_of: For judging the prescription cover of a release by the policy it follows.
        """
        self._key = key
        self._figures = figures
        self._policy_of = policy_of
        self.keeping = MeasureKeeping(figures)

    def project(self, session: Session, state: Release, on: date) -> None:
        """Count a release as it stands now; one that has not happened is not measured.

        Call it last in the transaction, after the release's events are stored.

        Args:
            session: The transaction that writes the release.
            state: Its newest state.
            on: The London day on which this is recorded.
        """
        known = self.known(session, state)
        if known is not None:
            self.keeping.keep(session, [known], on)

    def again(self, session: Session, release_ids: Sequence[str], on: date) -> None:
        """Count releases again, because what is known of their person changed."""
        query = (
            select(ReleaseRow.snapshot)
            .where(ReleaseRow.id.in_(release_ids), ReleaseRow.released_on.is_not(None))
            .order_by(ReleaseRow.id)
        )
        states = [Release.model_validate(each) for each in session.execute(query).scalars()]
        known = [self.known(session, each) for each in states]
        found = [each for each in known if each is not None]
        if found:
            self.keeping.keep(session, found, on)

    def known(
        self, session: Session, state: Release, events: Iterable[Event] | None = None
    ) -> Known | None:
        """Return a release as measures know it, None when it has not happened.

        Args:
            session: Reads the person and, without `events`, the escalations.
            state: The release.
            events: Its history up to `state`; the stored one unless given.
        """
        if state.released is None:
            return None
        person = _person(session, state.release_id)
        ladders = _ladders(session, state.release_id) if events is None else events
        rules = Rules(policy=self._policy_of(state.policy_version), calendar=self._figures.calendar)
        facts = measured(state, self._background(state, person), rules, acknowledgements(ladders))
        if facts is None:
            return None
        if person is not None and person.sex is not None:
            facts = facts.model_copy(update={"sex": person.sex})
        key = person_key(self._key, person.prison_number) if person is not None else None
        return Known(facts, Source.ENGINE, key, state.reception_on)

    def key_of(self, prison_number: str) -> str:
        """Return the key of a person who may not be in the record."""
        return person_key(self._key, prison_number)

    def _background(self, state: Release, person: Row[tuple[object, ...]] | None) -> Background:
        region = self._figures.region_of_unit(state.probation_unit)
        if person is None:
            return Background(probation_region=region)
        ethnicity: EthnicityGroup | None = person.ethnicity
        born_on: date = person.date_of_birth
        return Background(born_on=born_on, ethnicity=ethnicity, probation_region=region)


def _person(session: Session, release_id: str) -> Row[tuple[object, ...]] | None:
    query = (
        select(PersonRow.prison_number, PersonRow.date_of_birth, PersonRow.sex, PersonRow.ethnicity)
        .join(EpisodeRow, EpisodeRow.person_id == PersonRow.id)
        .where(EpisodeRow.release_id == release_id)
    )
    # A row of four known types is one of any types to whoever reads it by name; rows are invariant.
    return session.execute(query).one_or_none()  # type: ignore[return-value]


def _ladders(session: Session, release_id: str) -> list[Event]:
    query = (
        select(EventRow.seq, EventRow.kind, EventRow.at, EventRow.data)
        .where(EventRow.release_id == release_id, EventRow.kind.in_(_LADDERS))
        .order_by(EventRow.seq)
    )
    return [
        Event(seq=row.seq, kind=EventKind(row.kind), at=row.at, data=row.data)
        for row in session.execute(query)
    ]
