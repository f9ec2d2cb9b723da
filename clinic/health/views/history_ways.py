"""The ways to the health history: the link of an appointment, the client's account, the therapist's record of them.

By link nothing is ever shown that was told, not what was told a minute ago either: links are forwarded and found.
"""

from uuid import UUID

from flask import url_for

from clinic.booking.views.clients import their_client
from clinic.booking.views.page import appointment_or_404
from clinic.core import access
from clinic.core.access import client_by_password, holder_of, therapist
from clinic.core.audit import Actor
from clinic.core.forms import with_token
from clinic.health.views.history import Answer, Teller, completed, help_now, page_sent, page_shown, started
from clinic.health.views.history_read import read
from clinic.health.views.page import bp


@bp.get("/appointments/<token>/health")
@holder_of("appointment")
def history_by_link(subject_id: UUID, token: str) -> str:
    return started(_by_link(subject_id, token))


@bp.get("/appointments/<token>/health/<int:number>")
@holder_of("appointment")
def page_by_link(subject_id: UUID, token: str, number: int) -> Answer:
    return page_shown(_by_link(subject_id, token), number)


def _help_now_by_link(subject_id: UUID, token: str, number: int) -> str | None:
    return help_now(_by_link(subject_id, token), number)


@bp.post("/appointments/<token>/health/<int:number>")
@holder_of("appointment")
@with_token(otherwise=_help_now_by_link)
def page_by_link_submit(subject_id: UUID, token: str, number: int) -> Answer:
    return page_sent(_by_link(subject_id, token), number)


@bp.post("/appointments/<token>/health/completion")
@holder_of("appointment")
def completion_by_link(subject_id: UUID, token: str) -> Answer:
    return completed(_by_link(subject_id, token))


@bp.get("/my/health")
@client_by_password
def own_history() -> str:
    return read(_own())


@bp.get("/my/health/<int:number>")
@client_by_password
def own_page(number: int) -> Answer:
    return page_shown(_own(), number)


@bp.post("/my/health/<int:number>")
@client_by_password
def own_page_submit(number: int) -> Answer:
    return page_sent(_own(), number)


@bp.post("/my/health/completion")
@client_by_password
def own_completion() -> Answer:
    return completed(_own())


@bp.get("/clients/<uuid:client_id>/health")
@therapist
def client_history(client_id: UUID) -> str:
    return read(_with_therapist(client_id))


@bp.get("/clients/<uuid:client_id>/health/<int:number>")
@therapist
def client_page(client_id: UUID, number: int) -> Answer:
    return page_shown(_with_therapist(client_id), number)


@bp.post("/clients/<uuid:client_id>/health/<int:number>")
@therapist
def client_page_submit(client_id: UUID, number: int) -> Answer:
    return page_sent(_with_therapist(client_id), number)


@bp.post("/clients/<uuid:client_id>/health/completion")
@therapist
def client_completion(client_id: UUID) -> Answer:
    return completed(_with_therapist(client_id))


def _by_link(appointment_id: UUID, token: str) -> Teller:
    found = appointment_or_404(appointment_id)
    return Teller(
        found.client.person,
        Actor.by_link(token),
        url_for("health.history_by_link", token=token),
        back=url_for("booking.appointment", token=token),
        may_read=False,
    )


def _own() -> Teller:
    themself = access.signed_in_client().client
    home, back = url_for("health.own_history"), url_for("my.appointments")
    return Teller(themself, access.actor(), home, back=back, may_read=True)


def _with_therapist(client_id: UUID) -> Teller:
    """With a client of theirs: to read, and to fill in together."""
    home = url_for("health.client_history", client_id=client_id)
    back = url_for("today.client", client_id=client_id)
    return Teller(their_client(client_id), access.actor(), home, back=back, may_read=True, frame="base_staff.html")
