"""From a request to a submission: which commands it holds, who may ask them, and the notes.

The order of the checks is deliberate: what depends on the role and the text of the request alone
comes first, so that nothing reveals whether a release exists; then its scope; then the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Final, NamedTuple, get_args

from fastapi import Depends, Header
from pydantic import TypeAdapter

from api.notes import ids_of, put_ids, read_notes, refuse_dangling
from api.parsing import NOTES, Json, strictly
from api.places import with_current_codes
from api.ports import ReleaseUnknownError, Services
from api.records import Submitted
from api.refusals import FieldFault, InvalidInputError, MissingKeyError
from api.restricting import refuse_restricted
from domain.access import Subject, may_command, may_ever, scope_of
from domain.commands import (
    Actor,
    AdoptPolicy,
    Command,
    EscalateUnreached,
    Merge,
    SetCalendar,
    Submission,
)
from domain.facts import Code, Fact
from domain.london_time import london_date
from domain.state import Release

MOST_COMMANDS: Final = 50

_COMMAND: Final[TypeAdapter[Command]] = TypeAdapter(Command)
_KEY: Final[TypeAdapter[str]] = TypeAdapter(Code)

ALL_COMMANDS: Final[tuple[type[Fact], ...]] = get_args(get_args(Command)[0])
NEVER_ASKED_HERE: Final = frozenset({AdoptPolicy, SetCalendar, EscalateUnreached})
KINDS: Final = {
    str(each.model_fields["kind"].default): each
    for each in ALL_COMMANDS
    if each not in NEVER_ASKED_HERE
}
"""The commands that travel over HTTP, by kind; operators change the rules from the command line,
and only the delivery side says that nobody was reached."""


class Asked(NamedTuple):
    """The commands of one request as they came, and the notes beside them by the sender's keys."""

    commands: list[Json]
    notes: dict[str, str]
    is_list: bool

    def path(self, place: int) -> str:
        """Return where the command at `place` stands in the request."""
        return f"commands.{place}" if self.is_list else ""


def read_asked(body: Json) -> Asked:
    """Return what a body asks: one command, or several that are accepted or refused together.

    Raises:
        InvalidInputError: Not one of the two shapes.
    """
    if not isinstance(body, dict):
        raise InvalidInputError([FieldFault("", "Send one command as an object.")])
    body = dict(body)
    notes = read_notes(body.pop(NOTES, None) or {})
    if "commands" not in body:
        return Asked([body], notes, is_list=False)
    commands = body.pop("commands")
    if body:
        message = "Send either one command or a list of commands, not both."
        raise InvalidInputError([FieldFault("commands", message)])
    if not isinstance(commands, list) or not 0 < len(commands) <= MOST_COMMANDS:
        message = f"Give a list of 1 to {MOST_COMMANDS} commands."
        raise InvalidInputError([FieldFault("commands", message)])
    return Asked(commands, notes, is_list=True)


def read_commands(asked: Asked, subject: Subject) -> tuple[Command, ...]:
    """Return the commands, every one of a kind that the subject's role may ask.

    Raises:
        InvalidInputError: A command has not the shape of its kind.
        NotPermitted: The role may never ask that kind.
    """
    kinds = [_kind(each, asked.path(place)) for place, each in enumerate(asked.commands)]
    for kind in kinds:
        may_ever(subject.role, kind)
    return tuple(
        strictly(_COMMAND, each, under=asked.path(place), skip=1)
        for place, each in enumerate(asked.commands)
    )


def _kind(command: Json, path: str) -> str:
    kind = command.get("kind") if isinstance(command, dict) else None
    if not isinstance(kind, str) or kind not in KINDS:
        message = f"Give one of: {', '.join(KINDS)}."
        raise InvalidInputError([FieldFault(f"{path}.kind".lstrip("."), message)])
    return kind


async def submit(
    services: Services, subject: Subject, release_id: str, key: str, asked: Asked
) -> Submitted:
    """Submit what was asked, once the subject may ask it of this release.

    Raises:
        InvalidInputError: The request cannot be read.
        NotPermitted: The subject may not ask it, or the record is closed to them.
        ReleaseUnknownError: No such release, or not the subject's business.
        Refused: The rules do not allow it.
    """
    ids = ids_of(asked.notes, release_id, subject.id, key)
    put_ids(asked.commands, ids)
    commands = tuple(
        with_current_codes(each, services.places, under=asked.path(place))
        for place, each in enumerate(read_commands(asked, subject))
    )
    actor = Actor(id=subject.id, role=subject.role)
    submission = Submission(key=key, actor=actor, commands=commands)
    release = await services.reads.state(release_id)
    if release is None:
        raise ReleaseUnknownError
    if _is_known_repeat(submission, release):
        return Submitted(seq=release.requests[key].seq, duplicate=True)
    today = london_date(services.now())
    for command in commands:
        may_command(subject, command, release, today)
    await refuse_restricted(services, subject.id, release_id)
    await _refuse_foreign_targets(services, subject, release_id, commands)
    refuse_dangling(asked.commands, ids, release)
    if ids:
        texts = {ids[each]: text for each, text in asked.notes.items()}
        await services.notes.add(release_id, subject.id, texts)
    return await services.releases.submit(release_id, submission)


def _is_known_repeat(submission: Submission, release: Release) -> bool:
    """Whether this person had exactly this accepted before.

    Asked before their scope, because what was accepted may have ended it: a transfer, a rejection.
    """
    known = release.requests.get(submission.key)
    return known is not None and known.digest == submission.digest


async def _refuse_foreign_targets(
    services: Services, subject: Subject, release_id: str, commands: Sequence[Command]
) -> None:
    scope = scope_of(subject, london_date(services.now()))
    for command in commands:
        if isinstance(command, Merge):
            target = await services.reads.state(command.into)
            if target is None or not scope.covers(target):
                message = "There is no such release. Check the id of the record to keep."
                raise InvalidInputError([FieldFault("into", message)])
            await refuse_restricted(services, subject.id, command.into)
            await _refuse_opening(services, release_id, command.into)


async def _refuse_opening(services: Services, release_id: str, into: str) -> None:
    """Refuse to go on with a restricted record in one that everybody can open."""
    of = services.restrictions.of
    if await of(release_id) is not None and await of(into) is None:
        message = (
            "The record to keep is not restricted, and this one is. "
            "Ask the service owner to restrict that one first."
        )
        raise InvalidInputError([FieldFault("into", message)])


async def required_key(
    idempotency_key: Annotated[str | None, Header(include_in_schema=False)] = None,
) -> str:
    """Return the request's idempotency key.

    Raises:
        MissingKeyError: It has none.
        InvalidInputError: It is not a code of at most eighty characters.
    """
    if idempotency_key is None:
        raise MissingKeyError
    return read_key(idempotency_key)


def read_key(key: str) -> str:
    """Return `key` if it can serve as one.

    Raises:
        InvalidInputError: It is not a code of at most eighty characters.
    """
    try:
        return strictly(_KEY, key)
    except InvalidInputError:
        message = "Give 1 to 80 letters, digits, dots, colons, hyphens or underscores."
        raise InvalidInputError([FieldFault("Idempotency-Key", message)]) from None


RequiredKey = Annotated[str, Depends(required_key)]
