"""A demonstration: invented people, and what makes their journeys."""
