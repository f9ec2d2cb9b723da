"""Hours, time off and closures, once: as the desk sees them."""


def absence_pages(rosa):
    """Closed today, and open after all; Ana is away, and there after all."""
    yield "no closed days", rosa.get("/clinic/closures")
    yield "closed days with errors", rosa.send("/clinic/closures")
    rosa.get("/clinic/closures")
    yield "closed, with an appointment in the way", rosa.send("/clinic/closures", first_day="2026-03-11", words="Flood")
    closed = rosa.page.request.path
    yield "closed days", rosa.get("/clinic/closures")
    rosa.get(closed)
    rosa.send(f"{closed}/removal")
    yield "public holidays", rosa.get("/clinic/closures/holidays?part=ENG")
    yield "public holidays with errors", rosa.send("/clinic/closures/holidays?part=ENG")
    yield "nobody is away", rosa.get("/clinic/time-off")
    yield "enter time off", rosa.get("/clinic/time-off/new?therapist=ana-moreau")
    yield "time off with errors", rosa.send("/clinic/time-off", last_day="2026-03-01")
    rosa.get("/clinic/time-off/new?therapist=ana-moreau")
    yield "time off, with an appointment in the way", rosa.send("/clinic/time-off")
    off = rosa.page.request.path
    yield "who is away", rosa.get("/clinic/time-off")
    rosa.get(off)
    rosa.send(f"{off}/removal")
    yield from hours_pages(rosa)


def hours_pages(rosa):
    """Ana's week, and a day that is different."""
    yield "working hours", rosa.get("/clinic/hours")
    yield "a week", rosa.get(rosa.link("Change the week"))
    week = rosa.page.request.path
    yield "a week with errors", rosa.send(week, from_on="2026-03-01", **{"starts-0-0": "18:00"})
    rosa.get(week)
    yield "a week that does not fit what is booked", rosa.send(week, **{"ends-2-0": "10:00"})
    yield "a day that is different", rosa.get(f"{week}/days?on=2026-04-01")
    yield "a different day with errors", rosa.send(f"{week}/days", **{"ends-2-0": ""})
    rosa.get(f"{week}/days?on=2026-04-01")
    yield "working hours, with a day that is different", rosa.send(f"{week}/days", **{"ends-2-0": "18:00"})
