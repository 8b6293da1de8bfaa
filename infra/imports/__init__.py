"""Read a CSV file of releases: every good row typed, every bad row named by line and column.

Nothing is loaded here; the caller decides what to do with a file that has problems. The columns
are described for people in `docs/import.md`.
"""
