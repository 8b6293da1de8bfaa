"""Remember what was worked out from the record, for as long as the record stays as it was."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Final

MOST: Final = 500


class Remembered:
    """The most recently used answers of this process, each with the state that it is true of."""

    def __init__(self, most: int = MOST) -> None:
        """Remember `most` answers."""
        self._most = most
        self._answers: OrderedDict[Hashable, tuple[int, object]] = OrderedDict()
        self._lock = Lock()

    def get(self, question: Hashable, stamp: int) -> object | None:
        """Return the answer, None unless it was worked out from the state of this stamp."""
        with self._lock:
            held = self._answers.get(question)
            if held is None or held[0] != stamp:
                return None
            self._answers.move_to_end(question)
            return held[1]

    def put(self, question: Hashable, stamp: int, answer: object) -> None:
        """Remember an answer; the one that was not asked for the longest is forgotten."""
        with self._lock:
            self._answers[question] = (stamp, answer)
            self._answers.move_to_end(question)
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)
