"""Benchmarks: each figure a ratio to something bare, measured in the same run on one server."""
