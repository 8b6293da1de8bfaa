"""The numbers and names that point at one person: parse, normalise, refuse.

Messages say what is accepted and never repeat what was given, because a wrong identifier may
still be somebody's. Change this file when an identifier changes shape.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from domain.errors import ThroughcareError

NAME_MAX: Final = 80
_LONGEST_INPUT: Final = 200

# Every pattern is a fixed sequence without nested repetition, so matching is linear in the input.
_PRISON_NUMBER: Final = re.compile(r"[A-Z][0-9]{4}[A-Z]{2}")
_CRN: Final = re.compile(r"[A-Z][0-9]{6}")
_MOBILE: Final = re.compile(r"\+447[0-9]{9}")
# As strict as work addresses are: no quoted names, no comments, no bare host or number. A dot ends
# every repetition, so this too is linear.
_EMAIL: Final = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@((?!-)[A-Za-z0-9-]{1,63}(?<!-)\.)+[A-Za-z]{2,63}",
)
_EMAIL_MAX: Final = 254  # RFC 5321, 4.5.3.1.3, without the brackets of a path
_EMAIL_NAME_MAX: Final = 64
_PHONE_PUNCTUATION: Final = str.maketrans("", "", " -.()\u00a0")


class FieldError(ThroughcareError):
    """One value cannot be accepted.

    Attributes:
        field: The field to correct, by its name in files and in the JSON API.
    """

    def __init__(self, field: str, message: str) -> None:
        """Keep the field beside a sentence that does not repeat the value."""
        super().__init__(message)
        self.field = field


class IdentifierError(FieldError):
    """A number or a name that does not have the shape it must have."""


class UnknownCodeError(FieldError):
    """A code that has the right shape but is in no list, or is in the list as withdrawn."""


def parse_prison_number(text: str, *, field: str = "prison_number") -> str:
    """Return the prison number in capitals without spaces, as `A1234BC`.

    Raises:
        IdentifierError: Not a letter, four digits and two letters.
    """
    number = _squeezed(text)
    if not _PRISON_NUMBER.fullmatch(number):
        message = "A prison number is a letter, four digits and two letters, like A1234BC"
        raise IdentifierError(field, message)
    return number


def parse_crn(text: str, *, field: str = "crn") -> str:
    """Return the probation case reference number in capitals without spaces, as `X123456`.

    Raises:
        IdentifierError: Not a letter and six digits.
    """
    number = _squeezed(text)
    if not _CRN.fullmatch(number):
        raise IdentifierError(field, "A CRN is a letter and six digits, like X123456")
    return number


def parse_mobile(text: str, *, field: str = "mobile") -> str:
    """Return a UK mobile number in international form, as `+447700900123`.

    Only the shape is checked; whether the number is in use is for the messaging provider to say.
    The numbers that Ofcom keeps for drama (07700 900000 to 900999) have the shape and pass.

    Raises:
        IdentifierError: Not a UK mobile number.
    """
    digits = text[:_LONGEST_INPUT].translate(_PHONE_PUNCTUATION)
    for prefix in ("00447", "4407", "447", "07"):
        if digits.removeprefix("+").startswith(prefix):
            digits = "+447" + digits.removeprefix("+").removeprefix(prefix)
            break
    if len(text) > _LONGEST_INPUT or not _MOBILE.fullmatch(digits):
        message = "A UK mobile number starts 07 or +447 and has eleven digits, like 07700 900123"
        raise IdentifierError(field, message)
    return digits


def parse_email(text: str, *, field: str = "email") -> str:
    """Return an e-mail address as it was given, without spaces around it.

    Only the shape is checked, more strictly than mail itself does (RFC 5321): what no work address
    looks like is more often a slip than an address.

    Raises:
        IdentifierError: Not one address.
    """
    address = text.strip()
    name = address.partition("@")[0]
    fits = len(address) <= _EMAIL_MAX and len(name) <= _EMAIL_NAME_MAX
    if not fits or not _EMAIL.fullmatch(address):
        raise IdentifierError(field, "Give one e-mail address, like a.name@example.org")
    return address


def parse_name(text: str, *, field: str) -> str:
    """Return a forename or surname, composed (NFC), with single spaces and none at the ends.

    Any script and any punctuation is a name; only what cannot be printed is refused.

    Raises:
        IdentifierError: Nothing left, over 80 characters, or a character that does not print.
    """
    if len(text) > _LONGEST_INPUT:
        raise IdentifierError(field, _too_long())
    if any(_is_unprintable(character) for character in text):
        raise IdentifierError(field, "A name cannot hold control characters or line breaks")
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not name:
        raise IdentifierError(field, "A name cannot be empty")
    if len(name) > NAME_MAX:
        raise IdentifierError(field, _too_long())
    return name


# Control, format, surrogate, private use, unassigned, and the separators that break a line.
_UNPRINTABLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# Some scripts need the two joiners; the other format characters can make a page lie (bidi).
_JOINERS: Final = frozenset("\u200c\u200d")


def _is_unprintable(character: str) -> bool:
    return unicodedata.category(character) in _UNPRINTABLE and character not in _JOINERS


def _too_long() -> str:
    return f"A name can have at most {NAME_MAX} characters"


def _squeezed(text: str) -> str:
    # Longer text can never match; cutting it first keeps a hostile value from costing time.
    # ASCII only: upper() would turn a few foreign letters into accepted ones.
    if len(text) > _LONGEST_INPUT or not text.isascii():
        return ""
    return "".join(text.split()).upper()
