"""Signing in and out, and the account of whoever works here."""

from clinic.people.views import account, invitation, second_factor, sign_in
from clinic.people.views.page import TOO_MANY, bp, local_page, next_page, too_many_tries
from clinic.people.views.sign_in import begin_session, proven, proven_again

__all__ = [
    "TOO_MANY",
    "account",
    "begin_session",
    "bp",
    "invitation",
    "local_page",
    "next_page",
    "proven",
    "proven_again",
    "second_factor",
    "sign_in",
    "too_many_tries",
]
