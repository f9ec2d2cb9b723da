"""Times to practise, for a calendar. Calendars are shared and synced, so they hold no health words and no link."""

from datetime import date, datetime, time, timedelta

from flask_babel import gettext as _

from clinic.aftercare.models import PracticeReminder
from clinic.core.lines import one_line

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LASTS = timedelta(minutes=15)
USUALLY = timedelta(weeks=12)


def entries(reminder: PracticeReminder, *, clinic: str, first: date, until: date | None) -> bytes:
    """An .ics file: one entry that comes again on the chosen days from `first` on, until that day or for twelve weeks.
    Its time has no zone: eight o'clock is eight o'clock wherever they are.
    """
    from icalendar import Alarm, Calendar, Event

    begins = _first(reminder, first)
    last = until if until and until >= begins.date() else begins.date() + USUALLY
    event = Event()
    event.add("uid", f"{reminder.plan_id}@plans")
    event.add("dtstamp", reminder.chosen_at)
    event.add("dtstart", begins)
    event.add("duration", LASTS)
    event.add("rrule", {"freq": "weekly", "byday": _days(reminder), "until": datetime.combine(last, time(23, 59))})
    event.add("summary", one_line(_("A few minutes for yourself, %(clinic)s", clinic=clinic)))
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", timedelta())
    alarm.add("description", one_line(_("A few minutes for yourself")))
    event.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", "-//Clinic plans//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _first(reminder: PracticeReminder, day: date) -> datetime:
    """The first of the chosen days, with the time on the wall."""
    ahead = next(n for n in range(7) if (day + timedelta(days=n)).weekday() in reminder.weekdays)
    hour, minute = divmod(reminder.at_minutes, 60)
    return datetime.combine(day + timedelta(days=ahead), time(hour, minute))


def _days(reminder: PracticeReminder) -> list[str]:
    return [DAYS[day] for day in reminder.weekdays]
