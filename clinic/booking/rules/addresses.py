"""Mail addresses that are probably slips, and those that soon end. Pure."""

from difflib import get_close_matches
from pathlib import Path

# Where most people have their mail; a slip in one of these is worth a word, in a domain of their own it is not ours.
USUAL = (
    "gmail.com",
    "googlemail.com",
    "hotmail.com",
    "hotmail.co.uk",
    "outlook.com",
    "live.co.uk",
    "yahoo.com",
    "yahoo.co.uk",
    "icloud.com",
    "btinternet.com",
    "sky.com",
    "gmx.de",
    "web.de",
    "proton.me",
)
ALIKE = 0.85

# Where anybody gets an address for some minutes or days. Such places come and go: these are the well-known ones.
DISPOSABLE = frozenset((Path(__file__).parent / "disposable.txt").read_text(encoding="utf-8").split())


def meant(email: str) -> str | None:
    """The address somebody probably meant, such as for clara@gmial.com; None where theirs looks right."""
    name, _, domain = email.rpartition("@")
    if domain.lower() in USUAL:
        return None
    likely = get_close_matches(domain.lower(), USUAL, n=1, cutoff=ALIKE)
    return f"{name}@{likely[0]}" if likely else None


def soon_ends(email: str) -> bool:
    """Whether this address is at one of those places, or below one: hers@me.mailinator.com."""
    labels = email.rpartition("@")[2].lower().split(".")
    return any(".".join(labels[n:]) in DISPOSABLE for n in range(len(labels)))
