"""The fixtures `standin` and `receiver`; see the package's docstring for how to use them.

Every test run loads this module, so it imports the parts only once a test asks for them.
"""

# ruff: noqa: PLC0415 - what a test does not ask for is not imported

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.standin.emulator import Emulator
    from tests.standin.faulting import Line
    from tests.standin.provider import StandIn
    from tests.standin.receiver import Receiver


@pytest.fixture(scope="session")
def _line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Emulator, Line]]:
    from tests.standin.emulator import Emulator
    from tests.standin.faulting import Line

    emulator = Emulator(tmp_path_factory.mktemp("standin"))
    emulator.start()
    line = Line(emulator.url)
    line.start()
    yield emulator, line
    line.stop()
    emulator.stop()


@pytest.fixture
def standin(_line: tuple[Emulator, Line]) -> Iterator[StandIn]:
    """Twilio's stand-in; at the end no request of ours may have broken Twilio's contract."""
    from tests.standin.provider import StandIn

    emulator, line = _line
    line.heal()
    yield StandIn(emulator, line)
    breaches = list(line.breaches)
    line.heal()
    emulator.clear()
    assert not breaches


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A listener for webhooks."""
    from tests.standin.receiver import Receiver

    listener = Receiver()
    listener.start()
    yield listener
    listener.stop()
