"""Past releases from a file, so that an area can load its history and compare.

The columns are described for people in `docs/backfill.md`.
"""
