"""Answering one reply: an acknowledgement becomes one, anything else reaches a person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from temporalio import activity

from activities.delivery_ports import DeliveryDispatcher, Due, Ladders
from activities.ports import Dispatcher, Told
from domain.commands import Actor
from domain.journey import Step
from notifications.answering import Answer, Received, answer_of
from notifications.catalogue import Reading, Wording, by_fields
from notifications.hours import Hours


class Asked(NamedTuple):
    """An escalation that somebody was asked about and answers.

    Attributes:
        next_at: When the lease runs out, or the next rung is paged.
        actor: Who answers.
    """

    release_id: str
    reference: str
    step: Step
    is_taken: bool
    holder: str | None
    next_at: datetime
    actor: Actor


class Written(NamedTuple):
    """What answering wrote and is to be set on its way.

    Attributes:
        weigh: Notices of which the reply itself is new evidence.
    """

    messages: tuple[Due, ...]
    notices: tuple[Told, ...]
    weigh: tuple[Told, ...] = ()


class Replies(Protocol):
    """Replies that came in."""

    def open(self, reply_id: str) -> Received | None:
        """Return a reply that is still to be answered; None for any other."""

    def asked(self, reply_id: str) -> Asked | None:
        """Return the escalation that its sender was asked about; None when they were not asked."""

    def close(self, reply_id: str, answer: Answer) -> Written:
        """Write what became of it, once."""


@dataclass(frozen=True)
class Answerer:
    """Answers replies by their ids.

    Attributes:
        hours: Returns those of the policy in force, for when somebody will call back.
        phone: Whom people may call with questions.
    """

    replies: Replies
    ladders: Ladders
    dispatcher: DeliveryDispatcher
    router: Dispatcher
    hours: Callable[[], Hours]
    phone: str
    clock: Callable[[], datetime]

    @activity.defn(name="answer_reply")
    def answer_reply(self, reply_id: str) -> None:
        """Act on a reply and answer it; harmless when repeated."""
        reply = self.replies.open(reply_id)
        if reply is None:
            return
        written = self.replies.close(reply_id, self._answer(reply))
        self.dispatcher.send(written.messages)
        self.router.dispatch(written.notices)
        for each in written.weigh:
            self.dispatcher.weigh(each.id, each.severity, None)

    def _answer(self, reply: Received) -> Answer:
        if reply.reading not in {Reading.ACKNOWLEDGES, Reading.PASSES_ON}:
            return answer_of(reply, self.hours(), self.phone, self.clock())
        asked = self.replies.asked(reply.id)
        if asked is None:
            return Answer("not_asked", wants_reading=True)
        if reply.reading is Reading.PASSES_ON:
            return self._pass_on(reply, asked)
        return self._take(reply, asked)

    def _take(self, reply: Received, asked: Asked) -> Answer:
        own = asked.is_taken and asked.holder == asked.actor.id
        key = f"reply-{reply.id}"
        if not own and not self.ladders.take(asked.release_id, asked.step, asked.actor, key):
            return Answer("overtaken", Wording.TAKEN, {"reference": asked.reference})
        held = self.replies.asked(reply.id) or asked
        fields = {"reference": held.reference, **by_fields(held.next_at)}
        return Answer("taken", Wording.YOURS_NOW, fields)

    def _pass_on(self, reply: Received, asked: Asked) -> Answer:
        key = f"reply-{reply.id}"
        done = self.ladders.pass_on(asked.release_id, asked.step, asked.actor, key)
        return Answer("passed_on" if done else "overtaken")
