"""Everything outside the rules: settings, stores, processes and the entry points that choose them.

Nothing imports this package but its own entry points; import contracts hold that.
"""
