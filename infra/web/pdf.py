"""PDFs by WeasyPrint, tagged for screen readers as PDF/UA asks (ADR 0016)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any, Final

import structlog

from api.pages.papers import PdfUnavailableError

VARIANT: Final = "pdf/ua-1"

log = structlog.get_logger()


class WeasyPrinter:
    """Implements `api.pages.papers.PdfPrinter`; one at a time, since each keeps a core busy."""

    def __init__(self) -> None:
        """Prepare a thread; what WeasyPrint needs is loaded at the first PDF."""
        self._threads = ThreadPoolExecutor(1, thread_name_prefix="pdf")

    async def __call__(self, html: str) -> bytes:
        """Return the PDF of a page that holds its own style and refers to nothing.

        Raises:
            PdfUnavailableError: Pango is not on this machine.
        """
        return await asyncio.get_running_loop().run_in_executor(self._threads, _pdf_of, html)


def _pdf_of(html: str) -> bytes:
    document = _weasyprint()
    content: bytes = document(string=html, url_fetcher=_refuse).write_pdf(pdf_variant=VARIANT)
    return content


@cache
def _weasyprint() -> Callable[..., Any]:
    try:
        # Its import loads Pango, which the rest of the service does without.
        from weasyprint import HTML  # noqa: PLC0415
    except OSError as error:
        log.warning("pdf_unavailable", missing="pango")
        raise PdfUnavailableError from error
    made: Callable[..., Any] = HTML
    return made


def _refuse(_url: str, **_options: object) -> None:
    """Fetch nothing: whatever a name or a note contains, a PDF asks no other machine for it.

    Raises:
        ValueError: Always; WeasyPrint leaves the thing out.
    """
    raise ValueError("a paper refers to nothing outside itself")
