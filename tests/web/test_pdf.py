"""PDFs by the real library: what a paper may and may not do."""

from __future__ import annotations

import asyncio
import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from infra.web.pdf import WeasyPrinter
from tests.pages.pango import need_pango


@pytest.fixture
def printer() -> WeasyPrinter:
    need_pango()
    return WeasyPrinter()


async def test_a_paper_asks_no_other_machine_and_no_file_for_anything(
    printer: WeasyPrinter, tmp_path: Path
) -> None:
    asked: list[str] = []

    async def answer(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append("asked")
        writer.close()

    secret = tmp_path / "secret.css"
    secret.write_text("body::after{content:'read from a file'}", encoding="utf-8")
    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        content = await printer(
            f"<html lang='en'><title>T</title><link rel='stylesheet' href='{secret.as_uri()}'>"
            f"<link rel='stylesheet' href='http://127.0.0.1:{port}/a.css'>"
            f"<img src='http://127.0.0.1:{port}/a.png' alt='a picture'><p>Said</p>"
        )

    text = PdfReader(io.BytesIO(content)).pages[0].extract_text()
    assert asked == []
    assert "Said" in text
    assert "read from a file" not in text


async def test_several_at_once_are_each_their_own(printer: WeasyPrinter) -> None:
    pages = [f"<html lang='en'><title>T</title><p>Paper {n}</p>" for n in range(3)]

    made = await asyncio.gather(*(printer(each) for each in pages))

    texts = [PdfReader(io.BytesIO(each)).pages[0].extract_text().strip() for each in made]
    assert texts == ["Paper 0", "Paper 1", "Paper 2"]
