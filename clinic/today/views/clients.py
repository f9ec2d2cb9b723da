"""The clients of the clinic, for the staff: by name, or found by what somebody says on the phone."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import jsonify, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.booking import queries as booking
from clinic.booking.queries import Visits
from clinic.booking.views.page import programme_or_404
from clinic.core import access, clock
from clinic.core.access import staff
from clinic.core.db import db
from clinic.core.templating import day_words
from clinic.core.times import local
from clinic.people.models import Client
from clinic.people.queries import find_clients
from clinic.today.views.names import client_name, names_hidden
from clinic.today.views.page import bp

PAGE = 50
NONE = Visits()


@dataclass(frozen=True)
class Line:
    """One client of the list."""

    client: Client
    visits: Visits

    @property
    def alerts(self) -> list[str]:
        """What the desk should know before it rings off: what to do, never why."""
        marks = {
            _("Ring before the visit"): self.visits.ring,
            _("Say yes or no"): self.visits.approve,
            _("Wants a chaperone"): self.visits.chaperone,
            _("Desk note"): self.client.desk_note_sealed,
        }
        return [words for words, marked in marks.items() if marked]


@bp.get("/clients")
@staff
def clients() -> str:
    """`q` finds some, `letter` narrows to those whose name begins with it, `page` turns the pages."""
    known, among = programme_or_404(), booking.visible_clients(access.signed_in())
    wanted, letter = request.args.get("q", "").strip()[:100], request.args.get("letter", "")[:1]
    page = max(1, min(request.args.get("page", 1, type=int), 10_000))
    if wanted:
        found: Sequence[Client] = find_clients(db.session, wanted, PAGE, among=among)
    else:
        found = booking.clients_from(db.session, among, letter=letter, skip=(page - 1) * PAGE, most=PAGE + 1)
    return render_template(
        "today/clients.html",
        lines=_lines(found[:PAGE]),
        wanted=wanted,
        letter=letter,
        letters=booking.first_letters(db.session, among),
        page=page,
        more=len(found) > PAGE,
        zone=known.location.zone,
        local=local,
    )


@bp.get("/clients/matches")
@staff
def client_matches() -> Response:
    """Who may be meant by `q`, the likest first, while it is typed: a list of id, name, phone, email and last visit."""
    zone, among = programme_or_404().location.zone, booking.visible_clients(access.signed_in())
    found = find_clients(db.session, request.args.get("q", "")[:100], among=among)
    return jsonify([_match(line, zone) for line in _lines(found)])


def _lines(found: Sequence[Client]) -> list[Line]:
    visits = booking.visits_of(db.session, [one.id for one in found], clock.now()) if found else {}
    return [Line(one, visits.get(one.id, NONE)) for one in found]


def _match(line: Line, zone: str) -> dict[str, str]:
    client, last = line.client, line.visits.last and local(line.visits.last, zone)
    reached = ("", "") if names_hidden() else (client.phone, client.email)
    return {
        "id": str(client.id),
        "name": client_name(client),
        "phone": reached[0],
        "email": reached[1],
        "last_visit": f"{day_words(last)} {last.year}" if last else "",
    }
