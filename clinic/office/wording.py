"""Words about the clinic, for its staff."""

from datetime import date, datetime, time, timedelta

from flask_babel import gettext as _

from clinic.core.templating import clock_words, day_words
from clinic.core.times import local


def last_day(ends: datetime) -> date:
    """The last day of what ends then; a midnight ends the day before."""
    return ends.date() - timedelta(days=1) if ends.time() == time() else ends.date()


def days(first: date, last: date) -> str:
    """Thursday 12 March; or from that day to another."""
    ends = f"{day_words(last)} {last.year}"
    return ends if first == last else str(_("%(first)s to %(last)s", first=day_words(first), last=ends))


def span(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """From when until when somebody is away; whole days without times."""
    first, last = local(starts_at, zone), local(ends_at, zone)
    if first.time() == time() and last.time() == time():
        return days(first.date(), last_day(last))
    on, until = (_("%(day)s, %(time)s", day=day_words(at), time=clock_words(at)) for at in (first, last))
    if first.date() == last.date():
        until = clock_words(last)
    return str(_("%(first)s to %(last)s", first=on, last=until))
