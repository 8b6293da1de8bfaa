"""Callbacks verified, kept in the store, and set on their way; implements `api.callback_ports`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from temporalio.client import Client

from api.callback_ports import Callback, CallbackRefusedError
from infra.database.engine import Database
from infra.engine.dispatching import Queues, start
from infra.messages.receipts import Applied, SqlReceipts
from infra.messages.replies import Incoming, SqlReplies
from infra.web.store import StoreThreads
from notifications.catalogue import Digit, Wording, is_called, render_call
from notifications.twilio.addresses import message_id_in
from notifications.twilio.forms import Refusal, read_call, read_receipt, read_reply
from notifications.twilio.reports import report_of_call, report_of_text
from notifications.twilio.signatures import Signatures
from notifications.twilio.twiml import twiml_after

T = TypeVar("T")


@dataclass(frozen=True)
class TwilioCallbacks:
    """Takes what Twilio tells.

    Attributes:
        signatures: Verifies; None where no callback can come, so that every one is refused.
        account: Whose callbacks are ours.
        client: Sets on its way what follows; without a server the sweep finds it later.
        queues: Whose workers do that.
    """

    signatures: Signatures | None
    account: str
    receipts: SqlReceipts
    replies: SqlReplies
    threads: StoreThreads
    client: Client
    queues: Queues

    async def receipt(self, callback: Callback) -> None:
        """Keep how a text stands; see the port."""
        form = self._verified(callback)
        found = _believed(lambda: read_receipt(form, self.account, message_id_in(callback.target)))
        report = report_of_text(found.sid, found.status, found.code, found.message_id)
        await self._follow(await self.threads.write(self.receipts.record, report))

    async def call(self, callback: Callback) -> None:
        """Keep how a call stands; see the port."""
        form = self._verified(callback)
        found = _believed(lambda: read_call(form, self.account, message_id_in(callback.target)))
        report = report_of_call(found, found.message_id)
        await self._follow(await self.threads.write(self.receipts.record, report))

    async def reply(self, callback: Callback) -> None:
        """Keep a text that came in; see the port."""
        form = self._verified(callback)
        found = _believed(lambda: read_reply(form, self.account))
        await self._receive(Incoming(found.sid, found.sender, found.body, opted=found.opted))

    async def digits(self, callback: Callback) -> str:
        """Keep the key that was pressed; see the port."""
        form = self._verified(callback)
        found = _believed(lambda: read_call(form, self.account, message_id_in(callback.target)))
        digit = found.digits or ""
        if found.message_id is None:
            raise CallbackRefusedError("no_message")
        wording = await self.threads.read(self.replies.wording_of, found.message_id)
        if wording is None or not is_called(wording):
            raise CallbackRefusedError("unknown_message")
        if digit in set(Digit):
            await self._receive(Incoming(f"{found.sid}.{digit}", "", digit, found.message_id))
        return twiml_after(render_call(Wording(wording)), digit)

    def _verified(self, callback: Callback) -> dict[str, str]:
        signatures = self.signatures
        if signatures is None:
            raise CallbackRefusedError("no_provider")
        return _believed(
            lambda: signatures.verified(callback.target, callback.body, callback.signature)
        )

    async def _receive(self, incoming: Incoming) -> None:
        reply_id = await self.threads.write(self.replies.receive, incoming)
        if reply_id is not None:
            await start(self.client, self.queues.answer(reply_id))

    async def _follow(self, applied: Applied) -> None:
        for hint in self.queues.following(applied):
            await start(self.client, hint)


def callbacks_for(
    database: Database,
    threads: StoreThreads,
    client: Client,
    signatures: Signatures | None,
    account: str | None,
    *,
    queues: Queues | None = None,
) -> TwilioCallbacks:
    """Return what takes callbacks, over the parts of the web process."""
    return TwilioCallbacks(
        signatures=signatures,
        account=account or "",
        receipts=SqlReceipts(database),
        replies=SqlReplies(database),
        threads=threads,
        client=client,
        queues=queues or Queues(),
    )


def _believed(read: Callable[[], T]) -> T:
    try:
        return read()
    except Refusal as refusal:
        raise CallbackRefusedError(refusal.code) from None
