"""The rules of a release from prison into treatment: pure, without a clock and without I/O."""
