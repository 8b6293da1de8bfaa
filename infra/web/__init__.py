"""The web process: one adapter for each port of the API, and `process.run_web` that joins them."""
