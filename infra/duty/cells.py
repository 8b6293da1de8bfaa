"""How cells of staff and rota files become values."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final

from domain.duty.wall_time import parse_moment
from domain.identifiers import FieldError
from infra.database.users import username_key
from notifications.numbers import NumberRefusedError, parse_uk_mobile

_REFERENCE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,79}", re.ASCII)

_LONGEST_ACCOUNT: Final = 80

NO_CONTACT: Final = "Give an e-mail address, a mobile number, or both"


def parse_reference(text: str, *, field: str = "staff") -> str:
    """Return a reference as the organisation itself uses it.

    Raises:
        FieldError: Not a code of at most eighty characters.
    """
    if not _REFERENCE.fullmatch(text):
        message = "Give 1 to 80 letters, digits, dots, colons, hyphens or underscores"
        raise FieldError(field, message)
    return text


def parse_account(text: str) -> str:
    """Return the name that somebody signs in with, as accounts are compared.

    Raises:
        FieldError: Too long, or with a space or a character that does not print.
    """
    key = username_key(text)
    if len(key) > _LONGEST_ACCOUNT or not key.isprintable() or len(key.split()) > 1:
        message = f"Give the name they sign in with, of at most {_LONGEST_ACCOUNT} characters"
        raise FieldError("account", message)
    return key


def mobile_parser(*, allow_drama: bool) -> Callable[[str], str]:
    """Return a parser of UK mobile numbers.

    Args:
        allow_drama: Whether invented numbers may be used; never in production.
    """

    def parse(text: str) -> str:
        try:
            return parse_uk_mobile(text, allow_drama=allow_drama)
        except NumberRefusedError as refused:
            raise FieldError("mobile", refused.message.removesuffix(".")) from None

    return parse


def moment(column: str) -> Callable[[str], datetime]:
    """Return a parser of London wall times."""
    return partial(parse_moment, field=column)
