"""The pages of the clinic's figures, for the tour."""

from datetime import timedelta

import time_machine

from tests.conftest import NOW
from tests.visitor import Visitor


def figure_pages(app):
    """The figures as the owner sees them, the day after: of all, told apart, of none, and asked for wrongly."""
    olu, days = Visitor(app), "/clinic/figures?from=2026-03-09&until=2026-03-15"
    olu.sign_in("olu")
    yield "no figures yet", olu.get("/clinic/figures")
    with time_machine.travel(NOW + timedelta(days=1, hours=3), tick=False):
        yield "figures", olu.get(days)
        yield "figures by therapist", olu.get(f"{days}&by=therapist")
        yield "figures by treatment and month", olu.get(f"{days}&by=treatment&step=month")
    yield "figures with errors", olu.get("/clinic/figures?from=soon")
