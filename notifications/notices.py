"""What a person should be told because of an event: the step before words, channels and phones.

Pure: events in, notices out. The projection writes them as rows in the transaction that writes the
events, so that a notice exists exactly when its cause does.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple

from domain.events import Event, EventKind
from domain.journey import Step
from domain.policy import Channel, Policy, Severity, Target
from domain.state import Escalation, Release


class Template(StrEnum):
    """What a notice says; the words live in the catalogue of the channel that sends it."""

    STEP_DUE_SOON = "step_due_soon"
    STEP_LAPSED = "step_lapsed"
    ESCALATED = "escalated"
    HELP_ASKED = "help_asked"
    CHAIN_EXHAUSTED = "chain_exhausted"
    RELEASE_DATE_MOVED = "release_date_moved"
    TRANSFERRED = "transferred"
    HANDOVER_READY = "handover_ready"
    RELEASE_CLOSED = "release_closed"
    DEATH_RECORDED = "death_recorded"
    TAKEN = "taken"
    TEXTS_NOT_ARRIVING = "texts_not_arriving"
    REPLY_TO_READ = "reply_to_read"
    HELLO = "hello"
    APPOINTMENT = "appointment"
    APPOINTMENT_MISSED = "appointment_missed"


FOR_THE_PERSON: Final = frozenset(
    {Template.HELLO, Template.APPOINTMENT, Template.APPOINTMENT_MISSED}
)
"""What is told to the person leaving prison, and to nobody else."""


class Audience(StrEnum):
    """Who a notice is for when it is not a rung of the ladder.

    Attributes:
        OTHERS_PAGED: Everybody who was told of an escalation, except whoever took it.
    """

    STEP_OWNER = "step_owner"
    ALL_PARTIES = "all_parties"
    DEATH_LEAD = "death_lead"
    OTHERS_PAGED = "others_paged"
    PERSON = "person"


class Notice(NamedTuple):
    """One thing to tell one audience; it holds codes only.

    Attributes:
        id: `<release>.<seq>.<template>`, so that writing it twice changes nothing.
        audience: An `Audience` or, for a page, the `Target` of its rung.
        channels: How the policy wants it to travel.
        ladder: For a page and what follows from it, the number of its escalation.
        level: For a page, the rung.
        about: The appointment that it is about.
    """

    id: str
    release_id: str
    seq: int
    template: Template
    audience: str
    severity: Severity
    channels: tuple[Channel, ...]
    step: Step | None
    ladder: int | None = None
    level: int | None = None
    about: str | None = None


_PAGES: Final = {
    EventKind.ESCALATION_OPENED: Template.STEP_LAPSED,
    EventKind.ESCALATION_RAISED: Template.ESCALATED,
    EventKind.ACKNOWLEDGEMENT_EXPIRED: Template.ESCALATED,
    EventKind.ESCALATION_EXHAUSTED: Template.CHAIN_EXHAUSTED,
}

_TOLD: Final = {
    EventKind.STEP_WARNED: (Template.STEP_DUE_SOON, Audience.STEP_OWNER, Severity.S4),
    EventKind.RELEASE_DATE_MOVED: (Template.RELEASE_DATE_MOVED, Audience.ALL_PARTIES, Severity.S2),
    EventKind.TRANSFERRED: (Template.TRANSFERRED, Audience.ALL_PARTIES, Severity.S3),
    EventKind.HANDOVER_SENT: (Template.HANDOVER_READY, Audience.ALL_PARTIES, Severity.S3),
    EventKind.RELEASE_CLOSED: (Template.RELEASE_CLOSED, Audience.ALL_PARTIES, Severity.S4),
    EventKind.DIED: (Template.DEATH_RECORDED, Audience.DEATH_LEAD, Severity.S1),
}

_TOLD_TO_THE_PERSON: Final = {
    EventKind.RELEASED: Template.HELLO,
    EventKind.APPOINTMENT_BOOKED: Template.APPOINTMENT,
    EventKind.APPOINTMENT_MISSED: Template.APPOINTMENT_MISSED,
}

_STANDING: Final = frozenset({*_PAGES.values(), Template.HELP_ASKED, Template.APPOINTMENT})
"""What a journey that is brought in half way still gives reason to tell."""


def notices(state: Release, events: tuple[Event, ...], policy: Policy) -> tuple[Notice, ...]:
    """Return what `events` give reason to tell, in their order.

    After a death only the death lead is told, whatever else happened in the same moment (R114).
    A journey brought in half way tells of what stands lapsed, and not of its past.

    Args:
        state: The state after the last of `events`.
        events: Consecutive events of that release.
        policy: The policy the release follows, for the rung each page turns to.
    """
    found = [each for event in events if (each := _notice(state, event, policy)) is not None]
    if state.died_on is not None:
        return tuple(each for each in found if each.template is Template.DEATH_RECORDED)
    if events and events[0].seq == 1:
        return tuple(each for each in found if each.template in _STANDING)
    return tuple(found)


def _notice(state: Release, event: Event, policy: Policy) -> Notice | None:
    if event.kind in _PAGES:
        return _page(state, event, policy)
    if event.kind is EventKind.ESCALATION_ACKNOWLEDGED:
        return _taken(state, event)
    if event.kind in _TOLD_TO_THE_PERSON:
        return _to_the_person(state, event)
    if event.kind in _TOLD:
        return _told(state, event)
    return None


def _told(state: Release, event: Event) -> Notice:
    template, audience, severity = _TOLD[event.kind]
    channels: tuple[Channel, ...] = (Channel.WORKLIST, Channel.EMAIL)
    if severity is Severity.S1:
        channels = (Channel.WORKLIST, Channel.VOICE, Channel.SMS)
    return Notice(
        id=notice_id(state.release_id, event.seq, template),
        release_id=state.release_id,
        seq=event.seq,
        template=template,
        audience=audience,
        severity=severity,
        channels=channels,
        step=event.step,
    )


def _taken(state: Release, event: Event) -> Notice:
    """Tell the others who were paged, by the only channel that still rings in their hands."""
    ladder = Escalation.model_validate(event.data)
    return Notice(
        id=notice_id(state.release_id, event.seq, Template.TAKEN),
        release_id=state.release_id,
        seq=event.seq,
        template=Template.TAKEN,
        audience=Audience.OTHERS_PAGED,
        severity=ladder.severity,
        channels=(Channel.SMS,),
        step=ladder.step,
        ladder=ladder.number,
    )


def _to_the_person(state: Release, event: Event) -> Notice:
    template = _TOLD_TO_THE_PERSON[event.kind]
    return Notice(
        id=notice_id(state.release_id, event.seq, template),
        release_id=state.release_id,
        seq=event.seq,
        template=template,
        audience=Audience.PERSON,
        severity=Severity.S3,
        channels=(Channel.SMS,),
        step=event.step,
        about=event.data.get("id"),
    )


def _page(state: Release, event: Event, policy: Policy) -> Notice:
    ladder = Escalation.model_validate(event.data)
    template = _page_template(state, event, ladder.step)
    chain = policy.chains[ladder.severity]
    level = chain.levels[(ladder.level - 1) % len(chain.levels)]
    exhausted = event.kind is EventKind.ESCALATION_EXHAUSTED
    return Notice(
        id=notice_id(state.release_id, event.seq, template),
        release_id=state.release_id,
        seq=event.seq,
        template=template,
        audience=Target.SERVICE_OWNER if exhausted else level.target,
        severity=ladder.severity,
        channels=level.channels,
        step=ladder.step,
        ladder=ladder.number,
        level=ladder.level,
    )


def _page_template(state: Release, event: Event, step: Step) -> Template:
    """A step that is not late is escalated only because somebody said that they cannot do it."""
    template = _PAGES[event.kind]
    known = state.steps.get(step)
    is_late = known is None or known.lapsed_at is not None
    return template if is_late or template is Template.CHAIN_EXHAUSTED else Template.HELP_ASKED


def notice_id(release_id: str, seq: int, template: Template) -> str:
    """Return the id of a notice: the same event always gives the same notice."""
    return f"{release_id}.{seq}.{template}"
