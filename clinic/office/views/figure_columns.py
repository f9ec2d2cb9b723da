"""The columns of the figures: what each is called, what it means, and how it is written on the page and in a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal, get_currency_precision
from flask_babel import lazy_gettext as _l

from clinic.core.money import Money
from clinic.core.templating import price_words
from clinic.office.rules.figures import REBOOKED_WITHIN, Figures

HOURS, COUNT, SHARE, DAYS, MONEY = "hours", "count", "share", "days", "money"


@dataclass(frozen=True)
class Column:
    """`name` is that of the figure; `of_hours`: it needs hours worked, which belong to no treatment."""

    name: str
    kind: str
    head: Any
    meaning: Any
    of_hours: bool = False

    def words(self, figures: Figures, currency: str) -> str:
        """As it stands on the page."""
        value = getattr(figures, self.name)
        if value is None:
            return "–"
        if self.kind == MONEY:
            return price_words(Money(value, currency))
        if self.kind == SHARE:
            return f"{value:.0%}"
        return hours_words(value) if self.kind == HOURS else str(format_decimal(value, locale="en_GB"))

    def cell(self, figures: Figures, currency: str) -> str:
        """As a spreadsheet reads it: hours with two digits, shares in per cent, prices without a sign."""
        value = getattr(figures, self.name)
        if value is None:
            return ""
        if self.kind == MONEY:
            return str(Decimal(value).scaleb(-get_currency_precision(currency)))
        return {HOURS: f"{value / 60:.2f}", SHARE: f"{value * 100:.1f}"}.get(self.kind, str(value)) if value else "0"


COLUMNS = (
    Column(
        "worked",
        HOURS,
        _l("Hours worked"),
        _l(
            "The working hours of these days as they are written down now, without time off and closures, up to this"
            " moment. Blocks such as lunch are in them. Where somebody corrects the past, these change with it."
        ),
        of_hours=True,
    ),
    Column(
        "filled",
        HOURS,
        _l("Hours filled"),
        _l("The length of the visits, without preparation, rest and cleaning."),
    ),
    Column(
        "share_filled",
        SHARE,
        _l("Filled"),
        _l("Hours filled, of hours worked. Visits outside working hours can bring it over 100%."),
        of_hours=True,
    ),
    Column(
        "visits",
        COUNT,
        _l("Visits"),
        _l(
            "Appointments that are over, were not cancelled and are not marked as missed. Each counts on the day it"
            " began, on the clock of its location; one that was moved, where it was moved to. Two treatments in one"
            " visit are one visit."
        ),
    ),
    Column(
        "new",
        COUNT,
        _l("New clients"),
        _l("Visits that were a client's first here, with anybody. Clients who were joined are one client."),
    ),
    Column("returning", COUNT, _l("Returning"), _l("All other visits.")),
    Column(
        "share_rebooked",
        SHARE,
        _l("Rebooked"),
        _l(
            "Of the visits, how many had another one of the same client after them that was booked by %(days)d days"
            " after the visit, or long before, and still stands. For the latest visits it can still rise.",
            days=REBOOKED_WITHIN.days,
        ),
    ),
    Column(
        "lead_days",
        DAYS,
        _l("Lead time in days"),
        _l(
            "From booking to visit, the median: half took longer, half less. Visits that were written down only after"
            " they began are left out."
        ),
    ),
    Column("cancelled", COUNT, _l("Cancelled"), _l("Appointments of these days that were called off, by whomever.")),
    Column("late", COUNT, _l("Of these late"), _l("Called off within the clinic's notice, as it was then.")),
    Column("no_shows", COUNT, _l("No-shows"), _l("Appointments marked as missed.")),
    Column("share_missed", SHARE, _l("Missed"), _l("No-shows, of visits and no-shows together.")),
    Column(
        "value_minor",
        MONEY,
        _l("Value"),
        _l("The prices of the visits as they were when they were booked, paid or not."),
    ),
)


def hours_words(minutes: int) -> str:
    """1,037.5"""
    return str(format_decimal(round(minutes / 60, 1), locale="en_GB"))


def columns(by: str) -> Sequence[Column]:
    """Hours worked belong to therapists, and not to a treatment."""
    return [one for one in COLUMNS if not (one.of_hours and by == "treatment")]
