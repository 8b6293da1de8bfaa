"""The documents of a pack: to be read, to be printed, and as a PDF of the same."""

from __future__ import annotations

import logging
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response
from markupsafe import Markup

from api.pages.answers import Link, Rendering, page
from api.pages.packs.gathering import paper_for
from api.pages.packs.papers import Document
from api.pages.papers import Paper, PdfUnavailableError
from api.pages.security import Caseworker
from api.pages.templating import STATIC
from api.security import Given

log = logging.getLogger("api.pages.routes.papers")

router = APIRouter(include_in_schema=False, prefix="/cases/{release_id}/pack/{document}")

_UNAVAILABLE: Final = 503
_STYLES: Final = ("paper.css", "paper-pdf.css")


@router.get("")
async def show(
    release_id: str, document: Document, account: Caseworker, request: Request, services: Given
) -> Response:
    """Show a document as it is printed."""
    paper = await paper_for(request, services, account, release_id, document)
    return page(
        request,
        "pack_paper.html",
        title=paper.title,
        back=Link("Back to the handover pack", f"/cases/{release_id}/pack"),
        paper=paper,
        is_for_person=document is Document.PERSON,
        pdf=f"/cases/{release_id}/pack/{document}/pdf",
    )


@router.get("/pdf")
async def as_pdf(
    release_id: str, document: Document, account: Caseworker, request: Request, services: Given
) -> Response:
    """Answer with the same document as a PDF, or say why there is none."""
    paper = await paper_for(request, services, account, release_id, document)
    try:
        content = await services.pdf(_html(request, paper, document))
    except PdfUnavailableError as error:
        log.warning("pdf unavailable", extra={"document": document})
        return page(
            request,
            "pdf_unavailable.html",
            title="The PDF cannot be made",
            status=_UNAVAILABLE,
            detail=error.message,
            instead=f"/cases/{release_id}/pack/{document}",
        )
    # The name of the file says nothing about anybody: it stays in folders and histories.
    named = f'inline; filename="{document}-version-{paper.version}.pdf"'
    return Response(content, media_type="application/pdf", headers={"Content-Disposition": named})


def _html(request: Request, paper: Paper, document: Document) -> str:
    rendering: Rendering = request.app.state.rendering
    style = "".join((STATIC / name).read_text(encoding="utf-8") for name in _STYLES)
    return rendering.templates.get_template("paper_pdf.html").render(
        paper=paper,
        style=Markup(style),  # noqa: S704 - our own two files
        is_for_person=document is Document.PERSON,
    )
