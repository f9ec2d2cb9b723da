"""Initials instead of clients' names, in a browser whose screen faces the waiting room."""

from typing import Protocol

from flask import redirect, request, url_for
from flask import session as browser
from werkzeug.wrappers import Response

from clinic.core.access import staff
from clinic.people.rules import initials
from clinic.people.views import next_page
from clinic.today.views.page import bp


class Named(Protocol):
    """A client, or whoever waits for a time."""

    name: str


@bp.post("/today/names")
@staff
def names() -> Response:
    """`hidden` hides them, nothing shows them again; then back to the page of `next`."""
    browser["names_hidden"] = bool(request.form.get("hidden"))
    return redirect(next_page(url_for("today.day")), 303)


@bp.app_template_global()
def names_hidden() -> bool:
    """Whether this browser hides names; their phone and mail address too, which often say them."""
    return bool(browser.get("names_hidden"))


@bp.app_template_global()
def client_name(client: Named) -> str:
    """A client's name as pages that list several show it: "Clara Bennett", or "C. B." while names are hidden."""
    return shown(client.name)


def shown(name: str) -> str:
    """The same of a name alone."""
    return initials(name) if names_hidden() else name
