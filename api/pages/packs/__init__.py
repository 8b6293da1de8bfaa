"""The handover pack as pages: its two editions and the person's own sheet, in words for people.

`domain.handover_pack` has chosen what each may say before anything here is called.
"""
