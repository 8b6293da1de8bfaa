"""Which phone numbers may be texted or called: United Kingdom mobiles only.

A landline is refused although providers accept it: some carriers read the text aloud to whoever
answers (Twilio's guideline for the United Kingdom).
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberType

from domain.errors import ThroughcareError

# ASCII only, because the parser reads letters and other scripts' digits kindly as digits.
_CHARACTERS: Final = re.compile(r"\+?[0-9() -]+", re.ASCII)
# Ofcom keeps this range for drama; no phone ever rings there.
_DRAMA: Final = re.compile(r"\+447700900[0-9]{3}", re.ASCII)
_REGIONS: Final = frozenset({"GB", "IM", "JE", "GG"})
_LANDLINES: Final = frozenset(
    {PhoneNumberType.FIXED_LINE, PhoneNumberType.FIXED_LINE_OR_MOBILE, PhoneNumberType.UAN}
)


class NumberFault(StrEnum):
    """Why a number was refused."""

    EMPTY = "number_empty"
    CHARACTERS = "number_characters"
    UNREADABLE = "number_unreadable"
    FOREIGN = "number_foreign"
    LANDLINE = "number_landline"
    NOT_MOBILE = "number_not_mobile"
    DRAMA = "number_drama"


_SENTENCES: Final = {
    NumberFault.EMPTY: "Give a mobile number.",
    NumberFault.CHARACTERS: (
        "Give one mobile number, in figures only: no letters, no extension, no second number."
    ),
    NumberFault.UNREADABLE: "This is not a whole phone number. Check that no figure is missing.",
    NumberFault.FOREIGN: "Only United Kingdom mobile numbers can be used. Ask for one.",
    NumberFault.LANDLINE: (
        "This is a landline, where a message may be read aloud to others. Ask for a mobile number."
    ),
    NumberFault.NOT_MOBILE: (
        "This is no mobile number: it belongs to a pager, a personal-number or a special service."
    ),
    NumberFault.DRAMA: "This number is reserved for films and tests; nobody can be reached on it.",
}


class NumberRefusedError(ThroughcareError):
    """A number that may not be used; the message never repeats it.

    Attributes:
        code: Why.
    """

    def __init__(self, code: NumberFault) -> None:
        """Say the sentence that belongs to the code."""
        super().__init__(_SENTENCES[code])
        self.code = code


def parse_uk_mobile(text: str, *, allow_drama: bool) -> str:
    """Return the number as +44 and ten figures.

    The Isle of Man, Jersey and Guernsey count, since their mobiles are +44 7 numbers too.

    Args:
        text: As typed or imported, in national or international form.
        allow_drama: Accept Ofcom's numbers for drama, which every invented person has; never in
            production.

    Raises:
        NumberRefusedError: It is not exactly one such number; says why without repeating it.
    """
    if not text.strip(" "):
        raise NumberRefusedError(NumberFault.EMPTY)
    if not _CHARACTERS.fullmatch(text.strip(" ")):
        raise NumberRefusedError(NumberFault.CHARACTERS)
    try:
        number = phonenumbers.parse(text, "GB")
    except NumberParseException:
        raise NumberRefusedError(NumberFault.UNREADABLE) from None
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if _DRAMA.fullmatch(e164):
        if allow_drama:
            return e164
        raise NumberRefusedError(NumberFault.DRAMA)
    if fault := _fault(number):
        raise NumberRefusedError(fault)
    return e164


def parse_uk_phone(text: str, *, allow_drama: bool) -> str | None:
    """Return a number of the United Kingdom, landline or mobile, as +44 and figures.

    It is for people to ring, never for messages. None when it is not exactly one such number.

    Args:
        text: As typed, in national or international form.
        allow_drama: Accept Ofcom's mobile numbers for drama; never in production.
    """
    if not _CHARACTERS.fullmatch(text.strip(" ")):
        return None
    try:
        number = phonenumbers.parse(text, "GB")
    except NumberParseException:
        return None
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if _DRAMA.fullmatch(e164):
        return e164 if allow_drama else None
    is_ours = number.country_code == phonenumbers.country_code_for_region("GB")
    return e164 if is_ours and phonenumbers.is_valid_number(number) else None


def masked(number: str) -> str:
    """Return the number with only its last four figures left, for people to recognise it by."""
    return f"•••• {number[-4:]}"


def _fault(number: PhoneNumber) -> NumberFault | None:
    if number.country_code != phonenumbers.country_code_for_region("GB"):
        return NumberFault.FOREIGN
    if not phonenumbers.is_valid_number(number):
        return NumberFault.UNREADABLE
    kind = phonenumbers.number_type(number)
    if kind in _LANDLINES:
        return NumberFault.LANDLINE
    if (
        kind != PhoneNumberType.MOBILE
        or phonenumbers.region_code_for_number(number) not in _REGIONS
    ):
        return NumberFault.NOT_MOBILE
    return None
