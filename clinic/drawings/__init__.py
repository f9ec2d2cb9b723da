"""Drawings of exercises: a pose goes in, one SVG comes out."""

from clinic.drawings.pose import Pose
from clinic.drawings.svg import draw

__all__ = ["Pose", "draw"]
