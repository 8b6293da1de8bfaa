"""From a wording and its fields to what is sent: a text, an e-mail, a call."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from notifications.catalogue.errors import (
    MissingFieldError,
    NoVariantError,
    TooLongError,
    UnknownFieldError,
    UnusableFieldError,
)
from notifications.catalogue.fields import FIELDS, FORENAME, Fields
from notifications.catalogue.names import MOST_PARTS, written
from notifications.catalogue.person import PERSON
from notifications.catalogue.staff import CLOSING, STAFF
from notifications.catalogue.welsh import WELSH
from notifications.catalogue.wordings import Entry, Language, Wording
from notifications.messages import RecipientKind
from notifications.segments import Encoding, count

ENTRIES: Final[Mapping[Wording, Entry]] = {**STAFF, **PERSON}
"""Every wording as it is written, in the order of the catalogue."""

_PLACE: Final = re.compile(r"\{(\w+)\}")
_GREETING: Final = "greeting"


class Text(NamedTuple):
    """A text message, and what it costs.

    Attributes:
        units: As `notifications.segments.Count`.
        segments: Parts that are sent and billed: 1, or up to 3 for a person's own name.
        language: What it is really in: English where the Welsh still needs a translator.
        nameless: A forename was given and left out, by the rule in `names`.
    """

    body: str
    encoding: Encoding
    units: int
    segments: int
    language: Language = Language.ENGLISH
    nameless: bool = False


class Mail(NamedTuple):
    """An e-mail in plain text; the lines of its body end in a line feed."""

    subject: str
    body: str


def audience_of(wording: Wording) -> RecipientKind:
    """Return whom a wording is for."""
    return RecipientKind.STAFF if wording in STAFF else RecipientKind.PERSON


def fields_of(wording: Wording) -> frozenset[str]:
    """Return the fields that a wording needs in any channel, without the optional forename."""
    entry = ENTRIES[wording]
    return frozenset(_PLACE.findall(f"{entry.text}{entry.subject}{entry.body}")) - {_GREETING}


def takes_forename(wording: Wording) -> bool:
    """Return whether a wording greets, so that the optional field `forename` is known to it."""
    return f"{{{_GREETING}}}" in ENTRIES[wording].text


def render_text(wording: Wording, fields: Fields, language: Language = Language.ENGLISH) -> Text:
    """Return the text message of a wording.

    Args:
        wording: Any.
        fields: All of `fields_of(wording)`; and `forename` where it greets.
        language: What was asked for; see `Text.language`.

    Raises:
        notifications.catalogue.errors.FieldError: A field is missing, unknown or unusable.
        notifications.catalogue.errors.TooLongError: It would not fit one part.
    """
    template, spoken = _slot(wording, language)
    words = _in_words(wording, fields)
    plain = _counted(_filled(template, {**words, _GREETING: "Hello."}), spoken)
    _refuse_parts(wording, plain)
    if FORENAME not in fields:
        return plain
    name = written(fields[FORENAME])
    if name is not None:
        named = _counted(_filled(template, {**words, _GREETING: f"Hello {name}."}), spoken)
        if named.segments <= MOST_PARTS:
            return named
    return plain._replace(nameless=True)


def render_mail(wording: Wording, fields: Fields) -> Mail:
    """Return the e-mail of a wording for staff.

    Raises:
        notifications.catalogue.errors.FieldError: A field is missing, unknown or unusable.
        notifications.catalogue.errors.NoVariantError: The wording is for the person, who is only
            ever texted.
    """
    entry = ENTRIES[wording]
    if not entry.subject:
        raise NoVariantError(wording, "email")
    words = _in_words(wording, fields)
    body = f"{_filled(entry.body, words)}\n\n{CLOSING}\n"
    return Mail(_filled(entry.subject, words), body)


def _refuse_parts(wording: Wording, text: Text) -> None:
    if text.segments != 1 or text.encoding is not Encoding.GSM_7:
        raise TooLongError(wording, text.units)


def _slot(wording: Wording, language: Language) -> tuple[str, Language]:
    welsh = WELSH[wording] if language is Language.WELSH else None
    return (welsh, Language.WELSH) if welsh else (ENTRIES[wording].text, Language.ENGLISH)


def _in_words(wording: Wording, fields: Fields) -> dict[str, str]:
    needed = fields_of(wording)
    known = needed | {FORENAME} if takes_forename(wording) else needed
    for name in sorted(fields.keys() - known):
        raise UnknownFieldError(wording, name)
    for name in sorted(needed - fields.keys()):
        raise MissingFieldError(wording, name)
    found = {name: _word(wording, name, fields[name]) for name in needed}
    if "link" in found and not found["link"].endswith(f"/{found.get('reference', 'me')}"):
        raise UnusableFieldError(wording, "link", "the address of what this message is about")
    return found


def _word(wording: Wording, name: str, value: str) -> str:
    field = FIELDS[name]
    words = field.words(value)
    if words is None:
        raise UnusableFieldError(wording, name, field.must)
    return words


def _filled(template: str, words: Mapping[str, str]) -> str:
    # In one pass: what a value holds is never taken for a place to fill.
    return _PLACE.sub(lambda place: words[place[1]], template)


def _counted(body: str, language: Language) -> Text:
    encoding, units, segments = count(body)
    return Text(body, encoding, units, segments, language)
