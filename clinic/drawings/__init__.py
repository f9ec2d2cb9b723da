"""Drawings of exercises: a pose goes in, one SVG comes out."""

from clinic.drawings.figure.pose import Picture
from clinic.drawings.figure.pose_files import pictures_of
from clinic.drawings.figure.svg import draw

__all__ = ["Picture", "draw", "pictures_of"]
