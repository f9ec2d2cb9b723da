"""Take-home plans."""

from flask import Blueprint

from clinic.aftercare import models  # noqa: F401

bp = Blueprint("aftercare", __name__)
