"""What a password must be, and how clients are looked for. Pure.

Source of the password rule: Cyber Essentials (12 characters, common ones refused).
"""

import re
import unicodedata

COMMON = {
    "password1234",
    "passwordpassword",
    "123456789012",
    "qwertyuiop12",
    "qwertyuiopas",
    "letmeinletmein",
    "iloveyou1234",
    "administrator",
    "welcome12345",
    "massage12345",
    "111111111111",
    "abcdefghijkl",
}
LEAST, MOST = 12, 200


def password_refusal(password: str, *, email: str) -> str | None:
    """The code of what is wrong with a new password, or None."""
    plain = password.lower()
    if len(password) < LEAST:
        return "password_short"
    if len(password) > MOST:
        return "password_long"
    if plain in COMMON or len(set(plain)) < 5 or plain == email.lower():
        return "password_common"
    return None


def folded(*parts: str) -> str:
    """Text as it is searched: small letters without accents, and numbers without what people put between digits."""
    plain = unicodedata.normalize("NFKD", " ".join(parts).casefold())
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(re.sub(r"(?<=[\d+])[\s()./-]+(?=[\d(])", "", bare).split())[:LONGEST_FOLDED]


LONGEST_FOLDED = 420


def initials(name: str) -> str:
    """C. B. of Clara Bennett: the first letters of the first name and the last."""
    words = [letters for word in name.split() if (letters := re.sub(r"^\W+", "", word))]
    return " ".join(f"{word[0].upper()}." for word in [*words[:1], *words[1:][-1:]])
