"""The commissioner's dashboard: what `api.measures` answers, in sentences, charts and tables.

Nothing is counted here. Every module turns an answer that may be shown into what a template
prints, so a page cannot tell what the API withholds.
"""
