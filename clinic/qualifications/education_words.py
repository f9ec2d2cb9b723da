"""Continuing education in words: lengths, and how far somebody has come with what their body asks for."""

from datetime import date

from babel.dates import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from clinic.core.templating import language
from clinic.qualifications.rules.education import Part, Period, Rule, Standing
from clinic.qualifications.wording import DISCIPLINES

CATEGORIES = {
    "discipline": _l("My own discipline"),
    "general": _l("General: business, safety, first aid …"),
    "ethics": _l("Ethics"),
    "self_care": _l("Self-care"),
}
SHORT = {
    "discipline": _l("Own discipline"),
    "general": _l("General"),
    "ethics": _l("Ethics"),
    "self_care": _l("Self-care"),
    "": _l("Of any kind"),
}


def day(at: date) -> str:
    """3 March 2026"""
    return format_date(at, "d MMMM y", locale=language())


def length(minutes: int) -> str:
    """2 hours, 1 hour, 2 h 30 min, 45 min."""
    if minutes and minutes % 60 == 0:
        return str(ngettext("%(num)d hour", "%(num)d hours", minutes // 60))
    return _bare(minutes)


def kind(category: str, discipline: str) -> str:
    """What it counts for, with the discipline where it is of one: Own discipline, sports massage."""
    named = str(SHORT[category])
    return f"{named}, {discipline_name(discipline)}" if discipline else named


def discipline_name(discipline: str) -> str:
    """In words; as it was entered where we have none for it."""
    return str(DISCIPLINES.get(discipline, discipline))


def progress(standing: Standing, period: Period, today: date, *, own: bool) -> str:
    """11 of 15 hours; 4 more of your own discipline by 31 March. `own`: said to whoever's it is."""
    done = share(standing)
    missing = [part for part in standing.parts if part.missing]
    if not missing:
        return str(_("%(done)s: all that is asked for", done=done))
    lengths = [(_bare(one.missing), _of(one, own=own)) for one in missing]
    more = _listed([str(_("%(length)s more of %(what)s", length=long, what=what)) for long, what in lengths])
    until = _day(period.last, today)
    if period.last < today:
        return str(_("%(done)s; %(more)s were asked for by %(day)s", done=done, more=more, day=until))
    return str(_("%(done)s; %(more)s by %(day)s", done=done, more=more, day=until))


def share(of: Part | Standing) -> str:
    """5 of 10 hours."""
    return str(_("%(done)s of %(asked)s", done=_bare(of.done), asked=length(of.asked)))


def limits(rule: Rule, standing: Standing) -> list[str]:
    """What counts at most, a sentence each."""
    found = []
    if standing.most_of_one is not None:
        found.append(_("One activity counts for %(length)s at most.", length=length(standing.most_of_one)))
    for category, minutes in rule.most.items():
        named = {"what": SHORT[category], "length": length(minutes)}
        found.append(_("%(what)s counts for %(length)s at most.", **named))
    return found


def period_words(period: Period) -> str:
    """1 April 2025 to 31 March 2026; whole years are 2026, or 2025 and 2026."""
    if (period.first.month, period.first.day, period.last.month, period.last.day) == (1, 1, 12, 31):
        years = sorted({period.first.year, period.last.year})
        return str(_(" to ")).join(map(str, years))
    first, last = (format_date(day, "d MMMM y", locale=language()) for day in (period.first, period.last))
    return str(_("%(first)s to %(last)s", first=first, last=last))


def _bare(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if not rest:
        return str(hours)
    if not hours:
        return str(_("%(minutes)d min", minutes=rest))
    return str(_("%(hours)d h %(minutes)d min", hours=hours, minutes=rest))


def _of(part: Part, *, own: bool) -> str:
    if part.discipline:
        return discipline_name(part.discipline)
    named: dict[str, str] = {
        "": _("any kind"),
        "discipline": _("your own discipline") if own else _("their own discipline"),
        "general": _("general learning"),
        "ethics": _("ethics"),
        "self_care": _("self-care"),
    }
    return named[part.category]


def _listed(several: list[str]) -> str:
    """One; one and another; one, another and a third."""
    if len(several) == 1:
        return several[0]
    return str(_("%(first)s and %(last)s", first=", ".join(several[:-1]), last=several[-1]))


def _day(day: date, today: date) -> str:
    return str(format_date(day, "d MMMM" if day.year == today.year else "d MMMM y", locale=language()))
