"""Take-home plans: what was found, the builder, the client's page, and the exercises themselves."""

from clinic.aftercare.views import afterwards, again, builder, findings, library, photos, plan, public
from clinic.aftercare.views.page import bp

__all__ = ["afterwards", "again", "bp", "builder", "findings", "library", "photos", "plan", "public"]
