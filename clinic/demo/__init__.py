"""A demo clinic: everybody in it is invented, and looks it."""

from clinic.demo.cast import PASSWORD, SIGN_INS
from clinic.demo.make import make

__all__ = ["PASSWORD", "SIGN_INS", "make"]
