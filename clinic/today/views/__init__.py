"""The pages of the staff's day."""

from clinic.today.views import approval, blocks, calendar, clients, day, names, record, waiting
from clinic.today.views.page import bp

__all__ = ["approval", "blocks", "bp", "calendar", "clients", "day", "names", "record", "waiting"]
