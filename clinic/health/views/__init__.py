"""The pages of health histories, checks, clearances and the card."""

from clinic.health.views import check, clearances, history_ways, tablet
from clinic.health.views.page import bp

__all__ = ["bp", "check", "clearances", "history_ways", "tablet"]
