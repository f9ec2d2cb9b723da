"""The shape of what the staff fills in."""

from clinic.today.forms.blocks import BlockForm
from clinic.today.forms.changes import ChangeForm

__all__ = ["BlockForm", "ChangeForm"]
