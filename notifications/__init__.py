"""Who is told of what, and how the words travel."""
