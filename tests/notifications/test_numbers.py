from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.numbers import NumberFault, NumberRefusedError, masked, parse_uk_mobile


def refusal(text: str, *, allow_drama: bool = False) -> NumberFault:
    with pytest.raises(NumberRefusedError) as refused:
        parse_uk_mobile(text, allow_drama=allow_drama)
    assert text.strip() == "" or text.strip() not in refused.value.message
    return refused.value.code


@pytest.mark.parametrize(
    "text",
    [
        "07400 123456",
        "+44 (0)7400 123456",
        "+44 7400 123456",
        "0044 7400 123456",
        "447400123456",
        "7400123456",
        "07400-123-456",
        " 07400123456 ",
    ],
)
def test_the_ways_people_write_a_mobile_number(text: str) -> None:
    assert parse_uk_mobile(text, allow_drama=False) == "+447400123456"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("07911 123456", "+447911123456"),  # Guernsey
        ("07624 123456", "+447624123456"),  # Isle of Man
        ("07797 123456", "+447797123456"),  # Jersey
    ],
)
def test_the_crown_dependencies_count(text: str, expected: str) -> None:
    assert parse_uk_mobile(text, allow_drama=False) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", NumberFault.EMPTY),
        ("   ", NumberFault.EMPTY),
        ("O7400 123456", NumberFault.CHARACTERS),
        ("07400 123456 ext 5", NumberFault.CHARACTERS),
        ("07400123456;07400123457", NumberFault.CHARACTERS),
        ("07400123456\n", NumberFault.CHARACTERS),
        (
            "\u0660\u0667\u0664\u0660\u0660\u0661\u0662\u0663\u0664\u0665\u0666",
            NumberFault.CHARACTERS,
        ),
        ("+44740012345\uff16", NumberFault.CHARACTERS),
        ("07400 12345", NumberFault.UNREADABLE),
        ("074001234567", NumberFault.UNREADABLE),
        ("07400123456 07400123457", NumberFault.UNREADABLE),
        ("999", NumberFault.UNREADABLE),
        ("()", NumberFault.UNREADABLE),
        ("+353 87 123 4567", NumberFault.FOREIGN),
        ("00353 87 123 4567", NumberFault.FOREIGN),
        ("+1 202 555 0100", NumberFault.FOREIGN),
        ("020 7946 0018", NumberFault.LANDLINE),
        ("0161 496 0000", NumberFault.LANDLINE),
        ("0330 123 4567", NumberFault.LANDLINE),
        ("07000 123456", NumberFault.NOT_MOBILE),
        ("0800 123 4567", NumberFault.NOT_MOBILE),
        ("0900 123 4567", NumberFault.NOT_MOBILE),
        ("07640 123456", NumberFault.NOT_MOBILE),
    ],
)
def test_anything_else_is_refused_with_its_reason(text: str, code: NumberFault) -> None:
    assert refusal(text) is code


def test_numbers_for_drama_are_for_invented_people_only() -> None:
    assert parse_uk_mobile("07700 900123", allow_drama=True) == "+447700900123"
    assert refusal("07700 900123") is NumberFault.DRAMA
    # Next to the range, and so never excused by it.
    assert refusal("07700 901000", allow_drama=True) is not NumberFault.DRAMA


@given(st.text())
def test_whatever_is_typed_gives_a_mobile_number_or_a_reason(text: str) -> None:
    try:
        number = parse_uk_mobile(text, allow_drama=True)
    except NumberRefusedError:
        return
    assert number.startswith("+447")
    assert number.isascii()
    assert len(number) == 13


@given(st.from_regex(r"\+447[4-9][0-9]{8}", fullmatch=True))
def test_reading_a_number_again_changes_nothing(text: str) -> None:
    try:
        number = parse_uk_mobile(text, allow_drama=True)
    except NumberRefusedError:
        return
    assert parse_uk_mobile(number, allow_drama=True) == number


def test_a_masked_number_shows_its_last_four_figures() -> None:
    assert masked("+447400123456") == "•••• 3456"
