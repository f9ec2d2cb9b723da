"""News by mail for everybody: asked for on a page, confirmed and ended by a link. No page tells who gets it."""

from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.booking.views.page import programme_or_404
from clinic.consent import operations
from clinic.consent.forms import NewsReaderForm
from clinic.consent.models import NewsReader
from clinic.consent.views.page import bp
from clinic.core import clock, throttle
from clinic.core.access import holder_of, public
from clinic.core.audit import Actor
from clinic.core.db import db


@bp.get("/news")
@public
def news_page() -> str:
    _shown_or_404()
    return render_template("consent/news_asking.html", form=NewsReaderForm(formdata=None))


@bp.post("/news")
@public
def news_asking() -> str | tuple[str, int]:
    """The same answer whoever has the address. Counting the tries keeps two for one address apart."""
    _shown_or_404()
    form = NewsReaderForm()
    if not form.validate():
        return _again(form, 422)
    if throttle.too_many(db.session, now=clock.now(), address=f"news {request.remote_addr}"):
        db.session.commit()
        form.form_errors.append(_("Too many tries. Wait an hour, or call us."))
        return _again(form, 429)
    operations.ask_for_news(db.session, form.email.data, form.name.data, now=clock.now())
    db.session.commit()
    return render_template("consent/news_asked.html", email=form.email.data)


@bp.get("/news/<token>")
@holder_of("news")
def news_reader(subject_id: UUID, token: str) -> str:
    reader = _reader(subject_id)
    more = {"gets_news": reader.gets_news, "has_left": reader.left_at is not None}
    return render_template("consent/news_reader.html", token=token, **more)


@bp.post("/news/<token>/confirmation")
@holder_of("news")
def news_confirmation(subject_id: UUID, token: str) -> Response:
    operations.confirm_news(db.session, _reader(subject_id), now=clock.now(), by=Actor.by_link(token))
    db.session.commit()
    return redirect(url_for("consent.news_reader", token=token), 303)


@bp.post("/news/<token>/ending")
@holder_of("news")
def news_ending(subject_id: UUID, token: str) -> Response:
    operations.end_news(db.session, _reader(subject_id), now=clock.now(), by=Actor.by_link(token))
    db.session.commit()
    return redirect(url_for("consent.news_reader", token=token), 303)


def _reader(reader_id: UUID) -> NewsReader:
    return db.session.get(NewsReader, reader_id) or abort(404)


def _shown_or_404() -> None:
    """It is asked for where free practice is shown."""
    if not programme_or_404().clinic.shows_practice:
        abort(404)


def _again(form: NewsReaderForm, status: int) -> tuple[str, int]:
    return render_template("consent/news_asking.html", form=form, has_errors=True), status
