"""The clinic's booking and client-notes system."""

from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask, g
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map, UnicodeConverter
from whitenoise import WhiteNoise

import config
from clinic import cli, server, startup
from clinic.aftercare import mail as aftercare_mail
from clinic.aftercare.views import bp as aftercare_pages
from clinic.booking import mail as booking_mail
from clinic.booking.programme import programme
from clinic.booking.views import bp as booking_pages
from clinic.consent import mail as consent_mail
from clinic.consent.views import bp as consent_pages
from clinic.core import crypto
from clinic.core.access import set_up_access
from clinic.core.db import db, set_up_database
from clinic.core.errors import set_up_errors
from clinic.core.forms import set_up_forms
from clinic.core.headers import SecurityHeaders
from clinic.core.logs import set_up_logs
from clinic.core.packed import packed
from clinic.core.sessions import KeptSigner
from clinic.core.templating import STATIC, set_up_templating
from clinic.front import face, styleguide
from clinic.front import mail as front_mail
from clinic.front.my import bp as my_pages
from clinic.front.views import bp as front_pages
from clinic.health.views import bp as health_pages
from clinic.messages.views import bp as outbox_pages
from clinic.notes.views import bp as note_pages
from clinic.office.views import bp as office_pages
from clinic.office.views.profile import bp as profile_pages
from clinic.people import mail as people_mail
from clinic.people.models import Account
from clinic.people.queries import account_of_client
from clinic.people.views import bp as sign_in_pages
from clinic.qualifications import mail as register_mail
from clinic.qualifications.views import bp as register_pages
from clinic.referrals.views import bp as referral_pages
from clinic.today.views import bp as staff_pages

PAGES = (
    front_pages,
    face.bp,
    booking_pages,
    consent_pages,
    health_pages,
    note_pages,
    referral_pages,
    aftercare_pages,
    sign_in_pages,
    my_pages,
    register_pages,
    staff_pages,
    office_pages,
    profile_pages,
    outbox_pages,
)
ROOT = Path(__file__).parent.parent
A_YEAR = 365 * 24 * 3600


class RowNumber(IntegerConverter):
    """A number in an address is a row's: one that no database could hold is no page, like any that is not there."""

    def __init__(self, map: Map) -> None:  # noqa: A002  (as werkzeug calls it)
        super().__init__(map, max=2**31 - 1)


class Word(UnicodeConverter):
    """A word in an address; one with a character that no database keeps is no page."""

    def __init__(self, map: Map) -> None:  # noqa: A002  (as werkzeug calls it)
        super().__init__(map)
        self.regex = r"[^/\x00]+"


def create_app(settings: config.Settings | None = None) -> Flask:
    """The one module that knows everyone. Raises SettingError or KeyTroubleError before anything is served."""
    settings = settings or config.load()
    startup.prepare_instance(settings)
    startup.give_memory_back()
    app = Flask(__name__, static_folder=None, template_folder=str(ROOT / "templates"))
    app.extensions["clinic.settings"] = settings
    app.url_map.converters.update(int=RowNumber, default=Word)
    app.config.update(_flask_config(settings))
    set_up_logs(app)
    set_up_database(app, settings.database_url)
    keys = startup.open_keys(app)
    crypto.install(keys, None if settings.clinic_keys else settings.instance / "keys")
    app.secret_key = keys.derive("session")
    app.session_interface = KeptSigner()
    set_up_templating(app)
    set_up_forms(app)
    set_up_access(app, lambda account_id: db.session.get(Account, account_id), partial(account_of_client, db.session))
    for pages in PAGES:
        app.register_blueprint(pages)
    if settings.development:
        app.register_blueprint(styleguide.bp)
    app.extensions["clinic.composers"] = {
        **booking_mail.COMPOSERS,
        **aftercare_mail.COMPOSERS,
        **consent_mail.COMPOSERS,
        **front_mail.COMPOSERS,
        **people_mail.COMPOSERS,
        **register_mail.COMPOSERS,
    }
    app.extensions["clinic.outbox_folder"] = lambda: server.outbox_folder(settings)
    app.context_processor(_clinic)
    set_up_errors(app)
    cli.add_commands(app)
    _wrap(app, settings)
    return app


def _flask_config(settings: config.Settings) -> dict[str, Any]:
    """Cookies that only this host gets and no script reads; bodies as large as our largest form, and no larger."""
    return {
        "PUBLIC_URL": settings.public_url,
        "MAIL_STAYS": settings.mail_stays,
        "MAIL_FROM": settings.mail_from or "clinic@demo.test",
        "TRUSTED_HOSTS": list(settings.trusted_hosts),
        "SESSION_COOKIE_NAME": "__Host-session" if settings.https else "session",
        "SESSION_COOKIE_SECURE": settings.https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "MAX_CONTENT_LENGTH": 256 * 1024,
        "MAX_FORM_MEMORY_SIZE": 256 * 1024,
        "MAX_FORM_PARTS": 200,
    }


def _clinic() -> dict[str, Any]:
    """The clinic's name, number and logo, for every page; asked for once where the view has them already."""
    known = g.get("programme") or programme(db.session)
    return {"clinic": known.clinic if known else None, "logo": known.logo if known else None}


def _wrap(app: Flask, settings: config.Settings) -> None:
    """Around the app, from the inside: the proxy's word for the visitor's address, static files, headers."""
    inner = app.wsgi_app
    if settings.proxy_count:
        count = settings.proxy_count
        inner = ProxyFix(inner, x_for=count, x_proto=count, x_host=count)
    files = WhiteNoise(inner, root=str(packed(STATIC, settings.instance)), prefix="static/", max_age=A_YEAR)
    app.wsgi_app = SecurityHeaders(files, https=settings.https)  # type: ignore[method-assign]
