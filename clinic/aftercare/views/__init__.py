"""Take-home plans: what was found, the builder, and the client's page."""

from clinic.aftercare.views import afterwards, again, builder, findings, plan
from clinic.aftercare.views.page import bp

__all__ = ["afterwards", "again", "bp", "builder", "findings", "plan"]
