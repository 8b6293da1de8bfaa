"""Every message there is: typed, worded, and checked before it is sent.

`staff` and `person` hold the words, `rendering` and `calls` put them into a text, an e-mail or a
call, `replies` reads what comes back.
"""

from notifications.catalogue.calls import CallScript, Digit, is_called, render_call
from notifications.catalogue.dates import at_fields, by_fields
from notifications.catalogue.errors import WordingError
from notifications.catalogue.fields import Fields, link_to, link_to_list
from notifications.catalogue.rendering import (
    Mail,
    Text,
    audience_of,
    fields_of,
    render_mail,
    render_text,
)
from notifications.catalogue.replies import Reading, Reply, read_reply
from notifications.catalogue.welsh import needs_translator
from notifications.catalogue.wordings import Language, Wording

__all__ = (
    "CallScript",
    "Digit",
    "Fields",
    "Language",
    "Mail",
    "Reading",
    "Reply",
    "Text",
    "Wording",
    "WordingError",
    "at_fields",
    "audience_of",
    "by_fields",
    "fields_of",
    "is_called",
    "link_to",
    "link_to_list",
    "needs_translator",
    "read_reply",
    "render_call",
    "render_mail",
    "render_text",
)
