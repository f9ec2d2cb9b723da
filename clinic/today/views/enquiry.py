"""What somebody at the desk asks for, as far as it is known: who, what, with whom, when.

It travels in the page's address or its one form, and is kept nowhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from flask import abort, url_for
from flask_babel import gettext as _
from werkzeug.utils import cached_property

from clinic.booking import history, queries
from clinic.booking.models import Appointment
from clinic.booking.offered import ListedTherapist, OfferedLength, OfferedTreatment
from clinic.booking.programme import Programme
from clinic.booking.rules import PARTS, Narrowing, length_is_sound
from clinic.booking.views.asked import read_slot
from clinic.booking.views.choice import Choice
from clinic.booking.views.page import programme_or_404
from clinic.booking.wishes import Desk, Wish
from clinic.core.db import db
from clinic.core.times import day_from_address, from_address, instant_of, minute_of, wall_minute
from clinic.core.visit import new_booking_key
from clinic.people.models import Account, Client
from clinic.people.queries import therapist_of

BY_HAND = "by-hand"
CARRIED = ("what", "treatment", "minutes", "therapist", "at", "from", "part", "chaperone")  # along in links of the page
Given = tuple[datetime | None, ListedTherapist | None]


@dataclass(frozen=True)
class Enquiry:
    """`with_whom` is None where anybody will do; `chosen` has the time and therapist once they are chosen."""

    chosen: Choice
    with_whom: ListedTherapist | None
    client: Client | None
    last: Appointment | None
    key: str
    first_day: date
    part: str
    reason: str
    carried: Mapping[str, str]

    @property
    def visit(self) -> str:
        """To whom answers belong before they are booked with: to this page, and to this client alone."""
        return f"{self.key}/{self.client.id if self.client else 'new'}"

    @property
    def narrowing(self) -> Narrowing:
        return Narrowing(parts=[self.part] if self.part else [], chaperone=self.chosen.chaperone)

    @cached_property
    def at_desk(self) -> Choice:
        """The choice as times are looked for at the desk: without the notice that clients are asked for."""
        return replace(self.chosen, treatment=replace(self.chosen.treatment, notice_minutes=0))

    @property
    def is_last(self) -> bool:
        """Whether it is what they had last time, with whom they had it."""
        was, now = self.last, self.chosen
        return was is not None and (was.treatment_id, was.minutes_of_each[0], was.therapist_id) == (
            now.treatment.id,
            now.length.minutes,
            self.with_whom.id if self.with_whom else None,
        )

    def href(self, **other: str | UUID) -> str:
        """The page with all that was asked so far, and this."""
        asked: dict[str, Any] = {**self.carried, **other}
        return url_for("today.booking", **asked)

    def instead(self) -> "Enquiry":
        """The same time for the treatment's alternative."""
        other = self.chosen.instead()
        return replace(self, chosen=other) if other else self

    def wish(self, **contact: Any) -> Wish:
        """What is to be booked, by the staff's rules; `contact` is name, email and phone."""
        chosen = self.chosen
        assert chosen.starts_at is not None
        assert chosen.therapist is not None
        wish = Wish(chosen.treatment, chosen.length.minutes, chosen.therapist, chosen.starts_at, **contact)
        return replace(wish, client=self.client, chaperone=chosen.chaperone, desk=Desk(reason=self.reason))


def enquiry(args: Mapping[str, str], account: Account) -> Enquiry:
    """Read it from an address or a form. What cannot be read is as if it had not been asked; a client whom this person
    may not see is 404.
    """
    known = programme_or_404()
    if not known.treatments:
        abort(404, _("There is no treatment to book yet."))
    client = _client(args.get("client", ""), account)
    last = history.last_standing(db.session, client.id, [one.id for one in known.treatments]) if client else None
    treatment, minutes = _what(args, known, last)
    with_whom = known.therapist(args["therapist"]) if "therapist" in args else _usual(known, last, account)
    length = OfferedLength(minutes, treatment.price(minutes))
    choice = Choice(known, treatment, length, chaperone="chaperone" in args)
    starts_at, therapist = _when(args, choice, with_whom)
    today = choice.today
    return Enquiry(
        chosen=replace(choice, starts_at=starts_at, therapist=therapist),
        with_whom=with_whom,
        client=client,
        last=last,
        key=args.get("key") or new_booking_key(),
        first_day=max(day_from_address(args.get("from", "")) or today, today),
        part=args.get("part", "") if args.get("part") in PARTS else "",
        reason=" ".join(args.get("reason", "").split())[:500],
        carried={name: args[name] for name in CARRIED if args.get(name)},
    )


def _client(text: str, account: Account) -> Client | None:
    if not text:
        return None
    try:
        return queries.visible_client(db.session, UUID(text), account) or abort(404)
    except ValueError:
        abort(404)


def _what(args: Mapping[str, str], known: Programme, last: Appointment | None) -> tuple[OfferedTreatment, int]:
    """What was asked; else what they had last; else what the clinic names first."""
    slug, _dot, length = args.get("what", "").partition(".")
    by_hand = args.get("length", "") if args.get("slot") == BY_HAND else ""
    minutes = _minutes(by_hand) or _minutes(length) or _minutes(args.get("minutes", ""))
    asked = known.treatment(slug or args.get("treatment", ""))
    if asked is None and last and (usual := known.treatment_by_id(last.treatment_id)):
        return usual, minutes or _minutes(str(last.minutes_of_each[0])) or usual.usual.minutes
    treatment = asked or known.treatments[0]
    return treatment, minutes or treatment.usual.minutes


def _minutes(text: str) -> int | None:
    sound = text.isdecimal() and len(text) < 4 and length_is_sound(int(text))
    return int(text) if sound else None


def _usual(known: Programme, last: Appointment | None, account: Account) -> ListedTherapist | None:
    """Whom they saw last; else the therapist who books."""
    usual = last.therapist if last else therapist_of(account)
    return known.therapist(usual.slug) if usual else None


def _when(args: Mapping[str, str], choice: Choice, with_whom: ListedTherapist | None) -> Given:
    """The time that was pressed, written by hand, or chosen before; an instant alone is with whom they ask for."""
    pressed = args.get("slot") or args.get("at", "")
    starts_at = _by_hand(args, choice.programme, with_whom) if pressed == BY_HAND else from_address(pressed)
    if starts_at is None:
        return read_slot(choice.programme, pressed)
    return starts_at, with_whom or _free_then(choice, starts_at)


def _by_hand(args: Mapping[str, str], known: Programme, with_whom: ListedTherapist | None) -> datetime | None:
    """On the clock of where they work that day."""
    day = day_from_address(args.get("on", ""))
    try:
        wall = time.fromisoformat(args.get("time", ""))
    except ValueError:
        return None
    if day is None:
        return None
    noon = datetime.combine(day, time(12), UTC)
    place = known.location_at(with_whom.id, noon) if with_whom else known.location
    return instant_of(wall_minute(day, wall.replace(second=0, microsecond=0, tzinfo=None), place.zone))


def _free_then(choice: Choice, starts_at: datetime) -> ListedTherapist | None:
    """Whoever is free at that minute, whether or not it is on the grid."""
    any_minute = replace(queries.unbounded(choice.treatment), grid_minutes=5, packed=False)
    day = queries.today_at(choice.programme, starts_at)
    look = queries.search(db.session, choice.programme, first=day, days=1, now=choice.now)
    free = look.slots(any_minute, choice.length.minutes, narrowing=Narrowing(chaperone=choice.chaperone))
    return next((slot.therapist for slot in free if slot.start == minute_of(starts_at)), None)
