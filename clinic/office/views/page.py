"""What the pages of the clinic share."""

from flask import Blueprint

bp = Blueprint("office", __name__, url_prefix="/clinic")
