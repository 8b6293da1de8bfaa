"""The SQL read model: people, journeys as lists and rates need them, and the audit trail.

Journeys are written by one projection (`read_model`), people and notes by `people`, messages by
`outbox`; everything else reads (`queries`, `watchdog`). See docs/adr/0004-read-model.md.
"""
