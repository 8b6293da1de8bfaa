"""Notices and messages in SQL: routed, claimed, reported on; every decision leaves a trail."""
