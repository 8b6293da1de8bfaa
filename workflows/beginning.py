"""The first events of a release, with the facts of a journey that is brought in half way."""

from __future__ import annotations

from datetime import datetime

from domain.deciding import decide, start
from domain.events import Event
from domain.evolve import replay
from domain.rules import Rules
from workflows.messages import Begin


def first_events(begin: Begin, now: datetime, rules: Rules) -> tuple[Event, ...]:
    """Return the events of a start, and of what was submitted with it.

    The client asks this before it starts the workflow, so that an impossible start is refused
    without leaving one behind; later the answer can only be the same.

    Raises:
        Refused: The release cannot start that way, or one of the facts is impossible.
    """
    events = start(begin.new, begin.actor, now, rules)
    if begin.submission is None:
        return events
    return (*events, *decide(replay(events), begin.submission, now, rules))
