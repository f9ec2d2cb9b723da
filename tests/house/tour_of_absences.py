"""Hours, time off and closures, once: as the desk sees them."""


def absence_pages(rosa):
    """Ana is away today, and there after all."""
    yield "nobody is away", rosa.get("/clinic/time-off")
    yield "enter time off", rosa.get("/clinic/time-off/new?therapist=ana-moreau")
    yield "time off with errors", rosa.send("/clinic/time-off", last_day="2026-03-01")
    rosa.get("/clinic/time-off/new?therapist=ana-moreau")
    yield "time off, with an appointment in the way", rosa.send("/clinic/time-off")
    off = rosa.page.request.path
    yield "who is away", rosa.get("/clinic/time-off")
    rosa.get(off)
    rosa.send(f"{off}/removal")
