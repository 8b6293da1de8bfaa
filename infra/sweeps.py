"""The one thing that looks for work at intervals: what was decided on and lost on its way.

Due times are never looked for here; they are timers of the engine. A sweep finds rows whose hint
died with its process, and asks the provider about messages of which it has said nothing final.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Final

import structlog

from infra.database.errors import StoreUnavailableError
from infra.engine.dispatching import Dispatcher
from infra.messages.delivery import Delivery
from notifications.twilio.lookup import TwilioRecord
from notifications.twilio.reports import report_of_call, report_of_text
from notifications.wires import NotSentError

UNCONFIRMED_AFTER: Final = timedelta(minutes=30)
ORPHANS_FOR: Final = timedelta(days=3)

log = structlog.get_logger()


class Sweeps:
    """Gives lost work another start."""

    def __init__(
        self, telling: Delivery, dispatcher: Dispatcher, record: TwilioRecord | None
    ) -> None:
        """Sweep what `telling` keeps; `record` is asked about messages without a final state."""
        self._telling = telling
        self._dispatcher = dispatcher
        self._record = record

    async def once(self) -> None:
        """Sweep once, off the loop; a database that is away is met again next time."""
        await asyncio.to_thread(self._once)

    def _once(self) -> None:
        try:
            self._start_again()
            self._match_orphans()
            self._ask_about_unconfirmed()
            self._have_forgotten()
        except StoreUnavailableError:
            log.warning("sweep_skipped", reason="the database does not answer")

    def _start_again(self) -> None:
        sweeper = self._telling.sweeper
        self._dispatcher.dispatch(sweeper.notices())
        self._dispatcher.send((*sweeper.messages(), *self._telling.alarms.raise_all()))
        self._dispatcher.tell(sweeper.bundles())
        for each in sweeper.unweighed():
            self._dispatcher.weigh(each.id, each.severity, None)
        for reply in sweeper.replies():
            self._dispatcher.answer(reply)

    def _match_orphans(self) -> None:
        for sid, status, code in self._telling.receipts.orphans(ORPHANS_FOR):
            report = report_of_text(sid, status, code, None)
            self._dispatcher.follow(self._telling.receipts.match(report))

    def _ask_about_unconfirmed(self) -> None:
        if self._record is None:
            return
        for each in self._telling.receipts.unconfirmed(UNCONFIRMED_AFTER):
            self._ask(str(each.provider_id), each.id)

    def _have_forgotten(self) -> None:
        if self._record is None:
            return
        for sid in self._telling.redactions.due():
            try:
                self._record.delete(sid)
            except NotSentError as error:
                log.warning("provider_not_asked", code=error.code)
                return
            self._telling.redactions.done(sid)

    def _ask(self, sid: str, message_id: str) -> None:
        assert self._record is not None  # noqa: S101 - asked only where there is one
        try:
            if sid.startswith("CA"):
                call = self._record.call(sid)
                report = report_of_call(call, message_id) if call else None
            else:
                text = self._record.text(sid)
                report = report_of_text(sid, text.status, text.code, message_id) if text else None
        except NotSentError as error:
            log.warning("provider_not_asked", code=error.code)
            return
        if report is not None:
            self._dispatcher.follow(self._telling.receipts.record(report))
