"""Everything that tells people, joined over one database: what the worker runs, and tests too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from activities.answering import Answerer
from activities.bundling import Bundler
from activities.delivery_ports import DeliveryDispatcher, Ladders, Policies
from activities.looking_ahead import Calendar, LookOut
from activities.ports import Dispatcher
from activities.routing import Router
from activities.sending import Postman
from domain.policy import Channel
from domain.rules import Rules
from infra.database.clock import Clock, utc_now
from infra.database.engine import Database
from infra.duty.store import SqlDuty
from infra.message_settings import MessageSettings
from infra.messages.alarms import Alarms
from infra.messages.answers import SqlAnswers
from infra.messages.bundles import SqlBundles
from infra.messages.checking import Checks
from infra.messages.looking_ahead import SqlLookAhead
from infra.messages.notices import SqlNotices
from infra.messages.outbox import SqlMessages
from infra.messages.person_notices import SqlPersonNotices
from infra.messages.receipts import SqlReceipts
from infra.messages.redacting import SqlRedactions
from infra.messages.sweeping import Sweeper
from notifications.hours import Hours
from notifications.wires import Wire


class Dispatching(Dispatcher, DeliveryDispatcher, Calendar, Protocol):
    """Sets every kind of work on its way."""


@dataclass(frozen=True)
class Delivery:
    """What tells people.

    Attributes:
        receipts: Reports of providers, kept and applied.
        sweeper: Finds what was lost on its way.
    """

    router: Router
    postman: Postman
    bundler: Bundler
    answerer: Answerer
    look_out: LookOut
    receipts: SqlReceipts
    sweeper: Sweeper
    alarms: Alarms
    redactions: SqlRedactions


@dataclass(frozen=True)
class Around:
    """What delivery is joined with.

    Attributes:
        policies: Stored policy documents.
        rules: Returns the policy and calendar in force, for what belongs to no release.
        wires: One for each channel.
        ladders: Asks escalations of the engine.
    """

    policies: Policies
    rules: Callable[[], Rules]
    settings: MessageSettings
    wires: Mapping[Channel, Wire]
    ladders: Ladders
    dispatcher: Dispatching


def delivery(database: Database, around: Around, clock: Clock = utc_now) -> Delivery:
    """Return what tells people, over one database."""
    settings, dispatcher = around.settings, around.dispatcher
    calendar = around.rules().counting

    def hours() -> Hours:
        return Hours(around.rules().policy.delivery, calendar)

    duty = SqlDuty(database)
    checks = Checks(around.policies, calendar, lambda: hours().delivery)
    persons = SqlPersonNotices(
        database, around.policies, calendar, settings.shown_phone, clock=clock
    )
    ahead = SqlLookAhead(database, duty, hours, settings.link_url, clock)
    return Delivery(
        router=Router(
            notices=SqlNotices(database, clock),
            persons=persons,
            duty=duty,
            policies=around.policies,
            ladders=around.ladders,
            dispatcher=dispatcher,
            calendar=calendar,
            link_base=settings.link_url,
            clock=clock,
        ),
        postman=Postman(SqlMessages(database, checks, clock), around.wires, dispatcher),
        bundler=Bundler(SqlBundles(database, settings.link_url, clock), dispatcher),
        answerer=Answerer(
            replies=SqlAnswers(database, clock),
            ladders=around.ladders,
            dispatcher=dispatcher,
            router=dispatcher,
            hours=hours,
            phone=settings.shown_phone,
            clock=clock,
        ),
        look_out=LookOut(ahead, dispatcher, dispatcher, hours, clock),
        receipts=SqlReceipts(database, clock),
        sweeper=Sweeper(database, clock),
        alarms=Alarms(database, duty, settings.link_url, clock),
        redactions=SqlRedactions(database, clock),
    )
