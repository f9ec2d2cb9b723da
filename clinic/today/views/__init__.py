"""The pages of the staff's day."""

from clinic.today.views import approval, day, diary, names, record, waiting
from clinic.today.views.page import bp

__all__ = ["approval", "bp", "day", "diary", "names", "record", "waiting"]
