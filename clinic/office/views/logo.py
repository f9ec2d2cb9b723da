"""The clinic's logo: sent, put in place of the one before, taken away."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.core import access, clock
from clinic.core.access import owner
from clinic.core.db import db, reads_first, writing
from clinic.core.forms import takes_a_file
from clinic.core.pictures import MOST_SENT, UnfitPictureError, redrawn_light
from clinic.office import operations
from clinic.office.forms.identity import IdentityForm
from clinic.office.views import identity
from clinic.office.views.page import bp

MOST_KEPT = 8 * 1024  # it is part of every page that a client opens
SIDES = (512, 320, 200, 128, 80)  # pixels


@bp.post("/logo")
@takes_a_file(MOST_SENT)
@reads_first
@owner
def logo_change() -> Response | tuple[str, int]:
    """Drawn anew, before others have to wait for it."""
    sent = request.files.get("logo")
    try:
        png = redrawn_light(sent.read() if sent else b"", sides=SIDES, most_bytes=MOST_KEPT, kind="PNG")
    except UnfitPictureError as unfit:
        found = identity.load()
        return identity.page(IdentityForm(formdata=None, obj=found), found, logo_trouble=str(unfit.sentence)), 422
    _keep(png)
    flash(_("Your clients see the new logo from now on."))
    return redirect(url_for("office.identity"), 303)


@bp.post("/logo/removal")
@reads_first
@owner
def logo_removal() -> Response:
    """The name in words again."""
    _keep(None)
    flash(_("Your clients see the name in words again."))
    return redirect(url_for("office.identity"), 303)


def _keep(png: bytes | None) -> None:
    by, now = access.actor(), clock.now()
    db.session.rollback()
    with writing():
        operations.keep_logo(db.session, png, by=by, now=now)
        db.session.commit()
