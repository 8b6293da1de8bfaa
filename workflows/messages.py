"""What a release's workflow is started with, told and answers; wire types, only ever added to."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from domain.commands import Actor, Submission
from domain.deciding import NewRelease
from domain.events import Event
from domain.rules import Rules
from domain.state import Release


class Begin(BaseModel):
    """The first request to a release: start it, with what is known already.

    Attributes:
        submission: Facts of a journey brought in half way, accepted together with the start.
    """

    model_config = ConfigDict(frozen=True)

    new: NewRelease
    actor: Actor
    submission: Submission | None = None


class Input(BaseModel):
    """What a run starts with: a new release, or the state of one that goes on.

    Attributes:
        begin: For a release that does not exist yet.
        release: For one that continues as new, or is brought back from its last snapshot.
        rules: The policy and calendar pinned for the release.
        run: Counts continue-as-new runs, from 1.
        unprojected: With `release`, its last events, which the read model lost.
    """

    model_config = ConfigDict(frozen=True)

    rules: Rules
    begin: Begin | None = None
    release: Release | None = None
    run: int = 1
    unprojected: tuple[Event, ...] = ()


class Again(BaseModel):
    """What an operator wants to be written into the read model again.

    Attributes:
        after_seq: The last event that the read model holds.
        earlier: Events of earlier runs after that, which the running one does not hold.
    """

    model_config = ConfigDict(frozen=True)

    after_seq: int
    earlier: tuple[Event, ...] = ()


class Outcome(BaseModel):
    """The answer to a request that was accepted.

    Attributes:
        seq: The number of the last event; the read model shows it by the time this is returned.
        repeated: The same submission had been accepted before.
    """

    model_config = ConfigDict(frozen=True)

    release_id: str
    seq: int
    repeated: bool = False


class Problem(BaseModel):
    """Why a request was refused; travels as the detail of the failure."""

    model_config = ConfigDict(frozen=True)

    code: str
    message: str
    field: str | None = None


class Status(BaseModel):
    """What an operator may ask of a running release."""

    model_config = ConfigDict(frozen=True)

    release: Release
    rules: Rules
    run: int
    projected_seq: int


class Journal(BaseModel):
    """Events that this run has recorded, oldest first."""

    model_config = ConfigDict(frozen=True)

    events: tuple[Event, ...]
