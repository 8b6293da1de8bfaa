"""A form as its template shows it, and the step it belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from api.pages.answering import waiting_referral
from api.pages.casework.form import Case, Filled, Form, Warned
from api.pages.casework.register import address_of, of_step
from api.pages.casework.words import COVERED_BY
from api.pages.forms import FormReader
from api.records import ReleaseDetail
from domain.access_table import team_of
from domain.cover import CoverDay
from domain.journey import DEFINITIONS, Step
from domain.state import LadderStatus, StepStatus

CHECKED: Final = "checked"
"""The hidden input that says for which answers the warnings were shown."""

_AROUND: Final = frozenset({CHECKED, "key", "seq", "form_token"})


@dataclass(frozen=True)
class Inputs:
    """What stands in each input of a form."""

    filled: Filled

    def one(self, name: str) -> str:
        """Return the value of an input with one."""
        found = self.filled.get(name, "")
        return found if isinstance(found, str) else next(iter(found), "")

    def all(self, name: str) -> Sequence[str]:
        """Return the values of checkboxes."""
        found = self.filled.get(name, ())
        return [found] if isinstance(found, str) else list(found)

    @property
    def singles(self) -> Mapping[str, str]:
        """The values by name, one for each, as dates are shown from."""
        return {name: self.one(name) for name in self.filled}


def typed(reader: FormReader) -> Inputs:
    """Return what was typed."""
    return Inputs({name: reader.chosen(name) for name in reader.typed})


def digest_of(reader: FormReader) -> str:
    """Return a digest of what was typed, by which a form knows that nothing changed since."""
    names = sorted(set(reader.typed) - _AROUND)
    said = "\n".join(f"{name}={value}" for name in names for value in reader.chosen(name))
    return sha256(said.encode()).hexdigest()[:32]


@dataclass(frozen=True)
class DayOfCover:
    """One day of the strip."""

    on: CoverDay
    by: str
    is_covered: bool


@dataclass(frozen=True)
class Shown:
    """What to look at before saving.

    Attributes:
        has_gap: Whether something is missing, rather than only to be looked at.
        checked: Digest of the answers that it is about.
    """

    sentences: Sequence[str]
    days: Sequence[DayOfCover]
    has_gap: bool
    checked: str


def shown(warned: Warned, checked: str) -> Shown:
    """Return warnings as the template shows them."""
    days = [DayOfCover(each, COVERED_BY[each.source], each.covered) for each in warned.days]
    return Shown(warned.sentences, days, bool(warned.sentences) and warned.blocks, checked)


@dataclass(frozen=True)
class StepShown:
    """Where a step stands, beside its form.

    Attributes:
        source: The rule behind the due time.
    """

    title: str
    satisfied_when: str
    status: StepStatus | None
    due_at: datetime | None
    source: str | None
    is_late: bool


def step_of(step: Step, detail: ReleaseDetail, now: datetime) -> StepShown:
    """Return where a step stands; one that never arose has no status."""
    definition = DEFINITIONS[step]
    row = next((each for each in detail.steps if each.step is step), None)
    due_at = row.due_at if row else None
    return StepShown(
        title=definition.title,
        satisfied_when=definition.satisfied_when,
        status=row.status if row else None,
        due_at=due_at,
        source=row.source if row else None,
        is_late=due_at is not None and due_at <= now,
    )


@dataclass(frozen=True)
class Offer:
    """A link to another form."""

    text: str
    href: str


def offers(forms: Sequence[Form], release_id: str, but: Form | None = None) -> list[Offer]:
    """Return links to forms, without the one that is open."""
    return [Offer(each.title, address_of(each, release_id)) for each in forms if each is not but]


def others_of(step: Step | None, case: Case, but: Form | None) -> list[Offer]:
    """Return links to what else can be recorded for a step."""
    if step is None:
        return []
    forms = offers(of_step(step, case), case.state.release_id, but)
    return [*_escalated(step, case), *forms, *_answer_link(step, case)]


def _escalated(step: Step, case: Case) -> list[Offer]:
    """Return the way to the step's open escalation, for whoever cannot do what it asks."""
    ladder = case.state.escalations.get(step)
    if ladder is None or ladder.status is LadderStatus.CLOSED:
        return []
    href = f"/escalations/{case.state.release_id}.{ladder.number}"
    return [Offer("This is escalated: take it, or pass it on if you cannot act", href)]


def _answer_link(step: Step, case: Case) -> list[Offer]:
    """Return the way to ask a service that has no account, while its answer is due."""
    team = team_of(step, released=case.state.released is not None)
    is_due = step is Step.REFERRAL and waiting_referral(case.state) is not None
    if not is_due or case.account.role not in team:
        return []
    text = "Send an answer link to a service without an account"
    return [Offer(text, f"/cases/{case.state.release_id}/answer-link")]
