"""Scopes for tests in which the scope does not matter."""

from __future__ import annotations

from datetime import date
from typing import Final

from domain.access import Scope

EVERYTHING: Final = Scope(left_since=date(2000, 1, 1), everything=True)
