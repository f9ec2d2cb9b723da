"""The pages of this capability."""

from flask import Blueprint

from clinic.referrals import models

bp = Blueprint("referrals", __name__)

__all__ = ["bp", "models"]
