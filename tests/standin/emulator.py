"""`emulate` in the place of Twilio: it keeps messages and calls, and signs what it sends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, cast

import requests

from infra import leash
from tests.standin.account import ACCOUNT, SEED, SENDER, TOKEN
from tests.standin.installing import module, node
from tests.standin.ports import free_port

_STARTS_WITHIN_SECONDS = 20
_FEW, _PLENTY = 30, 3_500
_BASE = f"/2010-04-01/Accounts/{ACCOUNT}"


class Emulator:
    """One running emulator; what it keeps is gone when it is started again."""

    def __init__(self, folder: Path) -> None:
        self._log = folder / "emulate.log"
        # A JSON document is a YAML document.
        self._seed = folder / "seed.yaml"
        self._seed.write_text(json.dumps(SEED), encoding="utf-8")
        self._process: subprocess.Popen[bytes] | None = None
        self._port = free_port()
        self._requests_left = _PLENTY
        self.url = f"http://127.0.0.1:{self._port}"
        self.session = requests.Session()
        self.session.trust_env = False

    def start(self) -> None:
        """Start, empty, and wait until it answers."""
        program = module("emulate/dist/index.js")
        keep = [sys.executable, "-I", "-S", str(Path(leash.__file__)), str(os.getpid())]
        command = [*keep, str(node()), str(program), "start", "--host", "127.0.0.1"]
        command += ["--port", str(self._port), "--service", "twilio", "--seed", str(self._seed)]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log)
        deadline = time.monotonic() + _STARTS_WITHIN_SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"emulate did not start: {self._log.read_text()}")
            time.sleep(0.02)

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)
            self._process = None

    def clear(self) -> None:
        """Forget every text and call; a new start costs half a second, so few are deleted singly.

        It answers 5,000 requests an hour and then refuses, which a new start resets.
        """
        kept = [(kind, each["sid"]) for kind in ("Messages", "Calls") for each in self.listed(kind)]
        if len(kept) > _FEW or self._requests_left < _PLENTY:
            self.stop()
            self.start()
            return
        for kind, sid in kept:
            self._call("DELETE", f"{_BASE}/{kind}/{sid}.json")

    def listed(self, kind: str, **query: str) -> list[dict[str, Any]]:
        """Return its own record of "Messages" or "Calls", newest first."""
        answer = self._call("GET", f"{_BASE}/{kind}.json", params={"PageSize": "1000", **query})
        return cast("list[dict[str, Any]]", answer[kind.lower()])

    def simulate(self, what: str, **form: str) -> dict[str, Any]:
        """Let something happen; returns once the webhook was answered."""
        return self._call("POST", f"/_twilio/simulate/{what}", data=form)

    def point_replies_to(self, url: str) -> None:
        """Send inbound texts to `url` from now on."""
        numbers = self._call("GET", f"{_BASE}/IncomingPhoneNumbers.json")
        for number in numbers["incoming_phone_numbers"]:
            if number["phone_number"] == SENDER:
                path = f"{_BASE}/IncomingPhoneNumbers/{number['sid']}.json"
                self._call("POST", path, data={"SmsUrl": url})

    def _call(
        self,
        method: str,
        path: str,
        *,
        params: dict[str, str] | None = None,
        data: dict[str, str] | None = None,
    ) -> dict[str, Any]:
        answer = self.session.request(
            method, self.url + path, params, data, auth=(ACCOUNT, TOKEN), timeout=20
        )
        answer.raise_for_status()
        self._requests_left = int(answer.headers["X-RateLimit-Remaining"])
        return cast("dict[str, Any]", answer.json() if answer.content else {})

    def _answers(self) -> bool:
        try:
            return self.session.get(self.url, timeout=1).ok
        except requests.RequestException:
            return False
