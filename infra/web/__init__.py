"""The web process: an adapter for each port of the API, and `services`, which joins them."""
