"""The commissioner's dashboard, the page of one area, and the same figures as files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import Response

from api.measures.calling import answered
from api.measures.files import dictionary, tidy
from api.measures.query import MeasureQuery
from api.measures.questions import TooFineError, Topic
from api.narrowing import FILTERS
from api.pages.answers import Link, csv_file, page, see
from api.pages.dashboard.asking import Asker
from api.pages.dashboard.choices import HOME, Choices
from api.pages.dashboard.filtering import NATIONS, chosen_in_words, filters_of
from api.pages.dashboard.gathering import Dashboard, gather
from api.pages.errors import NOT_FOUND
from api.pages.faults import Fault
from api.pages.places import PlaceNames
from api.pages.recording import BAD_INPUT
from api.pages.security import MeasureReader
from api.refusals import InvalidInputError
from api.security import Given
from domain.access_measures import may_measure
from domain.identifiers import UnknownCodeError
from domain.london_time import london_date
from domain.measures.disclosure.publishing import NotPublishedError

router = APIRouter(include_in_schema=False, prefix=HOME)


@router.get("")
async def dashboard(
    account: MeasureReader,
    request: Request,
    services: Given,
    choices: Annotated[Choices, Query()],
) -> Response:
    """Show a nation, or lead on to the page of the area that was chosen."""
    if choices.area is not None:
        return see(choices.of_area(choices.area).href)
    return await _shown(request, Asker(services, account.subject, choices))


@router.get("/areas/{code}")
async def area(
    code: str,
    account: MeasureReader,
    request: Request,
    services: Given,
    choices: Annotated[Choices, Query()],
) -> Response:
    """Show one local authority to its commissioner, and to an auditor."""
    try:
        current = services.places.local_authority(code)
    except UnknownCodeError:
        raise HTTPException(NOT_FOUND) from None
    # Before anything else is looked at: another's area is refused and never an empty page.
    may_measure(account.subject, current)
    return await _shown(request, Asker(services, account.subject, choices.of_area(current)))


@router.get("/data-dictionary.csv")
async def data_dictionary(_account: MeasureReader) -> Response:
    """Return every column of the files with its meaning."""
    return csv_file(dictionary(), "data-dictionary")


@router.get("/{topic}.csv")
async def figures(
    topic: Topic,
    account: MeasureReader,
    services: Given,
    query: Annotated[MeasureQuery, Query()],
) -> Response:
    """Return the figures of a part of the page as tidy CSV, by the same question as of the API."""
    return csv_file(tidy(await answered(topic, query, account.subject, services)), topic.value)


async def _shown(request: Request, asker: Asker) -> Response:
    try:
        found = await gather(asker)
    except (TooFineError, NotPublishedError) as error:
        *_, last = asker.choices.narrowed
        return _page(request, asker, None, [Fault(FILTERS[last], error.message)])
    except InvalidInputError:
        raise HTTPException(NOT_FOUND) from None
    return _page(request, asker, found)


def _page(
    request: Request, asker: Asker, found: Dashboard | None, faults: Sequence[Fault] = ()
) -> Response:
    choices, names = asker.choices, asker.services.place_names
    today = london_date(asker.services.now())
    name = names.local_authority(choices.area) if choices.area else NATIONS[choices.nation]
    nation = choices.of_nation(choices.nation)
    return page(
        request,
        "dashboard.html",
        title=f"Continuity of care: {name}",
        status=BAD_INPUT if faults else 200,
        errors=faults,
        crumbs=[Link("Dashboard", nation.href), Link(name, choices.href)] if choices.area else (),
        choices=choices,
        name=name,
        filters=filters_of(choices, names, asker.caller.areas, today),
        shown=found,
        chosen=chosen_in_words(choices, names),
        instead=_instead(choices, names),
        elsewhere=choices.of_nation(choices.other_nation).everybody.href,
    )


def _instead(choices: Choices, names: PlaceNames) -> list[Link]:
    """Return the pages of each single choice, to go to from a combination that is not shown."""
    single = [choices.only(cut) for cut in choices.narrowed]
    words = (", ".join(chosen_in_words(each, names)) for each in single)
    links = [Link(f"Only {each}", own.href) for own, each in zip(single, words, strict=True)]
    return [*links, Link("Everybody", choices.everybody.href)]
