"""Measures in SQL: what the domain counts of each release, kept ready so that rates read fast.

See docs/adr/0011-reading-rates.md for how, and `domain.measures` for what is counted and why.
"""
