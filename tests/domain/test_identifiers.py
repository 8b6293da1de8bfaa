"""Identifiers: what is accepted, how it is normalised, and what a refusal may say."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.identifiers import (
    NAME_MAX,
    IdentifierError,
    parse_crn,
    parse_email,
    parse_mobile,
    parse_name,
    parse_prison_number,
)


def parse_forename(text: str) -> str:
    return parse_name(text, field="forename")


PARSERS = (parse_crn, parse_email, parse_mobile, parse_forename, parse_prison_number)
ANY_PARSER = st.sampled_from(PARSERS)

PRISON_NUMBERS = st.from_regex(r"[A-Z][0-9]{4}[A-Z]{2}", fullmatch=True)
CRNS = st.from_regex(r"[A-Z][0-9]{6}", fullmatch=True)
SUBSCRIBERS = st.from_regex(r"[0-9]{9}", fullmatch=True)
DRAMA = st.integers(min_value=0, max_value=999).map(lambda last: f"07700 900{last:03}")


@given(number=PRISON_NUMBERS)
def test_a_prison_number_survives_small_letters_and_spaces(number: str) -> None:
    assert parse_prison_number(f" {number[:5].lower()} {number[5:]} ") == number


@given(number=CRNS)
def test_a_crn_survives_small_letters_and_spaces(number: str) -> None:
    assert parse_crn(f" {number.lower()}\t") == number


@given(subscriber=SUBSCRIBERS)
def test_every_way_to_write_a_mobile_is_the_same_number(subscriber: str) -> None:
    ways = (
        f"07{subscriber}",
        f"+447{subscriber}",
        f"00447{subscriber}",
        f"+44 (0)7{subscriber}",
        f"07{subscriber[:3]}-{subscriber[3:6]} {subscriber[6:]}",
    )

    assert {parse_mobile(way) for way in ways} == {f"+447{subscriber}"}


@given(number=DRAMA)
def test_the_numbers_kept_for_drama_are_mobiles(number: str) -> None:
    assert parse_mobile(number).startswith("+447700900")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A1234B",
        "AA234BC",
        "A1234BCD",
        "1234ABC",
        "A1234B1",
        "A\N{FULLWIDTH DIGIT ONE}234BC",
        "\N{LATIN SMALL LETTER LONG S}1234BC",
        "A1234BC" * 40,
    ],
)
def test_what_is_not_a_prison_number_is_refused(text: str) -> None:
    with pytest.raises(IdentifierError, match="A1234BC") as refused:
        parse_prison_number(text)

    assert refused.value.field == "prison_number"


@pytest.mark.parametrize("text", ["", "X12345", "X1234567", "1234567", "XX12345", "X12345६"])
def test_what_is_not_a_crn_is_refused(text: str) -> None:
    with pytest.raises(IdentifierError, match="X123456") as refused:
        parse_crn(text)

    assert refused.value.field == "crn"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "020 7946 0123",
        "0770090012",
        "077009001234",
        "+33612345678",
        "+442079460123",
        "07700 9OO123",
        "07" * 200,
    ],
)
def test_what_is_not_a_uk_mobile_is_refused(text: str) -> None:
    with pytest.raises(IdentifierError, match="UK mobile") as refused:
        parse_mobile(text)

    assert refused.value.field == "mobile"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("  Siân ", "Siân"),
        ("Sia\u0302n", "Siân"),
        ("O'Neill-Baptiste", "O'Neill-Baptiste"),
        ("Mary   Ann", "Mary Ann"),
        ("李", "李"),
    ],
)
def test_a_name_keeps_its_letters_and_loses_stray_spaces(text: str, name: str) -> None:
    assert parse_forename(text) == name


@pytest.mark.parametrize(
    "text", ["", "   ", "a\x00b", "a\nb", "a\u2028b", "a\u202eb", "x" * 81, "x" * 100_000]
)
def test_what_cannot_be_printed_as_a_name_is_refused(text: str) -> None:
    with pytest.raises(IdentifierError) as refused:
        parse_name(text, field="surname")

    assert refused.value.field == "surname"


@given(parse=ANY_PARSER, text=st.text(max_size=250))
@example(parse=parse_mobile, text="+" * 250)
def test_any_text_is_parsed_or_refused_and_parsing_twice_changes_nothing(
    parse: Callable[[str], str],
    text: str,
) -> None:
    try:
        value = parse(text)
    except IdentifierError:
        return

    assert parse(value) == value
    assert 0 < len(value) <= NAME_MAX


@given(parse=ANY_PARSER, text=st.from_regex(r"[a-z]{20,90}\x01", fullmatch=True))
def test_a_refusal_never_repeats_the_value(parse: Callable[[str], str], text: str) -> None:
    with pytest.raises(IdentifierError) as refused:
        parse(text)

    assert text not in refused.value.message


@given(text=st.text(alphabet=st.characters(codec="utf-8"), max_size=12))
def test_only_the_exact_shape_becomes_a_prison_number(text: str) -> None:
    squeezed = re.sub(r"\s", "", text)
    expected = text.isascii() and bool(re.fullmatch(r"[A-Za-z]\d{4}[A-Za-z]{2}", squeezed))

    try:
        parse_prison_number(text)
    except IdentifierError:
        accepted = False
    else:
        accepted = True

    assert accepted == expected


@pytest.mark.parametrize(
    "address",
    ["a.name@example.org", "O'Neil+duty@mail.leeds-prison.example.org", "x@e.uk", "a_b@nhs.net"],
)
def test_a_work_address_is_kept_as_it_is(address: str) -> None:
    assert parse_email(f" {address} ") == address


@pytest.mark.parametrize(
    "address",
    [
        *("", "a.name", "@example.org", "a@", "a@example", "a@example..org", "a..b@example.org"),
        *(
            ".a@example.org",
            "a.@example.org",
            "a@-example.org",
            "a@example-.org",
            "a b@example.org",
        ),
        *("a@b@example.org", "a@example.org, b@example.org", "<a@example.org>", "a@127.0.0.1"),
        *('"a b"@example.org', "a@exämple.org", "a@example.org\nBcc: b@example.org"),
        *("a" * 65 + "@example.org", "a@" + "b" * 250 + ".org", "a@" + "b." * 130 + "org"),
    ],
)
def test_what_is_no_single_work_address_is_refused(address: str) -> None:
    with pytest.raises(IdentifierError, match="one e-mail address"):
        parse_email(address)
