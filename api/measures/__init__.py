"""Measures as they leave the service: what may be asked, what is shown, and in which form.

Pages, the JSON API, files and the command line all go this way; none of them ever sees counts.
"""
