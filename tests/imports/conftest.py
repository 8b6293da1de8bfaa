"""The shipped lists, and a reader of files as of one fixed day."""

from __future__ import annotations

import io
from datetime import date

import pytest

from infra.imports.releases import parse_releases
from infra.imports.rows import ImportResult
from infra.reference_data.loading import load_reference_data
from infra.reference_data.reference import ReferenceData
from tests.imports.files import Parse

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="session")
def reference() -> ReferenceData:
    return load_reference_data()


@pytest.fixture(scope="session")
def parse(reference: ReferenceData) -> Parse:
    def parse_content(content: str | bytes) -> ImportResult:
        raw = content.encode() if isinstance(content, str) else content
        return parse_releases(io.BytesIO(raw), reference, today=TODAY)

    return parse_content
