"""What the database refuses, in sentences for people; none holds a stored value."""

from __future__ import annotations

from domain.errors import ThroughcareError


class StoreUnavailableError(ThroughcareError):
    """The database is busy, unreachable or not migrated; a repeat is safe."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "The database could not answer: it is busy, unreachable or not migrated. Try again in "
            "a moment; if it persists, run `throughcare db check`."
        )


class UnsupportedDatabaseError(ThroughcareError):
    """The address names a kind of database that the service does not run on."""


class EventGapError(ThroughcareError):
    """Events are missing between what is stored and what was sent; send them from `stored + 1`.

    Attributes:
        stored: The number of the last stored event, 0 when there is none.
    """

    def __init__(self, release_id: str, stored: int, sent: int) -> None:
        """Keep the last stored number, so that the missing events can be sent again."""
        super().__init__(
            f"Release {release_id} has events up to {stored} stored, but {sent} was sent next. "
            "Send the events in between first; `throughcare reconcile` does it."
        )
        self.stored = stored


class EventsDivergedError(ThroughcareError):
    """A stored event differs from the one sent under its number; a person has to look."""

    def __init__(self, release_id: str, seq: int) -> None:
        """Name the event, never what it holds."""
        super().__init__(
            f"Event {seq} of release {release_id} is stored with other content. One of the two "
            "stores was restored from a backup; run `throughcare reconcile` before going on."
        )


class PolicyChangedError(ThroughcareError):
    """A stored policy version came with another document; a version never changes."""

    def __init__(self, version: str) -> None:
        """Name the version."""
        super().__init__(
            f"Policy {version} is stored with other content. Give the changed document a version "
            "of its own."
        )


class UnknownPolicyError(ThroughcareError, LookupError):
    """No policy of that version is stored."""

    def __init__(self, version: str) -> None:
        """Name the version."""
        super().__init__(f"Policy {version} is not stored. Start the service with it once.")


class NoteConflictError(ThroughcareError):
    """A note id is taken by another text; a note never changes."""

    def __init__(self, note_id: str) -> None:
        """Name the note, never its text."""
        super().__init__(f"Note {note_id} is stored with other text. Use a new id for a new note.")


class UnusableTextError(ThroughcareError):
    """A text holds a character that no database stores."""

    def __init__(self, field: str) -> None:
        """Name the field, never its value."""
        super().__init__(f"{field}: remove the NUL characters; they cannot be stored.")


class EpisodeConflictError(ThroughcareError):
    """A release is registered for another person."""

    def __init__(self, release_id: str) -> None:
        """Name the release only."""
        super().__init__(
            f"Release {release_id} belongs to another person. Check the prison number; if it was "
            "corrected, merge the two records instead."
        )
