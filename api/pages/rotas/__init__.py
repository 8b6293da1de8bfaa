"""Rotas as pages: who is on duty where, the weeks ahead, absences, and the forms that change them.

What may be seen and changed is for `domain.duty.access` to say, what is right for `domain.duty`.
"""
