"""The pages of the register: what therapists hold, its papers, and who checked them."""

from flask import Blueprint

bp = Blueprint("qualifications", __name__)
