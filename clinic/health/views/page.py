"""What the pages of this capability share."""

from flask import Blueprint

from clinic.health import models  # noqa: F401  (their tables are known wherever pages are served)

bp = Blueprint("health", __name__)
