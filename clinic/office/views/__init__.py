"""The pages of the clinic itself."""

from clinic.office.views import home
from clinic.office.views.page import bp

__all__ = ["bp", "home"]
