"""What the clinic says about what it keeps of people: its own words, or those that come with the product."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from clinic.places.models import Clinic

FILE = Path(__file__).with_name("privacy.txt")


def privacy_words(clinic: Clinic) -> str:
    """The privacy notice as it stands, in paragraphs."""
    contact = " · ".join(filter(None, (clinic.email, clinic.phone)))
    return clinic.privacy_words or _shipped().format(clinic=clinic.name, contact=contact or clinic.name)


def privacy_digest(words: str) -> str:
    """By which a version of the notice is known."""
    return sha256(words.encode()).hexdigest()


@lru_cache
def _shipped() -> str:
    return FILE.read_text(encoding="utf-8").strip()
