"""What becomes of words when a note is written in another format, or copied from the note before. Pure."""

from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256

from clinic.notes.catalogue.formats import USUAL, Format, Formats, shipped
from clinic.notes.rules.content import Content


def format_in(formats: Formats, content: Content) -> Format:
    """The format that this was written in."""
    return formats.get((content.format, content.format_number)) or shipped()[USUAL]


def format_named(formats: Formats, key: str) -> Format | None:
    """What a form sends as `soap/1`; None for anything that is not there."""
    code, _, number = key.partition("/")
    return formats.get((code, int(number))) if number.isascii() and number.isdecimal() and len(number) < 9 else None


def latest(formats: Formats) -> list[Format]:
    """The latest version of each: those of the product first, then in the order they were made."""
    numbers: dict[str, int] = {}
    for code, number in formats:
        numbers[code] = max(number, numbers.get(code, 0))
    return [formats[one] for one in numbers.items()]


def offered(formats: Formats) -> list[Format]:
    """What a new note can be written in; never nothing."""
    return [one for one in latest(formats) if one.offered] or [shipped()[USUAL]]


def begun_in(content: Content, formats: Formats, preferred: str) -> Content:
    """A new note, in the format its therapist likes, else in the first that is offered."""
    there = offered(formats)
    found = next((one for one in there if one.code == preferred), there[0])
    return replace(content, format=found.code, format_number=found.number)


def turned_to(content: Content, now: Format, then: Format) -> Content:
    """The same note in another format. No word is lost: those of parts that the other lacks move into its first part,
    each with its label in front.
    """
    kept = {part.id for part in then.parts}
    labels = {part.id: part.label for part in now.parts}
    moving = [f"{labels.get(id_, id_)}: {words}" for id_, words in content.words.items() if id_ not in kept and words]
    first = then.parts[0].id
    together = "\n".join([*filter(None, [content.words.get(first, "")]), *moving])
    words = {id_: said for id_, said in content.words.items() if id_ in kept} | ({first: together} if together else {})
    copied = tuple(part for part in content.copied if part in kept and not (part == first and moving))
    return replace(content, words=words, copied=copied, format=then.code, format_number=then.number)


def copied_into(content: Content, part: str, words: str) -> Content:
    """With these words in an empty part, marked as copied. A part in which something stands stays as it is."""
    if content.words.get(part) or not words:
        return content
    return replace(content, words={**content.words, part: words}, copied=(*content.copied, part))


def copy_mark(part: str, words: str) -> str:
    """What a page carries of a copied part, so that it is known whether its words are still the same."""
    return f"{part}:{sha256(words.encode()).hexdigest()[:16]}"


def still_copied(words: Iterable[tuple[str, str]], marks: Iterable[str]) -> tuple[str, ...]:
    """The parts, of these with their words, whose words still are as they were copied."""
    known = set(marks)
    return tuple(part for part, said in words if copy_mark(part, said) in known)
