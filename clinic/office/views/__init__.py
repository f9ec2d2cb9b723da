"""The pages of the clinic itself."""

from clinic.office.views import home, in_the_way, time_off
from clinic.office.views.page import bp

__all__ = ["bp", "home", "in_the_way", "time_off"]
