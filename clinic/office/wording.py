"""Words about the clinic, for its staff."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from clinic.booking import wording as booking
from clinic.booking.rules import Worked
from clinic.core.audit import AuditLine
from clinic.core.templating import clock_words, day_words
from clinic.core.times import local
from clinic.places.models import Location


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


ACCOUNT_CHANGES = {
    "account.invited": _l("invited"),
    "account.invited_again": _l("invited again"),
    "account.invitation_withdrawn": _l("invitation withdrawn"),
    "account.joined": _l("came, and chose a password"),
    "account.supervised": _l("other supervisor"),
    "account.role_changed": _l("role changed"),
    "account.deactivated": _l("account closed"),
    "account.reactivated": _l("account opened again"),
    "account.password_changed": _l("password changed"),
    "account.signed_out_everywhere": _l("signed out everywhere"),
    "account.second_factor_set_up": _l("second factor set up"),
    "account.second_factor_reset": _l("second factor reset"),
    "account.recovery_codes_made": _l("new recovery codes"),
    "account.recovery_code_used": _l("a recovery code used"),
}
ROLE_WORDS = {"none": "", "therapist": _l("therapist"), "reception": _l("reception"), "owner": _l("owner")}


def change_words(line: AuditLine) -> str:
    """A line of an account's history: what was done, and from which role to which."""
    words = str(ACCOUNT_CHANGES.get(line.action, line.action))
    was, then = line.detail.get("role") or ("none", "none")
    return (
        f"{words}: " + " → ".join(str(ROLE_WORDS[role]) for role in (was, then) if ROLE_WORDS[role])
        if "role" in line.detail
        else words
    )


def week(hours: Sequence[Worked], locations: Mapping[int, Location]) -> list[tuple[str, str]]:
    """Each weekday with its stretches; empty where nothing is worked."""
    return [
        (booking.weekday(day), stretches([one for one in hours if one.weekday == day], locations)) for day in range(7)
    ]


def stretches(hours: Sequence[Worked], locations: Mapping[int, Location]) -> str:
    """9am–1pm, 2pm–5:30pm; with the location where there are several."""
    return ", ".join(_stretch(one, locations) for one in sorted(hours))


def _stretch(one: Worked, locations: Mapping[int, Location]) -> str:
    words = f"{clock_words(one.starts)}–{clock_words(one.ends)}"
    where = locations[one.location_id].name
    return words if len(locations) == 1 else str(_("%(time)s in %(where)s", time=words, where=where))


TEST_KINDS = {
    "number": _l("a number"),
    "choice": _l("one of several answers"),
    "yes_no": _l("yes or no"),
    "words": _l("words"),
}
DIRECTIONS = {
    "neither": _l("neither way"),
    "higher_better": _l("more is better"),
    "lower_better": _l("less is better"),
}
COMPARES = {
    "": _l("always"),
    "same": _l("only where this is the same"),
    "yes": _l("only where this is yes both times"),
}
