"""How many parts a text message is sent and billed in.

The alphabet is that of 3GPP TS 23.038 section 6.2.1; a text with any other character is sent as
UCS-2. Part sizes are those of 3GPP TS 23.040 with a six-octet header on each of several parts.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final, NamedTuple

_BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED: Final = frozenset("^{}\\[~]|€\f")


class Encoding(StrEnum):
    """How the characters of a text travel."""

    GSM_7 = "GSM-7"
    UCS_2 = "UCS-2"


class Count(NamedTuple):
    """What a text costs.

    Attributes:
        units: Septets in GSM-7, where `^ { } [ ~ ] | €` and backslash take two; UTF-16 code units
            in UCS-2.
        segments: Parts sent and billed; 0 for an empty text.
    """

    encoding: Encoding
    units: int
    segments: int


def count(text: str) -> Count:
    """Return how `text` is encoded and how many parts it takes."""
    if _BASIC.union(_EXTENDED).issuperset(text):
        sizes = [2 if each in _EXTENDED else 1 for each in text]
        return _parted(Encoding.GSM_7, sizes, single=160, part=153)
    sizes = [len(each.encode("utf-16-le", "surrogatepass")) // 2 for each in text]
    return _parted(Encoding.UCS_2, sizes, single=70, part=67)


def outside_gsm7(text: str) -> frozenset[str]:
    """Return the characters that make `text` a UCS-2 message."""
    return frozenset(text) - _BASIC - _EXTENDED


def _parted(encoding: Encoding, sizes: list[int], *, single: int, part: int) -> Count:
    units = sum(sizes)
    if units <= single:
        return Count(encoding, units, 1 if units else 0)
    return Count(encoding, units, _parts(sizes, part))


def _parts(sizes: Iterable[int], room_in_each: int) -> int:
    """Fill parts in order; a character of two units is never split across two of them."""
    parts, room = 1, room_in_each
    for size in sizes:
        if size > room:
            parts, room = parts + 1, room_in_each
        room -= size
    return parts
