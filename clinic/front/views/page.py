"""What the clinic's public pages share."""

from flask import Blueprint

bp = Blueprint("front", __name__)
