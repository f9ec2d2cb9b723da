"""Pages of letters and of the directory of contacts."""

from clinic.referrals.views.page import bp

__all__ = ["bp"]
