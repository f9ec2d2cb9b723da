"""The shape of working hours: for each day any number of stretches, so that a break is a gap between two."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField
from wtforms import ValidationError as Wrong
from wtforms.validators import InputRequired

from clinic.booking.rules import Worked, unsound
from clinic.core.fields import Day
from clinic.core.forms import Form
from clinic.places.models import Location

ROWS, MOST_ROWS = 2, 12  # of a day, to begin with and at most


@dataclass
class Row:
    """A stretch as it was typed; an empty one is none."""

    name: str
    weekday: int
    starts: str = ""
    ends: str = ""
    where: int = 0
    error: str = ""

    def worked(self) -> Worked | None:
        """What it means; None where it means nothing, with a sentence where it should."""
        try:
            return Worked(self.weekday, _clock(self.starts), _clock(self.ends), self.where)
        except ValueError:
            self.error = str(_("Enter from when until when, such as 9:00 and 13:00."))
            return None


def _clock(typed: str) -> time:
    return time.fromisoformat(typed.rjust(5, "0")).replace(second=0, microsecond=0, tzinfo=None)


@dataclass
class Stretches:
    """The rows of each day of a form, by weekday."""

    locations: Mapping[int, Location]
    of_day: dict[int, list[Row]] = field(default_factory=dict)

    @classmethod
    def showing(
        cls, hours: Sequence[Worked], weekdays: Sequence[int], locations: Mapping[int, Location]
    ) -> "Stretches":
        """As they stand, with an empty row more for each day."""
        made = cls(locations)
        for weekday in weekdays:
            of_day = sorted(one for one in hours if one.weekday == weekday)
            rows = [
                Row(f"{weekday}-{n}", weekday, f"{one.starts:%H:%M}", f"{one.ends:%H:%M}", one.location_id)
                for n, one in enumerate(of_day)
            ]
            made.of_day[weekday] = made.padded(weekday, rows)
        return made

    @classmethod
    def typed(
        cls, posted: Mapping[str, str], weekdays: Sequence[int], locations: Mapping[int, Location]
    ) -> "Stretches":
        made, first = cls(locations), next(iter(locations))
        for weekday in weekdays:
            rows = [made.row(posted, weekday, n, first) for n in range(MOST_ROWS)]
            made.of_day[weekday] = made.padded(weekday, rows)
        return made

    def row(self, posted: Mapping[str, str], weekday: int, n: int, first: int) -> Row:
        name = f"{weekday}-{n}"
        where = posted.get(f"where-{name}", "")
        known = next((one for one in self.locations if str(one) == where), first)
        starts, ends = (posted.get(f"{which}-{name}", "").strip() for which in ("starts", "ends"))
        return Row(name, weekday, starts, ends, known)

    def padded(self, weekday: int, rows: list[Row]) -> list[Row]:
        """With an empty row more, and never fewer than two; each with a name of its own."""
        rows = [row for row in rows if row.starts or row.ends]
        count = min(max(len(rows) + 1, ROWS), MOST_ROWS)
        where = rows[-1].where if rows else next(iter(self.locations))
        rows = [*rows, *(Row("", weekday, where=where) for _n in range(count - len(rows)))]
        for n, row in enumerate(rows):
            row.name = f"{weekday}-{n}"
        return rows

    def on(self, weekday: int) -> "Stretches":
        """The same rows for another weekday."""
        return Stretches(
            self.locations, {weekday: self.padded(weekday, [replace(row, weekday=weekday) for row in self.rows])}
        )

    @property
    def rows(self) -> list[Row]:
        return [row for rows in self.of_day.values() for row in rows]

    def hours(self, day: date) -> list[Worked] | None:
        """What was typed, for the week that begins with `day`; None, with sentences, where it cannot be meant."""
        typed = [row for row in self.rows if row.starts or row.ends]
        worked = [(row, one) for row in typed if (one := row.worked())]
        zones = {one.id: one.zone for one in self.locations.values()}
        sentences = {
            "backwards": _("Enter an end after the beginning, midnight excepted: write 23:59."),
            "overlaps": _("This overlaps another stretch: nobody is in two places at once."),
        }
        for n, code in unsound([one for _row, one in worked], day, zones).items():
            worked[n][0].error = sentences[code]
        return None if any(row.error for row in typed) else [one for _row, one in worked]


class WeekForm(Form):
    """From which day on."""

    from_on = Day(_l("From this day on"), [InputRequired(_l("Enter a day."))])
    seen = HiddenField()

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def validate_from_on(self, field: Field) -> None:
        if field.data < self.today:
            raise Wrong(_("Enter today or a later day: weeks that are over keep their hours."))


class DifferentDayForm(WeekForm):
    """On which day."""

    from_on = Day(_l("Day"), [InputRequired(_l("Enter a day."))])
