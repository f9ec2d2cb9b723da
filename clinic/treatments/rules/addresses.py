"""How a treatment is named in web addresses. Pure."""

import re
import unicodedata
from collections.abc import Collection

LONGEST = 70


def slug_of(name: str, taken: Collection[str]) -> str:
    """The address made from a name: Höhle & Hüfte is at hohle-hufte, or at hohle-hufte-2 where that is taken."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST].strip("-") or "treatment"
    tries = (slug, *(f"{slug}-{n}" for n in range(2, len(taken) + 3)))
    return next(one for one in tries if one not in taken)
