from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.segments import Count, Encoding, count, outside_gsm7

PLAIN = st.text("abcXYZ 0123456789@£éà\n", max_size=400)
EXTENDED = st.text("^{}\\[~]|€", max_size=300)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Count(Encoding.GSM_7, 0, 0)),
        ("a" * 160, Count(Encoding.GSM_7, 160, 1)),
        ("a" * 161, Count(Encoding.GSM_7, 161, 2)),
        ("a" * 306, Count(Encoding.GSM_7, 306, 2)),
        ("a" * 307, Count(Encoding.GSM_7, 307, 3)),
        ("€" * 80, Count(Encoding.GSM_7, 160, 1)),
        ("Siân", Count(Encoding.UCS_2, 4, 1)),
        ("ŵ" * 70, Count(Encoding.UCS_2, 70, 1)),
        ("ŵ" * 71, Count(Encoding.UCS_2, 71, 2)),
        ("ŵ" * 135, Count(Encoding.UCS_2, 135, 3)),
        ("\N{WAVING HAND SIGN}" * 35, Count(Encoding.UCS_2, 70, 1)),
    ],
)
def test_the_limits_of_both_alphabets(text: str, expected: Count) -> None:
    assert count(text) == expected


def test_an_escaped_pair_is_never_split_over_two_parts() -> None:
    # 152 septets, then a pair that no longer fits into the first part of 153.
    assert count("a" * 152 + "€" + "a" * 152).segments == 3


@pytest.mark.parametrize("letter", "âáíóúçêîôûŵŷ\N{RIGHT SINGLE QUOTATION MARK}")
def test_one_foreign_letter_makes_the_whole_text_cost_more(letter: str) -> None:
    text = "a" * 100 + letter

    assert outside_gsm7(text) == {letter}
    assert count(text) == Count(Encoding.UCS_2, 101, 2)


@pytest.mark.parametrize("letter", list("àèéìòùäöñü"))
def test_these_accents_cost_nothing(letter: str) -> None:
    assert count(letter) == Count(Encoding.GSM_7, 1, 1)
    assert not outside_gsm7(letter)


@given(st.text())
def test_a_longer_text_never_takes_fewer_parts(text: str) -> None:
    assert count(text).segments <= count(text + "a").segments


@given(PLAIN, EXTENDED)
def test_parts_hold_all_units_and_no_part_is_wasted(plain: str, extended: str) -> None:
    counted = count(plain + extended)

    assert counted.units == len(plain) + 2 * len(extended)
    if counted.segments > 1:
        # At most one septet of each part stays empty, before an escaped pair.
        assert counted.segments * 153 >= counted.units > (counted.segments - 1) * 152


@given(st.text())
def test_encoding_follows_the_letters_alone(text: str) -> None:
    assert (count(text).encoding is Encoding.UCS_2) == bool(outside_gsm7(text))
