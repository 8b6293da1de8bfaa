"""The record of one release as its pages show it: pure views over the redacted state.

Every function here takes what `domain.access_detail` let through, so nothing can be shown that a
role may not see.
"""
