"""The pages of the staff's day."""

from clinic.today.views import day, record
from clinic.today.views.page import bp

__all__ = ["bp", "day", "record"]
