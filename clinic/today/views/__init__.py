"""The pages of the staff's day."""

from clinic.today.views import day, diary, record
from clinic.today.views.page import bp

__all__ = ["bp", "day", "diary", "record"]
