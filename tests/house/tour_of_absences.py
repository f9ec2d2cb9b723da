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
