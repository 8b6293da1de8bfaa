"""What commissioners are told: how many arrived, how many were lost, and where.

Read `release` (the facts of one release), `membership` (who is counted and why), `counting` (one
release as counts that add up) and `definitions` (what each measure means, with its source). The
documentation is `docs/measures.md`, the decisions are ADR 10.
"""
