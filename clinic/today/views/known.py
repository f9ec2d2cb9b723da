"""Clients who may be meant, at the desk: by what is looked for, or by what is taken down of somebody new."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from clinic.booking import history, queries, wording
from clinic.booking.queries import Visits
from clinic.core import access, clock
from clinic.core.db import db
from clinic.people import queries as people
from clinic.people.models import Client
from clinic.places.models import Clinic
from clinic.today.forms import NewClientForm


@dataclass(frozen=True)
class Match:
    """A client, told from others of the name by when they came last and how their phone number ends."""

    client: Client
    visits: Visits

    @property
    def phone_end(self) -> str:
        return "".join(filter(str.isdigit, self.client.phone))[-3:]


def found(text: str) -> list[Match]:
    """Clients whom this person may see, the likest first."""
    visible = queries.visible_clients(access.signed_in())
    return with_visits(people.find_clients(db.session, text[:100], among=visible)) if text.strip() else []


def likely_same(form: NewClientForm) -> list[Match]:
    """Clients who may be the one that is being taken down as new."""
    name, email, phone = (str(field.data or "").strip() for field in (form.name, form.email, form.phone))
    somebody, visible = (
        Client(id=uuid4(), name=name, email=email, phone=phone),
        queries.visible_clients(access.signed_in()),
    )
    return with_visits([one for one, _signs in people.likely_same(db.session, somebody, among=visible)])


def missed_lines(client: Client, clinic: Clinic) -> list[str]:
    """How many visits they missed, and what the clinic wants them told then; nothing where they missed none."""
    now = clock.now()
    many = history.missed(db.session, client.id, clinic, now)
    words = history.missed_words(db.session, client.id, clinic, now) if many else ""
    return [line for line in (wording.missed(many, clinic.missed_months) if many else "", words) if line]


def with_visits(clients: Sequence[Client]) -> list[Match]:
    visits = queries.visits_of(db.session, [one.id for one in clients], clock.now()) if clients else {}
    return [Match(one, visits.get(one.id, Visits())) for one in clients]
