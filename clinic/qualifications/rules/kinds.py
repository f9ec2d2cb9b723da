"""Which fields an entry of each kind has, in the order of the form; and the shape of a number and an address. Pure."""

import re
from urllib.parse import urlsplit

HELD = ("starts_on", "expires_on", "shown")
LOOKED_UP = ("register_no", "register_url")
FIELDS = {
    "qualification": (
        *("title", "discipline", "framework", "level", "body", "qualification_no", "number"),
        *("hours", "distance_learning", "register_url", *HELD),
    ),
    "licence": ("title", "framework", "jurisdiction", "body", *LOOKED_UP, *HELD),
    "registration": ("title", "discipline", "framework", "jurisdiction", "body", *LOOKED_UP, *HELD),
    "membership": ("title", "body", *LOOKED_UP, *HELD),
    "board_certification": ("title", "discipline", "body", *LOOKED_UP, *HELD),
    "training": ("title", "skill", "body", "number", "hours", "distance_learning", *HELD),
    "insurance": ("title", "body", "number", "activities", "cover_minor", *HELD),
    "first_aid": ("title", "body", "number", *HELD),
    "background_check": ("title", "body", "number", "jurisdiction", *HELD),
}
QUALIFICATION_NO = re.compile(r"[0-9]{3}/[0-9]{4}/[0-9A-Z]")
HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]", re.IGNORECASE)


def is_qualification_no(text: str) -> bool:
    """Whether it is written as Ofqual writes it: 601/5566/8, the last a letter or a digit."""
    return bool(QUALIFICATION_NO.fullmatch(text))


def is_web_address(text: str) -> bool:
    """Whether it is an address that a link may lead to: https, a host with a name, nobody's password, no blanks."""
    if not text.isascii() or not text.isprintable() or set(text) & set(' "<>\\^`{|}'):
        return False
    try:
        parts = urlsplit(text)
        port_is_sound = parts.port != 0
    except ValueError:
        return False
    named = bool(HOST.fullmatch(parts.hostname or ""))
    return parts.scheme == "https" and named and port_is_sound and "@" not in parts.netloc
