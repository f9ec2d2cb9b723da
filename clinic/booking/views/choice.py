"""What was chosen so far on the way to a booking.

The choice travels in the address, so that it survives reload, back and a mailed link; `booking.views.asked` reads it.
A slot is an instant and a therapist: 20261123T0915Z.ana-moreau
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _
from werkzeug.utils import cached_property

from clinic.booking import history, queries, wording
from clinic.booking.models import Appointment, Hold
from clinic.booking.offered import ListedTherapist, OfferedLength, OfferedTreatment
from clinic.booking.pairs import without_release
from clinic.booking.programme import Programme
from clinic.booking.rules import Narrowing
from clinic.booking.told import Told, told_by
from clinic.booking.views.page import known_client
from clinic.booking.wishes import Wish
from clinic.core import clock
from clinic.core.audit import Actor
from clinic.core.db import db
from clinic.core.refusals import Refusal
from clinic.core.times import address_of, local
from clinic.core.visit import has_answered, is_holding, visit_digest, visit_id
from clinic.intake.models import Screening
from clinic.intake.operations import screening_of
from clinic.people.models import Client
from clinic.places.models import Location


@dataclass(frozen=True)
class Moving:
    """The appointment that is to move, and the token of its link."""

    appointment: Appointment
    token: str
    page: str = "booking.move"

    @property
    def named(self) -> dict[str, Any]:
        """What the address of the page names."""
        return {"token": self.token}


@dataclass(frozen=True)
class Again:
    """The appointment that is booked the same again, by whom, and the way: its own link, that of the client's plan, or
    the client's own account.

    `page` is the route of that way, `named` what its address names, and `back` the address where it was begun.
    `proves`: whether it tells other pages whose it is.
    """

    appointment: Appointment
    by: Actor
    page: str
    named: dict[str, Any]
    back: str
    proves: bool = False


@dataclass(frozen=True)
class Choice:
    """The treatment and length somebody is booking or moving, and the time, once they tapped one."""

    programme: Programme
    treatment: OfferedTreatment
    length: OfferedLength
    starts_at: datetime | None = None
    therapist: ListedTherapist | None = None
    moving: Moving | None = None
    again: Again | None = None
    chaperone: bool = False
    refused: Refusal | None = None  # why a second treatment that was asked for is not part of it
    narrowed_by: tuple[tuple[str, tuple[str, ...]], ...] = ()  # what of its times was shown, as addresses carry it

    @property
    def standing(self) -> Moving | Again | None:
        """The visit that is moved or booked again, and the way to it; None for a booking from the start."""
        return self.moving or self.again

    @property
    def name(self) -> str:
        return wording.in_a_row(one.name for one in self.treatment.each)

    @property
    def minutes_of_each(self) -> tuple[int, ...]:
        return self.treatment.minutes_of_each(self.length.minutes)

    @cached_property
    def asked(self) -> dict[str, str]:
        """The choice but for its first treatment and time, as addresses and forms carry it."""
        pair, minutes = self.treatment.pair, self.minutes_of_each
        second = f"{pair.second.slug}-{minutes[1]}" if pair else ""
        asked = {"minutes": str(minutes[0]), "with": second, "chaperone": "yes" if self.chaperone else ""}
        return {name: value for name, value in asked.items() if value}

    @property
    def narrowing(self) -> Narrowing:
        """What is asked of its times whatever else they are narrowed by."""
        return Narrowing(chaperone=self.chaperone)

    @property
    def alone(self) -> "Choice":
        """The first treatment by itself, without what else was asked for."""
        first = self.treatment.each[0]
        length = first.length(self.minutes_of_each[0]) or first.usual
        return replace(self, treatment=first, length=length, chaperone=False, refused=None)

    @cached_property
    def now(self) -> datetime:
        return clock.now()

    @cached_property
    def today(self) -> date:
        return queries.today_at(self.programme, self.now)

    @property
    def last_day(self) -> date:
        """The last on which it can be booked."""
        return self.today + timedelta(days=self.treatment.horizon_days)

    @cached_property
    def before_slot(self) -> str:
        """Where a tapped time leads, up to the time. Built once: a page may hold hundreds."""
        if self.standing:
            return self.times_href(minutes=self.length.minutes, **self._narrowed)
        return self.href("details", slot=None)

    @cached_property
    def tapped_href(self) -> str:
        """Where a tapped time is sent, to be kept."""
        return url_for("booking.holds", **self._narrowed)

    @property
    def book_href(self) -> str:
        """Where it is sent to be booked, or moved."""
        return self.other_times if self.standing else url_for("booking.appointments", **self._narrowed)

    @property
    def _narrowed(self) -> dict[str, Any]:
        return dict(self.narrowed_by)

    @property
    def other_times(self) -> str:
        """The page of times as they had narrowed it."""
        return self.times_href(**self._narrowed)

    def times_href(self, **args: Any) -> str:
        """The page of times, for this treatment or for the visit that is moved or booked again."""
        way = self.standing
        asked = {**({} if way else self.asked), **args}
        known = {name: value for name, value in asked.items() if value}
        if way:
            return url_for(way.page, **way.named, **known)
        return url_for("booking.times", slug=self.treatment.slug, **known)

    @cached_property
    def usual_therapist(self) -> ListedTherapist | None:
        """Whose times are shown first: where the same is booked again, those of the same therapist."""
        known = self.programme.therapist(self.again.appointment.therapist.slug) if self.again else None
        able = known and any(self.programme.may_give(known, self.treatment, day) for day in (self.today, self.last_day))
        return known if able else None

    @property
    def moves(self) -> UUID | None:
        return self.moving.appointment.id if self.moving else None

    @cached_property
    def client(self) -> Client | None:
        """Who it is for, where that is proven: by a link, or by signing in. What is typed proves nothing."""
        return self.standing.appointment.client if self.standing else known_client(self.now)

    @property
    def assessment_refusals(self) -> list[Refusal]:
        """Where none of its times can be had before an assessment."""
        client_id, now = self.client.id if self.client else None, self.now
        until = now + timedelta(days=self.treatment.horizon_days)
        return queries.assessment_refusals(db.session, self.treatment.each, client_id, now, until=until)

    @property
    def contact(self) -> dict[str, str]:
        """What somebody whom we know need not type."""
        return {name: getattr(self.client, name) for name in ("name", "email", "phone")} if self.client else {}

    @cached_property
    def missed_words(self) -> str:
        """What the clinic asks of a client it knows who has missed too many visits; of nobody else."""
        client = self.client
        return history.missed_words(db.session, client.id if client else None, self.programme.clinic, self.now)

    @cached_property
    def hold(self) -> Hold | None:
        """The time that is kept for this visit, whichever it is."""
        if not is_holding(self.now):
            return None
        return queries.held_by(db.session, visit_digest(), self.now)

    @property
    def own(self) -> list[UUID]:
        """Whose claims are not in the way of whoever looks at times."""
        return [one for one in (self.moves, self.hold.id if self.hold else None) if one]

    @property
    def kept_until(self) -> datetime | None:
        """Until when the chosen time is kept, on the location's clock."""
        kept, who = self.hold, self.therapist
        if kept is None or who is None or (kept.starts_at, kept.therapist_id) != (self.starts_at, who.id):
            return None
        return local(kept.expires_at, self.zone)

    @cached_property
    def label(self) -> str:
        """How a time is read out; looked up once, for a page has a hundred of them."""
        return str(_("%(time)s on %(day)s with %(name)s"))

    @property
    def key(self) -> tuple[object, ...]:
        """What tells its parts of a page from those of others, the language among it; without the time."""
        return self.treatment, self.length.minutes, self.chaperone, self.label, self.narrowed_by

    @cached_property
    def screening(self) -> Screening | None:
        """What this visit answered on the safety page, while it is fresh and not yet part of a booking."""
        return screening_of(db.session, visit_id(), now=self.now) if has_answered() else None

    @cached_property
    def told(self) -> Told:
        """What they have told, now and before, as it stands on the day of the visit."""
        client_id, on = self.client.id if self.client else None, self.at.date() if self.at else self.today
        return told_by(db.session, self.programme.safety, client_id, self.screening, on=on)

    @cached_property
    def location(self) -> Location:
        """Where it is at the chosen time; while none is chosen, the first."""
        if self.starts_at is None or self.therapist is None:
            return self.programme.location
        return self.programme.location_at(self.therapist.id, self.starts_at)

    @property
    def zone(self) -> str:
        return self.location.zone

    @property
    def where(self) -> str:
        return wording.where(self.location, self.programme.locations)

    @property
    def slot(self) -> str | None:
        if self.starts_at is None or self.therapist is None:
            return None
        return f"{address_of(self.starts_at)}.{self.therapist.slug}"

    @property
    def at(self) -> datetime | None:
        """The chosen time on the location's clock."""
        return local(self.starts_at, self.zone) if self.starts_at else None

    def href(self, page: str, **other: Any) -> str:
        """The address of another page with the same choice."""
        args = {**self.asked, **self._narrowed, "slot": self.slot, **other}
        return url_for(f"booking.{page}", slug=self.treatment.slug, **{k: v for k, v in args.items() if v})

    def instead(self) -> "Choice | None":
        """The same time with the same therapist, for the non-abdominal alternative of what is a release."""
        found = without_release(self.programme, self.treatment, self.length.minutes)
        length = found[0].length(found[1]) if found else None
        return replace(self, treatment=found[0], length=length) if found and length else None

    def wish(self, **told: Any) -> Wish:
        assert self.starts_at is not None
        assert self.therapist is not None
        known = {"client": self.client, "moves": self.moves, "held": self.hold.id if self.hold else None}
        told = {"chaperone": self.chaperone, **told}
        return Wish(self.treatment, self.length.minutes, self.therapist, self.starts_at, **{**known, **told})
