"""Temporal: the embedded server, its preparation, the payload encryption and the one connection."""
