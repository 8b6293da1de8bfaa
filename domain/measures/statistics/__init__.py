"""What may be said of a proportion: its interval, how it compares, whether it changed."""
