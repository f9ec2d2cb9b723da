"""What the page of a plan in the making is put together from."""

from clinic.aftercare.views.building.draft import kept_draft, typed
from clinic.aftercare.views.building.length import length_of
from clinic.aftercare.views.building.page import builder_page
from clinic.aftercare.views.building.suggested import practice

__all__ = ["builder_page", "kept_draft", "length_of", "practice", "typed"]
