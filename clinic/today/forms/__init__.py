"""The shape of what the staff fills in."""

from clinic.today.forms.blocks import BlockForm
from clinic.today.forms.changes import ChangeForm
from clinic.today.forms.clients import NewClientForm
from clinic.today.forms.contact import ClientForm
from clinic.today.forms.merging import MergingForm
from clinic.today.forms.work import TodoForm

__all__ = ["BlockForm", "ChangeForm", "ClientForm", "MergingForm", "NewClientForm", "TodoForm"]
