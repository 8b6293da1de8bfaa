"""Disclosure control: which figures may be shown, the same for pages, files and the API."""
