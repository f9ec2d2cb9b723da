"""Pages of letters and of the directory of contacts."""

from clinic.referrals.views import contacts, filed, letters, papers
from clinic.referrals.views.page import bp

__all__ = ["bp", "contacts", "filed", "letters", "papers"]
