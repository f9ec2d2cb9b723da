"""The rooms: where they are, what they are fit for, and which are out of use."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from werkzeug.wrappers import Response

from clinic.booking import queries
from clinic.booking.views.page import programme_or_404
from clinic.core import access, clock
from clinic.core.access import owner
from clinic.core.db import db
from clinic.office import operations
from clinic.office.forms.places import KINDS, RoomForm
from clinic.office.views.in_the_way import with_times
from clinic.office.views.page import bp
from clinic.office.views.setting import as_asked, last_changes
from clinic.places.models import Location, Room


@bp.get("/rooms")
@owner
def rooms() -> str:
    found = db.session.scalars(select(Room).options(joinedload(Room.location)).order_by(Room.location_id, Room.id))
    return render_template("office/rooms.html", rooms=found.all(), kinds=KINDS)


@bp.get("/rooms/new")
@owner
def room_new() -> str:
    return _page(RoomForm(formdata=None, data={"offered": True, "kinds": ["table"]}, locations=_locations()))


@bp.post("/rooms")
@owner
def room_making() -> Response | tuple[str, int]:
    form = RoomForm(locations=_locations())
    if not form.validate():
        return _page(form, has_errors=True), 422
    room = operations.make_room(db.session, form.values(), by=access.actor(), now=clock.now())
    db.session.commit()
    flash(_("%(name)s is ready to be used.", name=room.name))
    return redirect(url_for("office.rooms"), 303)


@bp.get("/rooms/<int:room_id>")
@owner
def room(room_id: int) -> str:
    found = _load(room_id)
    return _page(as_asked(RoomForm(formdata=None, obj=found, locations=_locations()), found), found)


@bp.post("/rooms/<int:room_id>")
@owner
def room_change(room_id: int) -> Response | tuple[str, int]:
    found, form = _load(room_id), RoomForm(locations=_locations())
    if not form.validate():
        return _page(form, found, has_errors=True), 422
    if operations.change(db.session, found, form.values(), by=access.actor(), now=clock.now()):
        flash(_("Saved. What is booked stays as it is."))
    db.session.commit()
    return redirect(url_for("office.room", room_id=room_id), 303)


def _load(room_id: int) -> Room:
    return db.session.get(Room, room_id) or abort(404)


def _locations() -> list[Location]:
    return list(db.session.scalars(select(Location).order_by(Location.id)))


def _page(form: RoomForm, found: Room | None = None, *, has_errors: bool = False) -> str:
    if found is None:
        return render_template("office/room.html", form=form, room=None, has_errors=has_errors)
    return render_template(
        "office/room.html",
        form=form,
        room=found,
        changes=last_changes(form, found),
        unfit=with_times(programme_or_404(), queries.unfit_in_room(db.session, found, clock.now())),
        has_errors=has_errors,
    )
