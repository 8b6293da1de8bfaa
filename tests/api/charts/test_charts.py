"""Charts: sound for every reader, and blind to what is withheld."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

import api
from api.charts.by_group import rates_by_group
from api.charts.frame import NARROW, WIDE, Chart
from api.charts.funnel import funnel_in_words, funnel_rows
from api.charts.over_time import rate_over_time
from api.charts.svg import element, text_of
from domain.measures.disclosure.stages import StageFigure
from domain.measures.funnel import Stage
from tests.api.charts.drawn import SVG, a_series, a_table, trees, with_class

NAMES = {"a": "Hartlepool", "b": "Leeds & <district>", "c": "York"}
STEADY = [(400 + 20 * n, 1_000) for n in range(9)]
AREAS = {"a": (450, 1_000), "b": (700, 1_000), "c": (20, 40)}


def over_time(chart_of: list[tuple[int, int]] = STEADY, hidden: tuple[int, ...] = ()) -> Chart:
    return rate_over_time(a_series(chart_of, hidden), uid="rate", target=0.75)


def by_area(hidden: tuple[str, ...] = ()) -> Chart:
    return rates_by_group(
        a_table(AREAS, hidden), NAMES, uid="areas", groups="local authorities", nation=0.57
    )


CHARTS = [over_time(), over_time(hidden=(3,)), by_area(), by_area(("c",))]


@pytest.mark.parametrize("chart", CHARTS)
def test_a_chart_is_named_and_described_by_its_own_summary(chart: Chart) -> None:
    for tree in trees(chart):
        title, desc = tree.find(f"{SVG}title"), tree.find(f"{SVG}desc")
        assert title is not None
        assert desc is not None
        assert tree.get("role") == "img"
        assert tree.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
        assert desc.text == chart.summary


@pytest.mark.parametrize("chart", CHARTS)
def test_the_two_drawings_share_no_id_and_hold_no_style_and_no_script(chart: Chart) -> None:
    ids = [each.get("id") for tree in trees(chart) for each in tree.iter() if each.get("id")]

    assert len(ids) == len(set(ids))
    for tree in trees(chart):
        names = {name for each in tree.iter() for name in each.keys()}  # noqa: SIM118
        assert not [name for name in names if name == "style" or name.startswith("on")]
        assert {each.tag for each in tree.iter()} <= {
            f"{SVG}{name}"
            for name in ("svg", "title", "desc", "line", "text", "polygon", "polyline", "circle")
        }


@pytest.mark.parametrize("chart", CHARTS)
def test_everything_is_drawn_inside_the_drawing(chart: Chart) -> None:
    for tree, width in zip(trees(chart), (WIDE, NARROW), strict=True):
        box = [float(each) for each in (tree.get("viewBox") or "").split()]
        assert box[2] == width
        for each in tree.iter():
            for name, most in (("x", width), ("x1", width), ("x2", width), ("cx", width)):
                assert 0 <= float(each.get(name, "0")) <= most
            for name in ("y", "y1", "y2", "cy"):
                assert 0 <= float(each.get(name, "0")) <= box[3]


def test_every_class_has_its_looks() -> None:
    css = (Path(api.__file__).parent / "static/charts.css").read_text()
    classes = {
        each
        for chart in CHARTS
        for tree in trees(chart)
        for node in tree.iter()
        for each in node.get("class", "").split()
    }

    assert [each for each in sorted(classes) if f".{each} " not in css] == []


def test_a_provisional_quarter_is_hollow_and_its_line_is_dotted() -> None:
    for tree in trees(over_time()):
        dots = with_class(tree, "app-chart__dot")
        hollow = with_class(tree, "app-chart__dot--provisional")
        assert (len(dots), hollow) == (9, dots[-1:])
        assert len(with_class(tree, "app-chart__line--provisional")) == 1
        words = hollow[0].find(f"{SVG}title")
        assert words is not None
        assert (words.text or "").endswith("56%, 560 of 1,000, provisional")


def test_no_line_is_drawn_across_a_withheld_figure() -> None:
    for tree in trees(over_time(hidden=(3,))):
        mature = [
            each
            for each in with_class(tree, "app-chart__line")
            if "provisional" not in each.get("class", "")
        ]
        assert [len((each.get("points") or "").split()) for each in mature] == [3, 4]
        assert len(with_class(tree, "app-chart__band")) == 2
        assert len(with_class(tree, "app-chart__dot")) == 8


def test_the_summary_says_what_may_be_said() -> None:
    assert over_time().summary == (
        "January to March 2026: 54% (95% confidence interval 51% to 57%). "
        "This is below the target of 75%. There is no clear change from the period before. "
        "Over the latest five periods it has been increasing. "
        "1 later period is provisional and can still change."
    )


def test_a_clear_change_is_said_with_its_points() -> None:
    leap = [*STEADY[:7], (800, 1_000), STEADY[8]]

    assert "It rose by 28.0 percentage points" in over_time(leap).summary


def test_areas_are_in_the_order_of_their_names() -> None:
    chart = by_area()

    for tree in trees(chart):
        assert len(with_class(tree, "app-chart__interval")) == 3
        names = ["".join(each.itertext()) for each in with_class(tree, "app-chart__name")]
        assert names == ["Hartlepool", "Leeds & <district>", "York"]
    assert chart.summary == (
        "The rates shown, of local authorities, lie between 45% and 70%. 1 is above the national "
        "rate, 1 is below it, and 1 is not clearly different."
    )


FEW = st.integers(0, 4)


@given(first=FEW, second=FEW, need=st.integers(5, 90), other=st.integers(5, 90))
def test_a_chart_does_not_change_with_a_number_that_is_withheld(
    first: int, second: int, need: int, other: int
) -> None:
    one = [*STEADY[:4], (first, need), *STEADY[5:]]
    two = [*STEADY[:4], (second, other), *STEADY[5:]]

    assert over_time(one, (4,)) == over_time(two, (4,))


@given(first=FEW, second=FEW)
def test_a_table_does_not_change_with_a_number_that_is_withheld(first: int, second: int) -> None:
    drawn = [
        rates_by_group(
            a_table({**AREAS, "c": (few, 60)}, ("c",))._replace(),
            NAMES,
            uid="areas",
            groups="local authorities",
        )
        for few in (first, second)
    ]

    assert drawn[0].wide == drawn[1].wide
    assert drawn[0].summary == drawn[1].summary


def test_a_chart_without_any_figure_says_so() -> None:
    nothing = over_time([(3, 40)] * 4, hidden=(0, 1, 2, 3))

    assert nothing.summary == "No mature figure can be shown. 4 figures are not shown."
    assert (
        rates_by_group(a_table(AREAS, ("a", "b", "c")), NAMES, uid="x", groups="prisons").summary
        == "No figure can be shown for any of the prisons."
    )


FUNNEL = (
    StageFigure(Stage.SCREENED, 209, 30),
    StageFigure(Stage.REFERRED, 179, None),
    StageFigure(Stage.ACCEPTED, None, 20),
    StageFigure(Stage.APPOINTED, None, None),
    StageFigure(Stage.SEEN, 150, 40),
    StageFigure(Stage.STARTED, 110, 50),
    StageFigure(Stage.RETAINED, 60, None),
)


def test_the_funnel_tells_each_stage_and_stars_what_is_withheld() -> None:
    rows = funnel_rows(FUNNEL)

    assert [row.people for row in rows] == ["209", "179", "*", "*", "150", "110", "60"]
    assert [row.lost for row in rows] == ["30", "*", "20", "*", "40", "50", ""]
    assert [row.share for row in rows] == ["100%", "86%", "*", "*", "72%", "53%", "29%"]
    assert funnel_in_words(FUNNEL) == (
        "209 people were screened as needing treatment; 60 were in treatment twelve weeks after "
        "they started; most are lost before “In treatment at twelve weeks”: 50."
    )


def test_the_bar_of_a_withheld_number_is_empty_and_every_bar_is_decoration() -> None:
    widths = []
    for row in funnel_rows(FUNNEL):
        bar = ET.fromstring(row.bar)  # noqa: S314 - our own drawing
        assert bar.get("aria-hidden") == "true"
        widths.append(with_class(bar, "app-bar__value")[0].get("width"))

    assert (widths[0], widths[2], widths[3]) == ("240", "0", "0")


@given(words=st.text())
def test_words_never_become_markup(words: str) -> None:
    drawn = element("text", text_of(words), aria_label=words)

    assert not re.search(r"<(?!/?text)", drawn)
    assert drawn.count('"') == 2
    assert drawn.__html__() == drawn
