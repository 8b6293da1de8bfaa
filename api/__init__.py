"""The web in front: it reads the record, asks the engine, and runs no work itself."""
