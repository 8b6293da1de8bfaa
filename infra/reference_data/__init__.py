"""The public lists a release refers to: prisons, authorities, probation, services, holidays.

The files beside this module are data, not code; `SOURCES.md` says where each comes from and under
which licence. `load_reference_data` in `loading` reads them once, at start.
"""
