"""What a client's own pages share."""

from typing import Any

from flask import Blueprint, render_template

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
