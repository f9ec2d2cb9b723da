"""When the worker looks again at what changes with the day and the programme alone."""

from datetime import date, datetime

from clinic.booking.programme import Programme, programme
from clinic.booking.queries import today_at
from clinic.booking.versions import versions
from clinic.core.db import AnySession, database_of


class Look:
    """Remembers, for each database, as of which programme and day was looked last."""

    def __init__(self) -> None:
        self._looked: dict[str, tuple[int, date]] = {}
        self._due: dict[str, tuple[int, date]] = {}

    def due(self, session: AnySession, now: datetime) -> Programme | None:
        """The programme, where it or the day has changed since; None where there is nothing new to look for."""
        known = programme(session)
        at = (versions(session)[0], today_at(known, now)) if known and known.locations else None
        if at is None or self._looked.get(database_of(session)) == at:
            session.rollback()
            return None
        self._due[database_of(session)] = at
        return known

    def done(self, session: AnySession) -> None:
        """What was due has been looked at."""
        self._looked[database_of(session)] = self._due[database_of(session)]
