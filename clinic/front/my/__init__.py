"""A client's own account: made from a link in a mail, signed in to, and what is theirs on a few pages."""

from clinic.front.my import account, again, appointments, consents, details, making, record, sign_in
from clinic.front.my.page import bp

__all__ = ["account", "again", "appointments", "bp", "consents", "details", "making", "record", "sign_in"]
