"""What was sent and would be sent, as pages: the list, one message, and a release's in its history.

Who sees which message, and its words, is for `domain.access_messages` to say.
"""
