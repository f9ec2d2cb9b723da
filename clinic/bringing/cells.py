"""What stands in a cell: a name, an address, a number, a day and time. Pure: each gives the value, or why not."""

import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from clinic.bringing.tables import UnreadableError
from clinic.core.refusals import Refusal
from clinic.core.times import YEARS, is_skipped

LONGEST_NAME, LONGEST_REF = 120, 120
ADVERTS = ("://", "www.", "@")  # our mail greets them by their name: it must carry nobody's advert
ISO_DAY = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})")
DAY_FIRST = re.compile(r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4}|\d{2})")
CLOCK = re.compile(r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?(?::\d{2}(?:\.\d+)?)?\s*(?P<half>[ap])?\.?(?:m\.?)?")
WITH_ZONE = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*(Z|[+-]\d{2}:?\d{2})")


def name(text: str) -> str | Refusal:
    """A person's name, with single spaces."""
    found = " ".join(text.split())
    if not found:
        return Refusal("no_name")
    if len(found) > LONGEST_NAME:
        return Refusal("name_too_long", {"most": LONGEST_NAME})
    return Refusal("name_is_address", {"text": found}) if any(one in found.lower() for one in ADVERTS) else found


def email(text: str) -> str | Refusal:
    """A mail address as it is kept; empty for none."""
    if not text:
        return ""
    try:
        found = validate_email(text, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError:
        return Refusal("email_unread", {"text": text[:80]})
    return found if len(found) <= 254 else Refusal("email_unread", {"text": text[:80]})


def phone(text: str, country: str) -> str | Refusal:
    """A number as people of `country` write it; others with their country's code. Empty for none."""
    if not text:
        return ""
    if re.fullmatch(r"[\d.,]+[eE]\+?\d+", text):
        return Refusal("phone_was_rounded", {"text": text})
    try:
        found = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return Refusal("phone_unread", {"text": text[:40]})
    if not phonenumbers.is_possible_number(found):
        return Refusal("phone_unread", {"text": text[:40]})
    ours = found.country_code == phonenumbers.country_code_for_region(country)
    form = phonenumbers.PhoneNumberFormat.NATIONAL if ours else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(found, form)[:40]


def ref(text: str) -> str | Refusal | None:
    """Their number in the other system; None where it has none."""
    return text or None if len(text) <= LONGEST_REF else Refusal("ref_too_long", {"most": LONGEST_REF})


def start(day: str, clock: str, zone: str) -> datetime | Refusal:
    """An instant: ISO with its own zone, or a day (ISO or day first) with a time on the clock of `zone`."""
    whole = " ".join(f"{day} {clock}".split())
    if WITH_ZONE.fullmatch(whole):
        try:
            found = datetime.fromisoformat(whole).replace(second=0, microsecond=0).astimezone(UTC)
        except (ValueError, OverflowError):
            return Refusal("time_unread", {"text": whole[:60]})
        return found if found.year in YEARS else Refusal("time_unread", {"text": whole[:60]})
    of_day, _, of_clock = whole.replace("T", " ").partition(" ")
    on, at = read_day(of_day), _clock(of_clock.strip(", "))
    if on is None or at is None:
        return Refusal("time_unread" if whole else "no_time", {"text": whole[:60]})
    return instant(on, at, zone)


def instant(on: date, at: time, zone: str) -> datetime | Refusal:
    """When the clock of `zone` shows this; not for a time that it skips that night."""
    if is_skipped(on, at, zone):
        return Refusal("time_skipped", {"time": f"{at:%H:%M}"})
    return datetime.combine(on, at, ZoneInfo(zone)).astimezone(UTC)


def read_day(text: str) -> date | None:
    """2026-03-12 or 12/03/2026. Raises UnreadableError for 03/25/2026: then no other day of the file can be trusted."""
    found = ISO_DAY.fullmatch(text) or DAY_FIRST.fullmatch(text.rstrip(".,"))
    if found is None:
        return None
    day, month, year = (int(found[one]) for one in ("day", "month", "year"))
    if found.re is DAY_FIRST and month > 12 >= day and month <= 31:
        raise UnreadableError("month_first", text=text)
    try:
        read = date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None
    return read if read.year in YEARS else None


def _clock(text: str) -> time | None:
    found = CLOCK.fullmatch(text.lower())
    if found is None or not (found["minute"] or found["half"]):
        return None
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + 12 * (found["half"] == "p")
    return time(hour, minute) if hour < 24 and minute < 60 else None
