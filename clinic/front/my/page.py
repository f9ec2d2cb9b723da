"""What a client's own pages share."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from clinic.core import access
from clinic.people.models import ClientAccount

bp = Blueprint("my", __name__)


def mine() -> ClientAccount:
    """The account whose owner asks."""
    account: ClientAccount = access.signed_in_client()
    return account


def my_page(name: str, **facts: Any) -> str:
    """One of their pages; those for who signed in by a mailed link lead to fewer others."""
    return render_template(f"front/my/{name}.html", section=name, account=mine(), fully=access.by_password(), **facts)


def link_over(page: str) -> tuple[str, int] | Response:
    """What is told by a link that was used, is too old or never was: the same of each, whoever it was sent to.

    The first of two quick taps has signed them in.
    """
    if access.signed_in_client():
        return redirect(url_for("my.appointments"), 303)
    return render_template(f"front/my/{page}.html"), 404
