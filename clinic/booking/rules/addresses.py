"""Mail addresses that are probably slips. Pure."""

from difflib import get_close_matches

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


def meant(email: str) -> str | None:
    """The address somebody probably meant, such as for clara@gmial.com; None where theirs looks right."""
    name, _, domain = email.rpartition("@")
    if domain.lower() in USUAL:
        return None
    likely = get_close_matches(domain.lower(), USUAL, n=1, cutoff=ALIKE)
    return f"{name}@{likely[0]}" if likely else None
