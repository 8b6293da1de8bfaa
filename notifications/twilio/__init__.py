"""Texts and calls by Twilio; only `infra` may import what is in here."""
