"""Documents that are read on a screen and on paper: what one is, and the port that makes PDFs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from domain.errors import ThroughcareError


class PdfUnavailableError(ThroughcareError):
    """This machine cannot make a PDF."""

    def __init__(self) -> None:
        """Say what works instead, and what an operator installs."""
        super().__init__(
            "The PDF cannot be made on this machine. Print the page from your browser instead: it "
            "says the same. For the service owner: install Pango (Debian: apt install "
            "libpango-1.0-0 libpangoft2-1.0-0) and start the service again."
        )


class Line(NamedTuple):
    """One fact: what it is, and what it is now in one or more lines."""

    what: str
    text: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and the facts below it.

    Attributes:
        note: A sentence between the two; empty for none.
    """

    title: str
    lines: Sequence[Line]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """One document, the same on a screen and on paper.

    Attributes:
        about: Whose it is, under the title.
        purpose: Who may have it.
        reference: Of the record, for whoever looks up whether it has changed; empty on a paper
            that shall not lead anybody to one.
        version: The number of the record's last event.
        made_at: When it was read from the record.
    """

    title: str
    about: str
    purpose: str
    parts: Sequence[Part]
    reference: str
    version: int
    made_at: datetime


class PdfPrinter(Protocol):
    """Makes a PDF of a page that holds its own style and refers to nothing."""

    async def __call__(self, html: str) -> bytes:
        """Return the PDF, tagged for screen readers.

        Raises:
            PdfUnavailableError: What it needs is not on this machine.
        """
