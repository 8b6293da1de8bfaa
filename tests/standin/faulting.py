"""The line between us and the stand-in: it checks the contract, and breaks on demand."""

from __future__ import annotations

import asyncio
import socket
import struct
import threading
from collections import defaultdict, deque
from collections.abc import Mapping
from urllib.parse import parse_qs

from aiohttp import ClientSession, TCPConnector, web

from tests.standin.contract import Contract
from tests.standin.faults import Answer, Fault, Garbled, Late, Reset, Weather
from tests.standin.ports import free_port

_HTML = "<html><body><h1>Service Unavailable</h1></body></html>"
_HOP_BY_HOP = frozenset({"connection", "content-length", "host", "transfer-encoding"})


class Line:
    """A proxy in a thread of its own; tests order faults from theirs."""

    def __init__(self, upstream: str) -> None:
        self.url = f"http://127.0.0.1:{(port := free_port())}"
        self.breaches: list[str] = []
        """Requests of ours that broke the provider's contract."""
        self.sends: list[Mapping[str, str]] = []
        """The form of each request to create something, whatever became of it."""
        self._port = port
        self._upstream = upstream
        self._contract = Contract()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._stopped = asyncio.Event()
        self._queue: deque[Fault] = deque()
        self._by_number: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self._weather: Weather | None = None

    def next(self, *faults: Fault) -> None:
        """Spoil the next requests that create something, one fault each, in this order."""
        self._queue.extend(faults)

    def for_number(self, to: str, *faults: Fault) -> None:
        """Spoil sends to one number: the first faults once each, the last for ever."""
        self._by_number[to].extend(faults)

    def half_fail(self, seed: int, *, late: float = 4.0) -> None:
        """Spoil half of all requests at random, look-ups included."""
        self._weather = Weather(seed, late)

    def heal(self) -> None:
        """Let everything through again and forget what came."""
        self._queue.clear()
        self._by_number.clear()
        self._weather = None
        self.breaches.clear()
        self.sends.clear()

    def start(self) -> None:
        self._thread.start()
        self._runner = asyncio.run_coroutine_threadsafe(self._serve(), self._loop).result(10)

    def stop(self) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(30)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _serve(self) -> web.AppRunner:
        # A connection kept open may be closed at the other end just when it is used again.
        connector = TCPConnector(force_close=True)
        self._session = ClientSession(connector=connector, auto_decompress=False)
        application = web.Application()
        application.router.add_route("*", "/{path:.*}", self._handle)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", self._port).start()
        return runner

    async def _close(self) -> None:
        self._stopped.set()
        await self._runner.cleanup()
        await self._session.close()

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        if breach := self._contract.fault(request.method, request.path_qs, request.headers, body):
            self.breaches.append(f"{request.method} {request.path}: {breach}")
            return _refusal(Answer(422, 422))
        fault = self._fault(request, body)
        if isinstance(fault, Answer):
            return _refusal(fault)
        if fault == Reset(accepted=False):
            return _reset(request)
        answer = await self._forward(request, body)
        match fault:
            case Reset():
                return _reset(request)
            case Late(seconds=seconds):
                await self._wait(seconds)
            case Garbled():
                return web.Response(status=201, text=_HTML, content_type="text/html")
            case None:
                pass
        return answer

    def _fault(self, request: web.Request, body: bytes) -> Fault | None:
        creates = request.method == "POST" and request.path.endswith(
            ("/Messages.json", "/Calls.json")
        )
        if creates:
            form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
            self.sends.append(form)
            if faults := self._by_number.get(form["To"]):
                return faults.popleft() if len(faults) > 1 else faults[0]
            if self._queue:
                return self._queue.popleft()
        return None if self._weather is None else self._weather.next()

    async def _forward(self, request: web.Request, body: bytes) -> web.Response:
        headers = {
            name: value
            for name, value in request.headers.items()
            if name.lower() not in _HOP_BY_HOP
        }
        url = f"{self._upstream}{request.path_qs}"
        async with self._session.request(
            request.method, url, headers=headers, data=body or None
        ) as answer:
            content = await answer.read()
            kept = {
                name: value
                for name, value in answer.headers.items()
                if name.lower() not in _HOP_BY_HOP
            }
            return web.Response(status=answer.status, body=content, headers=kept)

    async def _wait(self, seconds: float) -> None:
        """Wait, but not beyond the end of the tests."""
        try:
            await asyncio.wait_for(self._stopped.wait(), seconds)
        except TimeoutError:
            return


def _refusal(answer: Answer) -> web.Response:
    headers = {} if answer.retry_after is None else {"Retry-After": str(answer.retry_after)}
    if answer.code is None:
        return web.Response(
            status=answer.status, text=_HTML, content_type="text/html", headers=headers
        )
    # Twilio's own sentences may quote the number, so this one does.
    problem = {
        "code": answer.code,
        "message": "The 'To' number +447700900999 is not a valid phone number.",
        "more_info": f"https://www.twilio.com/docs/errors/{answer.code}",
        "status": answer.status,
    }
    return web.json_response(problem, status=answer.status, headers=headers)


def _reset(request: web.Request) -> web.Response:
    """Close with RST, as a dying provider or a dropped route does."""
    assert request.transport is not None
    raw: socket.socket = request.transport.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    request.transport.abort()
    return web.Response()
