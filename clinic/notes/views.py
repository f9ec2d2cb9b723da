"""A treatment note: written, signed, amended beside."""

from flask import Blueprint

from clinic.notes import models  # noqa: F401

bp = Blueprint("notes", __name__)
