"""Policies: the document with every figure, its loader and how it is shown.

The YAML beside these modules is data that a service owner may replace (ADR 0002). `loading` reads
and checks a document, `showing` prints one, `rules` joins it with the calendar.
"""
