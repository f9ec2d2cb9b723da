"""How practice goes, in words. What was not done is never counted against anybody."""

from datetime import date, timedelta

from flask_babel import format_date, gettext, ngettext
from flask_babel import lazy_gettext as _l

from clinic.aftercare.rules import Day

FELT = {"too_easy": _l("Too easy"), "right": _l("Right"), "too_hard": _l("Too hard")}


def this_week(done: int, planned: int) -> str:
    """Days done of days planned: "2 of 3 days this week"."""
    if not planned:
        return str(gettext("This week"))
    if not done:
        return str(ngettext("%(num)d day planned this week", "%(num)d days planned this week", planned))
    if done >= planned:
        return str(ngettext("Your day of this week is done", "All %(num)d days of this week are done", planned))
    return str(gettext("%(done)d of %(planned)d days this week", done=done, planned=planned))


def has_it_settled(on: date, day: Day, today: date) -> str:
    """Asks about the amber pain of this day."""
    pain = max(one for one in (day["pain"], day["pain_after"]) if one is not None)
    if on == today - timedelta(days=1):
        return str(gettext("Yesterday it hurt %(pain)d out of 10. Has that settled?", pain=pain))
    weekday = format_date(on, "EEEE")
    return str(gettext("On %(day)s it hurt %(pain)d out of 10. Has that settled?", day=weekday, pain=pain))
