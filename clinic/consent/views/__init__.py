"""The pages of consent and of the privacy notice."""

from clinic.consent.views import clients, news, readers, signing, texts
from clinic.consent.views.page import bp

__all__ = ["bp", "clients", "news", "readers", "signing", "texts"]
