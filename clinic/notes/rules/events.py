"""What makes a therapist stop, or what a treatment brought on. Pure."""

STOPS = ("cried_out", "asked_to_stop", "sharp_pain", "pulse_felt", "reaction", "other")
MOST_STOPS = 20  # in one note: more than any visit has


def wall_time(typed: str) -> str | None:
    """A time as it was typed, as the clock on the wall shows it: 9.05 is 09:05. None where it cannot be read."""
    hour, _, minute = typed.strip().replace(".", ":").partition(":")
    if not all(part.isascii() and part.isdecimal() and len(part) <= 2 for part in (hour, minute)) or len(minute) < 2:
        return None
    return f"{int(hour):02}:{minute}" if int(hour) < 24 and int(minute) < 60 else None
