"""Drawings of exercises: a pose goes in, one SVG comes out."""

from clinic.drawings.figure.looks import Look, look_of
from clinic.drawings.figure.pose import Picture
from clinic.drawings.figure.pose_files import pictures_of
from clinic.drawings.figure.svg import draw

__all__ = ["Look", "Picture", "draw", "look_of", "pictures_of"]
