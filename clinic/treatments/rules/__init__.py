"""What is decided about treatments and the words that praise them. Pure."""

from clinic.treatments.rules.addresses import slug_of
from clinic.treatments.rules.promises import RULES, Promise, promises

__all__ = ["RULES", "Promise", "promises", "slug_of"]
