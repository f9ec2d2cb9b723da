"""What a password must be, who may make whom what, codes as they are typed, and how clients are looked for. Pure.

Source of the password rule: Cyber Essentials (12 characters, common ones refused).
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwertzuiop",
    "azertyuiop",
    "12345678901234567890",
)
COMMON = (
    *("password", "passwort", "passw0rd", "p@ssword", "p@ssw0rd", "motdepasse", "letmein", "iloveyou", "welcome"),
    *("administrator", "admin", "changeme", "secret", "football", "baseball", "liverpool", "arsenal", "chelsea"),
    *("monkey", "dragon", "sunshine", "princess", "superman", "batman", "master", "shadow", "trustno", "login"),
    *("hello", "whatever", "starwars", "pokemon", "charlie", "michael", "jessica", "summer", "winter", "spring"),
    *("autumn", "january", "monday", "london", "england", "qwerty", "qwertz", "azerty", "abc", "123"),
    *("massage", "clinic", "therapist", "therapy", "reception", "owner", "psoas", "release", "booking"),
)
LEAST_OF_ITS_OWN = 4  # letters, besides what is common
LEAST, MOST = 12, 200


def password_refusal(password: str, *, email: str) -> str | None:
    """The code of what is wrong with a new password, or None."""
    plain = password.lower()
    if len(password) < LEAST:
        return "password_short"
    if len(password) > MOST:
        return "password_long"
    if len(set(plain)) < 5 or plain == email.lower() or _is_common(plain, email.lower()):
        return "password_common"
    return None


def _is_common(plain: str, email: str) -> bool:
    """Whether it is made of what everybody takes: common words, runs of the keyboard, the name in their own address."""
    own = [name] if len(name := email.partition("@")[0]) >= LEAST_OF_ITS_OWN else []
    left = plain
    for word in sorted([*COMMON, *_runs(plain), *own], key=len, reverse=True):
        left = left.replace(word, " ")
    return left != plain and sum(letter.isalpha() for letter in left) < LEAST_OF_ITS_OWN


def _runs(plain: str) -> list[str]:
    """Four keys or more that lie beside each other, forwards or backwards."""
    pieces = {plain[n : n + 4] for n in range(len(plain) - 3)}
    return [one for one in pieces if any(one in row or one[::-1] in row for row in ROWS)]


def may_supervise(supervisor_id: int, trainee_id: int, supervisors: Mapping[int, int | None]) -> bool:
    """Whether one therapist may sign the other's notes as well, given who supervises whom: nobody their own, nor those
    of whoever supervises them, by however many steps.
    """
    above: int | None = supervisor_id
    for _ in range(len(supervisors) + 1):
        if above == trainee_id:
            return False
        above = supervisors.get(above) if above else None
    return True


RANKS = {"therapist": 1, "reception": 1, "owner": 2}
STEP_SECONDS = 30  # how long a phone shows the same code


def may_grant(own_role: str) -> list[str]:
    """The roles somebody may give, or take from whoever has them: those below their own."""
    return [role for role, rank in RANKS.items() if rank < RANKS[own_role]]


def still_owed(*, has_second_factor: bool, demo: bool) -> str | None:
    """What a right password is not enough without: a "code", or to "set_up" a second factor; None in a demo."""
    if has_second_factor:
        return "code"
    return None if demo else "set_up"


def steps_at(now: datetime) -> tuple[int, int, int]:
    """The steps whose codes are good now: this one, and one each way for phones whose clock is a little off."""
    this = int(now.timestamp()) // STEP_SECONDS
    return this, this - 1, this + 1


def typed_code(text: str) -> str:
    """A code however it is typed: without gaps, in small letters."""
    return re.sub(r"[\s-]", "", text).lower()


def folded(*parts: str) -> str:
    """Text as it is searched: small letters without accents, and numbers without what people put between digits."""
    plain = unicodedata.normalize("NFKD", " ".join(parts).casefold())
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(re.sub(r"(?<=[\d+])[\s()./-]+(?=[\d(])", "", bare).split())[:LONGEST_FOLDED]


LONGEST_FOLDED = 420
MOST_WORDS = 5
SUBSCRIBER_DIGITS = 9  # the end of a phone number that stays the same with a country's code and without


class Contact(Protocol):
    """Whoever has a name and can be reached."""

    name: str
    email: str
    phone: str


def initials(name: str) -> str:
    """C. B. of Clara Bennett: the first letters of the first name and the last."""
    words = [letters for word in name.split() if (letters := re.sub(r"^\W+", "", word))]
    return " ".join(f"{word[0].upper()}." for word in [*words[:1], *words[1:][-1:]])


def searched(text: str) -> list[str]:
    """What was typed into a search, as the words to look for; a long number by its last digits."""
    return [number(word) if word.lstrip("+").isdigit() else word for word in folded(text).split()[:MOST_WORDS]]


def pieces(word: str) -> list[str]:
    """Both halves of a word: one typo leaves one of them whole. None where a typo is not forgiven."""
    return [word[: len(word) // 2], word[len(word) // 2 :]] if typos_forgiven(word) else []


def typos_forgiven(word: str) -> int:
    """How many letters of this word may be wrong, missing, too many or swapped."""
    return 2 if len(word) >= 8 else 1 if len(word) >= 3 else 0


def edits(word: str, text: str) -> int:
    """How many letters of `word` have to be changed, added, left out or swapped with the next until it stands in
    `text`, wherever that may be.
    """
    before: list[int] = []
    row = [0] * (len(text) + 1)
    for i, letter in enumerate(word):
        earlier, before, row = before, row, [i + 1]
        for j, other in enumerate(text):
            least = min(before[j] + (letter != other), before[j + 1] + 1, row[j] + 1)
            if earlier and j and (letter, other) == (text[j - 1], word[i - 1]):
                least = min(least, earlier[j - 1] + 1)
            row.append(least)
    return min(row)


def likeness(words: Sequence[str], search: str) -> tuple[int, int, bool] | None:
    """How well a client's `search` suits the words of `searched`, the least first: typos in all, then words that begin
    none of theirs, then whether the first begins anything but their name. None where a word is not there.
    """
    typos = [0 if word in search else edits(word, search) for word in words]
    if any(many > typos_forgiven(word) for word, many in zip(words, typos, strict=True)):
        return None
    begin_none = sum(f" {word}" not in f" {search}" for word in words)
    return sum(typos), begin_none, not search.startswith(words[0])


def same_signs(one: Contact, other: Contact) -> list[str]:
    """What says that two clients may be one person: the same email, phone or name."""
    pairs = {
        "email": (folded(one.email), folded(other.email)),
        "phone": (number(folded(one.phone)), number(folded(other.phone))),
        "name": (folded(one.name), folded(other.name)),
    }
    return [sign for sign, (first, second) in pairs.items() if first and first == second]


def number(word: str) -> str:
    """The end of a phone number, by which it is known however it is written."""
    digits = word.lstrip("+")
    return digits[-SUBSCRIBER_DIGITS:] if len(digits) > SUBSCRIBER_DIGITS else digits.lstrip("0") or word
