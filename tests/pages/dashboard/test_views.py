"""The views of the dashboard are pure: answers in, words out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.measures.answers import Answer, Excluded, FunnelRow, Row
from api.measures.questions import Question, Topic
from api.pages.dashboard.choices import OF_AN_AREA, Choices
from api.pages.dashboard.figures import line_of
from api.pages.dashboard.funnel import funnel_of
from api.pages.dashboard.groups import Reader, groups_of
from api.pages.dashboard.headline import headline_of
from api.pages.dashboard.national import beside_published, last_month_of, published_years
from api.pages.dashboard.quality import REASONS, quality_of
from api.pages.dashboard.trend import trend_of
from domain.codes import Nation
from domain.measures.cuts import NOT_RECORDED, Cut
from domain.measures.definitions import MeasureId
from domain.measures.disclosure.publishing import Disclosed, Withheld
from domain.measures.exclusions import Exclusion
from domain.measures.funnel import Stage
from domain.measures.maturity import Maturity
from domain.measures.periods import Period, PeriodKind
from domain.measures.policy import DEFAULT_MEASURES
from domain.measures.reporting import Figure
from domain.measures.statistics.comparing import compare
from domain.measures.statistics.proportion import Proportion
from infra.reference_data.published import published_figures

YEAR = Period(PeriodKind.YEAR, date(2026, 9, 1))
EVERYWHERE = Reader(areas=None)
NOTHING = Excluded(0, {}, 0, 0)


def shown(x: int, n: int, ripe: Maturity = Maturity.MATURE, period: Period = YEAR) -> Figure:
    rate = Proportion.of(x, n)
    against = compare(rate, 0.75) if ripe is Maturity.MATURE else None
    return Figure(period, ripe, Disclosed(rate), rate.interval(), against, None)


def withheld(why: Withheld = Withheld.SMALL_NUMBERS) -> Figure:
    return Figure(YEAR, Maturity.MATURE, Disclosed(withheld=why), None, None, None)


def an_answer(
    figures: Mapping[str, Figure],
    cut: Cut = Cut.NATION,
    nation: Nation = Nation.ENGLAND,
    excluded: Excluded = NOTHING,
    funnel: tuple[FunnelRow, ...] = (),
) -> Answer:
    measure = MeasureId.CONTINUITY_NEED if nation is Nation.ENGLAND else MeasureId.WALES_WAIT
    rows = tuple(Row(measure, key, f"Name of {key}", each) for key, each in figures.items())
    asked = Question(Topic.CONTINUITY, nation, cut, (YEAR,))
    return Answer(asked, DEFAULT_MEASURES, rows, funnel, (), excluded)


@given(n=st.integers(1, 5_000), data=st.data())
def test_a_line_tells_what_the_figure_is(n: int, data: st.DataObject) -> None:
    x = data.draw(st.integers(0, n))
    line = line_of("", shown(x, n))

    assert (line.reached, line.of) == (f"{x:,}", f"{n:,}")
    assert abs(float(line.rate.rstrip("%")) - 100 * x / n) <= 0.0501
    lower, upper = (float(each.rstrip("%")) for each in line.interval.split(" to "))
    assert lower <= float(line.rate.rstrip("%")) <= upper


@pytest.mark.parametrize("why", list(Withheld))
def test_a_withheld_line_is_only_its_symbol_and_reason(why: Withheld) -> None:
    line = line_of("Here", withheld(why))

    assert set(line[1:5]) == {why.symbol}
    assert line.why == why.words


def test_a_provisional_headline_is_marked_and_compared_with_nothing() -> None:
    found = headline_of(an_answer({"all": shown(40, 100, Maturity.PROVISIONAL)}))

    assert found is not None
    assert (found.maturity, found.against) == ("Provisional", "")
    assert "can still change" in found.ripe


def test_a_withheld_headline_has_no_number_at_all() -> None:
    found = headline_of(an_answer({"all": withheld()}))

    assert found is not None
    assert (found.big, found.interval, found.against) == (None, "", "")
    assert not any(each.isdigit() for each in found.sentence)


def test_without_releases_there_is_no_part_and_no_zero() -> None:
    empty = an_answer({})

    assert headline_of(empty) is None
    assert trend_of(empty) is None
    assert groups_of(empty, None, EVERYWHERE) is None
    assert funnel_of(empty) is None


def test_a_line_of_which_nothing_is_shown_is_not_drawn() -> None:
    found = trend_of(an_answer({"all": withheld()}))

    assert found is not None
    assert found.chart is None
    assert found.summary == "No mature figure can be shown. 1 figure is not shown."


def test_groups_stand_by_name_whatever_their_rates_and_the_unknown_last() -> None:
    figures = {NOT_RECORDED: shown(90, 100), "B": shown(10, 100), "A": shown(60, 100)}

    found = groups_of(an_answer(figures, Cut.SEX), Proportion.of(300, 1_000), EVERYWHERE)

    assert found is not None
    labels = [each.line.label for each in found.lines]
    assert labels == ["Name of A", "Name of B", f"Name of {NOT_RECORDED}"]
    assert [each.against for each in found.lines] == ["Above", "Below", "Above"]
    assert {each.href for each in found.lines} == {None}


def test_a_provisional_group_is_compared_with_nothing() -> None:
    figures = {"A": shown(60, 100, Maturity.PROVISIONAL)}

    found = groups_of(an_answer(figures, Cut.SEX), Proportion.of(300, 1_000), EVERYWHERE)

    assert found is not None
    assert [each.against for each in found.lines] == [""]


def test_a_commissioners_own_areas_come_first_among_many() -> None:
    figures = {f"E{n:08}": shown(n, 100) for n in range(40)}
    answer = an_answer(figures, Cut.DESTINATION)

    found = groups_of(answer, None, Reader(frozenset({"E00000007"})))

    assert found is not None
    assert [each.href for each in found.mine] == ["/dashboard/areas/E00000007"]
    assert len(found.lines) == 40
    everybody = groups_of(answer, None, EVERYWHERE)
    assert everybody is not None
    assert everybody.mine == ()


def reached(*numbers: int) -> dict[Stage, int]:
    return dict(zip(Stage, numbers, strict=True))


def test_the_funnel_names_the_largest_losses_with_their_lapses() -> None:
    lapses = {Stage.ACCEPTED: {"referral": 12, "screening": 30}}
    row = FunnelRow("all", "", YEAR, Maturity.MATURE, reached(100, 90, 40, 40, 38, 30, 20), lapses)

    found = funnel_of(an_answer({}, funnel=(row,)))

    assert found is not None
    assert [each.people for each in found.rows] == ["100", "90", "40", "40", "38", "30", "20"]
    assert [each.lost for each in found.rows] == ["10", "50", "0", "2", "8", "10", ""]
    first, *others = found.losses
    assert (first.stage, first.people, first.share) == ("Referral accepted", "50", "56%")
    assert [each[-4:] for each in first.lapses] == ["(30)", "(12)"]
    assert all(each.lapses == () for each in others)


def test_a_withheld_funnel_shows_no_stage() -> None:
    row = FunnelRow("all", "", YEAR, Maturity.MATURE, None, None)

    found = funnel_of(an_answer({}, funnel=(row,)))

    assert found is not None
    assert (found.rows, found.losses) == ((), ())
    assert found.words == Withheld.SMALL_NUMBERS.words


def test_every_reason_to_leave_a_release_out_has_its_words() -> None:
    assert set(REASONS) == set(Exclusion)


def test_small_numbers_of_what_is_left_out_are_starred() -> None:
    left_out = Excluded(None, {Exclusion.UNDER_AGE: None, Exclusion.MERGED: 12}, None, 0)
    by_sex = an_answer({"male": shown(5, 10), NOT_RECORDED: withheld()}, Cut.SEX)

    found = quality_of(an_answer({}, excluded=left_out), [by_sex], 2)

    assert (found.excluded, found.file_lines, found.unplaced) == ("*", "*", "0")
    assert [each.number for each in found.reasons] == ["*", "12"]
    assert [tuple(each) for each in found.unknown] == [("Sex", "*")]


def test_published_figures_that_disagree_are_all_kept_latest_first() -> None:
    figures = published_years(published_figures(), None)
    period = Period(PeriodKind.YEAR, last_month_of("2019-20"))
    own = an_answer({"all": shown(345, 1_000, period=period)})

    found = {each.period: each for each in beside_published(figures, own)}

    year = found["2019 to 2020"]
    assert year.disagree
    assert {"34.5%", "35%", "34%"} <= {each.percent for each in year.printed}
    vintages = [each.vintage_on for each in year.printed]
    assert vintages == sorted(vintages, reverse=True)
    assert (year.own, year.own_of) == ("34.5%", "1,000")
    assert found["2015 to 2016"].own == "-"


def test_what_was_published_later_was_not_known_then() -> None:
    then = published_years(published_figures(), date(2021, 12, 31))

    assert {each.shown_percent for each in then["2019-20"]} == {Decimal(35), Decimal(34)}


chosen = st.builds(
    Choices,
    nation=st.sampled_from(Nation),
    per=st.sampled_from(PeriodKind),
    by=st.sampled_from(Cut) | st.none(),
    prison=st.sampled_from(["LEI", None]),
)


@given(chosen)
def test_an_address_leads_back_to_the_same_choices(choices: Choices) -> None:
    path, _, query = choices.href.partition("?")
    told = dict(each.split("=") for each in query.split("&") if each)

    assert path == "/dashboard"
    assert Choices.model_validate(told) == choices


@given(chosen)
def test_within_an_area_only_its_own_groups_can_be_chosen(choices: Choices) -> None:
    area = choices.of_area("W06000015")

    assert area.nation is Nation.WALES
    assert area.cut in OF_AN_AREA
    assert area.prison is None
    assert area.href.startswith("/dashboard/areas/W06000015")
