"""The locations: where people come to, and on whose clock."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response

from clinic.booking.views.page import programme_or_404
from clinic.core import access, clock
from clinic.core.access import owner
from clinic.core.db import db
from clinic.office import operations
from clinic.office.forms.places import LocationForm
from clinic.office.views.page import bp
from clinic.office.views.setting import as_asked, last_changes
from clinic.places.models import Location


@bp.get("/locations")
@owner
def locations() -> str:
    return render_template(
        "office/locations.html", locations=db.session.scalars(select(Location).order_by(Location.id)).all()
    )


@bp.get("/locations/new")
@owner
def location_new() -> str:
    known = programme_or_404()
    zone = known.location.zone if known.locations else "Europe/London"
    return _page(LocationForm(formdata=None, data={"zone": zone}))


@bp.post("/locations")
@owner
def location_making() -> Response | tuple[str, int]:
    form, made = LocationForm(), Location()
    if not form.validate():
        return _page(form, has_errors=True), 422
    operations.make(db.session, made, form.values(), by=access.actor(), now=clock.now())
    db.session.commit()
    flash(_("%(name)s is there. Next: its rooms.", name=made.name))
    return redirect(url_for("office.rooms"), 303)


@bp.get("/locations/<int:location_id>")
@owner
def location(location_id: int) -> str:
    found = _load(location_id)
    return _page(as_asked(LocationForm(formdata=None, obj=found), found), found)


@bp.post("/locations/<int:location_id>")
@owner
def location_change(location_id: int) -> Response | tuple[str, int]:
    found, form = _load(location_id), LocationForm()
    if not form.validate():
        return _page(form, found, has_errors=True), 422
    if operations.change(db.session, found, form.values(), by=access.actor(), now=clock.now()):
        flash(_("Saved. What is booked stays as it is."))
    db.session.commit()
    return redirect(url_for("office.location", location_id=location_id), 303)


def _load(location_id: int) -> Location:
    return db.session.get(Location, location_id) or abort(404)


def _page(form: LocationForm, found: Location | None = None, *, has_errors: bool = False) -> str:
    changes = last_changes(form, found) if found else []
    return render_template("office/location.html", form=form, location=found, changes=changes, has_errors=has_errors)
