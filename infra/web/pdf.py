"""PDFs by WeasyPrint, tagged for screen readers as PDF/UA asks (ADR 0016)."""

from __future__ import annotations

import asyncio
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
    weasyprint = _weasyprint()
    # No protocol at all: whatever a name or a note contains, a paper asks nobody for anything.
    nothing = weasyprint.urls.URLFetcher(allowed_protocols=())
    made = weasyprint.HTML(string=html, url_fetcher=nothing)
    content: bytes = made.write_pdf(pdf_variant=VARIANT)
    return content


@cache
def _weasyprint() -> Any:  # noqa: ANN401 - a module without types
    try:
        # Its import loads Pango, which the rest of the service does without.
        import weasyprint  # noqa: PLC0415
    except OSError as error:
        log.warning("pdf_unavailable", missing="pango")
        raise PdfUnavailableError from error
    return weasyprint
