"""Charts drawn on the server as SVG: no script, no inline style, a text alternative from the data.

A chart takes series and tables as `domain.measures.reporting` gives them, so it cannot draw what
is withheld, nor two nations on one axis. Looks are classes of `api/static/charts.css`.
"""
