"""What somebody typed, where it must not be more than a part of one line: heads of mails, calendars."""


def one_line(words: str) -> str:
    """Without anything that could end the line, or hide what follows."""
    return " ".join("".join(one if one.isprintable() else " " for one in words).split())
