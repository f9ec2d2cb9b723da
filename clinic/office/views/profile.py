"""What therapists say of themselves on their public page: changed by them, or by the owner."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response

from clinic.booking.programme import whole_programme
from clinic.booking.views.page import programme_or_404
from clinic.core import access, clock
from clinic.core.access import therapist_or_owner
from clinic.core.db import db, reads_first, writing
from clinic.core.forms import takes_a_file
from clinic.core.pictures import MOST_SENT, UnfitPictureError, redrawn_light
from clinic.front.views.therapist import SIDE, Words, page_of, photo_address
from clinic.office import operations
from clinic.office.forms.profile import ProfileForm
from clinic.office.views.setting import as_asked, last_changes, pointed_out
from clinic.people.models import Therapist
from clinic.qualifications.queries import all_therapists

bp = Blueprint("profile", __name__)
MOST_PHOTO = 60 * 1024
SIDES = (SIDE, 400, 320, 240)  # smaller until it is light


@bp.get("/profile")
@therapist_or_owner
def profiles() -> str | Response:
    """An owner's list of everybody; a therapist is led to their own."""
    account = access.signed_in()
    if account.role == "therapist":
        own = account.therapist or abort(404)
        return redirect(url_for("profile.profile", slug=own.slug), 303)
    return render_template("office/profiles.html", therapists=all_therapists(db.session))


@bp.get("/profile/<slug>")
@therapist_or_owner
def profile(slug: str) -> str:
    found = _load(slug)
    return _page(as_asked(_filled(found), found), found)


@bp.post("/profile/<slug>")
@therapist_or_owner
def profile_change(slug: str) -> Response | tuple[str, int]:
    """What was changed meanwhile is not lost unseen: it is shown, and saving once more replaces it."""
    found, form = _load(slug, to_change=True), ProfileForm()
    if not form.validate():
        return _page(form, found, has_errors=True), 422
    if form.seen.data != operations.seen_of_profile(found):
        form.seen.data = operations.seen_of_profile(found)
        return _page(form, found, meanwhile=True), 409
    if operations.change(db.session, found, form.values(), by=access.actor(), now=clock.now()):
        flash(_("Saved. Clients read it so from now on."))
    db.session.commit()
    return redirect(url_for("profile.profile", slug=slug), 303)


@bp.post("/profile/<slug>/preview")
@reads_first
@therapist_or_owner
def profile_preview(slug: str) -> str | tuple[str, int]:
    """The page as it would be with what is typed. Nothing is saved."""
    found, form, known = _load(slug), ProfileForm(), programme_or_404()
    if not form.validate():
        return _page(form, found, has_errors=True), 422
    hidden = None if found.listed else whole_programme(db.session)
    listed = (hidden or known).therapist(slug) or abort(404)
    return page_of(known, listed, Words(**form.values()), preview=True)


@bp.post("/profile/<slug>/photo")
@takes_a_file(MOST_SENT)
@reads_first
@therapist_or_owner
def profile_photo(slug: str) -> Response | tuple[str, int]:
    found, file = _load(slug), request.files.get("photo")
    try:
        jpeg = redrawn_light(file.read() if file else b"", sides=SIDES, most_bytes=MOST_PHOTO, kind="JPEG")
    except UnfitPictureError as unfit:
        return _page(_filled(found), found, unfit=str(unfit.sentence)), 422
    return _put(slug, jpeg)


@bp.post("/profile/<slug>/photo/removal")
@reads_first
@therapist_or_owner
def profile_photo_removal(slug: str) -> Response:
    return _put(slug, None)


def _put(slug: str, jpeg: bytes | None) -> Response:
    db.session.rollback()
    with writing():
        operations.put_portrait(db.session, _load(slug, to_change=True), jpeg, by=access.actor(), now=clock.now())
        db.session.commit()
    flash(_("This is your photo now.") if jpeg else _("The photo is taken away."))
    return redirect(url_for("profile.profile", slug=slug), 303)


def _load(slug: str, *, to_change: bool = False) -> Therapist:
    """Whose words whoever is signed in may change: their own, or an owner everybody's. Others are not there."""
    account, query = access.signed_in(), select(Therapist).where(Therapist.slug == slug)
    found = db.session.scalar(query.with_for_update(of=Therapist) if to_change else query)
    if found is None or not (account.role == "owner" or account.id == found.account_id):
        abort(404)
    return found


def _filled(found: Therapist) -> ProfileForm:
    return ProfileForm(formdata=None, obj=found, data={"seen": operations.seen_of_profile(found)})


def _page(
    form: ProfileForm, found: Therapist, *, unfit: str = "", meanwhile: bool = False, has_errors: bool = False
) -> str:
    return render_template(
        "office/profile.html",
        form=form,
        therapist=found,
        is_own=found.account_id == access.signed_in().id,
        photo=photo_address(found.id, found.slug),
        side=SIDE,
        pointed_out=pointed_out(form, "about", "profile_words"),
        changes=last_changes(form, found),
        unfit=unfit,
        meanwhile=meanwhile,
        has_errors=has_errors or bool(unfit),
    )
