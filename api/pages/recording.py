"""From a form that was read to a command that is recorded, by the very path of the JSON API.

What cannot be recorded comes back as faults of the form, so that nothing typed is lost; what others
recorded since the page was opened is shown before anything is saved over it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import uuid4

from api.asking import KINDS, Asked, read_key, submit
from api.pages.accounts import Account
from api.pages.forms import FormReader
from api.pages.happenings import Happening, happenings
from api.parsing import Json
from api.ports import (
    EngineUnavailableError,
    NotAcceptableError,
    OutcomeUnknownError,
    RecordUnavailableError,
    ReleaseUnknownError,
    Services,
)
from api.records import RecordedEvent
from api.refusals import FieldFault, InvalidInputError
from domain.access import scope_of
from domain.access_detail import redacted_event
from domain.commands import THE_SERVICE
from domain.errors import Refusal, Refused, ThroughcareError
from domain.identifiers import FieldError
from domain.london_time import LondonTimeError, london_date

BAD_INPUT: Final = 400
UNAVAILABLE: Final = 503
MOST_CHANGES: Final = 20

CHANGED: Final = (
    "Somebody else changed this record after you opened this page. Read what changed, then save "
    "again if yours is still right."
)


@dataclass(frozen=True)
class FormView:
    """A form as its template shows it.

    Attributes:
        typed: What stands in each input, by name.
        key: Makes a form that is sent twice count once.
        seq: The number of the record's last event when the page was opened.
        changes: What others recorded since.
        status: Of the answer that shows it again.
    """

    key: str
    seq: int
    typed: Mapping[str, str] = field(default_factory=dict)
    changes: Sequence[Happening] = ()
    status: int = 200


def opened(seq: int, typed: Mapping[str, str] | None = None) -> FormView:
    """Return a form to be filled in; `typed` is what stands in it already."""
    return FormView(key=uuid4().hex, seq=seq, typed=typed or {})


async def record(
    services: Services,
    account: Account,
    release_id: str,
    form: FormReader,
    *commands: Mapping[str, Json],
    notes: Mapping[str, str] | None = None,
    fields: Mapping[str, str] | None = None,
) -> FormView | None:
    """Record what a form says; None when it is recorded, else the form to be shown again.

    Args:
        services: The ports.
        account: Who asks.
        release_id: Of which release.
        form: As it was read; with faults, nothing is asked.
        commands: What to record, in the shape of the JSON API, together or not at all. A value of
            None is left out.
        notes: Free text by the key under which a command refers to it.
        fields: The form's field for a field of a command that has another name.

    Raises:
        NotPermitted: The account may not ask it.
        ReleaseUnknownError: There is no such release, or it is not the account's business.
    """
    view = _sent(form)
    changes = await _changes(services, account, release_id, view.seq)
    if form.faults:
        return _again(view, form, BAD_INPUT)
    if changes:
        form.refuse("", CHANGED)
        seq = max(each.event.seq for each in changes)
        told = await happenings(services, changes)
        return FormView(view.key, seq, form.typed, told, BAD_INPUT)
    asked = Asked(
        [_without_nothing(each) for each in commands], dict(notes or {}), is_list=len(commands) > 1
    )
    try:
        await submit(services, account.subject, release_id, view.key, asked)
    except (InvalidInputError, NotAcceptableError, FieldError, LondonTimeError, Refused) as error:
        for each in _faults(error):
            form.refuse(_field(each.field, form, fields or {}), each.message)
        fresh = isinstance(error, Refused) and error.code is Refusal.KEY_REUSED
        return _again(opened(view.seq) if fresh else view, form, BAD_INPUT)
    except (EngineUnavailableError, RecordUnavailableError) as error:
        form.refuse("", error.message)
        return _again(view, form, UNAVAILABLE)
    except OutcomeUnknownError:
        form.refuse("", "It is not known yet whether this was saved. Save again: it counts once.")
        return _again(view, form, UNAVAILABLE)
    return None


def _sent(form: FormReader) -> FormView:
    """Return the key and version that came back with the form, or new ones for one without."""
    try:
        key = read_key(form.typed.get("key", ""))
    except InvalidInputError:
        key = uuid4().hex
    return FormView(key=key, seq=form.whole("seq") or 0)


def _again(view: FormView, form: FormReader, status: int) -> FormView:
    return FormView(view.key, view.seq, form.typed, view.changes, status)


async def _changes(
    services: Services, account: Account, release_id: str, seq: int
) -> tuple[RecordedEvent, ...]:
    """Return what other people recorded after event `seq`, as the account may see it."""
    scope = scope_of(account.subject, london_date(services.now()))
    later = await services.reads.events(release_id, scope, seq, MOST_CHANGES)
    if later is None:
        raise ReleaseUnknownError
    return tuple(
        RecordedEvent(redacted_event(each.event, account.role), each.recorded_at)
        for each in later
        if each.event.actor not in (None, THE_SERVICE.id, account.subject.id)
    )


def _without_nothing(command: Mapping[str, Json]) -> dict[str, Json]:
    """Return a command without what was left empty; where None is an answer, it stays."""
    known = KINDS[str(command["kind"])].model_fields
    return {
        name: value
        for name, value in command.items()
        if value is not None or (name in known and known[name].is_required())
    }


def _faults(error: ThroughcareError) -> Sequence[FieldFault]:
    if isinstance(error, InvalidInputError):
        return error.faults
    if isinstance(error, NotAcceptableError):
        return [FieldFault(each.field, each.message) for each in error.faults]
    return [FieldFault(getattr(error, "field", None) or "", error.message)]


def _field(path: str, form: FormReader, fields: Mapping[str, str]) -> str:
    """Return the form's field that a path in a command stands for; empty for the whole form."""
    name = path.split(".", 2)[-1] if path.startswith("commands.") else path
    name = fields.get(path, fields.get(name, name))
    return name if name in form.typed or f"{name}-day" in form.typed else ""
