"""The documents of the pack: the page and its PDF say the same, and neither says too much."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from api.pages.papers import PdfUnavailableError
from api.records import Person
from domain.codes import Role
from domain.commands import RequestLicenceCondition
from domain.facts import DrugCondition
from tests.api.conftest import NOW, SUBJECTS
from tests.api.fakes import World
from tests.api.visitors import an_account
from tests.builders import (
    SERVICE,
    a_plan,
    a_prescription,
    a_screening,
    all_essentials,
    an_appointment,
    naloxone_given,
)
from tests.pages.conftest import As, Browser, a_browser

LEAVES_ON = date(2026, 12, 1)
DOCUMENTS = ("clinical", "non-clinical", "person")
CLINICAL_WORDS = ("heroin", "opiate", "trained", "gate", "supply", "dose", "relapse", "injection")
JUSTICE_WORDS = (
    *("prison", "probation", "release", "licence", "offend", "custody", "sentence", "court"),
    *("handover", "hmp", "leeds", "resettlement", "record"),
)


@pytest.fixture
def full(world: World) -> World:
    """A release with a person and every part of a pack."""
    today = NOW.date()
    world.has("rel-1")
    world.people["rel-1"] = Person(
        *("A1234BC", "X123456", "Łukasz", "O'Brien-Smith", date(1990, 2, 3)),
        *(None, None, "+447700900123"),
    )
    booking = an_appointment(today, LEAVES_ON)
    world.records(
        "rel-1",
        a_screening(today),
        a_plan(today),
        a_prescription(today, LEAVES_ON),
        naloxone_given(today),
        booking.model_copy(update={"place": f"{SERVICE}:main"}),
        all_essentials(today),
        RequestLicenceCondition(on=today, condition=DrugCondition.TESTING),
    )
    return world


@pytest.fixture
async def nurse(full: World, as_: As) -> Browser:
    return await as_(Role.HEALTHCARE)


async def pdf_of(browser: Browser, document: str) -> PdfReader:
    answered = await browser.client.get(f"/cases/rel-1/pack/{document}/pdf")
    assert answered.status_code == 200, answered.text
    assert answered.headers["content-type"] == "application/pdf"
    return PdfReader(io.BytesIO(answered.content))


def words_of_page(text: str) -> list[str]:
    return re.findall(r"\S+", text)


MARK = re.compile(r"^(?:\w{6}, v|V)ersion \d+ Page \d+ of \d+$", re.MULTILINE)
"""What stands at the foot of every page, besides the document."""


def words_of_pdf(reader: PdfReader) -> list[str]:
    pages = [each.extract_text() for each in reader.pages]
    assert all(len(MARK.findall(each)) == 1 for each in pages), pages
    return words_of_page(MARK.sub("", "\n".join(pages)))


@pytest.mark.parametrize("document", DOCUMENTS)
async def test_the_pdf_says_what_the_page_says(nurse: Browser, document: str) -> None:
    page = await nurse.open(f"/cases/rel-1/pack/{document}")
    article = page.soup.select_one("article.app-paper")
    assert article is not None

    shown, printed = article.get_text(" "), await pdf_of(nurse, document)

    assert words_of_pdf(printed) == words_of_page(shown)
    assert "Łukasz" in shown


@pytest.mark.parametrize("document", DOCUMENTS)
async def test_the_pdf_is_tagged_for_screen_readers(nurse: Browser, document: str) -> None:
    printed = await pdf_of(nurse, document)

    root = printed.trailer["/Root"]
    assert isinstance(root, DictionaryObject)
    assert str(root["/Lang"]) == "en-GB"
    assert "/MarkInfo" in root
    assert "/StructTreeRoot" in root
    assert printed.metadata is not None
    assert printed.metadata.title
    assert "O'Brien" not in printed.metadata.title


async def test_the_page_for_the_person_is_one_page_without_a_word_of_justice(
    nurse: Browser,
) -> None:
    printed = await pdf_of(nurse, "person")

    text = " ".join(words_of_pdf(printed)).lower()
    assert len(printed.pages) == 1
    assert [each for each in JUSTICE_WORDS if each in text] == []
    assert "wednesday 2 december 2026 at 11am" in text
    assert "you have medicine until monday 7 december 2026." in text
    assert "you have naloxone" in text
    assert "call 999" in text
    assert "a1234bc" not in text


@pytest.mark.parametrize("role", [Role.RESETTLEMENT, Role.PROBATION])
async def test_justice_staff_get_a_pack_without_clinical_detail_and_not_the_other(
    full: World, as_: As, role: Role
) -> None:
    browser = await as_(role)

    text = " ".join(words_of_pdf(await pdf_of(browser, "non-clinical"))).lower()
    sheet = " ".join(words_of_pdf(await pdf_of(browser, "person"))).lower()

    assert [each for each in CLINICAL_WORDS if each in text] == []
    assert "prescription arranged yes" in text
    assert "medicine until 7 december 2026" in text
    assert "naloxone offered yes" in text
    assert "drug testing" in text
    assert "you have naloxone" not in sheet
    for address in ("clinical", "clinical/pdf"):
        assert (await browser.open(f"/cases/rel-1/pack/{address}")).status == 403
    assert (
        'href="/cases/rel-1/pack/clinical"'
        not in (await browser.open("/cases/rel-1/pack")).response.text
    )


async def test_clinicians_read_what_is_arranged_and_which_days_are_open(
    full: World, nurse: Browser
) -> None:
    text = (await nurse.open("/cases/rel-1/pack/clinical")).text

    assert "Uses Heroin" in text
    assert "Given at the gate: 7 days from 1 December 2026" in text
    assert "Supplied, and the person was trained to use it" in text
    assert "Days without medicine No day was found" in text


async def test_every_copy_names_its_version_and_when_it_was_made(
    full: World, nurse: Browser
) -> None:
    seq = full.states["rel-1"].seq
    full.time = NOW + timedelta(minutes=7)

    text = (await nurse.open("/cases/rel-1/pack/clinical")).text

    assert f"version {seq}, 21 November 2026 at 10:07am. This may have changed since" in text


async def test_without_pango_it_says_what_to_do_instead(full: World) -> None:
    async def broken(html: str) -> bytes:
        raise PdfUnavailableError

    full.pdf = broken
    full.accounts.has(an_account(SUBJECTS[Role.HEALTHCARE]))
    async with a_browser(full) as browser:
        await browser.sign_in("hea")

        page = await browser.open("/cases/rel-1/pack/clinical/pdf")

    assert page.status == 503
    assert "Print the page from your browser instead" in page.text
    assert page.soup.select_one('main a[href="/cases/rel-1/pack/clinical"]')


async def test_every_opening_of_a_document_is_in_the_trail(full: World, nurse: Browser) -> None:
    await pdf_of(nurse, "clinical")

    assert full.views.noted == [("hea", "rel-1", "/cases/{release_id}/pack/{document}/pdf")]


@pytest.mark.parametrize("document", ["nothing", "CLINICAL", "../x", "send/pdf"])
async def test_there_is_no_other_document(nurse: Browser, document: str) -> None:
    assert (await nurse.open(f"/cases/rel-1/pack/{document}")).status == 404
