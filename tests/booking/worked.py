"""When each therapist works, minute by minute and by the clock on the wall: as slow as it is plain."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo


def worked(programme, therapist_id, days):
    """Each stretch of work: its minutes with what the clock shows then, its day, its place."""
    away, stretches = programme.time_off.get(therapist_id, ()), []
    for day in days:
        for hours in _set_on(programme.hours[therapist_id], day):
            place = hours.location_id
            if any(
                one.location_id in {None, place} and one.first_on <= day <= one.last_on for one in programme.closures
            ):
                continue
            minutes = minutes_between(day, hours.starts, hours.ends, ZoneInfo(programme.locations[place].zone))
            there = {m: wall for m, wall in minutes.items() if not any(a <= m < b for a, b in away)}
            stretches += [(run, day, place) for run in _runs(there)]
    return stretches


def _set_on(rows, day):
    """What is set for this day alone, or else its week's."""
    of_day = [
        row
        for row in rows
        if row.weekday == day.weekday() and row.from_on <= day and (not row.until_on or day <= row.until_on)
    ]
    return [row for row in of_day if row.from_on == row.until_on] or of_day


def _runs(minutes):
    """Cut where a minute is missing."""
    runs = []
    for minute, wall in minutes.items():
        if not runs or minute - 1 not in runs[-1]:
            runs.append({})
        runs[-1][minute] = wall
    return runs


def minutes_between(day, starts, ends, zone):
    """From the first time the clock shows `starts` to the first time it shows `ends`."""
    minute = int(datetime.combine(day, time(), UTC).timestamp()) // 60 - 24 * 60
    found = {}
    while True:
        at = datetime.fromtimestamp(minute * 60, zone)
        if at.date() == day and at.time() == ends:
            return found
        if found or (at.date() == day and at.time() == starts):
            found[minute] = at.hour * 60 + at.minute
        minute += 1
