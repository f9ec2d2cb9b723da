"""What the clinic calls them, and where it rings."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from clinic.booking.forms import DetailsForm
from clinic.booking.views.page import programme_or_404
from clinic.core import access, clock
from clinic.core.access import client_by_password
from clinic.core.db import db
from clinic.front.my.page import bp, mine, my_page
from clinic.people.operations import change_contact


class ContactForm(DetailsForm):
    """Name and phone, asked as when booking. The address is proven, and stays."""

    email = area = side = word = key = None


@bp.get("/my/details")
@client_by_password
def details() -> str:
    client = mine().client
    data = {"name": client.name, "phone": client.phone}
    form = ContactForm(formdata=None, country=_country(), data=data)
    return my_page("details", form=form, saved="saved" in request.args)


@bp.post("/my/details")
@client_by_password
def details_submit() -> tuple[str, int] | Response:
    form = ContactForm(country=_country())
    if not form.validate():
        return my_page("details", form=form, has_errors=True), 422
    change_contact(
        db.session,
        mine().client,
        name=form.name.data,
        phone=form.phone.data or "",
        now=clock.now(),
        by=access.actor(),
    )
    db.session.commit()
    return redirect(url_for("my.details", saved="yes"), 303)


def _country() -> str:
    return programme_or_404().clinic.country
