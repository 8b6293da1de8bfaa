"""What can go wrong between us and a provider, as orders to the line."""

from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    """The provider refuses; nothing reaches it.

    Attributes:
        code: The provider's own code; none leaves a page of HTML, as a gateway in between sends.
        retry_after: Seconds.
    """

    status: int
    code: int | None = None
    retry_after: int | None = None


@dataclass(frozen=True)
class Reset:
    """The connection breaks; what was `accepted` before that is kept by the provider."""

    accepted: bool


@dataclass(frozen=True)
class Late:
    """The provider accepts and answers only after `seconds`."""

    seconds: float


@dataclass(frozen=True)
class Garbled:
    """The provider accepts and answers 201 with something that is no JSON."""


Fault = Answer | Reset | Late | Garbled


class Weather:
    """Which fault, if any, the next request meets; a seed makes a storm repeatable."""

    def __init__(self, seed: int, late: float) -> None:
        self._random = random.Random(seed)
        self._kinds: tuple[Fault, ...] = (
            Answer(429, 20429, retry_after=0),
            Answer(500, 20500),
            Answer(503),
            Reset(accepted=False),
            Reset(accepted=True),
            Late(late),
            Garbled(),
        )

    def next(self) -> Fault | None:
        return self._random.choice(self._kinds) if self._random.random() < 0.5 else None
